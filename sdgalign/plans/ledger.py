"""The amounts of one entry, row by row, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sdgalign.plans.flows import Flow, Label


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts in euro: expenditure, and receipts beside it."""

    total: float | None
    """None when only years are given."""
    years: Mapping[int, float] = field(default_factory=dict)
    receipts: float | None = None
    receipt_years: Mapping[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class Ledger:
    """Collects the rows of amounts that stand with one entry."""

    plain: Money | None = None
    """Of the row that no label speaks for; a second one is of something else."""
    labelled: list[tuple[Label, Money]] = field(default_factory=list)

    def add(self, label: Label | None, money: Money) -> None:
        """Add a row."""
        if label is not None:
            self.labelled.append((label, money))
        elif self.plain is None:
            self.plain = money

    def money(self) -> Money | None:
        """Return what the rows come to, or None when they tell of no expenditure or receipts.

        Rows that say "expenditure" go before those that say nothing, parts before their sum: a
        total is never added to what it is the total of. A balance is not counted at all.
        """
        spent, got, parts = (self._rows(flow) for flow in (Flow.EXPENDITURE, Flow.RECEIPT, None))
        spent_plain = _sum(spent) or self.plain or _sum(parts)
        received = _sum(got)
        if received is None:
            return spent_plain
        total, years = (
            (spent_plain.total, spent_plain.years) if spent_plain is not None else (0.0, {})
        )
        return Money(total, years, received.total, received.years)

    def _rows(self, flow: Flow | None) -> list[Money]:
        rows = [(label, money) for label, money in self.labelled if label.flow is flow]
        single = [(label, money) for label, money in rows if not label.is_sum]
        if not single and self.plain is not None:
            return []  # the sum of a table that ends here
        parts = [money for label, money in single or rows if label.part]
        whole = [money for label, money in single or rows[:1] if not label.part]
        if not (parts and whole):
            return parts or whole
        return max(parts, whole, key=lambda rows: abs(sum(map(_total, rows))))


def _sum(rows: Sequence[Money]) -> Money | None:
    if not rows:
        return None
    totals = [_total(row) for row in rows]
    years: dict[int, float] = {}
    for row in rows:
        for year, amount in row.years.items():
            years[year] = years.get(year, 0.0) + amount
    # Some print all expenditure below zero.
    sign = -1.0 if sum(totals) < 0 and all(amount <= 0 for amount in years.values()) else 1.0
    return Money(sign * sum(totals), {year: sign * amount for year, amount in years.items()})


def _total(money: Money) -> float:
    return sum_of(money.years.values()) if money.total is None else money.total


def sum_of(amounts: Iterable[float]) -> float:
    """Return a sum in whole cents."""
    return round(sum(amounts, 0.0), 2)
