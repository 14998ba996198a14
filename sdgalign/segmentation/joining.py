"""One text from printed lines: hyphens at line ends mended or kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from sdgalign.documents.document import Line, LineRole, Page

SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LAST_WORD = re.compile(r"([\w’']+(?:-[\w’']+)*)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"^([^\W\d_]+)(?:-[^\W\d_]+)*")
_CONJUNCTIONS = frozenset("en of tot or and und et ou".split())
_LINKS = frozenset("naar als dan noch maar tegen met".split())
_INNER_BREAK = re.compile(r"(\w[\w’'-]*)\u00ad\s+(\w[\w’'-]*)")


@dataclass(frozen=True, slots=True)
class JoinedText:
    """The text of a block of lines."""

    text: str
    starts: tuple[int, ...]
    """For each line, where its text starts in the text of the block."""


class Breaks(Enum):
    """How a document breaks words at line ends."""

    OFTEN = "often"
    SELDOM = "seldom"
    NEVER = "never"
    """A hyphen at a line end is one of the word."""


class LineJoiner:
    """Joins lines, deciding on hyphens with the words of the document itself.

    Args:
        words: How often each word (lower case, with inner hyphens) stands unbroken in the document.
        breaks: How the document breaks words at line ends.
    """

    def __init__(self, words: Counter[str], breaks: Breaks = Breaks.OFTEN) -> None:
        self._words = words
        self._breaks = breaks

    def join(self, lines: Sequence[str]) -> JoinedText:
        """Return one text with single spaces."""
        text = ""
        starts: list[int] = []
        for line in lines:
            clean = self.mend(" ".join(line.split()))
            if not text:
                starts.append(0)
                text = clean
            elif text[-1] in _HYPHENS and clean:
                text = self._at_hyphen(text, clean)
                starts.append(len(text))
                text += clean
            else:
                text += " "
                starts.append(len(text))
                text += clean
        return JoinedText(_ended(text), tuple(starts))

    def mend(self, text: str) -> str:
        """Mend the words that a table cell broke (a soft hyphen and a space)."""
        if SOFT_HYPHEN not in text[:-1]:
            return text
        return _INNER_BREAK.sub(
            lambda match: self._at_hyphen(match[1] + SOFT_HYPHEN, match[2]) + match[2], text
        )

    def _at_hyphen(self, text: str, following: str) -> str:
        """Return the text as the line after its last hyphen must follow it."""
        if len(text) > 1 and text[-2].isspace():
            return f"{text[:-1]}- "  # a dash between words
        before, after = _LAST_WORD.search(text), _FIRST_WORD.match(following)
        if before is None:
            return f"{text[:-1]}-" if text[-1] == SOFT_HYPHEN else text
        if after is None:  # a figure, a quotation mark, a bracket
            return f"{text[:-1]}-"
        if self._is_suspended(before[1], after[1]):
            return f"{text[:-1]}- "
        return text[:-1] + ("-" if self._keeps(before[1], after[1], text[-1]) else "")

    def _is_suspended(self, before: str, after: str) -> bool:
        """Whether the hyphen stands for the rest of a compound: ``zee- en binnenvaart``.

        No Dutch or English word breaks between a consonant and ``en`` or ``of``, so a known word
        (``landen`` for ``land- en``) proves nothing there.
        """
        word = after.lower()
        if word in _CONJUNCTIONS:
            return before[-1:].lower() not in "aeiou" or not self._words[(before + word).lower()]
        return word in _LINKS and before[-1:] == "s" and not self._words[(before + word).lower()]

    def _keeps(self, before: str, after: str, hyphen: str) -> bool:
        """Whether a broken word is written with a hyphen."""
        if after[:1].isupper() and before[-1:].islower():
            return True  # a name: Haven-Stad
        joined = self._words[(before + after).lower()]
        hyphened = self._words[f"{before}-{after}".lower()]
        if joined != hyphened:
            return hyphened > joined
        # Names and abbreviations: Vlaams-Brabant, CO2-neutraal, Noord-Zuid.
        if after[:1].isupper() or (before[-1:].isupper() and len(before) > 1):
            return True
        if before[-1:].isdigit() or len(before) == 1 or self._is_whole(before, after):
            return True
        # Vowels that would be read together keep the hyphen: zee-egel, auto-ongeval.
        if (before[-1:] + after[:1]).lower() not in _CLASHES:
            return False
        # A word may break between vowels (``gesubsidi-eerd``) where no whole word follows.
        is_word = len(before) > 2 and len(after) >= _WHOLE and after[0] in "aiou"
        return hyphen != SOFT_HYPHEN or is_word

    def _is_whole(self, before: str, after: str) -> bool:
        """Whether a hyphen is one of the word, in a document that hardly breaks words."""
        if self._breaks is Breaks.NEVER:
            return True
        if self._breaks is Breaks.SELDOM and "-" in before:
            return True  # loan-to-value
        are_known = min(self._words[before.lower()], self._words[after.lower()]) > 0
        return self._breaks is Breaks.SELDOM and are_known and min(len(before), len(after)) > 2


_LONG_LINE, _LEAST_LINES = 40, 200
"""Letters of a line that may have to be broken; lines that tell how a document is set."""
_SELDOM = 0.02
_WHOLE = 5
"""Letters of a part of a word that stands for a word of its own."""
_CLASHES = frozenset("aa ae ai au ee ei eu ie ii oe oi oo ou ui uu".split())


def _ended(text: str) -> str:
    """A soft hyphen at the very end of a block was printed as a hyphen."""
    return text[:-1] + "-" if text.endswith(SOFT_HYPHEN) else text


def known_words(pages: Iterable[Page]) -> Counter[str]:
    """Count the words that stand unbroken in the lines of a document."""
    words: Counter[str] = Counter()
    for page in pages:
        for line in page.lines:
            if line.role is LineRole.BODY:
                words.update(_whole_words(line))
    return words


def breaks_of(lines: Sequence[Line], words: Counter[str]) -> Breaks:
    """Tell how a document breaks words, by how often, and by the words that stand unbroken too.

    Args:
        lines: Of the running text.
        words: See `known_words`.
    """
    broken = [(line.text, after.text) for line, after in pairwise(lines) if _is_broken(line)]
    long = sum(len(line.text) > _LONG_LINE for line in lines)
    if long < _LEAST_LINES or len(broken) > _SELDOM * long:
        return Breaks.OFTEN
    joined = hyphened = 0
    for text, following in broken:
        before, after = _LAST_WORD.search(text), _FIRST_WORD.match(following)
        if before is not None and after is not None:
            whole = words[(before[1] + after[1]).lower()]
            parted = words[f"{before[1]}-{after[1]}".lower()]
            joined += whole > parted
            hyphened += parted > whole
    return Breaks.NEVER if hyphened > 2 * joined else Breaks.SELDOM


def _is_broken(line: Line) -> bool:
    return len(line.text) > 1 and line.text.endswith(tuple(_HYPHENS))


def _whole_words(line: Line) -> list[str]:
    found = _WORD.findall(line.text.lower())
    if line.text.endswith(tuple(_HYPHENS)):
        found = found[:-1]
    return found
