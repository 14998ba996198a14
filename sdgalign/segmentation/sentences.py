"""Long paragraphs cut between sentences into pieces of a readable length."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sdgalign.segmentation.claims import only_claims_goals
from sdgalign.segmentation.mentions import find_mentions
from sdgalign.segmentation.nlp import load_spacy

_LETTERS = re.compile(r"(?<!\w)(?:[a-z]\.){2,}$")
"""An abbreviation of single letters (``m.h.o.``): more than a list could hold."""
_NUMBERED, _SERIES = re.compile(r"\s\d{1,2}\.\s+[A-ZÀ-Ý]"), 3
_NUMBER = re.compile(r"(?<=[^\d.!?]\s)\d{1,2}\.$")
_GOALS = re.compile(r"\bSDG|duurza\w*doel|ontwikkelingsdoel|sustainable development", re.I)
_REMARK = 120
"""Letters after which a bracket that was opened is taken to have been left open."""
MOST_WORDS = 80
"""A text of more words is cut."""
_AIM = 50
"""Words after which a piece is closed at the next sentence end."""
_LEAST = 20
"""Words that a piece has at least, when the text can be cut so."""


def pieces(text: str, language: str) -> list[tuple[int, int]]:
    """Return where the pieces of a text start and end; together they are the whole text.

    Args:
        text: One paragraph.
        language: Its language.
    """
    if _words(text) <= MOST_WORDS:
        return [(0, len(text))]
    sentences = list(_sentences(text, language))
    claims = {start for start, end in sentences if _only_claims(text[start:end], language)}
    return _rejoined(text, sentences, claims)


def _sentences(text: str, language: str) -> Iterator[tuple[int, int]]:
    start = 0
    doc = load_spacy(language)(text)
    is_series = len(_NUMBERED.findall(text)) >= _SERIES
    ends = [sentence.end_char for sentence in doc.sents]
    for end in ends:
        following = text[end:].lstrip()[:1]
        # A full stop in the middle ("art. 5", "nr. 3 en") is followed by a small letter or figure.
        if following.islower() or (following.isdigit() and text[:end].endswith(".")):
            continue
        if is_series and _NUMBER.search(text, start, end):
            continue  # the number of the next in a series: "6. Clean water 7. Energy"
        if _LETTERS.search(text, start, end) or _is_inside_brackets(text, start, end):
            continue
        # spaCy counts an opening quotation mark with the sentence before it.
        end = start + len(text[start:end].rstrip("‘“„«( "))
        if end > start:
            yield start, end
        start = end + len(text[end:]) - len(text[end:].lstrip())
    if start < len(text):
        yield start, len(text)


def _is_inside_brackets(text: str, start: int, end: int) -> bool:
    """Whether a full stop stands in a remark (as in "dep. Zorg") that goes on."""
    opened = text.count("(", start, end) - text.count(")", start, end)
    return opened > 0 and text.find(")", end, end + _REMARK) >= 0


def _only_claims(sentence: str, language: str) -> bool:
    """Whether a sentence lists goals: it stands alone, so that it makes no text look like one."""
    if not _GOALS.search(sentence):
        return False
    return only_claims_goals(sentence, find_mentions(sentence, language))


def _rejoined(
    text: str, sentences: list[tuple[int, int]], alone: Collection[int]
) -> list[tuple[int, int]]:
    """Gather sentences until a piece is long enough; a short rest joins the piece before it.

    Args:
        text: All of it.
        sentences: Where they start and end.
        alone: The starts of those that are a piece each.
    """
    result: list[tuple[int, int]] = []
    start: int | None = None
    for sentence_start, end in sentences:
        if sentence_start in alone:
            if start is not None:
                result.append((start, len(text[:sentence_start].rstrip())))
            result.append((sentence_start, end))
            start = None
            continue
        if start is None:
            start = sentence_start
        elif _words(text[start:end]) > MOST_WORDS and _words(text[start:sentence_start]) >= _LEAST:
            result.append((start, len(text[:sentence_start].rstrip())))
            start = sentence_start
        if _words(text[start:end]) >= _AIM:
            result.append((start, end))
            start = None
    if start is not None:
        if result and result[-1][0] not in alone and _words(text[start:]) < _LEAST:
            result[-1] = (result[-1][0], len(text))
        else:
            result.append((start, len(text)))
    return result


def _words(text: str) -> int:
    return len(text.split())
