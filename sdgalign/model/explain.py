"""Why a text was matched: the words that carried it, and the written sentence nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.features import char_terms, folded
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
        """Encode exemplars; those that address no target, or move against it, are left out."""
        kept = [one for one in exemplars if one.targets and not one.against]
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


def carrying_words(
    text: str, featurizer: Featurizer, features: Features, row: int, head: LinearHead, output: int
) -> tuple[tuple[int, int], ...]:
    """Return offsets of the words whose parts weigh most for an output of the linear head.

    Args:
        text: As it stands in the document.
        featurizer: Has the vocabulary.
        features: Of a batch that holds the text.
        row: Of the text in it.
        head: The linear head.
        output: Its column.
    """
    worth = {
        name: _worth(features, name, row, head.weights[name][:, output])
        for name in ("word", "char")
    }
    terms = {name: featurizer.blocks[name].terms for name in worth}
    found: dict[str, float] = {}
    spans: dict[str, tuple[int, int]] = {}
    for match in _WORD.finditer(text):
        token = _DIGIT.sub("0", folded(match.group()))
        if len(token) < _SHORTEST or token in found:
            continue
        own = worth["word"].get(terms["word"].get(token, -1), 0.0)
        runs = {terms["char"].get(run, -1) for run in char_terms(token)}
        found[token] = own + sum(worth["char"].get(run, 0.0) for run in runs)
        spans[token] = match.span()
    strongest = sorted(found, key=lambda token: -found[token])[:_MOST_WORDS]
    least = max(_SHARE * max(found.values(), default=0.0), 1e-6)
    return tuple(sorted(spans[token] for token in strongest if found[token] >= least))


def _worth(features: Features, name: str, row: int, weights: Floats) -> dict[int, float]:
    block = features.blocks[name]
    own = slice(block.indptr[row], block.indptr[row + 1])
    columns = block.indices[own]
    return dict(zip(columns.tolist(), (block.data[own] * weights[columns]).tolist(), strict=True))
