"""Write in the ledger: what was found, and what became of each document.

Each function is one transaction, so that whatever kills the process leaves whole documents.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, fields

from sdgalign._version import __version__
from sdgalign.clock import now
from sdgalign.corpus.discover import MEMBER_MARK, Trouble
from sdgalign.corpus.keys import ModelId
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.records import Alignment, State
from sdgalign.corpus.todo import Item, Known
from sdgalign.corpus.told import Told, told_by
from sdgalign.corpus.work import Analysed, Failed

_ABOUT = ("kind", "municipality", "nis_code", "party", "year", "language", "title")
"""Columns that a manifest fills."""
_ALIGNMENT = tuple(field.name for field in fields(Alignment))


def note(ledger: Ledger, name: str, value: str) -> None:
    """Note something of the project under a name."""
    with _transaction(ledger) as connection:
        connection.execute("INSERT OR REPLACE INTO project VALUES (?, ?)", (name, value))


def register(ledger: Ledger, known: Sequence[Known], troubles: Sequence[Trouble]) -> int:
    """Bring the documents of the ledger up to what is there now.

    New ones wait; those that are no more there are gone, unless they lie where nobody could look.

    Returns:
        The number of documents that are gone since the last run.
    """
    with _transaction(ledger) as connection:
        for each in known:
            _register(connection, each)
        for trouble in troubles:
            if not trouble.is_folder:
                _register_trouble(connection, trouble)
        there = {(each.found.path, each.found.part) for each in known}
        gone = [
            (path, part)
            for path, part in connection.execute(
                "SELECT path, part FROM documents WHERE state != 'gone'"
            ).fetchall()
            if (path, part) not in there and not any(_is_below(path, each) for each in troubles)
        ]
        connection.executemany(
            "UPDATE documents SET state = 'gone', changed = ? WHERE path = ? AND part = ?",
            [(_now(), *each) for each in gone],
        )
    return len(gone)


def record_result(
    ledger: Ledger, item: Item, key: str, analysed: Analysed, *, model: ModelId, seconds: float
) -> None:
    """Record a result and that its document is done.

    Args:
        ledger: Open for writing.
        item: The document.
        key: Of the result.
        analysed: The result.
        model: That made it.
        seconds: That it took.
    """
    with _transaction(ledger) as connection:
        connection.execute(
            "INSERT OR REPLACE INTO results (key, sha256, model_id, model_digest, settings, "
            "tool_version, created, pages, words, segments, seconds, doubts, payload) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                analysed.sha256,
                model.id,
                model.digest,
                item.settings,
                __version__,
                analysed.created,
                analysed.pages,
                analysed.words,
                analysed.segments,
                round(seconds, 3),
                " ".join(analysed.doubts),
                analysed.payload,
            ),
        )
        connection.execute("DELETE FROM alignments WHERE key = ?", (key,))
        places = ", ".join("?" * (len(_ALIGNMENT) + 1))
        connection.executemany(
            f"INSERT INTO alignments (key, {', '.join(_ALIGNMENT)}) VALUES ({places})",
            [(key, *astuple(each)) for each in analysed.alignments],
        )
        document_id = item.document.id
        _done(connection, document_id, key, analysed.sha256, item.size, round(seconds, 3))
        _fill(connection, document_id, analysed.told)


def record_shared(ledger: Ledger, item: Item) -> None:
    """Record that a document is done because a result of the same content is there."""
    told = told_by(ledger.payload(item.key))
    with _transaction(ledger) as connection:
        _done(connection, item.document.id, item.key, item.sha256, item.size, None)
        _fill(connection, item.document.id, told)


def record_failure(
    ledger: Ledger, document_id: int, key: str | None, failed: Failed, seconds: float | None
) -> None:
    """Record why a document could not be analysed, and what was tried."""
    with _transaction(ledger) as connection:
        connection.execute(
            "UPDATE documents SET state = 'failed', result_key = ?, error_kind = ?, error = ?, "
            "seconds = ?, attempts = attempts + 1, changed = ? WHERE id = ?",
            (key, failed.kind, failed.message, seconds, _now(), document_id),
        )


@contextlib.contextmanager
def _transaction(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    connection = ledger.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it
            connection.execute("ROLLBACK")
        raise


def _register(connection: sqlite3.Connection, known: Known) -> None:
    found, row = known.found, known.row
    values = [getattr(row, name) or None for name in _ABOUT]
    # What a manifest says is put in place of what was known, what is derived only beside it.
    order = "coalesce(excluded.{0}, {0})" if known.is_told else "coalesce({0}, excluded.{0})"
    assignments = ", ".join(f"{name} = {order.format(name)}" for name in _ABOUT)
    connection.execute(
        f"INSERT INTO documents (path, part, {', '.join(_ABOUT)}, changed) "
        f"VALUES (?, ?, {', '.join('?' * len(_ABOUT))}, ?) ON CONFLICT (path, part) DO UPDATE SET "
        f"{assignments}, state = CASE state WHEN 'gone' THEN 'waiting' ELSE state END",
        (found.path, found.part, *values, _now()),
    )


def _register_trouble(connection: sqlite3.Connection, trouble: Trouble) -> None:
    connection.execute(
        "INSERT INTO documents (path, state, error_kind, error, attempts, changed) "
        "VALUES (?, 'failed', ?, ?, 1, ?) ON CONFLICT (path, part) DO UPDATE SET "
        "state = 'failed', error_kind = excluded.error_kind, error = excluded.error, "
        "attempts = attempts + 1, changed = excluded.changed",
        (trouble.path, trouble.kind, trouble.message, _now()),
    )


def _is_below(path: str, trouble: Trouble) -> bool:
    if trouble.is_folder:
        return trouble.path == "." or path.startswith(trouble.path + "/")
    return path == trouble.path or path.startswith(trouble.path + MEMBER_MARK)


def _done(
    connection: sqlite3.Connection,
    document_id: int,
    key: str,
    sha256: str,
    size: int,
    seconds: float | None,
) -> None:
    connection.execute(
        f"UPDATE documents SET state = '{State.DONE}', result_key = ?, sha256 = ?, bytes = ?, "
        "error_kind = NULL, error = NULL, seconds = ?, attempts = attempts + ?, changed = ? "
        "WHERE id = ?",
        (key, sha256, size, seconds, int(seconds is not None), _now(), document_id),
    )


def _fill(connection: sqlite3.Connection, document_id: int, told: Told) -> None:
    """Fill in what only reading tells, where nobody said it before."""
    found = asdict(told)
    if connection.execute(
        "SELECT municipality FROM documents WHERE id = ?", (document_id,)
    ).fetchone()[0]:
        del found["nis_code"]  # that of another place
    assignments = ", ".join(f"{name} = coalesce({name}, :{name})" for name in found)
    connection.execute(
        f"UPDATE documents SET {assignments} WHERE id = :id", {**found, "id": document_id}
    )


def _now() -> str:
    return now().isoformat(timespec="seconds")
