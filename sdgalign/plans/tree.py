"""From entries with levels to the tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sdgalign.documents import PrintedWord
from sdgalign.plans.codes import Level, is_routine
from sdgalign.plans.entry import Entry
from sdgalign.plans.ledger import sum_of
from sdgalign.plans.plan import Action, ActionPlan, Budget, Objective
from sdgalign.plans.pruning import prune, says_same
from sdgalign.segmentation.joining import LineJoiner

_NO_WORDS = re.compile(r"^\W*$")


@dataclass(slots=True)
class _Node:
    code: str
    title: str = ""
    text: str = ""
    pages: list[int] = field(default_factory=list)
    budget: Budget | None = None
    children: list[_Node] = field(default_factory=list)

    def is_same(self, other: _Node) -> bool:
        """Whether a later entry names this node again: an overview before the plan itself."""
        is_named = bool(self.code) and self.code == other.code
        return is_named and says_same((self.title, self.text), (other.title, other.text))

    def merge(self, other: _Node) -> None:
        if (bool(other.title), len(other.text)) > (bool(self.title), len(self.text)):
            self.title, self.text = other.title, other.text
        self.budget = self.budget or other.budget
        self.pages = sorted({*self.pages, *other.pages})


def build_tree(
    entries: Sequence[Entry], levels: Sequence[Level], joiner: LineJoiner
) -> tuple[Objective, ...]:
    """Put entries under each other.

    Args:
        entries: In reading order.
        levels: One for each.
        joiner: Mends broken words.
    """
    builder = _Builder()
    for entry, level in zip(entries, levels, strict=True):
        title, text = _texts(entry.lines, joiner)
        budget = None
        if entry.money is not None:
            total = entry.money.total
            years = dict(entry.money.years)
            budget = Budget(
                sum_of(years.values()) if total is None else total,
                years,
                entry.money.receipts or 0.0,
                dict(entry.money.receipt_years),
            )
        builder.add(_Node(entry.code, title, text, list(entry.pages), budget), level)
    return prune(builder.objectives())


class _Builder:
    def __init__(self) -> None:
        self._roots: list[_Node] = []
        self._objective: _Node | None = None
        self._plan: _Node | None = None

    def add(self, node: _Node, level: Level) -> None:
        match level:
            case Level.OBJECTIVE:
                self._objective = _placed(self._roots, node)
                self._plan = None
            case Level.PLAN:
                if is_routine(node.code):
                    self._objective = _unnamed(self._roots)
                self._plan = _placed(self._objective_here().children, node)
            case Level.ACTION:
                _placed(self._plan_here().children, node)

    def _objective_here(self) -> _Node:
        if self._objective is None:
            self._objective = _unnamed(self._roots)
        return self._objective

    def _plan_here(self) -> _Node:
        if self._plan is None:
            self._plan = _unnamed(self._objective_here().children)
        return self._plan

    def objectives(self) -> tuple[Objective, ...]:
        """Return the tree, without what has neither a name nor anything under it."""
        return tuple(
            Objective(root.code, root.text, _plans(root), tuple(root.pages), title=root.title)
            for root in self._roots
            if root.children or root.code or root.text
        )


def _plans(root: _Node) -> tuple[ActionPlan, ...]:
    return tuple(
        ActionPlan(
            plan.code,
            plan.text,
            tuple(
                Action(each.code, each.text, each.budget, tuple(each.pages), title=each.title)
                for each in plan.children
            ),
            tuple(plan.pages),
            title=plan.title,
        )
        for plan in root.children
    )


def _placed(nodes: list[_Node], node: _Node) -> _Node:
    """Add a node, or find it where it has been added before."""
    for known in nodes:
        if known.is_same(node) or (not (node.code or node.text or known.code or known.text)):
            known.merge(node)
            return known
    nodes.append(node)
    return node


def _unnamed(nodes: list[_Node]) -> _Node:
    return _placed(nodes, _Node(""))


def _texts(lines: Sequence[tuple[PrintedWord, ...]], joiner: LineJoiner) -> tuple[str, str]:
    """Return title and text: lines that look like a heading before others are the title."""
    if not lines:
        return "", ""
    first = _looks(lines[0])
    count = next((n for n, line in enumerate(lines) if _looks(line) != first), len(lines))
    head, body = lines[:count], lines[count:]
    is_title = bool(body) and (first[0] or first[1] > _looks(body[0])[1])
    title = _joined(head, joiner) if is_title else ""
    text = _joined(body if is_title else lines, joiner)
    return (title, text) if not _NO_WORDS.match(text) else ("", title)


def _looks(line: Sequence[PrintedWord]) -> tuple[bool, float]:
    return all(word.bold for word in line), round(max(word.size for word in line), 1)


def _joined(lines: Sequence[Sequence[PrintedWord]], joiner: LineJoiner) -> str:
    return joiner.join([" ".join(word.text for word in line) for line in lines]).text
