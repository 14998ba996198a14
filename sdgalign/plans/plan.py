"""A multi-annual plan (BBC): objectives, action plans and actions, with codes and amounts.

Flemish municipalities plan in three levels (*beleidsdoelstelling* › *actieplan* › *actie*) under
the decree on the policy and management cycle (BBC). Codes are kept as printed: every municipality
has its own form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sdgalign.documents.document import Doubt


@dataclass(frozen=True, slots=True)
class Budget:
    """Money of one action. What it costs is its expenditure: receipts are never taken off."""

    total: float
    """Expenditure in euro, over all years."""
    years: Mapping[int, float] = field(default_factory=dict)
    """Expenditure in euro per year; empty when the plan only gives totals."""
    receipts: float = 0.0
    """Receipts in euro, over all years; 0 where the plan shows none."""
    receipt_years: Mapping[int, float] = field(default_factory=dict)
    """Receipts in euro per year; likewise."""


@dataclass(frozen=True, slots=True)
class Action:
    """The lowest level: something to be done."""

    code: str
    """As printed; empty when there is none."""
    text: str
    """The long text; the short one where there is no other."""
    budget: Budget | None = None
    pages: tuple[int, ...] = ()
    """Page numbers in the file, from 1, ascending; empty for a data file."""
    title: str = ""
    """The short text where the source has both and they differ; else empty."""


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The middle level."""

    code: str
    text: str
    actions: tuple[Action, ...] = ()
    pages: tuple[int, ...] = ()
    title: str = ""
    """As that of an action."""


@dataclass(frozen=True, slots=True)
class Objective:
    """The highest level."""

    code: str
    text: str
    plans: tuple[ActionPlan, ...] = ()
    pages: tuple[int, ...] = ()
    title: str = ""
    """As that of an action."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One municipality's tree."""

    objectives: tuple[Objective, ...]
    municipality: str = ""
    """Empty when the source does not say."""
    nis_code: str = ""
    """Five digits; likewise."""
    doubts: tuple[Doubt, ...] = ()
    """What the reader could not do as it should."""

    def actions(self) -> Iterator[tuple[Objective, ActionPlan, Action]]:
        """Yield every action with what is above it, in order."""
        for objective in self.objectives:
            for plan in objective.plans:
                for action in plan.actions:
                    yield objective, plan, action
