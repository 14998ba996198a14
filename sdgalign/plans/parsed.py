"""Rows taken apart: amounts, list mark and words; and the places where codes and texts start."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sdgalign.documents import PrintedWord
from sdgalign.plans.asides import without_goals_cell
from sdgalign.plans.codes import is_bare_prefix, is_code, label_level
from sdgalign.plans.columns import Cell, Edges, row_amounts
from sdgalign.plans.flows import Label, read_label, split_label
from sdgalign.plans.heads import Head, read_head
from sdgalign.plans.rows import Row, is_next

_BULLET = re.compile(r"^[•●▪■◦○‣∙·►▶➢✓\-–—*\ue000-\uf8ff]$")
_LEADERS = re.compile(r"(?:(?:\.\s?){5,}|…{2,})\s*\d{1,4}$")
_SPACE = 0.6
"""Gap, in font sizes, that a space leaves at most."""
_NEAR = 2.0
"""Points by which left edges of one column differ (letters have bearings)."""
_MOSTLY = 0.6
"""Share of the rows that start at one place that must start with a code to make it a place of
codes."""


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A row taken apart."""

    row: Row
    head: Head | None
    """Of the table that it may be of; its own when it is one."""
    own: Head | None = None
    """What it says itself when it is a head; the one above may say more."""
    cells: tuple[Cell, ...] = ()
    words: tuple[PrintedWord, ...] = ()
    """Without amounts and list mark."""
    is_bulleted: bool = False
    label: Label | None = None
    """What the amounts are, when the row says it."""

    @property
    def is_head(self) -> bool:
        """Return whether it is the head of a table."""
        return self.own is not None


def parse_rows(rows: Iterable[Row], edges: Edges) -> Iterator[ParsedRow]:
    """Take apart all rows but running heads and tables of contents."""
    head: Head | None = None
    above: Head | None = None
    rows = tuple(rows)
    counts = Counter(row.text for row in rows)
    for row in rows:
        own = read_head(row, above)
        above = own
        if own is not None:
            head = own if own.amounts or own.levels or head is None else head
            yield ParsedRow(row, head, own)
            continue
        parsed = _parsed(row, head, edges)
        # Rows of amounts, and headings that differ in their figures, may start several pages.
        is_paid = head is not None and len(parsed.cells) > 1
        is_own = parsed.label is not None or (
            counts[row.text] == 1 and (is_paid or label_level(row.text) is not None)
        )
        is_furniture = row.is_running and not is_own
        if not is_furniture and not _LEADERS.search(row.text):
            yield parsed


def _parsed(row: Row, head: Head | None, edges: Edges) -> ParsedRow:
    cells = row_amounts(row, edges, head)
    taken = frozenset[int]().union(*(cell.words for cell in cells))
    words = tuple(word for number, word in enumerate(row.words) if number not in taken)
    if cells or row.is_ruled:
        words = tuple(without_goals_cell(words))
    bulleted = bool(words) and bool(_BULLET.match(words[0].text))
    words = words[1:] if bulleted else words
    rest, label = split_label(words) if cells or _is_part(words, head) else (words, None)
    return ParsedRow(row, head, None, tuple(cells), tuple(rest), bulleted, label)


def _is_part(words: Sequence[PrintedWord], head: Head | None) -> bool:
    """Whether a row names what the rows of amounts under it are about: ``Exploitatie``."""
    text = " ".join(word.text for word in words)
    return head is not None and text[:1].isupper() and read_label(text) is not None


@dataclass(frozen=True, slots=True)
class Places:
    """Where on the page codes and texts start."""

    codes: tuple[float, ...]
    texts: tuple[float, ...]
    headings: tuple[float, ...] = ()
    """Where bold lines start that begin with a code, whatever else starts there."""

    def is_code_place(self, x: float, *, bold: bool = False) -> bool:
        """Return whether most rows that start here, or most bold ones, start with a code."""
        places = (*self.codes, *self.headings) if bold else self.codes
        return any(abs(x - place) <= _NEAR for place in places)

    def is_text_place(self, x: float) -> bool:
        """Return whether the texts beside codes start here."""
        return any(abs(x - place) <= _NEAR for place in self.texts)

    def stands_alone(self, words: Sequence[PrintedWord]) -> bool:
        """Return whether the first word has a column of its own, left of that of the texts."""
        if len(words) < 2 or not self.is_text_place(words[1].box.x0):
            return False
        return words[1].box.x0 - words[0].box.x1 > _SPACE * words[0].size


def find_places(rows: Sequence[ParsedRow]) -> Places:
    """Learn from all rows of a document where codes and texts start."""
    starts: Counter[int] = Counter()
    codes: Counter[int] = Counter()
    texts: Counter[int] = Counter()
    for parsed in rows:
        if not parsed.words or parsed.is_bulleted:
            continue
        x0 = round(parsed.words[0].box.x0)
        starts[x0] += 1
        code, rest = split_code(parsed.words)
        if is_code(code) and rest:
            texts[round(rest[0].box.x0)] += 1
    least = max(2, 0.1 * texts.total())
    texts_kept = Counter({x: count for x, count in texts.items() if count >= least})
    for parsed in rows:
        if parsed.words and not parsed.is_bulleted:
            code, rest = split_code(parsed.words)
            # One word left of the texts is a code whatever its letters.
            if is_code(code) or (rest and _near(texts_kept, round(rest[0].box.x0))):
                codes[round(parsed.words[0].box.x0)] += 1
    return Places(
        tuple(_mostly(codes, starts)),
        tuple(float(x) for x in texts_kept),
        tuple(_mostly(*_bold_starts(rows))),
    )


def _mostly(codes: Counter[int], starts: Counter[int]) -> Iterator[float]:
    """Yield where most of what starts there is a code."""
    for x in starts:
        if (here := _near(codes, x)) >= 2 and here >= _MOSTLY * _near(starts, x):
            yield float(x)


def _bold_starts(rows: Sequence[ParsedRow]) -> tuple[Counter[int], Counter[int]]:
    """Return where bold lines start with a code, and where any bold text does."""
    codes: Counter[int] = Counter()
    starts: Counter[int] = Counter()
    before: ParsedRow | None = None
    for parsed in rows:
        is_bold = parsed.row.bold and bool(parsed.words) and not parsed.is_bulleted
        goes_on = before is not None and before.row.bold and is_next(parsed.row, before.row)
        if is_bold and not goes_on:
            x0 = round(parsed.words[0].box.x0)
            code, rest = split_code(parsed.words)
            starts[x0] += 1
            codes[x0] += is_code(code) and bool(rest)
        before = parsed
    return codes, starts


def _near(counts: Counter[int], x: int) -> int:
    return sum(counts[x + step] for step in (-1, 0, 1))


def split_code(words: Sequence[PrintedWord]) -> tuple[str, Sequence[PrintedWord]]:
    """Return the first word, with its figures when they stand apart (``AP 1.2``), and the rest."""
    if not words:
        return "", ()
    first = words[0].text
    is_near = len(words) > 1 and words[1].box.x0 - words[0].box.x1 < _SPACE * words[0].size
    if is_near and is_bare_prefix(first) and words[1].text[:1].isdigit():
        return f"{first} {words[1].text}".rstrip(":"), words[2:]
    return first.rstrip(":") if len(first) > 1 else first, words[1:]
