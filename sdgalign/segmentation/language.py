"""Which language a segment is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

LANGUAGES = ("nl", "en", "fr")
"""Languages that are told apart by name; the rest is ``other``."""
_CANDIDATES = ("nl", "en", "fr", "de", "es", "it", "tr", "pl", "ar")
_FUNCTION_WORDS = {
    "nl": frozenset("de het een en van dat die niet we wij ook met voor is zijn naar om".split()),
    "en": frozenset("the of and that to is are for with we our will this not be have as".split()),
    "fr": frozenset("le la les des et une que nous pour dans est sont avec sur au du ne".split()),
}
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 12
"""Words below which a text takes the language of its document."""
_SAMPLE = 20_000


def main_language(texts: Iterable[str]) -> str:
    """Return the language of most of the text of a document."""
    counts: Counter[str] = Counter()
    sample = ""
    for text in texts:
        counts.update(_counts(text))
        if len(sample) < _SAMPLE:
            sample += f" {text}"
    ranked = counts.most_common(2)
    if ranked and ranked[0][1] >= 10 and (len(ranked) == 1 or ranked[0][1] > 2 * ranked[1][1]):
        return ranked[0][0]
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
    counts = {name: sum(word in known for word in words) for name, known in _FUNCTION_WORDS.items()}
    best = max(counts, key=lambda name: (counts[name], name == main))
    others = max(count for name, count in counts.items() if name != best)
    # The function words decide nearly all; the classifier costs a hundred times more.
    if counts[best] >= 2 and counts[best] >= 0.08 * len(words) and counts[best] > 2 * others:
        return best
    found = _classified(text)
    # A list of names or figures looks like any language.
    return found if found == main or (found == best and counts[best] > others) else main


def _counts(text: str) -> dict[str, int]:
    words = _WORD.findall(text.lower())
    return {
        name: count
        for name, known in _FUNCTION_WORDS.items()
        if (count := sum(word in known for word in words))
    }


@cache
def _identifier() -> Any:  # noqa: ANN401 (py3langid has no types)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_CANDIDATES))
    return identifier


def _classified(text: str) -> str:
    code = str(_identifier().classify(text)[0])
    return code if code in LANGUAGES else "other"
