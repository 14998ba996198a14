"""Entries of a plan: what starts with a code or a label, with the text and the amounts after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sdgalign.documents import PrintedWord
from sdgalign.plans.amounts import unit_in
from sdgalign.plans.asides import GoalLines, is_page_number, is_section, is_sum
from sdgalign.plans.assign import assign
from sdgalign.plans.codes import Level, is_sure_code
from sdgalign.plans.columns import Cell, Edges
from sdgalign.plans.entry import Entry
from sdgalign.plans.flows import Label
from sdgalign.plans.heads import Head
from sdgalign.plans.keys import entry_of
from sdgalign.plans.parsed import ParsedRow, find_places, parse_rows, split_code
from sdgalign.plans.rows import Row, is_next, split_lines
from sdgalign.plans.side import SideTables
from sdgalign.plans.starts import start_of

_LARGER = 1.15
"""A line so much larger than the entry before it is a heading of something else."""
_YEARS = re.compile(r"\b(20[1-5]\d)\s?[-–/]\s?(20[1-5]\d)\b")
_LONGEST_PERIOD = 10


def find_entries(rows: Sequence[Row]) -> tuple[list[Entry], set[int]]:
    """Return the entries of a document in reading order, and the pages where that is in doubt."""
    finder = _Finder(rows)
    return finder.entries(), finder.doubtful_pages


def plan_years(rows: Iterable[Row]) -> tuple[int, ...]:
    """Return the years that the document names most often as its period; empty without one."""
    counts = Counter(
        (int(match[1]), int(match[2])) for row in rows for match in _YEARS.finditer(row.text)
    )
    for (first, last), _ in counts.most_common():
        if 0 < last - first < _LONGEST_PERIOD:
            return tuple(range(first, last + 1))
    return ()


class _Finder:
    """Goes through the rows of one document once, from the top."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(parse_rows(rows, Edges(rows)))
        self._tables = SideTables(self._rows)
        self._years = plan_years(rows)
        self._places = find_places(
            [row for at, row in enumerate(self._rows) if not self._tables.is_inside(at)]
        )
        self._goal_lines = GoalLines()
        self._head: Head | None = None
        self._unit = 1.0
        self._entries: list[Entry] = []
        self._current: Entry | None = None
        self._label: Label | None = None
        """What the last row without amounts says of the rows of amounts under it."""
        self._keyed: Entry | None = None
        """The entry that the last row of a table of codes and amounts was about."""
        self._is_after_sum = False
        """Whether the last row was a sum, whose name may go on below it."""
        self._since_plan = 0
        """Number of the first entry after the last labelled action plan or objective."""

    @property
    def doubtful_pages(self) -> set[int]:
        """Return the pages on which it is not sure what an action belongs to."""
        return self._tables.doubtful

    def entries(self) -> list[Entry]:
        """Return what was found."""
        before: Row | None = None
        for at, parsed in enumerate(self._rows):
            self._unit = _unit_of(parsed, before) or self._unit
            self._head = parsed.head
            if not parsed.is_head:
                if self._tables.is_inside(at):
                    self._read_side(at, parsed)
                else:
                    if at and self._tables.is_inside(at - 1):
                        self._leave()
                    self._read(parsed, before)
            before = parsed.row
        return self._entries

    def _leave(self) -> None:
        """End the text of the entry and the table of amounts that come before."""
        self._current, self._keyed = None, None

    def _read_side(self, at: int, parsed: ParsedRow) -> None:
        """Read a row of a table whose levels stand beside each other."""
        if is_sum(parsed.words, has_amounts=bool(parsed.cells)):
            self._leave()
            return
        if parsed.words:
            self._label = None
        found = self._tables.read(at)
        self._entries += found
        for entry in found:
            if entry.level is Level.ACTION:
                self._current = entry
        self._add_money(self._current, parsed)

    def _read(self, parsed: ParsedRow, before: Row | None) -> None:
        row, words, cells = parsed.row, parsed.words, parsed.cells
        if not words:
            self._add_money(self._current or self._keyed, parsed)
            return
        self._label = None
        is_wrapped = self._is_after_sum and not cells and is_next(row, before)
        self._is_after_sum = is_wrapped or is_sum(words, has_amounts=bool(cells))
        if is_wrapped or self._goal_lines.holds(row, before):
            return
        if self._is_after_sum or is_section(row):
            self._leave()
            return
        if self._is_keyed(parsed) or self._continues_code(row, words, cells, before):
            return
        entry = start_of(parsed, before, self._current, self._places)
        if entry is not None:
            if entry.level in (Level.OBJECTIVE, Level.PLAN):
                self._since_plan = len(self._entries) + 1
            self._entries.append(entry)
            self._current, self._keyed = entry, None
            self._add_money(entry, parsed)
        elif self._current is not None and not is_page_number(row, before):
            self._continue(self._current, parsed)

    def _is_keyed(self, parsed: ParsedRow) -> bool:
        """Give a row of a table of codes and amounts to the entry above that has the code."""
        code, rest = split_code(parsed.words)
        if rest or self._head is None or self._head.texts > 1:
            return False
        if not parsed.cells:
            return self._keyed is not None and self._keyed.code.endswith(code)
        near = self._entries[self._since_plan :]
        entry = entry_of(code, near, self._keyed, parsed.label)
        above = self._entries[max(self._since_plan - 2, 0) : self._since_plan]
        if entry is not None:
            self._add_money(entry, parsed)
            self._current, self._keyed = None, entry
        elif any(each.code == code for each in (*above, *near)):
            self._leave()  # the sum of a node above
        else:
            return False
        return True

    def _continues_code(
        self, row: Row, words: Sequence[PrintedWord], cells: Sequence[Cell], before: Row | None
    ) -> bool:
        """Take the rest of a code that was too long for its column, with the text beside it."""
        entry = self._current
        if entry is None or before is None or cells or len(entry.lines) > 1:
            return False
        code, rest = split_code(words)
        # Only composite codes (AP12_AC3, overigBeleid_NIHIL) are that long.
        is_open = entry.code.endswith(("_", "-", "/")) or (
            "_" in entry.code and not is_sure_code(code)
        )
        starts = self._places.is_code_place(words[0].box.x0)
        if not (is_next(row, before) and is_open and starts):
            return False
        entry.code += code
        entry.lines += split_lines(rest)
        return True

    def _continue(self, entry: Entry, parsed: ParsedRow) -> None:
        row, words = parsed.row, parsed.words
        size = entry.code_words[0].size if entry.code_words else row.size
        if row.size > _LARGER * size or words[0].box.x0 < entry.x0 - 3 * row.size:
            self._leave()
            return
        entry.lines += split_lines(words)
        if entry.pages[-1] != row.page:
            entry.pages.append(row.page)
        self._add_money(entry, parsed)

    def _add_money(self, entry: Entry | None, parsed: ParsedRow) -> None:
        label = parsed.label
        if label is not None and not label.is_sum:
            above = self._label or Label(None)
            if not parsed.cells or (label.flow is None and above.flow is None):
                self._label = label
            label = Label(label.flow or above.flow, label.part or above.part)
        if entry is not None and parsed.cells:
            money = assign(parsed.cells, self._head, self._years, self._unit)
            entry.ledger.add(label, money)


def _unit_of(parsed: ParsedRow, before: Row | None) -> float | None:
    """Return the unit that a row names; in a head with what stands right above it too."""
    row = parsed.row
    text = row.text
    if parsed.is_head and before is not None and is_next(row, before):
        x0, x1 = row.x0, max(word.box.x1 for word in row.words)
        over = [word.text for word in before.words if x0 - row.size < word.box.x0 < x1]
        text = " ".join((*over, text))
    return unit_in(text)
