"""Amounts of one row of a data file: expenditure and receipts, per year and in all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sdgalign.errors import InputError
from sdgalign.plans.amounts import parse_amount
from sdgalign.plans.fields import Fields
from sdgalign.plans.flows import Flow, read_label
from sdgalign.plans.ledger import sum_of
from sdgalign.plans.plan import Budget
from sdgalign.tables_io import cell

Row = Mapping[str, Any]


def budget_of(row: Row, fields: Fields, where: str) -> Budget | None:
    """Return the amounts of a row; None when it holds none, or only a balance.

    Raises:
        InputError: When a cell holds something else; names it.
    """
    spent = _by_year(row, fields.years, where) | _object(row, fields.yearly, where)
    total = _cell(row, fields.total, where)
    got = _by_year(row, fields.receipt_years, where) | _object(row, fields.received, where)
    received = _cell(row, fields.receipts, where)
    if received is None and not got:
        received = _cell(row, fields.received, where)
    label = read_label(cell(row.get(fields.sort))) if fields.sort is not None else None
    if label is not None and label.flow is Flow.NET:
        return None
    if label is not None and label.flow is Flow.RECEIPT:
        spent, total, got, received = {}, None, spent, total
    if not (spent or got) and total is None and received is None:
        return None
    return Budget(
        sum_of(spent.values()) if total is None else total,
        dict(sorted(spent.items())),
        sum_of(got.values()) if received is None else received,
        dict(sorted(got.items())),
    )


def add_up(one: Budget | None, other: Budget | None) -> Budget | None:
    """Return the amounts of two rows of one action together."""
    if one is None or other is None:
        return one or other
    return Budget(
        sum_of((one.total, other.total)),
        _sums(one.years, other.years),
        sum_of((one.receipts, other.receipts)),
        _sums(one.receipt_years, other.receipt_years),
    )


def _sums(one: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    years = sorted({*one, *other})
    return {year: sum_of((one.get(year, 0.0), other.get(year, 0.0))) for year in years}


def _by_year(row: Row, names: Mapping[int, str], where: str) -> dict[int, float]:
    return _known({year: _cell(row, name, where) for year, name in names.items()})


def _object(row: Row, name: str | None, where: str) -> dict[int, float]:
    """Return the amounts of a cell that holds an object with a year each."""
    value = row.get(name) if name is not None else None
    if isinstance(value, str) and value.strip().startswith("{"):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            return {}
    if not isinstance(value, Mapping):
        return {}
    return _known({int(y): _amount(each, where) for y, each in value.items() if str(y).isdigit()})


def _known(amounts: Mapping[int, float | None]) -> dict[int, float]:
    return {year: amount for year, amount in amounts.items() if amount is not None}


def _cell(row: Row, name: str | None, where: str) -> float | None:
    value = row.get(name) if name is not None else None
    return None if isinstance(value, Mapping) else _amount(value, where)


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
