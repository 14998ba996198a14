"""Write the dataset of a project: tidy tables, a description for programs, one for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sdgalign.corpus import dataset
from sdgalign.corpus.assessed import assess
from sdgalign.corpus.describe import (
    ABOUT_FILE,
    PACKAGE_FILE,
    Description,
    describe_for_people,
    describe_for_programs,
    file_name,
)
from sdgalign.corpus.formats import DatasetFormat
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.overview import that_count
from sdgalign.corpus.records import Level, State
from sdgalign.corpus.tables import TABLES, Table
from sdgalign.files import write_whole, write_whole_bytes
from sdgalign.reports.cells import csv_text
from sdgalign.reports.tidy import Row, arrow_schema, require_parquet

_BATCH = 5_000
"""Rows that are kept in memory before they are written."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote."""

    files: tuple[Path, ...]
    description: Description


def export_dataset(
    project: Path,
    out: Path,
    format: DatasetFormat = DatasetFormat.CSV,
    *,
    texts: bool = True,
    on_document: Callable[[int, int], None] = lambda done, total: None,
) -> Written:
    """Write the tables of a project as it is at this moment, also while a run goes on.

    One document at a time is in memory. Files appear under their names once all are whole.

    Args:
        project: Folder with the ledger.
        out: Folder of the dataset; made when it is not there. Files of an earlier export in the
            same format are replaced.
        format: Of the tables.
        texts: Whether segments and headings say what they say. A dataset without can be shared
            where the documents cannot.
        on_document: Called with the number of documents done and their total.

    Raises:
        InputError: When there is no project, pyarrow is missing, or the folder cannot be written.
    """
    if format is DatasetFormat.PARQUET:
        require_parquet()
    paths = {table.name: out / file_name(table, format) for table in TABLES}
    with Ledger.open(project) as ledger, _one_moment(ledger), ExitStack() as stack:
        sinks = {
            table.name: _sink(
                table, format, stack.enter_context(write_whole_bytes(paths[table.name]))
            )
            for table in TABLES
        }
        models = _fill(ledger, sinks, texts=texts, on_document=on_document)
        for sink in sinks.values():
            sink.close()
        description = Description(
            format=format,
            rows={name: sink.rows for name, sink in sinks.items()},
            states=dict(ledger.counts()),
            models=models,
            texts=texts,
        )
    with write_whole(out / ABOUT_FILE) as stream:
        stream.write(describe_for_people(description))
    with write_whole(out / PACKAGE_FILE) as stream:
        stream.write(describe_for_programs(description, out))
    return Written((*paths.values(), out / ABOUT_FILE, out / PACKAGE_FILE), description)


@contextmanager
def _one_moment(ledger: Ledger) -> Iterator[None]:
    """Read all tables as they are now: a run may be writing."""
    ledger.connection.execute("BEGIN")
    try:
        yield
    finally:
        ledger.connection.execute("ROLLBACK")


def _fill(
    ledger: Ledger,
    sinks: dict[str, _Sink],
    *,
    texts: bool,
    on_document: Callable[[int, int], None],
) -> Counter[tuple[str, str]]:
    """Write all rows; return the number of documents by id and digest of the model."""
    models: Counter[tuple[str, str]] = Counter()
    whole = assess(ledger.alignments(Level.DOCUMENT))
    counting = {(each.path, each.part) for each in that_count(whole)}
    total = sum(ledger.counts().values())
    for done, document in enumerate(ledger.documents(), start=1):
        on_document(done, total)
        result_key = document.result_key if document.state is State.DONE else None
        result = ledger.result(result_key) if result_key else None
        counts = (document.path, document.part) in counting
        sinks["documents"].add([dataset.document_row(document, result, counts=counts)])
        if result_key is None or result is None:
            continue
        models[result.model_id, result.model_digest] += 1
        key, payload = dataset.document_id(document), ledger.payload(result_key)
        sinks["segments"].add(dataset.segment_rows(key, payload, texts=texts))
        sinks["matches"].add(dataset.dataset_match_rows(key, payload))
        sinks["claims"].add(dataset.claim_rows(key, payload))
        sinks["actions"].add(dataset.action_rows(key, payload, texts=texts))
        sinks["spending"].add(dataset.spending_rows(key, payload))
    sinks["alignments"].add(map(dataset.alignment_row, ledger.alignments()))
    sinks["targets"].add(dataset.target_rows())
    return models


class _Sink:
    """Takes the rows of a table and writes them in batches."""

    def __init__(self, table: Table, write: Callable[[list[Row]], None]) -> None:
        self._names = [column.name for column in table.columns]
        self._write = write
        self._batch: list[Row] = []
        self.rows = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Take rows; what is not a column of the table is left out, what is empty is nothing."""
        for row in rows:
            self._batch.append({name: _filled(row[name]) for name in self._names})
            self.rows += 1
            if len(self._batch) >= _BATCH:
                self._flush()

    def close(self) -> None:
        """Write what is left."""
        self._flush()

    def _flush(self) -> None:
        if self._batch:
            self._write(self._batch)
            self._batch = []


def _filled(value: object) -> object:
    return None if value == "" else value


class _ParquetSink(_Sink):
    def __init__(self, table: Table, stream: IO[bytes]) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        schema = arrow_schema(table.columns)
        self._writer: Any = parquet.ParquetWriter(stream, schema, compression="zstd")
        super().__init__(
            table, lambda rows: self._writer.write_table(pa.Table.from_pylist(rows, schema))
        )

    def close(self) -> None:
        super().close()
        self._writer.close()


def _sink(table: Table, format: DatasetFormat, stream: IO[bytes]) -> _Sink:
    if format is DatasetFormat.PARQUET:
        return _ParquetSink(table, stream)
    names = [column.name for column in table.columns]

    def write(rows: Iterable[Row]) -> None:
        stream.write(csv_text([list(row.values()) for row in rows]).encode(errors="replace"))

    stream.write(csv_text([names]).encode())
    return _Sink(table, write)
