"""A multi-annual plan (BBC): objectives, action plans and actions, with codes and amounts.

Flemish municipalities plan in three levels (*beleidsdoelstelling* › *actieplan* › *actie*) under
the decree on the policy and management cycle (BBC). Codes are kept as printed: every municipality
has its own form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sdgalign.documents.document import Doubt


@dataclass(frozen=True, slots=True)
class Budget:
    """Money of one action. What it costs is its expenditure: receipts are never taken off.

    A subsidy or a sale pays for an action but is no spending on it, and a balance says neither.
    """

    total: float
    """Expenditure in euro, over all years and all kinds (exploitation, investment, financing).

    That which the plan prints as the total where it does, else the sum of the years. 0 for an
    action that only brings in.
    """
    years: Mapping[int, float] = field(default_factory=dict)
    """Expenditure in euro per year; empty when the plan only gives totals."""
    receipts: float = 0.0
    """Receipts in euro, over all years; 0 where the plan shows none."""
    receipt_years: Mapping[int, float] = field(default_factory=dict)
    """Receipts in euro per year; likewise."""


_LABEL = re.compile(
    r"^(?:(?:(?:kwalitatieve|uitgebreide) )?omschrijving|commentaar|toelichting)\s*:\s*",
    re.IGNORECASE,
)
"""What planning software puts before a long text, also before one that nobody wrote."""


def bare_text(text: str) -> str:
    """Return a long text without the label that planning software puts before it."""
    return _LABEL.sub("", text)


def whole_text(title: str, text: str) -> str:
    """Return short and long text as one, without labels and without saying the same twice."""
    text = bare_text(text)
    if not title or letters(text).startswith(letters(title)):
        return text or title
    if letters(title).startswith(letters(text)):
        return title
    mark = "" if title[-1] in ".!?:;…" else "."
    return f"{title}{mark} {text}"


def letters(text: str) -> str:
    """Return what two texts are compared by: software cuts the short one off, often with dots."""
    return "".join(filter(str.isalnum, text.casefold()))


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
