"""Contents pages, registers and colophons: they repeat or administer, and are never evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sdgalign.documents.document import Declared, Line

_TITLE = re.compile(
    r"^(?:\d+\.?\s*)?(?:inhoud(?:sopgave|stafel|stabel|slijst)?|(?:table of )?contents"
    r"|table des matières|sommaire|(?:trefwoorden|zaken|personen)?register|index"
    r"|lijst van (?:afkortingen|figuren|tabellen)|list of (?:figures|tables|abbreviations)"
    r"|afkortingen(?:lijst)?|colofon|colophon|impressum)\.?$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^(?P<title>.*?\S)\s*(?:[.…·‥_]\s?){3,}\s*(?P<leader>\d{1,4})?$")
_NUMBERED = re.compile(
    r"^(?:\d+[.\s—–-].*[^\W\d_)?!.]\S*|\D.*?(?:[^\W\d_)?!’”.]\u200c?|\s(?:19|20)\d\d))"
    r"\s+(?P<number>\d{1,4})$"
)
_LEAST_ENTRIES = 4
_IMPRINT = re.compile(
    r"\b(?:v\.\s?u\.|verantwoordelijke? uitgever|depotnummer|wettelijk depot|isbn|issn"
    r"|alle rechten voorbehouden|all rights reserved|printed by|promoted by|drukwerk|fotografie"
    r"|vormgeving|lay-?out|eindredactie|wijze van citeren)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\S@\w[\w-]*\.\w|\bwww\.\w|\bhttps?://|\btel(?:efoon)?\b[.:]"
    r"|(?-i:\b\d{4} ?[A-Z]{2} [A-Z][a-z])",
    re.IGNORECASE,
)
"""Where to find the publisher."""
_MAKERS = re.compile(r"(?:\bde|:|^) ?(?:\w+ )?(?:verkiezings)?programmacommissie:?$", re.IGNORECASE)
"""Who wrote it; the names come after."""
_ADDRESS_WORDS, _MAKERS_WORDS = 40, 60
"""A page of at most so many words with an address or with names is the back of the cover."""
_SENTENCE = re.compile(r"(?:\S+ ){4}.*[^\W\d_]{2}[.!?]$")
_IMPRINT_WORDS = 110
"""A page of at most so many words that names a publisher is a colophon."""


def contents_lines(pages: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Return the lines that belong to contents, registers and colophons.

    Args:
        pages: The lines of the running text, per page.

    Returns:
        Pairs of the number of the page and of the line, both from 0.
    """
    found: set[tuple[int, int]] = set()
    runs_on = False
    for number, lines in enumerate(pages):
        if any(line.declared for line in lines):
            found.update((number, place) for place in _declared(lines))
            continue
        taken = _entries(lines, len(pages), 2 if runs_on else _LEAST_ENTRIES)
        titles = [place for place, line in enumerate(lines) if _TITLE.match(line.text.strip())]
        if taken:
            taken |= _near_titles(lines, titles, taken)
        elif titles and _is_list(lines, titles[0]):
            taken = set(range(titles[0], len(lines)))
        elif runs_on and lines and _short_share(lines) > 0.9 and _tail_entries(lines):
            taken = set(range(len(lines)))
        runs_on = bool(taken)
        if _is_imprint(lines):
            taken |= set(range(len(lines)))
        found.update((number, place) for place in taken)
    return found


def _declared(lines: Sequence[Line]) -> set[int]:
    """Return the contents of a file that declares its structure, its title included.

    All of such a file may stand on one "page", so that only what is sure is taken.
    """
    taken = {place for place, line in enumerate(lines) if line.declared is Declared.CONTENTS}
    typed = {place for place, line in enumerate(lines) if _has_leader(line)}
    taken |= typed if len(typed) >= _LEAST_ENTRIES else set()
    before = {place - 1 for place in taken if place} - taken
    return taken | {place for place in before if _TITLE.match(lines[place].text.strip())}


def _has_leader(line: Line) -> bool:
    return line.declared is Declared.PARAGRAPH and bool(_ENTRY.match(line.text))


def _entry_page(line: Line) -> int | None:
    """Return the page number at the end of a contents entry; 0 for an entry without one."""
    text = line.text.strip()
    if match := _ENTRY.match(text):
        return int(match["leader"] or 0)
    if len(text) > 140:
        return None
    if match := _NUMBERED.match(text):
        return int(match["number"])
    return None


def _entries(lines: Sequence[Line], total: int, least: int) -> set[int]:
    """Return the lines of the contents on one page: entries with rising page numbers."""
    numbers = ((place, _entry_page(line)) for place, line in enumerate(lines))
    highest = 2 * total + 60
    pages = [(place, page) for place, page in numbers if page is not None and page <= highest]
    best: set[int] = set()
    run: list[tuple[int, int]] = []
    for place, page in [*pages, (10**6, -1)]:
        # Entries of two or three lines leave some lines without a number between.
        if run and (place - run[-1][0] > 4 or (page and page < run[-1][1])):
            if _is_run(lines, run, least):
                best |= set(range(run[0][0], run[-1][0] + 1))
            run = []
        run.append((place, page))
    return best


def _is_run(lines: Sequence[Line], run: list[tuple[int, int]], least: int) -> bool:
    span = run[-1][0] - run[0][0] + 1
    leaders = sum(bool(_ENTRY.match(lines[place].text)) for place, _ in run)
    if len(run) < (min(3, least) if leaders else least) or len(run) < 0.5 * span:
        return False
    # Figures in a chart repeat or fall; page numbers rise.
    return leaders >= least - 1 or run[-1][1] - run[0][1] >= 3


def _near_titles(lines: Sequence[Line], titles: list[int], taken: set[int]) -> set[int]:
    """Return the title of the contents and what stands between it and the entries."""
    first, last = min(taken), max(taken)
    near: set[int] = set()
    for title in titles:
        if title < first and first - title <= 8:
            near.update(range(title, first))
        elif last < title <= last + 2:
            near.update(range(last + 1, title + 1))
    # A header that no other page has.
    if titles and titles[0] <= 2:
        near.update(range(titles[0]))
    # The entry of two lines that the page starts with.
    start = min(near | taken)
    while start > 0 and start >= first - 1 and _is_entry_start(lines[start - 1], lines[first]):
        start -= 1
        near.add(start)
    return near


def _is_entry_start(line: Line, entry: Line) -> bool:
    return (
        abs(line.size - entry.size) < 0.3
        and not re.search(r"[.!?]$", line.text)
        and (entry.box.top - line.box.top < 2 * entry.size)
    )


def _is_list(lines: Sequence[Line], title: int) -> bool:
    """Whether short lines follow a title of contents (entries without page numbers)."""
    rest = lines[title + 1 :]
    return bool(rest) and title <= 3 and _short_share(rest) > 0.85


def _short_share(lines: Sequence[Line]) -> float:
    return sum(len(line.text) < 90 and not line.text.endswith(".") for line in lines) / len(lines)


def _tail_entries(lines: Sequence[Line]) -> bool:
    return sum(_entry_page(line) is not None for line in lines) >= 0.6 * len(lines)


def _is_imprint(lines: Sequence[Line]) -> bool:
    words = sum(len(line.text.split()) for line in lines)
    patterns = [_IMPRINT] if words <= _IMPRINT_WORDS else []
    if words <= _MAKERS_WORDS:
        patterns.append(_MAKERS)
    if words <= _ADDRESS_WORDS and not any(_SENTENCE.search(line.text) for line in lines):
        patterns.append(_ADDRESS)
    return any(pattern.search(line.text) for line in lines for pattern in patterns)
