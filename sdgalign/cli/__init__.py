"""The command line. Each command parses, calls one plain function, and prints."""

from sdgalign.cli.main import app, main

__all__ = ["app", "main"]
