"""Text encoders: one protocol; a static one, ours tuned for policy text, and any other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sdgalign.errors import ModelError
from sdgalign.threads import available_threads

if TYPE_CHECKING:
    from sdgalign.model.heads import MeaningNetwork
    from sdgalign.model.predictor import Layout

_MAX_CHARACTERS = 50_000
_PARTS = 8
"""Into which the texts are divided per core, so that no core waits long for another."""


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

    def read(self, texts: Sequence[str], contexts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row a text with its context in view.

        The first :attr:`dimension` numbers are the text's own vector, of any length; a network
        learns from the whole row.
        """


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

    def read(self, texts: Sequence[str], contexts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of text and context side by side."""
        return _side_by_side(self, texts, contexts)


class TunedEncoder:
    """A small transformer that reads a text with its context, through onnxruntime; no torch.

    Every text is read by itself, so that its vector never depends on its neighbours; the texts
    are spread over the cores instead. The folder is in the format of sentence-transformers with
    the ONNX backend.

    Args:
        path: The folder.
    """

    GRAPH = "onnx/model.onnx"
    LIMITS = "sdgalign.json"
    HEADS = "heads.safetensors"

    def __init__(self, path: Path) -> None:
        import json

        self.name = path.name
        self.path = path
        try:
            limits = json.loads((path / self.LIMITS).read_text(encoding="utf-8"))
            self._text_tokens = int(limits["text_tokens"])
            self._context_tokens = int(limits["context_tokens"])
            self._dimension = int(limits["dimension"])
            self._tokenizer = _tokenizer(path)
            self._session = _session(path / self.GRAPH)
        except Exception as error:  # files, tokenizers and onnxruntime: each raises its own
            raise ModelError(f"{path}: the tuned encoder cannot be read ({error}).") from error
        self._start, self._end = (self._tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]"))

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, read without context."""
        rows = self.read(texts, [""] * len(texts))
        return unit(rows)

    def read(self, texts: Sequence[str], contexts: Sequence[str]) -> NDArray[np.float32]:
        """Return the mean token vector of each text, its context read but not counted."""
        from concurrent.futures import ThreadPoolExecutor

        found = np.zeros((len(texts), self._dimension), dtype=np.float32)
        pairs = list(zip(self._ids(texts), self._ids(contexts), strict=True))
        known = [row for row, (text, _) in enumerate(pairs) if text]

        def fill(rows: list[int]) -> None:
            for row in rows:
                found[row] = self._read(*pairs[row])

        threads = available_threads()
        parts = min(_PARTS * threads, len(known))
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fill, [known[part::parts] for part in range(parts)]))
        return found

    def heads(self, layout: Layout) -> MeaningNetwork:
        """Return the heads that were tuned together with the encoder.

        Args:
            layout: Its trained targets are the ones kept.

        Raises:
            ModelError: When the folder holds none, as inside a model folder.
        """
        from safetensors.numpy import load_file

        from sdgalign.model.heads import MeaningNetwork

        try:
            arrays = load_file(self.path / self.HEADS)
            targets = len(layout.codes)
            outputs = arrays["output_bias"].shape[0]
            kept = [*layout.trained, *range(targets, outputs)]
            return MeaningNetwork(
                arrays["hidden"],
                arrays["hidden_bias"],
                np.ascontiguousarray(arrays["output"][:, kept]),
                arrays["output_bias"][kept],
            ).quantised()
        except Exception as error:  # safetensors raises its own and the system's errors
            raise ModelError(f"{self.path}: the tuned heads cannot be read ({error}).") from error

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        cut = [text[:_MAX_CHARACTERS] for text in texts]
        found = self._tokenizer.encode_batch_fast(cut, add_special_tokens=False)
        return [item.ids for item in found]

    def _read(self, text: list[int], context: list[int]) -> NDArray[np.float32]:
        own = [self._start, *text[: self._text_tokens], self._end]
        above = [*context[-self._context_tokens :], self._end] if context else []
        given = {
            "input_ids": np.array([own + above], dtype=np.int64),
            "attention_mask": np.ones((1, len(own) + len(above)), dtype=np.int64),
            "token_type_ids": np.array([[0] * len(own) + [1] * len(above)], dtype=np.int64),
        }
        hidden: NDArray[np.float32] = self._session.run(None, given)[0]
        return np.asarray(hidden[0, : len(own)].mean(axis=0), dtype=np.float32)


def _tokenizer(path: Path) -> Any:  # noqa: ANN401
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(path / "tokenizer.json"))


def _session(path: Path) -> Any:  # noqa: ANN401
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


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

    def read(self, texts: Sequence[str], contexts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of text and context side by side."""
        return _side_by_side(self, texts, contexts)

    def bert(self) -> tuple[Any, dict[str, int]]:
        """Return the transformer inside and its vocabulary, piece to id."""
        inner = self._model[0]
        return inner.auto_model, self._model.tokenizer.get_vocab()


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows of length 1; zeros stay zeros."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)


def _side_by_side(
    encoder: Encoder, texts: Sequence[str], contexts: Sequence[str]
) -> NDArray[np.float32]:
    distinct = list(dict.fromkeys(contexts))
    position = {context: i for i, context in enumerate(distinct)}
    above = encoder.encode(distinct)[[position[context] for context in contexts]]
    return np.concatenate([encoder.encode(texts), above], axis=1)


def load_encoder(name: str) -> Encoder:
    """Return the tuned or static encoder of a folder, else a sentence-transformers model."""
    path = Path(name)
    if (path / TunedEncoder.GRAPH).is_file():
        return TunedEncoder(path)
    if (path / "config.json").is_file() and (path / "model.safetensors").is_file():
        import json

        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        if "embedding_dtype" in config:
            return StaticEncoder(path)
    return SentenceTransformerEncoder(name)
