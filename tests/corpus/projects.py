"""Projects made from hand-written payloads, without a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from sdgalign.corpus.ledger import Ledger, packed
from sdgalign.corpus.records import Alignment, alignments_of

_COLUMNS = ", ".join(field.name for field in fields(Alignment))


def make_project(
    folder: Path, documents: Sequence[tuple[Mapping[str, Any], Mapping[str, Any] | None]]
) -> Path:
    """Write a ledger.

    Args:
        folder: Of the project.
        documents: Per document, columns of its row and its payload; None when it failed.
    """
    with Ledger.open(folder, write=True) as ledger:
        for number, (columns, payload) in enumerate(documents):
            key = f"key{number}"
            row = {"state": "done" if payload else "failed", **columns}
            if payload:
                row = {"result_key": key, **row}
                _put(ledger, key, payload)
            names = ", ".join(row)
            ledger.connection.execute(
                f"INSERT INTO documents ({names}) VALUES ({', '.join('?' * len(row))})",
                list(row.values()),
            )
    return folder


def _put(ledger: Ledger, key: str, payload: Mapping[str, Any]) -> None:
    ledger.connection.execute(
        "INSERT INTO results VALUES (?, 'aa', 'test-1', 'abcdef012345', '{}', '0', "
        "'2025-03-09T08:30:00+00:00', 24, ?, 7, 1.0, '', ?)",
        (key, payload["document"]["words"], packed(dict(payload))),
    )
    places = ", ".join("?" * (len(fields(Alignment)) + 1))
    ledger.connection.executemany(
        f"INSERT INTO alignments (key, {_COLUMNS}) VALUES ({places})",
        [(key, *astuple(each)) for each in alignments_of(payload)],
    )
