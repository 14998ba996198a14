"""Texts to classify: from arguments, txt, csv and jsonl; classifications to jsonl and csv."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
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
    "against",
    "against_predicted",
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
    content = _decode(data, str(path))
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


def parse_stream(data: bytes) -> Iterator[TextItem]:
    """Read what came through a pipe: JSON lines or a table when it looks so, else lines."""
    where = "standard input"
    content = _decode(data, where)
    first = content.lstrip().partition("\n")[0]
    if first.startswith("{"):
        return _from_json_lines(content, where)
    if "text" in re.split(r'[\t;,"\s]+', first.casefold()) and re.search(r"[\t;,]", first):
        return _from_table(content, where)
    return from_lines(content.splitlines())


def _decode(data: bytes, where: str) -> str:
    if data.startswith((b"%PDF-", b"PK\x03\x04")):
        raise _not_text(where)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # Excel's "Unicode text"
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise _not_text(where) from None
        return data.decode("cp1252", errors="replace")  # what Excel writes in Flanders


def _not_text(where: str) -> InputError:
    return InputError(
        f"{where}: is not a text file. Give txt, csv or jsonl; for a PDF use `sdgalign analyze`."
    )


def _from_table(content: str, where: str) -> Iterator[TextItem]:
    import pandas as pd

    header = content.lstrip().partition("\n")[0]
    # Excel writes semicolons where the comma is the decimal sign.
    delimiter = max("\t;,", key=header.count)
    try:
        # Without a header of its own, pandas refuses a row that is longer than the first.
        table = pd.read_csv(
            io.StringIO(content), sep=delimiter, dtype=str, keep_default_na=False, header=None
        ).fillna("")
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = str(error).strip().rpartition("error: ")[2]
        raise InputError(
            f"{where}: cannot be read as a table ({reason}). "
            f"Texts with a {delimiter!r} need quotes."
        ) from error
    names = [str(name).strip().casefold() for name in table.iloc[0]]
    if names.count("text") != 1 or names.count("id") > 1 or names.count("context") > 1:
        raise InputError(
            f"{where}: needs one column 'text', and at most one 'id' and one 'context' "
            f"(columns: {', '.join(names)}). Rename its columns."
        )
    columns = {name: table.iloc[1:, at].tolist() for at, name in enumerate(names)}
    empty = [""] * (len(table) - 1)
    rows = zip(
        columns.get("id", empty), columns["text"], columns.get("context", empty), strict=True
    )
    for number, (name, text, context) in enumerate(rows, start=1):
        yield TextItem(name.strip() or str(number), text, context)


def _from_json_lines(content: str, where: str) -> Iterator[TextItem]:
    lines = ((at, line) for at, line in enumerate(content.split("\n"), start=1) if line.strip())
    for number, (at, line) in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(
                f"{where}, line {at}: is not JSON ({error.msg}). Give one object per line."
            ) from None
        except RecursionError:
            raise InputError(f"{where}, line {at}: is nested too deeply.") from None
        yield _from_row(row, number, f"{where}, line {at}")


def _from_row(row: object, number: int, where: str) -> TextItem:
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise InputError(f"{where}: needs a field 'text' with a string.")
    name, context = row.get("id"), row.get("context")
    if isinstance(name, list | dict) or not isinstance(context, str | None):
        raise InputError(f"{where}: 'id' must be a string or a number, 'context' a string.")
    return TextItem(
        str(number) if name is None else str(name), _whole(row["text"]), _whole(context or "")
    )


def _whole(text: str) -> str:
    """Replace halves of characters, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode("utf-8")


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
