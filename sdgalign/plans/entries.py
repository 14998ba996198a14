"""Entries of a plan: what starts with a code or a label, with the text and the amounts after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sdgalign.documents import PrintedWord
from sdgalign.plans.amounts import is_grouped, unit_in
from sdgalign.plans.codes import Level, code_level, is_code, is_sure_code, label_level
from sdgalign.plans.columns import Cell, Edges, assign
from sdgalign.plans.entry import Entry
from sdgalign.plans.flows import Label
from sdgalign.plans.heads import Head
from sdgalign.plans.parsed import ParsedRow, find_places, parse_rows, split_code
from sdgalign.plans.rows import Row, split_lines
from sdgalign.plans.side import SideTables

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
_SEPARATOR = re.compile(r"^[:–—\-.|]+$")
_LARGER = 1.15
"""A line so much larger than the entry before it is a heading of something else."""
_TIGHT_LEADING = 1.45
"""Distance of lines of one text, in font sizes, at most."""
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
            self._unit = unit_in(parsed.row.text) or self._unit
            self._head = parsed.head
            if not parsed.is_head:
                if self._tables.is_inside(at):
                    self._read_side(at, parsed)
                else:
                    if at and self._tables.is_inside(at - 1):
                        self._current = None
                    self._read(parsed, before)
            before = parsed.row
        return self._entries

    def _read_side(self, at: int, parsed: ParsedRow) -> None:
        """Read a row of a table whose levels stand beside each other."""
        if _is_sum(parsed.words, parsed.cells):
            self._current = None
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
            self._add_money(self._current, parsed)
            return
        self._label = None
        is_wrapped = self._is_after_sum and not cells and _is_next(row, before)
        self._is_after_sum = is_wrapped or _is_sum(words, cells)
        if is_wrapped:
            return
        if _is_sum(words, cells) or _SECTION.match(row.text):
            self._current = None
            return
        if self._is_keyed(parsed) or self._continues_code(row, words, cells, before):
            return
        entry = self._labelled(row, words) or self._coded(parsed, before)
        if entry is not None:
            if entry.level in (Level.OBJECTIVE, Level.PLAN):
                self._since_plan = len(self._entries) + 1
            self._entries.append(entry)
            self._current, self._keyed = entry, None
            self._add_money(entry, parsed)
        elif self._current is not None:
            self._continue(self._current, parsed)

    def _is_keyed(self, parsed: ParsedRow) -> bool:
        """Give a row of a table of codes and amounts to the entry above that has the code."""
        cells = parsed.cells
        code, rest = split_code(parsed.words)
        if rest or self._head is None or self._head.texts > 1:
            return False
        if not cells:
            return self._keyed is not None and self._keyed.code.endswith(code)
        for entry in self._entries[self._since_plan :]:
            # A long code goes on under its row.
            is_named = entry.code == code or (len(code) > 5 and entry.code.startswith(code))
            if is_named and entry.money is None and entry.level in (None, Level.ACTION):
                self._add_money(entry, parsed)
                self._current, self._keyed = None, entry
                return True
        return False

    def _labelled(self, row: Row, words: Sequence[PrintedWord]) -> Entry | None:
        """Read ``Actieplan AP-1.4 – Gezinnen``; a sentence that starts so is none."""
        text = " ".join(word.text for word in words)
        found = label_level(text)
        if found is None:
            return None
        level, end = found
        if self._is_body(level, row):
            return None
        count = len(text[:end].split())
        rest = list(words[count:])
        is_ended = words[count - 1].text.endswith(":")
        while rest and _SEPARATOR.match(rest[0].text):
            is_ended = True
            rest = rest[1:]
        code, after = split_code(rest)
        has_code = bool(code) and (
            is_code(code) or (not after and not is_ended) or _closes(rest, after)
        )
        if not has_code:
            code, after = "", rest
        if not has_code and not (is_ended and (rest == [] or row.bold)):
            return None
        code_words = tuple(rest[: len(rest) - len(after)]) if has_code else tuple(words[:count])
        entry = Entry(code, level, code_words, words[0].box.x0, pages=[row.page])
        entry.lines += split_lines(_without_separator(after))
        return entry

    def _is_body(self, level: Level | None, row: Row) -> bool:
        """Whether a row is the text under a heading of its level, which names itself again."""
        entry = self._current
        if entry is None or level is None:
            return False
        own = code_level(entry.code) if entry.level is None else entry.level
        heading = [*entry.code_words, *(word for line in entry.lines for word in line)]
        if own != level or not heading:
            return False
        is_lighter = not row.bold or row.size < 0.9 * heading[-1].size
        return is_lighter and all(word.bold for word in heading)

    def _coded(self, parsed: ParsedRow, before: Row | None) -> Entry | None:
        """Read a row that starts with a code; a line of text that seems to is none."""
        words, row = parsed.words, parsed.row
        code, rest = split_code(words)
        first = words[0]
        if self._places.is_code_place(first.box.x0):
            starts = is_code(code) or self._places.stands_alone(words)
        elif parsed.is_bulleted:
            starts = is_sure_code(code) or (is_code(code) and first.bold)
        else:
            is_free = not self._places.is_text_place(first.box.x0)
            starts = is_free and is_sure_code(code) and (first.bold or _is_apart(row, before))
            starts = starts and not self._is_body(code_level(code), row)
        if is_grouped(code) and rest and rest[0].text[0].islower():
            return None  # 1.200 gezinnen
        if not starts:
            return None
        code_words = tuple(words[: len(words) - len(rest)])
        entry = Entry(code, None, code_words, first.box.x0, pages=[row.page])
        entry.lines += split_lines(_without_separator(rest))
        return entry

    def _continues_code(
        self, row: Row, words: Sequence[PrintedWord], cells: Sequence[Cell], before: Row | None
    ) -> bool:
        """Take the rest of a code that was too long for its column, with the text beside it."""
        entry = self._current
        if entry is None or before is None or cells or len(entry.lines) > 1:
            return False
        code, rest = split_code(words)
        is_next = _is_next(row, before)
        # Only composite codes (AP12_AC3, overigBeleid_NIHIL) are that long.
        is_open = entry.code.endswith(("_", "-", "/")) or (
            "_" in entry.code and not is_sure_code(code)
        )
        if not (is_next and is_open and self._places.is_code_place(words[0].box.x0)):
            return False
        entry.code += code
        entry.lines += split_lines(rest)
        return True

    def _continue(self, entry: Entry, parsed: ParsedRow) -> None:
        row, words = parsed.row, parsed.words
        size = entry.code_words[0].size if entry.code_words else row.size
        if row.size > _LARGER * size or words[0].box.x0 < entry.x0 - 3 * row.size:
            self._current = None
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


def _is_sum(words: Sequence[PrintedWord], cells: Sequence[Cell]) -> bool:
    is_named = bool(_SUM.match(" ".join(word.text for word in words)))
    return is_named and (bool(cells) or len(words) <= _LONGEST_SUM)


def _closes(words: Sequence[PrintedWord], after: Sequence[PrintedWord]) -> bool:
    """Whether a mark ends the code: ``1 – Tekst``, ``RIOLERING: Tekst``."""
    return words[len(words) - len(after) - 1].text.endswith(":") or bool(
        after and _SEPARATOR.match(after[0].text)
    )


def _without_separator(words: Sequence[PrintedWord]) -> Sequence[PrintedWord]:
    return words[1:] if words and _SEPARATOR.match(words[0].text) else words


def _is_next(row: Row, before: Row | None) -> bool:
    """Whether a row stands as near below the one before as the lines of a text."""
    step = row.baseline - before.baseline if before is not None else 0.0
    return 0 < step < _TIGHT_LEADING * row.size


def _is_apart(row: Row, before: Row | None) -> bool:
    """Whether a row is further from the one before than the lines of a text."""
    return (
        before is None
        or before.page != row.page
        or row.baseline - before.baseline > 1.7 * row.size
        or bool(re.search(r"[.:;!?\d]$", before.text))
    )
