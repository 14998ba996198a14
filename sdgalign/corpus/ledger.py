"""The ledger of a project: its documents and their results, in one SQLite file.

One process writes (`sdgalign.corpus.lock`), any number read meanwhile. What is written of a
document is written in one transaction, so that a process that is killed leaves it as it was.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sdgalign.corpus.records import (
    Alignment,
    AlignmentRow,
    LedgerDocument,
    Level,
    Payload,
    Result,
    State,
)
from sdgalign.errors import InputError

FILE = "project.sqlite"
VERSION = 2
"""Of the tables; a ledger of a newer one is refused."""

_DOCUMENT = tuple(field.name for field in fields(LedgerDocument))
_ALIGNMENT = tuple(field.name for field in fields(Alignment))
_RESULT = tuple(field.name for field in fields(Result))
_BUSY_SECONDS = 30.0
_LEVEL = 6
"""Of compression: a third of the size of level 1 costs more time than it saves."""


class Ledger:
    """Documents and results of a project.

    Made by :meth:`open`; closed by leaving its ``with``.
    """

    def __init__(self, connection: sqlite3.Connection, project: Path) -> None:
        self.connection = connection
        self.project = project

    @classmethod
    def open(cls, project: Path, *, write: bool = False) -> Self:
        """Open the ledger of a project.

        Args:
            project: Folder of the project.
            write: Whether to make it where it is not, and to write in it.

        Raises:
            InputError: When there is none, it cannot be opened, or it is of a newer version.
        """
        path = project / FILE
        if not write and not path.is_file():
            raise InputError(
                f"{project}: is no project folder. Make one: sdgalign run FOLDER -o {project}"
            )
        try:
            if write:
                project.mkdir(parents=True, exist_ok=True)
            mode = "rwc" if write else "ro"
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,  # transactions are begun and ended here, never by the module
            )
            ledger = cls(connection, project)
            ledger._prepare(write=write)
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"{path}: cannot be opened ({error}). Give another place with -o, "
                "or check your rights on the folder."
            ) from error
        return ledger

    def _prepare(self, *, write: bool) -> None:
        (found,) = self.connection.execute("PRAGMA user_version").fetchone()
        if found > VERSION:
            raise InputError(
                f"{self.project}: was made by a newer sdgalign (tables {found}, this one knows "
                f"{VERSION}). Update sdgalign."
            )
        if 0 < found < VERSION and not write:
            raise InputError(
                f"{self.project}: was made by an older sdgalign. The next sdgalign run FOLDER "
                f"-o {self.project} brings it up to date."
            )
        if not (write or found):
            raise InputError(
                f"{self.project}: the run that began this project did not get far. Run it again."
            )
        if write:
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=NORMAL")
            if not found:
                schema = (files("sdgalign.corpus") / "schema.sql").read_text(encoding="utf-8")
                self.connection.executescript(
                    f"BEGIN IMMEDIATE; {schema} PRAGMA user_version={VERSION}; COMMIT;"
                )
            elif found < VERSION:
                self.connection.executescript(
                    "BEGIN IMMEDIATE; ALTER TABLE results ADD COLUMN doubts TEXT NOT NULL "
                    f"DEFAULT ''; PRAGMA user_version={VERSION}; COMMIT;"
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def documents(self, state: State | str | None = None) -> Iterator[LedgerDocument]:
        """Return the documents, all or those in one state, by path and part."""
        where, given = ("WHERE state = ?", (str(state),)) if state is not None else ("", ())
        rows = self.connection.execute(
            f"SELECT {', '.join(_DOCUMENT)} FROM documents {where} ORDER BY path, part", given
        )
        for row in rows:
            yield _document(row)

    def counts(self) -> Mapping[str, int]:
        """Return the number of documents per state, states without any included."""
        found = dict(
            self.connection.execute("SELECT state, count(*) FROM documents GROUP BY state")
        )
        return {str(state): found.get(str(state), 0) for state in State}

    def result(self, key: str) -> Result | None:
        """Return what is known of a result; None when there is none."""
        row = self.connection.execute(
            f"SELECT {', '.join(_RESULT)} FROM results WHERE key = ?", (key,)
        ).fetchone()
        return Result(*row) if row else None

    def payload(self, key: str) -> Payload:
        """Return the payload of a result.

        Raises:
            KeyError: When there is no such result.
        """
        row = self.connection.execute(
            "SELECT payload FROM results WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise KeyError(key)
        return unpacked(row[0])

    def alignments(self, level: Level | str | None = None) -> Iterator[AlignmentRow]:
        """Return the alignments of the documents that are done, all or those of one level."""
        where, given = ("AND a.level = ?", (str(level),)) if level is not None else ("", ())
        columns = [f"d.{name}" for name in _DOCUMENT] + [f"a.{name}" for name in _ALIGNMENT]
        rows = self.connection.execute(
            f"SELECT {', '.join(columns)} FROM documents d JOIN alignments a "
            f"ON a.key = d.result_key WHERE d.state = 'done' {where} "
            "ORDER BY d.path, d.part, a.rowid",
            given,
        )
        for row in rows:
            document = _document(row[: len(_DOCUMENT)])
            yield AlignmentRow(document, _alignment(row[len(_DOCUMENT) :]))

    def note(self, name: str) -> str | None:
        """Return what is noted of the project under a name, such as ``folder``."""
        row = self.connection.execute(
            "SELECT value FROM project WHERE name = ?", (name,)
        ).fetchone()
        return row[0] if row else None


def packed(payload: Payload) -> bytes:
    """Return a payload as it is stored and sent between processes."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpacked(data: bytes) -> Payload:
    """Return the payload that `packed` packed."""
    payload: Payload = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    return payload


def _document(row: tuple[Any, ...]) -> LedgerDocument:
    values = dict(zip(_DOCUMENT, row, strict=True))
    return LedgerDocument(**{**values, "state": State(values["state"])})


def _alignment(row: tuple[Any, ...]) -> Alignment:
    values = dict(zip(_ALIGNMENT, row, strict=True))
    assessed = values["assessed"]
    return Alignment(
        **{
            **values,
            "level": Level(values["level"]),
            "assessed": None if assessed is None else bool(assessed),
        }
    )
