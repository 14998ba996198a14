"""All that a model knows of a text before its heads: sparse blocks and meanings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdgalign.model.encoder import Encoder, unit
from sdgalign.model.features import TfidfBlock, commitment_numbers, normalise

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

TEXT_BLOCKS = ("word", "char")
CONTEXT_BLOCKS = ("context",)
BLOCK_WEIGHTS: Mapping[str, float] = {"word": 0.7, "char": 1.0, "context": 0.5, "numbers": 0.5}
"""What each block counts for in the linear heads, chosen by grouped cross-validation."""


@dataclass(frozen=True, slots=True)
class Features:
    """One row a text in every block."""

    blocks: dict[str, csr_matrix]
    """Already times the weight of the block."""
    rows: Floats
    """What the encoder gives for text and context; no columns without an encoder."""
    meaning: Floats
    """Vector of the text, length 1; likewise."""
    likeness: Doubles
    """Text × target × (meaning, wording): cosine with the target's description."""

    def __len__(self) -> int:
        return int(self.rows.shape[0])


@dataclass(frozen=True, slots=True)
class Featurizer:
    """Turns texts and contexts into :class:`Features`."""

    blocks: dict[str, TfidfBlock]
    """``word``, ``char`` (of the text) and ``context`` (characters)."""
    encoder: Encoder | None
    descriptions: tuple[Floats, csr_matrix]
    """Per target: meaning (targets × languages × dimension) and rows of the ``char`` block."""

    def transform(self, texts: Sequence[str], contexts: Sequence[str]) -> Features:
        """Compute features; a row depends on its own text and context only."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as pool:
            # The encoder leaves Python to itself for most of its time: words are counted meanwhile.
            reading = pool.submit(self._rows, texts, contexts)
            blocks = self._blocks(texts, contexts)
            rows = reading.result()
        meaning = self._meaning(rows)
        likeness = self._likeness(meaning, blocks["char"])
        weighted = {n: b * np.float32(BLOCK_WEIGHTS[n]) for n, b in blocks.items()}
        return Features(weighted, rows, meaning, likeness)

    def _blocks(self, texts: Sequence[str], contexts: Sequence[str]) -> dict[str, csr_matrix]:
        from scipy.sparse import csr_matrix

        plain = [normalise(text) for text in texts]
        return {
            "word": self.blocks["word"].transform(plain),
            "char": self.blocks["char"].transform(plain),
            "context": self.blocks["context"].transform([normalise(text) for text in contexts]),
            "numbers": csr_matrix(commitment_numbers(texts)),
        }

    def _rows(self, texts: Sequence[str], contexts: Sequence[str]) -> Floats:
        if self.encoder is None:
            return np.zeros((len(texts), 0), dtype=np.float32)
        return self.encoder.read(texts, contexts)

    def _meaning(self, rows: Floats) -> Floats:
        return unit(rows[:, : self.encoder.dimension if self.encoder else 0])

    def _likeness(self, meaning: Floats, char: csr_matrix) -> Doubles:
        from scipy.sparse import csr_matrix

        vectors, rows = self.descriptions
        wording = (char @ rows.T.toarray()).astype(np.float64)
        if not meaning.shape[1]:
            return np.stack([np.zeros_like(wording), wording], axis=2)
        sparse = csr_matrix(meaning)
        cosines = [sparse @ np.ascontiguousarray(vectors[:, i].T) for i in range(vectors.shape[1])]
        return np.stack([np.max(cosines, axis=0).astype(np.float64), wording], axis=2)
