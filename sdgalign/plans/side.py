"""Tables whose levels stand beside each other: objective | action plan | action | amounts.

What an action belongs to is then not what comes before it, but what stands left of it: on the row
where it starts, or on the nearest row above that is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from sdgalign.documents import PrintedWord
from sdgalign.plans.codes import Level
from sdgalign.plans.entry import Entry
from sdgalign.plans.heads import Head
from sdgalign.plans.parsed import ParsedRow, split_code
from sdgalign.plans.rows import split_lines
from sdgalign.plans.side_columns import (
    CodeForms,
    Columns,
    Parts,
    find_columns,
    find_forms,
    infer_head,
)

_LARGER = 1.15
"""A row so much larger than those of the table does not belong to it."""


@dataclass(slots=True)
class _Table:
    """The rows under one head, over any number of pages."""

    columns: Columns
    forms: CodeForms
    parts: dict[int, Parts] = field(default_factory=dict)
    """By number of the row; only of those that are of the table."""

    def starts(self, level: Level, parsed: ParsedRow, parts: Parts) -> bool:
        """Return whether a text of a level starts on a row."""
        words = parts.get(level)
        if not words or abs(words[0].box.x0 - self.columns.start_of(level)) > 2.5:
            return False
        is_trusted = bool(parsed.cells) or not self.forms.has_amounts
        if self.forms.has_codes(level):
            return self.forms.is_start(level, words, is_trusted=is_trusted)
        return is_trusted or parsed.row.is_ruled


class SideTables:
    """Finds the tables of a document and reads their rows.

    Args:
        rows: All rows of the document, from the top.
    """

    def __init__(self, rows: Sequence[ParsedRow]) -> None:
        self._rows = rows
        self._inside: dict[int, _Table] = {}
        self._last: dict[Level, Entry] = {}
        self._table: _Table | None = None
        self.doubtful: set[int] = set()
        """Pages on which it is not sure what an action belongs to."""
        for head, numbers in _spans(rows):
            table = _table(rows, head, numbers)
            self._inside.update(dict.fromkeys(table.parts, table))

    def is_inside(self, number: int) -> bool:
        """Return whether a row is of such a table."""
        return number in self._inside

    def read(self, number: int) -> list[Entry]:
        """Return the entries that start on a row, the highest first; other texts go on.

        Args:
            number: Of the row. Rows are to be read in order, each once.
        """
        table, parsed = self._inside[number], self._rows[number]
        if table is not self._table:
            self._table, self._last = table, {}
        parts = table.parts[number]
        starting = [level for level in parts if table.starts(level, parsed, parts)]
        found: list[Entry] = []
        for level in sorted(parts):
            words, last = parts[level], self._last.get(level)
            if level in starting:
                entry = _entry(level, words, parsed.row.page, has_code=table.forms.has_codes(level))
                if last is None or not _is_again(entry, last):
                    found.append(entry)
                self._judge(table, level, parsed, starting)
            elif last is not None:
                last.lines += split_lines(words)
                if parsed.row.page not in last.pages:
                    last.pages.append(parsed.row.page)
        self._last |= {entry.level: entry for entry in found if entry.level is not None}
        return found

    def _judge(
        self, table: _Table, level: Level, parsed: ParsedRow, starting: Sequence[Level]
    ) -> None:
        """Doubt parents that do not start where an action does, or that only a line break tells."""
        is_vague = not table.forms.has_codes(level) and not parsed.row.is_ruled
        if level is not Level.ACTION and (Level.ACTION not in starting or is_vague):
            self.doubtful.add(parsed.row.page)


def _spans(rows: Sequence[ParsedRow]) -> Iterator[tuple[Head, list[int]]]:
    """Yield each head with levels and the numbers of the rows under it.

    Where no head names levels, one may be inferred from the codes.
    """
    current: Head | None = None
    numbers: list[int] = []
    for number, parsed in enumerate(rows):
        head = parsed.head if parsed.head is not None and parsed.head.levels else None
        if parsed.is_head and (head is None or current is None or not _is_alike(head, current)):
            if current is not None:
                yield current, numbers
            current, numbers = head, []
        elif current is not None and not parsed.is_head:
            numbers.append(number)
    if current is not None:
        yield current, numbers
    elif not any(parsed.head is not None and parsed.head.levels for parsed in rows):
        inferred = infer_head(rows)
        if inferred is not None:
            head, first = inferred
            yield head, _under(rows, first)


def _under(rows: Sequence[ParsedRow], first: int) -> list[int]:
    """Return the numbers of the rows from one on, up to the head of another table."""
    heads = [parsed.row.text for parsed in rows[:first] if parsed.is_head]
    name = rows[first - 1].row.text if first else ""
    numbers: list[int] = []
    for number in range(first, len(rows)):
        if rows[number].row.text == name:
            continue  # the head, on a next page
        if not rows[number].is_head:
            numbers.append(number)
        elif rows[number].row.text not in heads[-2:]:
            break
    return numbers


def _is_alike(head: Head, other: Head) -> bool:
    """Whether a head is that of the same table on a next page, or its second line."""
    return [(cell.level, round(cell.x0)) for cell in head.levels] == [
        (cell.level, round(cell.x0)) for cell in other.levels
    ]


def _table(rows: Sequence[ParsedRow], head: Head, numbers: Sequence[int]) -> _Table:
    own = [rows[number] for number in numbers]
    columns = find_columns(head, own)
    every = [
        (number, parsed, columns.parts(parsed.words))
        for number, parsed in zip(numbers, own, strict=True)
    ]
    fitting = [(parsed, parts) for _, parsed, parts in every if parts]
    table = _Table(columns, find_forms(columns, fitting))
    size = median([parsed.row.size for parsed, _ in fitting] or [0.0])
    is_open = True
    for number, parsed, parts in every:
        if not parsed.words:
            parts = {}  # amounts alone go on with what is above them
        if parts is None or parsed.row.size > _LARGER * size:
            is_open = False
        elif is_open or any(table.starts(level, parsed, parts) for level in parts):
            is_open = True
            table.parts[number] = parts
    return table


def _entry(level: Level, words: Sequence[PrintedWord], page: int, *, has_code: bool) -> Entry:
    code, rest = split_code(words) if has_code else ("", words)
    code_words = tuple(words[: len(words) - len(rest)])
    return Entry(code, level, code_words, words[0].box.x0, lines=[*split_lines(rest)], pages=[page])


def _is_again(entry: Entry, last: Entry) -> bool:
    """Whether a parent without a code is printed again beside its next action."""
    if entry.code or last.code or entry.level is Level.ACTION:
        return False
    return _texts(entry) == _texts(last)


def _texts(entry: Entry) -> list[str]:
    return [word.text for line in entry.lines for word in line]
