-- One file, project.sqlite, in write-ahead mode: readers see the last whole document while a run goes on.
CREATE TABLE IF NOT EXISTS project (
  name TEXT PRIMARY KEY,   -- folder, run (JSON: process, host, started of the last run)
  value TEXT
);
CREATE TABLE IF NOT EXISTS documents (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  part TEXT NOT NULL DEFAULT '',
  kind TEXT,
  municipality TEXT,
  nis_code TEXT,
  party TEXT,
  year INTEGER,
  language TEXT,
  title TEXT,
  sha256 TEXT,
  bytes INTEGER,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed', 'gone')),
  result_key TEXT,
  error_kind TEXT,
  error TEXT,
  seconds REAL,
  attempts INTEGER NOT NULL DEFAULT 0,
  changed TEXT,
  UNIQUE (path, part)
);
CREATE INDEX IF NOT EXISTS documents_by_key ON documents (result_key);
CREATE TABLE IF NOT EXISTS results (
  key TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  model_id TEXT NOT NULL,
  model_digest TEXT NOT NULL,
  settings TEXT NOT NULL,
  tool_version TEXT NOT NULL,
  created TEXT NOT NULL,
  pages INTEGER NOT NULL,
  words INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  seconds REAL NOT NULL,
  doubts TEXT NOT NULL DEFAULT '',  -- codes of what may be missing, with blanks between
  payload BLOB NOT NULL     -- zlib of the JSON payload 1.2
);
CREATE TABLE IF NOT EXISTS alignments (
  key TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('document', 'goal', 'target')),
  code TEXT NOT NULL,
  score REAL,
  low REAL,
  high REAL,
  status TEXT,
  relevance TEXT,
  assessed INTEGER,
  matches INTEGER NOT NULL,
  share_words REAL,
  coverage REAL,
  depth REAL,
  euro REAL,
  PRIMARY KEY (key, level, code)
);
