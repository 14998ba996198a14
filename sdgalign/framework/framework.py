"""Goals, targets and the framework that holds them: pure data."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sdgalign.errors import FrameworkError

URI_BASE = "http://metadata.un.org/sdg/"
"""Namespace of the UN's SDG knowledge organisation system."""


class Language(StrEnum):
    """Languages that sdgalign speaks and was trained on."""

    NL = "nl"
    EN = "en"


Texts = Mapping[Language, str]
"""The same text in every language."""


class Relevance(StrEnum):
    """What a target asks of a local authority in Flanders."""

    CORE = "core"
    """Own competence of the municipality, its OCMW, or a zone or company that it is part of."""
    SHARED = "shared"
    """The local authority contributes; others decide."""
    NONE = "none"
    """National or global: its absence in a local document is no gap."""

    @property
    def is_local(self) -> bool:
        """Whether the target counts in the score and in the gaps of a local document."""
        return self is not Relevance.NONE


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure by which a local authority sees whether a target moves."""

    text: Texts
    """What is counted and in which unit."""
    source: Texts
    """Where a municipality finds it: a public source, or its own count."""


@dataclass(frozen=True, slots=True)
class Target:
    """One of the 169 targets."""

    code: str
    """As the UN writes it: ``11.2``, ``1.a``."""
    title: Texts
    """At most 60 characters."""
    description: Texts
    """One or two sentences."""
    relevance: Relevance
    reason: Texts
    """Why it has that relevance, in a sentence."""
    actions: tuple[Texts, ...]
    """What a local authority can do itself to take the target up; none when it is not local."""
    indicators: tuple[Indicator, ...]
    """What measures the target locally; none when it is not local."""
    keywords: Mapping[Language, tuple[str, ...]]
    """Lower-case words and phrases that point at the target; ``*`` at the end marks a stem."""

    @property
    def goal_code(self) -> str:
        """Return the code of its goal, ``11`` for ``11.2``."""
        return self.code.partition(".")[0]

    @property
    def uri(self) -> str:
        """Return its UN identifier."""
        return URI_BASE + self.code


@dataclass(frozen=True, slots=True)
class Goal:
    """One of the 17 goals with its targets in UN order."""

    code: str
    """``1`` … ``17``."""
    title: Texts
    description: Texts
    color: str
    """Official colour, ``#RRGGBB``."""
    targets: tuple[Target, ...]

    @property
    def uri(self) -> str:
        """Return its UN identifier."""
        return URI_BASE + self.code


@dataclass(frozen=True, slots=True)
class Framework:
    """All goals, with look-up by code."""

    goals: tuple[Goal, ...]
    _goals: dict[str, Goal] = field(init=False, repr=False, compare=False)
    _targets: dict[str, Target] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_goals", {goal.code: goal for goal in self.goals})
        targets = {target.code: target for goal in self.goals for target in goal.targets}
        object.__setattr__(self, "_targets", targets)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return all targets in UN order."""
        return tuple(self._targets.values())

    def goal(self, code: str) -> Goal:
        """Return the goal with this code.

        Raises:
            FrameworkError: When there is no such goal.
        """
        try:
            return self._goals[code]
        except KeyError:
            raise FrameworkError(f"there is no goal {code!r}; goals are 1 to 17") from None

    def target(self, code: str) -> Target:
        """Return the target with this code.

        Raises:
            FrameworkError: When there is no such target; the message names the nearest codes.
        """
        try:
            return self._targets[code]
        except KeyError:
            near = difflib.get_close_matches(code, self._targets, n=3, cutoff=0.5)
            hint = f"; did you mean {', '.join(near)}?" if near else ", for example 11.2 or 1.a"
            raise FrameworkError(f"there is no target {code!r}{hint}") from None
