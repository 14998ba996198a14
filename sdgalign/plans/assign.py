"""What each amount of a row is for: a year, a total, expenditure or receipts."""

from __future__ import annotations

from collections.abc import Sequence

from sdgalign.plans.columns import Cell
from sdgalign.plans.flows import Flow
from sdgalign.plans.heads import Head, HeadCell
from sdgalign.plans.ledger import Money, sum_of


def assign(cells: Sequence[Cell], head: Head | None, years: Sequence[int], unit: float) -> Money:
    """Say which amount is what.

    Args:
        cells: The amounts of a row; at least one.
        head: The head of its table, when it has one.
        years: The years that the plan says it covers; may be empty.
        unit: In how many euro the table counts.
    """
    values = [cell.value * unit for cell in cells]
    columns = head.amounts if head is not None else ()
    if not columns:
        return _unnamed(values, years)
    if len(values) == len(columns):
        pairs = list(zip(columns, values, strict=True))
    else:
        pairs = [
            (min(columns, key=lambda column: _distance(column, cell)), value)
            for cell, value in zip(cells, values, strict=True)
        ]
    flows = {column.flow for column, _ in pairs}
    paid = Flow.EXPENDITURE if Flow.EXPENDITURE in flows else None
    total, by_year = _counted(pairs, paid)
    receipts, receipt_years = _counted(pairs, Flow.RECEIPT)
    if receipts is None and receipt_years:
        receipts = sum_of(receipt_years.values())
    if Flow.RECEIPT in flows and total is None and not by_year:
        total = 0.0
    return Money(total, by_year, receipts, receipt_years)


def _counted(
    pairs: Sequence[tuple[HeadCell, float]], flow: Flow | None
) -> tuple[float | None, dict[int, float]]:
    """Return total and amounts per year of the columns of one direction."""
    own = [(column, value) for column, value in pairs if column.flow is flow]
    by_year = {column.year: value for column, value in own if column.year is not None}
    named = [value for column, value in own if column.year is None and column.is_total]
    money = [value for column, value in own if column.year is None]
    return (named[-1] if named else money[0] if money else None), by_year


def _distance(column: HeadCell, cell: Cell) -> float:
    return abs(cell.x1 - column.x1) + max(0.0, column.x0 - cell.x1, cell.x0 - column.x1)


def _unnamed(values: Sequence[float], years: Sequence[int]) -> Money:
    """Read amounts without a head: a total, years, or years with their total."""
    if len(values) == 1:
        return Money(values[0])
    first, last, rest = values[0], values[-1], values[1:]
    if len(values) == len(years) + 1 or (years and len(values) != len(years)):
        is_first = abs(first - sum(rest)) <= 1 < abs(last - sum(values[:-1]))
        amounts = rest if is_first else values[:-1]
        named = dict(zip(years, amounts, strict=True)) if len(amounts) == len(years) else {}
        return Money(first if is_first else last, named)
    if len(values) == len(years):
        return Money(None, dict(zip(years, values, strict=True)))
    is_sum = abs(last - sum(values[:-1])) <= 1
    return Money(last if is_sum else sum(values))
