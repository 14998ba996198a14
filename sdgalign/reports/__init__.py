"""From an analysis to what people read: HTML, JSON, a table in the terminal."""
