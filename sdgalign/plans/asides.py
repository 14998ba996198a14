"""Lines of a plan that are of no node: sums, names of sections, goals that a node is linked to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sdgalign.documents import PrintedWord
from sdgalign.plans.codes import names_goal
from sdgalign.plans.flows import phrases
from sdgalign.plans.rows import Row, is_apart, is_next

_SUM = re.compile(
    r"^(?:sub|eind|algemeen\s+)?tota+l(?:en)?\b|^som\b|^saldo\b|^totale\s+(?:uitgaven|kost)",
    re.IGNORECASE,
)
_LONGEST_SUM = 4
"""Words that the name of a sum without amounts beside it has at most: ``Totaal actieplan AP-1``."""
_SECTION = re.compile(
    r"^(?:(?:niet[- ])?prioritaire|overige|andere|alle)\s+"
    r"(?:acties|actieplannen|(?:beleids)?doelstellingen)$|^acties$|^actieplannen$",
    re.IGNORECASE,
)
"""A line between two levels, that is of neither."""
_GOALS_HEADING = re.compile(
    r"^(?:\S+\s){0,5}(?:SDG(?:['’]?s)?|duurzame[- ]ontwikkelingsdoelstellingen)\s?:?$",
    re.IGNORECASE,
)
"""``Link met de SDG's``."""
_PAGE_NUMBER = re.compile(r"^(?:pagina|p\.|page)?\s?\d{1,4}(?:\s?(?:/|van|of)\s?\d{1,4})?$", re.I)
_LARGER = 1.3
"""A line so much larger than the one before it is a heading of a chapter."""
_NEAR = 1.5
"""Points by which left edges of the lines of one cell differ."""


def is_sum(words: Sequence[PrintedWord], *, has_amounts: bool) -> bool:
    """Return whether a row is a total."""
    return names_sum(_text(words)) and (has_amounts or len(words) <= _LONGEST_SUM)


def names_sum(text: str) -> bool:
    """Return whether a text starts like the name of a total: ``Totaal AP-1``, ``Saldo``."""
    return bool(_SUM.match(text))


def is_section(row: Row) -> bool:
    """Return whether a row only says what kind of nodes come next."""
    return bool(_SECTION.match(row.text))


def is_page_number(row: Row, before: Row | None) -> bool:
    """Return whether a row that stands apart is the number of the page."""
    return bool(_PAGE_NUMBER.match(row.text)) and not is_next(row, before)


def without_goals_cell(words: Sequence[PrintedWord]) -> Sequence[PrintedWord]:
    """Leave out the cells of a row of a table that name goals: ``SDG 3, SDG 9``."""
    cells = phrases(words)
    places = [cell[0].box.x0 for cell in cells if names_goal(_text(cell))]
    kept = [cell for cell in cells if all(abs(cell[0].box.x0 - x) > _NEAR for x in places)]
    return [word for cell in kept for word in cell] if places else words


class GoalLines:
    """Tells the lines that link a node to goals, and their headings, from its text.

    Rows are to be given from the top, each once: a line of text may happen to start with the
    name of a goal, a list of goals stands apart from it.
    """

    def __init__(self) -> None:
        self._is_inside = False

    def holds(self, row: Row, before: Row | None) -> bool:
        """Return whether a row is one of these lines."""
        is_new = before is None or is_apart(row, before) or _looks(row) != _looks(before)
        is_named = names_goal(row.text) and (self._is_inside or is_new)
        is_wrapped = (
            self._is_inside
            and before is not None
            and _looks(row) == _looks(before)
            and is_next(row, before)
            and row.text[0].islower()
        )
        is_large = before is not None and row.size > _LARGER * before.size
        is_heading = bool(_GOALS_HEADING.match(row.text)) and is_new and not is_large
        self._is_inside = is_named or is_wrapped or is_heading
        return self._is_inside


def _text(words: Sequence[PrintedWord]) -> str:
    return " ".join(word.text for word in words)


def _looks(row: Row) -> tuple[bool, float]:
    return row.bold, round(row.size, 1)
