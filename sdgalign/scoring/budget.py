"""What part of a plan's money goes to which goal and target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Costed:
    """The money and the targets of one action."""

    targets: Sequence[str]
    """Codes of the targets that it addresses; none is possible."""
    total: float
    """Expenditure in euro, over all years."""
    years: Mapping[int, float] = field(default_factory=dict)
    """Expenditure in euro per year; empty when only the total is known."""


@dataclass(frozen=True, slots=True)
class Spending:
    """Euro per target. The money of an action is divided equally over its targets."""

    total: float = 0.0
    by_target: Mapping[str, float] = field(default_factory=dict)
    without_target: float = 0.0
    """Of actions that address no target."""

    @property
    def by_goal(self) -> dict[str, float]:
        """Return euro per goal: the sum over its targets."""
        goals: dict[str, float] = defaultdict(float)
        for code, euro in self.by_target.items():
            goals[code.partition(".")[0]] += euro
        return dict(goals)

    @property
    def share_without_target(self) -> float:
        """Return the share of the money without any target, 0–1."""
        return self.without_target / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class BudgetAlignment:
    """Where the money of a plan goes."""

    whole: Spending
    years: Mapping[int, Spending]
    """Ascending; only of the actions with amounts per year."""
    actions: int
    actions_without_amount: int


def align_budget(actions: Iterable[Costed | None]) -> BudgetAlignment:
    """Divide the money of a plan over goals and targets.

    Args:
        actions: One per action; None where the plan shows no amount. Amounts below zero (a
            correction of an earlier year) are subtracted like any other.

    Returns:
        Euro per target, in all and per year.
    """
    everything = list(actions)
    known = [action for action in everything if action is not None]
    years = sorted({year for action in known for year in action.years})
    return BudgetAlignment(
        whole=_spend([(action.targets, action.total) for action in known]),
        years={
            year: _spend(
                [(action.targets, action.years[year]) for action in known if year in action.years]
            )
            for year in years
        },
        actions=len(everything),
        actions_without_amount=len(everything) - len(known),
    )


def _spend(amounts: Sequence[tuple[Sequence[str], float]]) -> Spending:
    by_target: dict[str, float] = defaultdict(float)
    without = 0.0
    for targets, euro in amounts:
        for code in targets:
            by_target[code] += euro / len(targets)
        if not targets:
            without += euro
    return Spending(sum(euro for _, euro in amounts), dict(by_target), without)
