"""Running headers, footers and page numbers: text that repeats at one place over pages.

A line is furniture only when it stands at the outer edge of its page (nothing but furniture
beyond it) and the same edge of other pages holds the same text, digits aside. Lines are marked,
never dropped.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from sdgalign.documents.document import Line, LineRole, Page
from sdgalign.documents.repeated_titles import is_repeated_title

_ZONE = 0.13
"""Share of the page height at the top and the bottom in which furniture stands."""
_OUTER = 0.07
_DEPTH = 4
"""Lines from the edge of a page or spread half that are looked at."""
_LEAST_PAGES = 3
_SHIFT = 4.0
"""Points that a running line may move between pages."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|·]\s*)?(?:p(?:agina|age|\.)?\s*)?(\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:van|of|/)\s*\d{1,4})?\.?(?:\s*[-–—|·])?$",
    re.IGNORECASE,
)
_Place = tuple[int, int]
"""Number of the page and of the line on it, both from 0."""
_Zone = list[tuple[float, int]]
"""Distances from an edge of the page and numbers of the lines there."""


def mark_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with the roles of their lines."""
    roles: dict[_Place, LineRole] = {}
    roles.update(_rotated(pages))
    roles.update(_off_the_page(pages))
    for is_top in (True, False):
        zones = [_zone(page, is_top=is_top) for page in pages]
        for _ in range(_DEPTH):
            found = _edge_roles(pages, zones, roles, is_top=is_top)
            if not found:
                break
            roles.update(found)
    return tuple(
        dataclasses.replace(
            page,
            lines=tuple(
                dataclasses.replace(line, role=roles[number, place])
                if (number, place) in roles
                else line
                for place, line in enumerate(page.lines)
            ),
        )
        for number, page in enumerate(pages)
    )


def _zone(page: Page, *, is_top: bool) -> _Zone:
    """Return the lines near one edge of a page, with their distances from it."""
    zone: _Zone = []
    for place, line in enumerate(page.lines):
        distance = line.box.top if is_top else page.height - line.box.bottom
        if line.text and -page.height < distance < _ZONE * page.height + _SHIFT:
            zone.append((distance, place))
    return zone


def _edge_roles(
    pages: Sequence[Page], zones: Sequence[_Zone], known: dict[_Place, LineRole], *, is_top: bool
) -> dict[_Place, LineRole]:
    """Return roles for the outermost lines that have none yet."""
    edge = [
        (number, place)
        for number, page in enumerate(pages)
        for place in _outermost(page, number, zones[number], known)
    ]
    role = LineRole.HEADER if is_top else LineRole.FOOTER
    roles = dict.fromkeys(_repeated(pages, edge), role)
    roles.update(dict.fromkeys(_running_titles(pages, edge, known), role))
    roles.update(dict.fromkeys(_page_numbers(pages, edge), LineRole.PAGE_NUMBER))
    return roles


def _outermost(page: Page, number: int, zone: _Zone, known: dict[_Place, LineRole]) -> list[int]:
    """Return the lines of the outermost printed row that has no role yet."""
    rows = [(distance, place) for distance, place in zone if (number, place) not in known]
    nearest = min(rows)[0] if rows else math.inf
    if nearest > _ZONE * page.height:
        return []
    return [place for distance, place in rows if distance < nearest + _SHIFT]


def _repeated(pages: Sequence[Page], edge: Iterable[_Place]) -> list[_Place]:
    """Return the lines whose text stands at one place of several pages."""
    alike: dict[str, list[_Place]] = defaultdict(list)
    for number, place in edge:
        alike[_key(pages[number].lines[place].text)].append((number, place))
    found: list[_Place] = []
    least = min(_LEAST_PAGES, max(2, len(pages) // 2))
    for text, places in alike.items():
        if not text.strip("# "):
            continue  # only digits: page numbers are known by counting
        for group in _level(pages, places):
            texts = {pages[number].lines[place].text for number, place in group}
            is_sure = len(texts) == 1 and all(_is_outer(pages, place) for place in group)
            on_pages = len({number for number, _ in group})
            if on_pages >= (2 if is_sure else least) and not is_repeated_title(pages, group):
                found.extend(group)
    return found


def _is_outer(pages: Sequence[Page], place: _Place) -> bool:
    """Whether a line stands so near the edge of the paper that no text would."""
    page = pages[place[0]]
    box = page.lines[place[1]].box
    return box.bottom < _OUTER * page.height or box.top > (1 - _OUTER) * page.height


def _level(pages: Sequence[Page], places: Sequence[_Place]) -> list[list[_Place]]:
    """Group lines by their height on the page."""
    groups: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: _top(pages, place)):
        if groups and _top(pages, place) - _top(pages, groups[-1][-1]) < _SHIFT:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _top(pages: Sequence[Page], place: _Place) -> float:
    return pages[place[0]].lines[place[1]].box.top


def _running_titles(
    pages: Sequence[Page], edge: Sequence[_Place], known: dict[_Place, LineRole]
) -> list[_Place]:
    """Return short lines that change per chapter but keep height, size and distance to the text.

    Where most pages have a small short line at one height, the line is a running title also on
    the pages of a chapter that is only one or two pages long.
    """
    texts = {place: pages[place[0]].lines[place[1]].text for place in edge}
    short = [place for place, text in texts.items() if len(text) <= 90 and not text.isdigit()]
    found: list[_Place] = []
    for group in _level(pages, short):
        numbers = {number for number, _ in group}
        keys = {_key(texts[place]) for place in group}
        if len(numbers) >= max(4, 0.4 * len(pages)) and len(keys) <= 0.6 * len(group):
            found.extend(place for place in group if _stands_apart(pages, place, known))
    return found


def _stands_apart(pages: Sequence[Page], place: _Place, known: dict[_Place, LineRole]) -> bool:
    """Whether a line is further from the text than the lines of the text from each other."""
    page = pages[place[0]]
    line = page.lines[place[1]]
    distances = [
        max(other.box.top - line.box.bottom, line.box.top - other.box.bottom)
        for number, other in enumerate(page.lines)
        if (place[0], number) not in known and abs(other.box.top - line.box.top) > _SHIFT
    ]
    return not distances or min(distances) > 0.8 * line.size


def _page_numbers(pages: Sequence[Page], edge: Iterable[_Place]) -> list[_Place]:
    """Return the lines that count with the pages."""
    steps: dict[int, list[_Place]] = defaultdict(list)
    for number, place in edge:
        line = pages[number].lines[place]
        match = _PAGE_NUMBER.match(line.text)
        if not match:
            continue
        value = int(match[1]) if match[1].isdigit() else _roman(match[1])
        # The pages of a spread count twice as fast as the pages of the file.
        steps[value - number].append((number, place))
        if pages[number].width > pages[number].height:
            steps[10_000 + value - 2 * number].append((number, place))
            steps[10_000 + value - 1 - 2 * number].append((number, place))
    least = min(_LEAST_PAGES, max(2, len(pages) // 2))
    return [
        place
        for places in steps.values()
        if len({number for number, _ in places}) >= least
        for place in places
    ]


def _roman(text: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    numbers = [values[char] for char in text.lower()]
    for value, following in zip(numbers, [*numbers[1:], 0], strict=True):
        total += -value if value < following else value
    return total


def _rotated(pages: Sequence[Page]) -> dict[_Place, LineRole]:
    """Return the role of upright text in the margin that repeats over pages."""
    return _where_repeated(pages, lambda line: line.role is LineRole.MARGIN)


def _off_the_page(pages: Sequence[Page]) -> dict[_Place, LineRole]:
    """Return the lines that stand wholly outside the page, where no reader sees them."""
    return {
        (number, place): LineRole.MARGIN
        for number, page in enumerate(pages)
        for place, line in enumerate(page.lines)
        if not line.declared and _is_off(page, line)
    }


def _is_off(page: Page, line: Line) -> bool:
    box = line.box
    if box.x1 <= box.x0:
        return False  # a file that does not say how it is printed
    is_beside = box.x1 <= 0 or box.x0 >= page.width
    return is_beside or box.bottom <= 0 or box.top >= page.height


def _where_repeated(
    pages: Sequence[Page], is_candidate: Callable[[Line], bool]
) -> dict[_Place, LineRole]:
    alike: dict[str, list[_Place]] = defaultdict(list)
    for number, page in enumerate(pages):
        for place, line in enumerate(page.lines):
            if is_candidate(line):
                alike[_key(line.text)].append((number, place))
    return {
        place: LineRole.MARGIN if len({number for number, _ in places}) >= 2 else LineRole.BODY
        for places in alike.values()
        for place in places
    }


def _key(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()).casefold())
