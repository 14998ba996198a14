"""Text encoders: one protocol, one static and one transformer implementation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sdgalign.errors import ModelError

_MAX_CHARACTERS = 50_000


class Encoder(Protocol):
    """Turns texts into vectors; the same text always gives the same vector."""

    @property
    def name(self) -> str:
        """What a model folder calls it."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 a text, in rows; zeros for a text without words."""


class StaticEncoder:
    """Mean of token vectors, from a model2vec folder; needs no torch.

    Args:
        path: The folder.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_dir():  # model2vec would look for it on a model hub
            raise ModelError(f"{path}: there is no such folder; the model folder is incomplete.")
        from model2vec import StaticModel

        try:
            self._model: Any = StaticModel.from_pretrained(path)
        except Exception as error:  # model2vec, tokenizers and safetensors raise their own
            raise ModelError(f"{path}: the static encoder cannot be read ({error}).") from error
        self.name = path.name
        self.path = path

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.dim)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        cut = [text[:_MAX_CHARACTERS] for text in texts]
        vectors = self._model.encode(cut, use_multiprocessing=False, max_length=None)
        return np.nan_to_num(np.asarray(vectors, dtype=np.float32))


class SentenceTransformerEncoder:
    """Any sentence-transformers model; imports torch when made.

    Args:
        name: Name or path of the model.
        device: As torch calls it; the fastest one there is when None.
        batch_size: Texts encoded at a time.
    """

    def __init__(self, name: str, *, device: str | None = None, batch_size: int = 32) -> None:
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(name, device=device)
        except Exception as error:  # network, files, formats: each library raises its own
            raise ModelError(f"{name}: the encoder cannot be loaded ({error}).") from error
        self.name = name
        self._batch_size = batch_size

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return len(self.encode(["a"])[0])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text."""
        vectors = self._model.encode(
            list(texts),
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32)


def load_encoder(name: str) -> Encoder:
    """Return the encoder of a model2vec folder, else the sentence-transformers model."""
    path = Path(name)
    if (path / "config.json").is_file() and (path / "model.safetensors").is_file():
        import json

        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        if "embedding_dtype" in config:
            return StaticEncoder(path)
    return SentenceTransformerEncoder(name)
