"""Why a text was matched: the words that carried it, and the written sentence nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.features import folded
from sdgalign.model.featurizer import Features, Featurizer
from sdgalign.model.heads import LinearHead

if TYPE_CHECKING:
    from sdgalign.model.encoder import Encoder
    from sdgalign.training.exemplars import Exemplar

Floats = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_SHORTEST = 3
"""Shorter words carry grammar, not topics."""
_MOST_WORDS = 3
_SHARE = 0.3
"""Of the contribution of the strongest word that another needs to be named beside it."""


_QUOTABLE = 240
"""Characters of a sentence that can still be shown beside a quote; paragraphs only train."""


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """An invented sentence that addresses a target, in both languages."""

    id: str
    targets: tuple[str, ...]
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What carried a match."""

    words: tuple[tuple[int, int], ...]
    """Offsets (start, end) in the text of the words that spoke for it most, in text order."""
    nearest: WrittenSentence | None = None
    """The exemplar of the target whose meaning is nearest to the text."""
    likeness: float = 0.0
    """Cosine with it, at most 1."""


@dataclass(frozen=True, slots=True)
class ExemplarIndex:
    """Written sentences and their vectors."""

    sentences: tuple[WrittenSentence, ...]
    vectors: Floats
    """Sentence × language (nl, en) × dimension, of length 1."""
    _of: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note which sentences exemplify which target."""
        found: dict[str, list[int]] = {}
        for row, sentence in enumerate(self.sentences):
            for code in sentence.targets[:1]:
                found.setdefault(code, []).append(row)
        self._of.update({code: tuple(rows) for code, rows in found.items()})

    def nearest(self, vector: Floats, code: str) -> tuple[WrittenSentence, float] | None:
        """Return the sentence of a target that is most like a vector of length 1."""
        rows = list(self._of.get(code, ()))
        if not rows or not vector.any():
            return None
        likeness = (self.vectors[rows] @ vector).max(axis=1)
        best = int(likeness.argmax())
        return self.sentences[rows[best]], float(likeness[best])

    @classmethod
    def of(cls, exemplars: Sequence[Exemplar], encoder: Encoder) -> ExemplarIndex:
        """Encode exemplars, without those that address no target, move against it or are long."""
        kept = [e for e in exemplars if e.targets and not e.against and len(e.nl) <= _QUOTABLE]
        both = [encoder.encode([getattr(one, lang) for one in kept]) for lang in ("nl", "en")]
        sentences = tuple(WrittenSentence(e.id, e.targets, e.nl, e.en) for e in kept)
        return cls(sentences, np.stack(both, axis=1))

    def to_arrays(self) -> Arrays:
        """Return one byte a number."""
        return {"exemplar_vectors": np.rint(self.vectors * 127).astype(np.int8)}

    def to_rows(self) -> list[dict[str, Any]]:
        """Return the sentences as JSON objects."""
        return [
            {"id": s.id, "targets": list(s.targets), "nl": s.nl, "en": s.en} for s in self.sentences
        ]

    @classmethod
    def from_parts(cls, rows: Sequence[dict[str, Any]], arrays: Arrays) -> ExemplarIndex:
        """Rebuild from :meth:`to_rows` and :meth:`to_arrays`."""
        sentences = tuple(
            WrittenSentence(r["id"], tuple(r["targets"]), r["nl"], r["en"]) for r in rows
        )
        vectors = arrays["exemplar_vectors"].astype(np.float32)
        if len(vectors) != len(sentences):
            raise ValueError(f"{len(sentences)} exemplars but {len(vectors)} vectors")
        norms = np.linalg.norm(vectors, axis=2, keepdims=True)
        return cls(sentences, vectors / np.maximum(norms, 1e-9))


@dataclass(frozen=True, slots=True)
class CarryingWords:
    """Which words of one text weigh most for an output of the linear head.

    Laid out once per text: for every word, what its parts contribute to the text's features.
    """

    spans: tuple[tuple[int, int], ...]
    """Of each different word in the text: where it stands first."""
    word_of: NDArray[np.int64]
    """Position in ``spans`` per part of a word."""
    parts: tuple[tuple[str, NDArray[np.int64], Floats], ...]
    """Block, columns and values of the parts, blocks one after the other."""

    @classmethod
    def of(cls, text: str, featurizer: Featurizer, features: Features, row: int) -> CarryingWords:
        """Lay out a text.

        Args:
            text: As it stands in the document.
            featurizer: Has the vocabulary.
            features: Of a batch that holds the text.
            row: Of the text in it.
        """
        spans: dict[str, tuple[int, int]] = {}
        for match in _WORD.finditer(text):
            token = _DIGIT.sub("0", folded(match.group()))
            if len(token) >= _SHORTEST:
                spans.setdefault(token, match.span())
        words: list[int] = []
        parts = []
        for name in ("word", "char"):
            block = featurizer.blocks[name]
            columns: list[int] = []
            for position, token in enumerate(spans):
                own = set(block.columns(token))
                columns += own
                words += [position] * len(own)
            chosen = np.array(columns, dtype=np.int64)
            parts.append((name, chosen, _values(features, name, row, chosen)))
        return cls(tuple(spans.values()), np.array(words, dtype=np.int64), tuple(parts))

    def strongest(self, head: LinearHead, output: int) -> tuple[tuple[int, int], ...]:
        """Return offsets of the words that weigh most, in text order.

        Args:
            head: The linear head.
            output: Its column.
        """
        if not self.spans:
            return ()
        worth = [
            values * head.weights[name][columns, output] for name, columns, values in self.parts
        ]
        total = np.bincount(self.word_of, np.concatenate(worth), minlength=len(self.spans))
        least = max(_SHARE * float(total.max()), 1e-6)
        chosen = [int(i) for i in np.argsort(-total, kind="stable")[:_MOST_WORDS]]
        return tuple(sorted(self.spans[i] for i in chosen if total[i] >= least))


def _values(features: Features, name: str, row: int, columns: NDArray[np.int64]) -> Floats:
    block = features.blocks[name]
    own = slice(block.indptr[row], block.indptr[row + 1])
    there = block.indices[own]
    if not len(there) or not len(columns):
        return np.zeros(len(columns), dtype=np.float32)
    at = np.minimum(np.searchsorted(there, columns), len(there) - 1)
    return np.where(there[at] == columns, block.data[own][at], 0).astype(np.float32)
