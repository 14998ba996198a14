"""Plans from data files: csv, xlsx, json and jsonl exports of the BBC, one row per action."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sdgalign.errors import InputError, NotFoundError
from sdgalign.plans.asides import names_sum
from sdgalign.plans.codes import is_routine, is_sure_code
from sdgalign.plans.data_amounts import Row, add_up, budget_of
from sdgalign.plans.fields import Fields, describe_missing, find_fields
from sdgalign.plans.plan import Action, ActionPlan, Budget, Objective, Plan
from sdgalign.tables_io import (
    WORKBOOK_SUFFIXES,
    Table,
    cell,
    decode,
    is_blank,
    parse_csv,
    parse_workbook,
)

_Names = tuple[str, str, str]
"""Code, short text where it differs, and text."""
_JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
SUFFIXES = _JSON_SUFFIXES | _TABLE_SUFFIXES | WORKBOOK_SUFFIXES
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
    if suffix in WORKBOOK_SUFFIXES:
        return _named(_plan_sheet(parse_workbook(data, path)))
    text = decode(data)
    if suffix in _JSON_SUFFIXES:
        return list(_json_rows(text, path))
    return _named(parse_csv(text, path))


def _plan_sheet(tables: Sequence[Table]) -> Table:
    # Exports put an explanation on a sheet of its own.
    return min(tables, key=lambda table: (len(_head(table)[1].missing), -len(table)), default=[])


def _head(table: Sequence[Sequence[Any]]) -> tuple[int, Fields]:
    """Return the number of the row that names the columns, the first when none does."""
    matched = [
        (number, find_fields([str(each) for each in row]))
        for number, row in enumerate(table[:_HEAD_ROWS])
    ]
    return min(matched, key=lambda item: len(item[1].missing), default=(0, Fields()))


def _named(table: Sequence[Sequence[Any]]) -> list[Row]:
    if not table:
        return []
    number, _ = _head(table)
    names = [cell(each) for each in table[number]]
    rows = (row for row in table[number + 1 :] if not is_blank(row))
    # A printed table that was exported repeats its head on every page.
    return [dict(zip(names, row, strict=False)) for row in rows if [*map(cell, row)] != names]


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
    tree: dict[_Names, dict[_Names, dict[_Names, Budget | None]]] = {}
    above = _Above(_node(row, "plan", fields) for _, row in rows)
    for number, row in rows:
        action = _node(row, "action", fields)
        if not any(action) or names_sum(" ".join(action).strip()):
            continue
        objective, plan = above.of(_node(row, "objective", fields), _node(row, "plan", fields))
        budget = budget_of(row, fields, f"{path}, row {number}")
        actions = tree.setdefault(objective, {}).setdefault(plan, {})
        # Expenditure and receipts, or kinds of them, have a row each.
        actions[action] = add_up(actions.get(action), budget)
    return tuple(
        Objective(
            code,
            text,
            tuple(
                ActionPlan(
                    plan_code,
                    plan_text,
                    tuple(
                        Action(action_code, action_text, budget, title=action_title)
                        for (action_code, action_title, action_text), budget in actions.items()
                    ),
                    title=plan_title,
                )
                for (plan_code, plan_title, plan_text), actions in plans.items()
            ),
            title=title,
        )
        for (code, title, text), plans in tree.items()
    )


class _Above:
    """Tells what stands above an action where only the first row of a group says it.

    Args:
        plans: The action plan of every row.
    """

    def __init__(self, plans: Iterable[_Names]) -> None:
        self._has_gaps = not all(any(plan) for plan in plans)
        self._objective: _Names = ("", "", "")
        self._plan: _Names = ("", "", "")

    def of(self, objective: _Names, plan: _Names) -> tuple[_Names, _Names]:
        """Return objective and action plan of a row; routine policy has no objective."""
        if self._has_gaps:
            is_new = any(objective)
            if not is_new and not (any(plan) and is_routine(plan[0])):
                objective = self._objective
            if not is_new and not any(plan):
                plan = self._plan
        self._objective, self._plan = objective, plan
        return objective, plan


def _node(row: Row, level: str, fields: Fields) -> _Names:
    """Return code, short text where it differs, and text of one level."""
    code = _text(row, fields.codes.get(level))
    short = _text(row, fields.shorts.get(level))
    long = _text(row, fields.longs.get(level))
    if level not in fields.codes and (is_sure_code(first := (long or short).partition(" ")[0])):
        code = first.rstrip(":")
        long, short = (each.removeprefix(first).lstrip(" :–-") for each in (long, short))
    return code, short if long and short != long else "", long or short


def _text(row: Row, name: str | None) -> str:
    return cell(row.get(name)) if name is not None else ""
