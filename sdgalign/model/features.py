"""Texts to numbers: TF-IDF of words and character runs, and counts that show a commitment."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]

_WORD = re.compile(r"\w+")
_CODE = re.compile(r"^\W*(?:[a-z]{1,4}[ .:-]*)?\d+(?:[.\-_]\d+)+[.:)\s-]*", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_CACHED_WORDS = 200_000


def normalise(text: str) -> str:
    """Lower case without accents, digits as 0, without the code that a plan puts before it."""
    return _DIGIT.sub("0", folded(_CODE.sub("", text, count=1) or text))


def folded(text: str) -> str:
    """Lower case without accents."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return text.lower()


def words(normalised: str) -> list[str]:
    """Return the words of a normalised text, those of one letter included."""
    return _WORD.findall(normalised)


def word_terms(tokens: Sequence[str]) -> Iterable[str]:
    """Words of two letters and more, and pairs of neighbours."""
    kept = [token for token in tokens if len(token) > 1]
    yield from kept
    for left, right in pairwise(kept):
        yield f"{left} {right}"


def char_terms(token: str) -> list[str]:
    """Runs of three to five characters of one word, its edges marked by a space."""
    padded = f" {token} "
    size = len(padded)
    runs = [padded[i : i + n] for n in (3, 4, 5) if n <= size for i in range(size - n + 1)]
    return runs or [padded]


@dataclass(frozen=True, slots=True)
class TfidfBlock:
    """One group of features, each text's part of it scaled to length 1."""

    kind: str
    """``word`` or ``char``."""
    terms: dict[str, int]
    """Term to column."""
    idf: Floats
    _cache: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return one row a text.

        Args:
            texts: As given by :func:`normalise`.
        """
        from scipy.sparse import csr_matrix

        count = self._count_words if self.kind == "word" else self._count_chars
        indptr, indices, data = [0], [np.empty(0, np.int32)], [np.empty(0, np.float32)]
        for text in texts:
            columns, values = self._row(count(words(text)))
            indices.append(columns)
            data.append(values)
            indptr.append(indptr[-1] + len(columns))
        shape = (len(texts), len(self.idf))
        return csr_matrix((np.concatenate(data), np.concatenate(indices), indptr), shape=shape)

    def _row(self, counts: Counter[int]) -> tuple[NDArray[np.int32], Floats]:
        columns = np.array(sorted(counts), dtype=np.int32)
        tf = np.array([counts[c] for c in columns.tolist()], dtype=np.float32)
        values = ((1 + np.log(tf)) * self.idf[columns]).astype(np.float32)
        norm = float(np.sqrt((values.astype(np.float64) ** 2).sum()))
        return columns, values / np.float32(norm) if norm else values

    def _count_words(self, tokens: Sequence[str]) -> Counter[int]:
        get = self.terms.get
        return Counter(i for term in word_terms(tokens) if (i := get(term)) is not None)

    def _count_chars(self, tokens: Sequence[str]) -> Counter[int]:
        counts: Counter[int] = Counter()
        for token in tokens:
            counts.update(self.columns(token))
        return counts

    def columns(self, token: str) -> tuple[int, ...]:
        """Return the columns that one word alone fills, repeated as often as they occur in it."""
        if self.kind == "word":
            return (self.terms[token],) if token in self.terms else ()
        found = self._cache.get(token)
        if found is None:
            get = self.terms.get
            found = tuple(i for run in char_terms(token) if (i := get(run)) is not None)
            if len(self._cache) < _CACHED_WORDS:
                self._cache[token] = found
        return found

    def keep(self, columns: NDArray[np.int64]) -> TfidfBlock:
        """Return a block of these columns only, in this order."""
        names = list(self.terms)
        terms = {names[c]: i for i, c in enumerate(columns.tolist())}
        return TfidfBlock(self.kind, terms, self.idf[columns])

    @classmethod
    def fit(
        cls, kind: str, texts: Sequence[str], *, min_df: int, max_df: float = 0.35
    ) -> TfidfBlock:
        """Learn terms and their weights.

        Args:
            kind: ``word`` or ``char``.
            texts: As given by :func:`normalise`.
            min_df: Texts in which a term must stand.
            max_df: Share of the texts in which it may stand at most.
        """
        terms_of: Callable[[str], set[str]] = (
            (lambda text: set(word_terms(words(text))))
            if kind == "word"
            else (lambda text: {run for token in set(words(text)) for run in char_terms(token)})
        )
        df: Counter[str] = Counter()
        for text in texts:
            df.update(terms_of(text))
        limit = max(max_df * len(texts), min_df)
        kept = sorted(term for term, n in df.items() if min_df <= n <= limit)
        idf = [np.log((1 + len(texts)) / (1 + df[term])) + 1 for term in kept]
        return cls(kind, {t: i for i, t in enumerate(kept)}, np.array(idf, dtype=np.float32))


def scaled_sum(parts: Sequence[tuple[Any, float]]) -> csr_matrix:
    """Put blocks side by side, each times its weight."""
    from scipy.sparse import csr_matrix, hstack

    scaled = [csr_matrix(part) * np.float32(weight) for part, weight in parts]
    return hstack(scaled, format="csr", dtype=np.float32)


_AMOUNT = re.compile(
    r"(?:€|\beuro\b|\beur\b|£|\$)\s*\d|\d\s*(?:€|euro\b|eur\b|pond\b|miljoen|miljard|million|billion)"
    r"|\d\s*(?:m|bn)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:tegen|in|voor|uiterlijk|vanaf|by|before|until|since|tot|eind|end of)\s+"
    r"(?:\w+\s+){0,3}20[2-5]\d\b|binnen\s+\w+\s+(?:jaar|maanden)|within\s+\w+\s+(?:years|months)",
    re.IGNORECASE,
)
_PATTERNS = (
    _AMOUNT,
    _DEADLINE,
    re.compile(r"\d\s*(?:%|procent|percent|per cent)", re.IGNORECASE),
    re.compile(r"\b20[2-5]\d\b"),
    re.compile(
        r"\b\d+(?:[.,]\d+)?\s*(?:km|kilometer|m2|m²|ha|hectare|bomen|woningen|trees|homes|plaatsen|places"
        r"|jaar|years|uur|hours|keer|times|meter|ton|tons|mw|gwh)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\d.])\d+(?![\d.]*:)"),
    re.compile(r"\b(?:twee|drie|vier|vijf|tien|two|three|four|five|ten|half|helft|third)\b", re.I),
    re.compile(r"\b(?:wij|we|will|zullen|gaan|moet|moeten|must|should|willen|want)\b", re.I),
    re.compile(r"\b(?:streven|ambitie|aandacht|inzetten op|aim|strive|encourage|support)\b", re.I),
    re.compile(r"\b(?:was|waren|had|werd|werden|were|has been|have been|is|zijn|are)\b", re.I),
)
NUMBER_FEATURES = 2 * len(_PATTERNS) + 4
"""Length of a row of :func:`commitment_numbers`."""


def commitment_numbers(texts: Sequence[str]) -> Floats:
    """Return, a row a text, what shows how far its author binds itself."""
    rows = np.zeros((len(texts), NUMBER_FEATURES), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        text = _CODE.sub("", text[:20_000], count=1) or text[:20_000]
        hits = [min(len(pattern.findall(text)), 4) for pattern in _PATTERNS]
        size = len(_WORD.findall(text))
        row[: len(hits)] = [float(n > 0) for n in hits]
        row[len(hits) : 2 * len(hits)] = [n / 4 for n in hits]
        row[2 * len(hits) :] = [
            min(size, 120) / 120,
            float(size <= 4),
            float(text.rstrip().endswith((".", "!", "?"))),
            float(bool(hits[0] or hits[2] or hits[4]) and bool(hits[3])),
        ]
    return rows
