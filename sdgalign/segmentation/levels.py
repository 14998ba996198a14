"""Which headings stand above a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sdgalign.segmentation.marks import PLAN_DEPTH, PlanLevel

MOST_LEVELS = 4
_CHAPTER_SIZE = 1.2
"""What stands in a chapter may be set so much larger than the chapter's own title."""
_NOT_KEY = re.compile(r"[\W_]+")
_CLOSING = re.compile(
    r"(?:tot slot|ten ?slotte|slot(?:woord|beschouwing)?|nawoord|dankwoord|epiloog|afsluiting"
    r"|conclusies?|conclusions?|bijlagen?|annex(?:es)?|appendix|appendices|epilogue|afterword"
    r"|acknowledgements|verantwoording|bronnen|bibliografie|literatuur(?:lijst)?|references)"
    r"(?:\s+[\divxa-z]{1,3})?",
    re.IGNORECASE,
)
"""Titles of what comes after the last chapter."""
_SOURCES = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:literatuur(?:lijst)?|bibliogra(?:fie|phy)|references|bronnen(?:lijst)?"
    r"|(?:geraadpleegde|gebruikte) (?:bronnen|literatuur)|works cited)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with what decides its level."""

    text: str
    size: float
    bold: bool
    capitals: bool | None
    """None where they are no style: an abbreviation is written so anyhow."""
    depth: int | None
    """By its number or its plan code; None when it has neither."""
    outline: int | None
    """Level of the bookmark with its text; None when there is none."""
    declared: int | None = None
    """Level that the file declares; None when the print made it a heading."""
    is_label: bool = False
    """Announces what follows ("We want:") and stands above no other heading."""
    is_chapter: bool = False
    """Is called a chapter or a part, in its text or right above it."""


def title_key(text: str) -> str:
    """Return what two titles have in common that say the same: their letters and figures."""
    return _NOT_KEY.sub("", text).casefold()


class HeadingStack:
    """The headings above the text that is being read."""

    def __init__(self) -> None:
        self._stack: list[Heading] = []

    def path(self, *below: str) -> tuple[str, ...]:
        """Return the titles, outermost first, at most four, none twice.

        Args:
            below: Titles under these headings, such as the lead-in of a list.
        """
        above = self._stack
        if sum(map(bool, below)) + len(above) > MOST_LEVELS:
            # "We want:" says least.
            above = [heading for heading in above if not heading.is_label]
        titles: list[str] = []
        for title in (*(heading.text for heading in above), *below):
            if title and not (titles and title_key(titles[-1]) == title_key(title)):
                titles.append(title)
        # The outermost give the theme, the innermost the subject; what lies between can go.
        return tuple(titles if len(titles) <= MOST_LEVELS else titles[:2] + titles[-2:])

    def make_room(self, heading: Heading) -> None:
        """End the headings that are not above another."""
        while self._stack and not _is_above(self._stack[-1], heading):
            self._stack.pop()

    def push(self, heading: Heading) -> None:
        """Enter a heading; those that are not above it end."""
        self.make_room(heading)
        self._stack.append(heading)

    def lists_sources(self) -> bool:
        """Return whether what stands here is a list of literature."""
        return any(_SOURCES.fullmatch(heading.text) for heading in self._stack)

    def clear(self) -> None:
        """Forget all headings (the cover is no chapter)."""
        self._stack.clear()

    def end_label(self) -> None:
        """End the heading that announced a list, once the list is over."""
        while self._stack and self._stack[-1].is_label:
            self._stack.pop()

    def leave(self, level: PlanLevel) -> None:
        """End the headings at a level of a plan and below."""
        depth = PLAN_DEPTH[level]
        while self._stack and (self._stack[-1].depth or 0) >= depth:
            self._stack.pop()


def _is_above(heading: Heading, other: Heading) -> bool:
    """Whether the first stands above the second in the tree of headings."""
    if heading.is_label:
        return False
    if heading.declared is not None or other.declared is not None:
        # What only looks like a heading divides the text under those that are declared.
        return heading.declared is not None and (
            other.declared is None or heading.declared < other.declared
        )
    if heading.depth is not None and other.depth is not None and heading.depth != other.depth:
        return heading.depth < other.depth
    if heading.outline is not None and other.outline is not None:
        return heading.outline < other.outline
    if heading.is_chapter != other.is_chapter:
        factor = 1 / _CHAPTER_SIZE if heading.is_chapter else _CHAPTER_SIZE
        return heading.size > factor * other.size
    return _looks_above(heading, other)


def _looks_above(heading: Heading, other: Heading) -> bool:
    """Whether the print sets the first above the second."""
    if abs(heading.size - other.size) > 0.06 * max(heading.size, other.size):
        return heading.size > other.size
    if heading.depth is not None and other.depth is not None:
        return False
    if heading.bold != other.bold:
        return heading.bold
    if other.is_label:
        return True  # "We want:" in the print of the headings announces what one of them says
    if None not in (heading.capitals, other.capitals) and heading.capitals != other.capitals:
        return bool(heading.capitals)
    # A number sets a heading above its like without one.
    return heading.depth is not None and other.depth is None and not _closes(other)


def _closes(heading: Heading) -> bool:
    return bool(_CLOSING.fullmatch(heading.text))
