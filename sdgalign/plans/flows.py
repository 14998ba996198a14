"""Which way money goes: what a plan calls expenditure, receipts and the difference of the two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sdgalign.documents import PrintedWord


class Flow(StrEnum):
    """The direction of an amount."""

    EXPENDITURE = "expenditure"
    RECEIPT = "receipt"
    NET = "net"
    """Receipts less expenditure: it says nothing that the two do not, and is never added."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a row of amounts says that it is about."""

    flow: Flow | None
    """None where only the part is named."""
    part: str = ""
    """``exploitatie``, ``investering`` or ``financiering``; empty for all of them."""
    is_sum: bool = False
    """Whether it says to be a total."""


FLOW_WORDS = {
    **dict.fromkeys(
        "uitgave uitgaven kost kosten lasten expenditure costs".split(), Flow.EXPENDITURE
    ),
    **dict.fromkeys(
        "ontvangst ontvangsten opbrengst opbrengsten inkomsten receipts income".split(),
        Flow.RECEIPT,
    ),
    **dict.fromkeys("saldo saldi netto resultaat balance".split(), Flow.NET),
}
_LETTERS = {"U": Flow.EXPENDITURE, "O": Flow.RECEIPT, "S": Flow.NET}
_PARTS = re.compile(r"^(exploitatie|investering|financiering)(?:s|en)?(.*)$")
_SUMS = frozenset({"totaal", "totale", "total"})
_FILLERS = frozenset(
    "in euro eur € van de het en per raming ramingen geraamde verrichtingen budget".split()
)
_NUMBERING = re.compile(r"^(?:[ivx]+|[a-h]|\d)[.)]$", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s\-–:/()]+")
_MOST_TOKENS = 6
_PHRASE_GAP = 0.7
"""Gap, in font sizes, between two cells of a row."""


def read_label(text: str) -> Label | None:
    """Return what a text such as ``Investeringsuitgaven`` or ``b. Ontvangsten`` says.

    Returns:
        None when the text says anything else too.
    """
    if text.strip() in _LETTERS:
        return Label(_LETTERS[text.strip()])
    tokens = _TOKEN.findall(text)
    if len(tokens) > 1 and _NUMBERING.match(tokens[0]):
        tokens = tokens[1:]
    if not 0 < len(tokens) <= _MOST_TOKENS:
        return None
    flow, part, is_sum = None, "", False
    for token in map(str.lower, tokens):
        if match := _PARTS.match(token):
            part, token = match[1], match[2]
        if token in _SUMS:
            is_sum = True
        elif token in FLOW_WORDS:
            flow = FLOW_WORDS[token]
        elif token and token not in _FILLERS:
            return None
    return Label(flow, part, is_sum) if flow is not None or part else None


def split_label(words: Sequence[PrintedWord]) -> tuple[Sequence[PrintedWord], Label | None]:
    """Part the words of a row with amounts from the cell right before these that labels them."""
    start = len(words) - 1
    while start > 0 and _is_near(words[start - 1], words[start]):
        start -= 1
    label = read_label(" ".join(word.text for word in words[start:])) if words else None
    return (words[:start], label) if label is not None else (words, None)


def phrases(words: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    """Part the words of one line where a gap is wider than a space."""
    found: list[list[PrintedWord]] = [[word] for word in words[:1]]
    for before, word in pairwise(words):
        if not _is_near(before, word):
            found.append([])
        found[-1].append(word)
    return found


def _is_near(before: PrintedWord, word: PrintedWord) -> bool:
    is_level = abs(word.box.bottom - before.box.bottom) < 0.3 * word.size
    return is_level and -0.1 <= (word.box.x0 - before.box.x1) / word.size < _PHRASE_GAP
