"""Which language a segment is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

LANGUAGES = ("nl", "en", "fr")
"""Languages that are told apart by name; the rest is ``other``."""
_CANDIDATES = ("nl", "en", "fr", "de", "es", "it", "tr", "pl", "ar")
_LISTS = {
    "nl": "de het een en van dat die niet we wij ook met voor is zijn naar om",
    "en": "the of and that to is are for with we our will this not be have as",
    "fr": "le la les des et une que nous pour dans est sont avec sur au du ne",
}
_FUNCTION_WORDS = {
    word: tuple(name for name, words in _LISTS.items() if word in words.split())
    for words in _LISTS.values()
    for word in words.split()
}
"""Frequent words with the languages they belong to."""
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 12
"""Words below which a text takes the language of its document."""
_SAMPLE = 600
"""Lines that tell the language of a document."""


def main_language(texts: Sequence[str]) -> str:
    """Return the language of most of the text of a document.

    Args:
        texts: Its lines or paragraphs; some hundreds of them, evenly spread, are looked at.
    """
    sample = " ".join(texts[:: max(len(texts) // _SAMPLE, 1)])
    counts = _counts(_WORD.findall(sample.lower()))
    best = max(LANGUAGES, key=lambda name: counts[name])
    others = max(counts[name] for name in LANGUAGES if name != best)
    if counts[best] >= 10 and counts[best] > 2 * others:
        return best
    return _classified(sample) if sample.strip() else "nl"


def language_of(text: str, main: str) -> str:
    """Return the language of a segment.

    Args:
        text: The segment.
        main: The language of its document, taken when the text is too short to tell.
    """
    words = _WORD.findall(text.lower())
    if len(words) < _SHORT:
        return main
    counts = _counts(words)
    best = max(LANGUAGES, key=lambda name: (counts[name], name == main))
    others = max(counts[name] for name in LANGUAGES if name != best)
    # The function words decide nearly all; the classifier costs a hundred times more.
    if counts[best] >= 2 and counts[best] > 2 * others:
        return best
    if best == main and counts[main] > others:
        return main
    found = _classified(text)
    # A list of names or figures looks like any language.
    return found if found == main or (found == best and counts[best] > others) else main


def _counts(words: Iterable[str]) -> Counter[str]:
    return Counter(name for word in words for name in _FUNCTION_WORDS.get(word, ()))


@cache
def _identifier() -> Any:  # noqa: ANN401 (py3langid has no types)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_CANDIDATES))
    return identifier


def _classified(text: str) -> str:
    code = str(_identifier().classify(text)[0])
    return code if code in LANGUAGES else "other"
