"""Texts to classify: from arguments, txt, csv and jsonl; classifications to jsonl and csv."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sdgalign.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from sdgalign.model import Classification

TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
TEXT_SUFFIXES = frozenset({".txt", ".md"})
SUFFIXES = TABLE_SUFFIXES | JSON_SUFFIXES | TEXT_SUFFIXES

CSV_COLUMNS = (
    "id",
    "goals_predicted",
    "targets_predicted",
    "commitment",
    "none",
    "goals",
    "targets",
    "commitment_probabilities",
)


@dataclass(frozen=True, slots=True)
class TextItem:
    """One text to classify."""

    id: str
    text: str
    context: str = ""
    """What stands above the text in its document, outermost first; may be empty."""


def read_texts(path: Path) -> Iterator[TextItem]:
    """Read the texts of a file.

    Args:
        path: ``.csv`` or ``.tsv`` with a column ``text`` (and perhaps ``id``, ``context``),
            ``.jsonl`` with those fields, or a text file with one text per line.

    Yields:
        One item per text; without an id it gets its number, from 1.

    Raises:
        NotFoundError: When the file cannot be opened.
        InputError: When a row cannot be used; names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(
            str(path), f"cannot be opened ({error.strerror})", "Check the name and the folder."
        ) from error
    content = _decode(data, path)
    if path.suffix.lower() in TABLE_SUFFIXES:
        return _from_table(content, str(path))
    if path.suffix.lower() in JSON_SUFFIXES:
        return _from_json_lines(content, str(path))
    return from_lines(content.splitlines())


def from_lines(lines: Iterable[str]) -> Iterator[TextItem]:
    """Make one item of each line that is not empty, numbered from 1."""
    kept = (line.strip() for line in lines)
    for number, text in enumerate(filter(None, kept), start=1):
        yield TextItem(str(number), text)


def parse_stream(content: str) -> Iterator[TextItem]:
    """Read what came through a pipe: JSON lines when they look so, else one text per line."""
    if content.lstrip().startswith("{"):
        return _from_json_lines(content, "standard input")
    return from_lines(content.splitlines())


def _decode(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise InputError(
                f"{path}: is not a text file. Give txt, csv or jsonl; for a PDF use "
                "`sdgalign analyze`."
            ) from None
        return data.decode("cp1252", errors="replace")  # what Excel writes in Flanders


def _from_table(content: str, where: str) -> Iterator[TextItem]:
    import pandas as pd

    header = content.partition("\n")[0]
    # Excel writes semicolons where the comma is the decimal sign.
    delimiter = max("\t;,", key=header.count)
    try:
        table = pd.read_csv(
            io.StringIO(content), sep=delimiter, dtype=str, keep_default_na=False, index_col=False
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{where}: cannot be read as a table ({error}).") from error
    table.columns = table.columns.str.strip().str.casefold()
    if "text" not in table.columns:
        found = ", ".join(table.columns) or "none"
        raise InputError(f"{where}: has no column 'text' (columns: {found}). Rename one to 'text'.")
    empty = [""] * len(table)
    rows = zip(table.get("id", empty), table["text"], table.get("context", empty), strict=True)
    for number, (name, text, context) in enumerate(rows, start=1):
        yield TextItem(name.strip() or str(number), text, context)


def _from_json_lines(content: str, where: str) -> Iterator[TextItem]:
    lines = ((at, line) for at, line in enumerate(content.split("\n"), start=1) if line.strip())
    for number, (at, line) in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{where}, line {at}: is not JSON ({error.msg}).") from None
        yield _from_row(row, number, f"{where}, line {at}")


def _from_row(row: object, number: int, where: str) -> TextItem:
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise InputError(f"{where}: needs a field 'text' with a string.")
    return TextItem(str(row.get("id", number)), row["text"], str(row.get("context") or ""))


def write_jsonl(items: Iterable[Classification], stream: IO[str]) -> None:
    """Write one JSON object per classification and line."""
    for item in items:
        stream.write(json.dumps(item.as_row(), ensure_ascii=False) + "\n")


def write_csv(items: Iterable[Classification], stream: IO[str]) -> None:
    """Write one row per classification: predicted codes by spaces, probabilities as JSON."""
    writer = csv.DictWriter(stream, fieldnames=CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for item in items:
        writer.writerow({name: _cell(value) for name, value in item.as_row().items()})


def _cell(value: Any) -> Any:  # noqa: ANN401 - the value of any field
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    return json.dumps(value) if isinstance(value, list | dict) else value
