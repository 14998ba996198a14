"""Where a node starts: rows that begin with a label or a code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sdgalign.documents import PrintedWord
from sdgalign.plans.amounts import is_grouped
from sdgalign.plans.codes import Level, code_level, is_code, is_period, is_sure_code, label_level
from sdgalign.plans.entry import Entry
from sdgalign.plans.parsed import ParsedRow, Places, split_code
from sdgalign.plans.rows import Row, is_apart, is_next, split_lines

_LONG_NUMBER = 4
"""Figures from which a number alone on a line is a code."""
_SEPARATOR = re.compile(r"^[:–—\-.|]+$")


def start_of(
    parsed: ParsedRow, before: Row | None, above: Entry | None, places: Places
) -> Entry | None:
    """Return the entry that starts on a row, or None when none does.

    Args:
        parsed: The row.
        before: The row before it.
        above: The entry whose text it may go on with.
        places: Where codes and texts start.
    """
    return _labelled(parsed, above) or _coded(parsed, before, above, places)


def _labelled(parsed: ParsedRow, above: Entry | None) -> Entry | None:
    """Read ``Actieplan AP-1.4 – Gezinnen``; a sentence that starts so is none."""
    row, words = parsed.row, parsed.words
    text = " ".join(word.text for word in words)
    found = label_level(text)
    if found is None:
        return None
    level, end = found
    if _is_body(level, row, above):
        return None
    count = len(text[:end].split())
    rest = list(words[count:])
    is_ended = words[count - 1].text.endswith(":")
    while rest and _SEPARATOR.match(rest[0].text):
        is_ended = True
        rest = rest[1:]
    code, after = split_code(rest)
    has_code = (
        bool(code)
        and not is_period(code)
        and (is_code(code) or (not after and not is_ended) or _closes(rest, after))
    )
    if not has_code:
        code, after = "", rest
    if not has_code and not (is_ended and (rest == [] or row.bold)):
        return None
    code_words = tuple(rest[: len(rest) - len(after)]) if has_code else tuple(words[:count])
    entry = Entry(code, level, code_words, words[0].box.x0, pages=[row.page])
    entry.lines += split_lines(_without_separator(after))
    return entry


def _coded(
    parsed: ParsedRow, before: Row | None, above: Entry | None, places: Places
) -> Entry | None:
    """Read a row that starts with a code; a line of text that seems to is none."""
    words, row = parsed.words, parsed.row
    code, rest = split_code(words)
    first = words[0]
    is_lone_number = code.isdigit() and len(code) < _LONG_NUMBER and not (rest or parsed.cells)
    if is_period(code) or (is_lone_number and not row.is_ruled):
        return None
    is_body = _is_body(code_level(code), row, above)
    if places.is_code_place(first.box.x0, bold=row.bold):
        is_tail = is_body and above is not None and above.code.endswith(code)
        starts = not is_tail and (is_code(code) or places.stands_alone(words))
    elif parsed.is_bulleted:
        starts = is_sure_code(code) or (is_code(code) and first.bold)
    else:
        is_free = not places.is_text_place(first.box.x0)
        starts = is_free and is_sure_code(code) and (first.bold or _is_new(row, before, above))
        starts = starts and not is_body
    if _is_number_of_things(code, rest) and (is_grouped(code) or _goes_on(row, before)):
        return None
    if not starts:
        return None
    code_words = tuple(words[: len(words) - len(rest)])
    entry = Entry(code, None, code_words, first.box.x0, pages=[row.page])
    entry.lines += split_lines(_without_separator(rest))
    return entry


def _is_number_of_things(code: str, rest: Sequence[PrintedWord]) -> bool:
    """Whether a line may start with a figure of its text: ``1.200 gezinnen``, ``3 fasen``."""
    is_figure = is_grouped(code) or code.isdigit()
    return is_figure and bool(rest) and rest[0].text[0].islower()


def _goes_on(row: Row, before: Row | None) -> bool:
    """Whether a row looks like the next line of the text that the one before is of."""
    if before is None or row.bold != before.bold or abs(row.size - before.size) > 0.1:
        return False
    return not re.search(r"[.:;!?]$", before.text) and (
        is_next(row, before) or row.page != before.page
    )


def _is_new(row: Row, before: Row | None, above: Entry | None) -> bool:
    """Whether a row looks like the first of a text: apart, below a heading, next in a list."""
    is_below_heading = before is not None and before.bold and before.size > row.size
    is_in_list = (
        above is not None
        and bool(above.code_words)
        and code_level(above.code) is code_level(row.words[0].text)
        and abs(above.x0 - row.x0) < row.size / 4
        and not above.code_words[0].bold
    )
    return is_apart(row, before) or is_below_heading or is_in_list


def _is_body(level: Level | None, row: Row, above: Entry | None) -> bool:
    """Whether a row is the text under a heading of its level, which names itself again."""
    if above is None or level is None:
        return False
    own = code_level(above.code) if above.level is None else above.level
    heading = [*above.code_words, *(word for line in above.lines for word in line)]
    if own != level or not heading:
        return False
    is_lighter = not row.bold or row.size < 0.9 * heading[-1].size
    return is_lighter and all(word.bold for word in heading)


def _closes(words: Sequence[PrintedWord], after: Sequence[PrintedWord]) -> bool:
    """Whether a mark ends the code: ``1 – Tekst``, ``RIOLERING: Tekst``."""
    return words[len(words) - len(after) - 1].text.endswith(":") or bool(
        after and _SEPARATOR.match(after[0].text)
    )


def _without_separator(words: Sequence[PrintedWord]) -> Sequence[PrintedWord]:
    return words[1:] if words and _SEPARATOR.match(words[0].text) else words
