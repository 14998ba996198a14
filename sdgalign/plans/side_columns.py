"""Columns of tables whose levels stand beside each other: their places and codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sdgalign.documents import PrintedWord
from sdgalign.plans.codes import Level, code_level, is_code, is_routine, is_sure_code
from sdgalign.plans.flows import phrases
from sdgalign.plans.heads import Head, LevelCell
from sdgalign.plans.parsed import ParsedRow, split_code

Parts = Mapping[Level, Sequence[PrintedWord]]
_NEAR = 2.5
"""Points by which left edges of one column differ."""
_LONG_NUMBER = 6
"""Figures from which numbers of one length beside each other are codes."""
_LONGEST_NUMBER = 2
"""Figures of a bare number that count as one shape: 1 and 12 are alike, 2026 is a year."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of each level start, from left to right."""

    levels: tuple[Level, ...]
    starts: tuple[float, ...]
    end: float | None
    """Where another column follows; None when only amounts do."""

    def parts(self, words: Sequence[PrintedWord]) -> Parts | None:
        """Part the words of a row by level; None when it does not keep to the columns."""
        if not words or min(word.box.x0 for word in words) < self.starts[0] - _NEAR:
            return None
        for phrase in phrases(words):
            here = {self._column(word) for word in phrase}
            if len(here) > 1:
                return None
        parts: dict[Level, list[PrintedWord]] = {}
        for word in words:
            at = self._column(word)
            if at < len(self.levels):
                parts.setdefault(self.levels[at], []).append(word)
        return parts

    def start_of(self, level: Level) -> float:
        """Return where the column of a level starts."""
        return self.starts[self.levels.index(level)]

    def _column(self, word: PrintedWord) -> int:
        if self.end is not None and word.box.x0 >= self.end - _NEAR:
            return len(self.levels)
        return max(
            n for n, start in enumerate(self.starts) if n == 0 or word.box.x0 >= start - _NEAR
        )


def find_columns(head: Head, rows: Iterable[ParsedRow]) -> Columns:
    """Learn from a head and the rows under it where the columns start.

    A name may stand in the middle of its column: texts start at or left of it.
    """
    rows = tuple(rows)
    every = _starts(rows, head)
    paid = _starts([parsed for parsed in rows if parsed.cells], head)
    starts: list[float] = []
    least = float("-inf")
    for cell in head.levels:
        if cell.x0 == cell.x1:  # inferred from the codes themselves
            starts.append(cell.x0)
            continue
        # Rows with amounts are surely of the table; what stands below it may start further left.
        here = [
            max(places, key=lambda x: counts[x])
            for counts in (paid, every)
            if (places := [x for x in counts if least < x <= cell.x0 + _NEAR and counts[x] > 1])
        ]
        starts.append(here[0] if here else cell.x0)
        least = cell.x1
    return Columns(tuple(cell.level for cell in head.levels), tuple(starts), head.text_end)


def _starts(rows: Iterable[ParsedRow], head: Head) -> Counter[int]:
    """Count where the cells of rows start."""
    return Counter(
        round(phrase[0].box.x0)
        for parsed in rows
        for phrase in phrases(parsed.words)
        if not _crosses(phrase, head.levels)
    )


def _crosses(phrase: Sequence[PrintedWord], levels: Iterable[LevelCell]) -> bool:
    """Whether words reach from one column into another, as no text of the table does."""
    x0, x1 = phrase[0].box.x0, phrase[-1].box.x1
    return any(x0 < cell.x0 - _NEAR and cell.x1 < x1 for cell in levels)


@dataclass(frozen=True, slots=True)
class CodeForms:
    """What codes look like in the column of each level; a level without codes has no forms."""

    shapes: Mapping[Level, frozenset[str]]
    has_amounts: bool
    """Whether rows on which an action starts hold its amounts."""

    def has_codes(self, level: Level) -> bool:
        """Return whether texts of a level start with a code."""
        return bool(self.shapes[level])

    def is_start(self, level: Level, words: Sequence[PrintedWord], *, is_trusted: bool) -> bool:
        """Return whether words at the left edge of a column start with a code of the level.

        Args:
            level: The level.
            words: Those of one row.
            is_trusted: Whether the row looks like the first of an action.
        """
        code, _ = split_code(words)
        if not is_code(code):
            return False
        is_fit = _shape(code) in self.shapes[level] or is_routine(code)
        return is_fit and (is_trusted or is_sure_code(code))


def find_forms(columns: Columns, rows: Sequence[tuple[ParsedRow, Parts]]) -> CodeForms:
    """Learn what the codes of each level look like."""
    shapes: dict[Level, frozenset[str]] = {}
    paid = [pair for pair in rows if pair[0].cells]
    for level in columns.levels:
        x = columns.start_of(level)
        firsts = [
            split_code(parts[level])[0]
            for _, parts in paid or rows
            if level in parts and abs(parts[level][0].box.x0 - x) <= _NEAR
        ]
        codes = Counter(_shape(code) for code in firsts if is_code(code) and not is_routine(code))
        first = firsts[0] if firsts else ""
        usual = {shape for shape, _ in codes.most_common(1)}
        lettered = {shape for shape in codes if re.search(r"[A-Z].*9", shape)}
        shapes[level] = frozenset(usual | lettered) if is_code(first) else frozenset()
    return CodeForms(shapes, bool(paid))


def _shape(code: str) -> str:
    if code.isdigit():
        return "9" if len(code) <= _LONGEST_NUMBER else "9" * len(code)
    # A word names the topic (zorg01, zorg01_zorg0102): another topic, another word.
    return re.sub(r"\d+", "9", re.sub(r"[a-z]{2,}(?=\d)", "a", code)).rstrip(".:")


def infer_head(rows: Sequence[ParsedRow]) -> tuple[Head, int] | None:
    """Return the head that a table without one might have, and the number of its first row.

    Rows that start two levels beside each other show it: ``AP1 …  AC1 …`` by their letters,
    ``1.1 …  1.1.1 …`` by going on from each other, long numbers by being of one length.
    """
    every = [_levels_on(parsed) for parsed in rows if not parsed.row.is_running]
    found = [places for places in every if len(places) > 1 and Level.ACTION in places]
    counts = Counter((level, round(x)) for places in found for level, x in places.items())
    starts: dict[Level, int] = {}
    for (level, x), count in counts.most_common():
        if count > 1:
            starts.setdefault(level, x)
    if len(starts) < 2 or Level.ACTION not in starts:
        return None
    # An objective may have one row in all.
    for places in found:
        for level, place in places.items():
            starts.setdefault(level, round(place))
    ordered = sorted(starts.items(), key=lambda item: item[1])
    if [level for level, _ in ordered] != sorted(starts):
        return None
    cells = tuple(LevelCell(level, float(x), float(x)) for level, x in ordered)
    actions = starts[Level.ACTION]
    first = next(n for n, parsed in enumerate(rows) if _has_code_at(parsed, actions))
    return Head((), len(cells), cells), first


def _has_code_at(parsed: ParsedRow, x: float) -> bool:
    return any(
        abs(phrase[0].box.x0 - x) <= _NEAR and is_code(split_code(phrase)[0])
        for phrase in phrases(parsed.words)
    )


def _levels_on(parsed: ParsedRow) -> dict[Level, float]:
    """Return where texts of different levels start beside each other on a row."""
    firsts = [(split_code(phrase)[0], phrase[0].box.x0) for phrase in phrases(parsed.words)]
    lettered = {
        level: x
        for code, x in firsts
        if is_sure_code(code) and (level := code_level(code)) is not None
    }
    if len(lettered) > 1:
        between = [
            x
            for code, x in firsts
            if is_code(code)
            and x not in lettered.values()
            and lettered.get(Level.OBJECTIVE, x) < x < lettered.get(Level.ACTION, x)
        ]
        return lettered | ({Level.PLAN: between[0]} if len(between) == 1 else {})
    nested: list[tuple[str, float]] = []
    for code, x in firsts:
        if is_code(code) and (not nested or code.startswith(f"{nested[-1][0].rstrip('.')}.")):
            nested.append((code, x))
    if len(nested) < 2:
        lengths = {len(code) for code, _ in firsts if code.isdigit()}
        nested = firsts if len(lengths) == 1 and min(lengths) >= _LONG_NUMBER else []
        nested = [(code, x) for code, x in nested if code.isdigit()]
    if not 1 < len(nested) <= len(Level):
        return {}
    return {level: x for level, (_, x) in zip(list(Level)[-len(nested) :], nested, strict=True)}
