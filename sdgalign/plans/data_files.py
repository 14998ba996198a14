"""Plans from data files: csv, xlsx, json and jsonl exports of the BBC, one row per action."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sdgalign.errors import InputError, NotFoundError
from sdgalign.plans.amounts import parse_amount
from sdgalign.plans.fields import Fields, describe_missing, find_fields
from sdgalign.plans.plan import Action, ActionPlan, Budget, Objective, Plan

Row = Mapping[str, Any]
_JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
SUFFIXES = _JSON_SUFFIXES | _TABLE_SUFFIXES | _WORKBOOK_SUFFIXES
_HEAD_ROWS = 20
"""Rows from the top in which the names of the columns are looked for (exports have a title)."""
_GZIP = b"\x1f\x8b"
_MOST_BYTES = 2**30
"""What a compressed file may unfold to."""


def read_data_file(path: Path) -> tuple[Plan, ...]:
    """Read the plans of a data file, one per municipality, in the order of the file.

    Args:
        path: ``.csv``, ``.tsv``, ``.xlsx``, ``.json`` or ``.jsonl``, each but xlsx also ``.gz``.

    Raises:
        NotFoundError: When the file cannot be opened.
        InputError: When a column is missing or a row cannot be used; names it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(
            str(path), f"cannot be opened ({error.strerror})", "Check the name and the folder."
        ) from error
    suffix = path.suffix.lower()
    if suffix == ".gz" or data.startswith(_GZIP):
        data = _unfolded(data, path)
        suffix = Path(path.stem).suffix.lower() if suffix == ".gz" else suffix
    if suffix not in SUFFIXES:
        raise InputError(
            f"{path}: is not a PDF, csv, xlsx or jsonl file. Export the plan as one of these."
        )
    rows = _rows(data, suffix, path)
    if not rows:
        raise InputError(f"{path}: holds no rows. Export the plan again.")
    names = list(dict.fromkeys(name for row in rows for name in row))
    fields = find_fields(names)
    if fields.missing:
        raise InputError(f"{path}: {describe_missing(fields, names)}. Rename or add a column.")
    return _plans(rows, fields, path)


def _unfolded(data: bytes, path: Path) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            unfolded = stream.read(_MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: is damaged ({error}). Download or copy it again.") from error
    if len(unfolded) > _MOST_BYTES:
        raise InputError(f"{path}: unfolds to more than 1 GiB. Split it into parts.")
    return unfolded


def _rows(data: bytes, suffix: str, path: Path) -> list[Row]:
    if suffix in _WORKBOOK_SUFFIXES:
        return _named(_workbook(data, path))
    text = _decoded(data)
    if suffix in _JSON_SUFFIXES:
        return list(_json_rows(text, path))
    return _named(_table(text, path))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # Excel's "Unicode text"
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # what Excel writes in Flanders


def _table(text: str, path: Path) -> list[list[Any]]:
    import csv

    # Excel writes semicolons where the comma is the decimal sign.
    top = "\n".join(text.splitlines()[:_HEAD_ROWS])
    delimiter = max("\t;,", key=top.count)
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise InputError(f"{path}: cannot be read as a table ({error}).") from error


def _workbook(data: bytes, path: Path) -> list[list[Any]]:
    import pandas as pd

    try:
        sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, dtype=object)
    except ImportError as error:
        raise InputError(
            f"{path}: reading xlsx needs the package openpyxl. Install it, or save as csv."
        ) from error
    except Exception as error:  # openpyxl raises whatever a damaged zip or XML raises
        raise InputError(f"{path}: cannot be read as a workbook. Save it again as xlsx.") from error
    tables = [
        sheet.astype(object).where(sheet.notna(), "").to_numpy().tolist()
        for sheet in sheets.values()
    ]
    # Exports put an explanation on a sheet of its own.
    return min(tables, key=lambda table: (len(_head(table)[1].missing), -len(table)), default=[])


def _head(table: Sequence[Sequence[Any]]) -> tuple[int, Fields]:
    """Return the number of the row that names the columns, the first when none does."""
    matched = [
        (number, find_fields([str(cell) for cell in row]))
        for number, row in enumerate(table[:_HEAD_ROWS])
    ]
    return min(matched, key=lambda item: len(item[1].missing), default=(0, Fields()))


def _named(table: Sequence[Sequence[Any]]) -> list[Row]:
    if not table:
        return []
    number, _ = _head(table)
    names = [str(cell).strip() for cell in table[number]]
    return [
        dict(zip(names, row, strict=False))
        for row in table[number + 1 :]
        if any(str(cell).strip() for cell in row)
    ]


def _json_rows(text: str, path: Path) -> Iterator[Row]:
    for number, value in enumerate(_json_values(text, path), start=1):
        if not isinstance(value, Mapping):
            raise InputError(f"{path}: item {number} is no object. Give one object per action.")
        actions = value.get("actions")
        if not isinstance(actions, list):
            yield value
            continue
        shared = {name: each for name, each in value.items() if name != "actions"}
        yield from ({**shared, **each} for each in actions if isinstance(each, Mapping))


def _json_values(text: str, path: Path) -> Iterator[Any]:
    try:
        whole = json.loads(text)
        yield from whole if isinstance(whole, list) else [whole]
        return
    except (json.JSONDecodeError, RecursionError):
        pass  # one object per line
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                raise InputError(
                    f"{path}, line {number}: is not JSON. Give one object per line."
                ) from None


def _plans(rows: Sequence[Row], fields: Fields, path: Path) -> tuple[Plan, ...]:
    municipalities: dict[tuple[str, str], list[tuple[int, Row]]] = {}
    for number, row in enumerate(rows, start=1):
        key = (_text(row, fields.nis_code), _text(row, fields.municipality))
        municipalities.setdefault(key, []).append((number, row))
    return tuple(
        Plan(_tree(numbered, fields, path), municipality=name, nis_code=nis_code)
        for (nis_code, name), numbered in municipalities.items()
    )


def _tree(rows: Sequence[tuple[int, Row]], fields: Fields, path: Path) -> tuple[Objective, ...]:
    tree: dict[tuple[str, str, str], dict[tuple[str, str, str], list[Action]]] = {}
    for number, row in rows:
        code, title, text = _node(row, "action", fields)
        if not (code or text):
            continue
        budget = _budget(row, fields, f"{path}, row {number}")
        plans = tree.setdefault(_node(row, "objective", fields), {})
        actions = plans.setdefault(_node(row, "plan", fields), [])
        actions.append(Action(code, text, budget, title=title))
    return tuple(
        Objective(
            code,
            text,
            tuple(
                ActionPlan(plan_code, plan_text, tuple(actions), title=plan_title)
                for (plan_code, plan_title, plan_text), actions in plans.items()
            ),
            title=title,
        )
        for (code, title, text), plans in tree.items()
    )


def _node(row: Row, level: str, fields: Fields) -> tuple[str, str, str]:
    """Return code, short text where it differs, and text of one level."""
    code = _text(row, fields.codes.get(level))
    short = _text(row, fields.shorts.get(level))
    long = _text(row, fields.longs.get(level))
    return code, short if long and short != long else "", long or short


def _text(row: Row, name: str | None) -> str:
    value = row.get(name) if name is not None else None
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a workbook's code 12
    return " ".join(str(value).split())


def _budget(row: Row, fields: Fields, where: str) -> Budget | None:
    years = {year: _amount(row.get(name), where) for year, name in fields.years.items()}
    yearly = row.get(fields.yearly) if fields.yearly is not None else None
    if isinstance(yearly, str) and yearly.strip().startswith("{"):
        try:
            yearly = json.loads(yearly)
        except json.JSONDecodeError:
            yearly = None
    if isinstance(yearly, Mapping):
        years |= {
            int(year): _amount(each, where) for year, each in yearly.items() if str(year).isdigit()
        }
    known = {year: amount for year, amount in sorted(years.items()) if amount is not None}
    total = _amount(row.get(fields.total), where) if fields.total is not None else None
    if total is None and not known:
        return None
    return Budget(sum(known.values()) if total is None else total, known)


def _amount(value: object, where: str) -> float | None:
    """Return euros; None for an empty cell."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    amount = parse_amount(text)
    if amount is None:
        raise InputError(f"{where}: {text!r} is no amount. Write it as 1234,56.")
    return amount
