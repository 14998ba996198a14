"""One text from printed lines: hyphens at line ends mended or kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


class LineJoiner:
    """Joins lines, deciding on hyphens with the words of the document itself.

    Args:
        words: How often each word (lower case, with inner hyphens) stands unbroken in the document.
    """

    def __init__(self, words: Counter[str]) -> None:
        self._words = words

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
        joined = self._words[(before + after).lower()]
        hyphened = self._words[f"{before}-{after}".lower()]
        if joined != hyphened:
            return hyphened > joined
        # Names and abbreviations: Vlaams-Brabant, CO2-neutraal, Noord-Zuid.
        if after[:1].isupper() or (before[-1:].isupper() and len(before) > 1):
            return True
        if before[-1:].isdigit() or len(before) == 1:
            return True
        # Vowels that would be read together keep the hyphen: zee-egel, auto-ongeval.
        if (before[-1:] + after[:1]).lower() not in _CLASHES:
            return False
        # A word may break between vowels (``gesubsidi-eerd``) where no whole word follows.
        is_word = len(before) > 2 and len(after) >= _WHOLE and after[0] in "aiou"
        return hyphen != SOFT_HYPHEN or is_word


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


def _whole_words(line: Line) -> list[str]:
    found = _WORD.findall(line.text.lower())
    if line.text.endswith(tuple(_HYPHENS)):
        found = found[:-1]
    return found
