"""A small bilingual static encoder: Dutch and English words in one space, trained on a CPU."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is and how far it goes."""


@dataclass(frozen=True, slots=True)
class EncoderData:
    """What the encoder learns from."""

    parallel: Sequence[tuple[str, str]]
    """Dutch and English saying the same."""
    related: Sequence[tuple[str, str]]
    """Two pieces of one policy segment, or a segment and its context; any language."""
    taught: Sequence[tuple[str, str]] = ()
    """Texts whose meaning the teacher gives: (text, English text); equal for English itself."""
    teacher: NDArray[np.float32] | None = None
    """The teacher's embedding of the English text of every ``taught``, normalised."""
    vocabulary: Sequence[str] = ()
    """Texts from which the vocabulary is learnt."""


def train_static_encoder(
    data: EncoderData,
    out: Path,
    *,
    tokens: int = 24_000,
    dimension: int = 192,
    epochs: int = 6,
    seed: int = 0,
    quantise: bool = True,
    progress: Progress | None = None,
) -> None:
    """Train the encoder and write it as a folder that model2vec loads.

    Without quantisation sentence-transformers loads the folder too.

    Args:
        data: Texts and pairs; documents of the test split must not be among them.
        out: Folder to write.
        tokens: Size of the vocabulary.
        dimension: Of an embedding.
        epochs: Passes over the related pairs.
        seed: Of weights and of the order of batches.
        quantise: Whether to store one byte a weight instead of four.
        progress: Told of every hundredth batch.
    """
    import torch

    torch.manual_seed(seed)
    tokenizer = train_tokenizer(data.vocabulary, tokens)
    size = tokenizer.get_vocab_size()
    table = torch.nn.EmbeddingBag(size, dimension, mode="mean")
    torch.nn.init.normal_(table.weight, std=0.1)
    teacher = None if data.teacher is None else torch.from_numpy(data.teacher.astype(np.float32))
    head = torch.nn.Linear(dimension, 1 if teacher is None else teacher.shape[1], bias=False)
    optimizer = torch.optim.Adam([*table.parameters(), *head.parameters()], lr=0.01)
    sets = {
        "parallel": [_tokenize(tokenizer, side) for side in _columns(data.parallel)],
        "related": [_tokenize(tokenizer, side) for side in _columns(data.related)],
        "taught": [_tokenize(tokenizer, side) for side in _columns(data.taught)],
    }
    batches = [b for epoch in range(epochs) for b in _batches(sets, seed + epoch)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=0.02, total_steps=max(len(batches), 10)
    )
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(batches))
    for step, position in enumerate(order):
        name, rows = batches[position]
        left, right = (_embed(table, sets[name][side], rows) for side in (0, 1))
        loss = _contrast(left, right)
        if name == "taught" and teacher is not None:
            goal = teacher[torch.as_tensor(rows)]
            loss = 0.3 * loss + _imitate(left, right, goal, head)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if step < len(batches) - 1:
            schedule.step()
        if progress and step % 100 == 0:
            progress(f"static encoder, loss {loss.item():.3f}", step, len(batches))
    save_static_encoder(table.weight.detach().numpy(), tokenizer, out, quantise=quantise)


def train_tokenizer(texts: Sequence[str], tokens: int) -> Any:  # noqa: ANN401
    """Learn a lower-case WordPiece vocabulary."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=tokens,
        special_tokens=["[PAD]", "[UNK]"],
        show_progress=False,
        limit_alphabet=200,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def save_static_encoder(
    weights: NDArray[np.float32],
    tokenizer: Any,  # noqa: ANN401
    out: Path,
    *,
    quantise: bool = True,
) -> None:
    """Write weights and vocabulary as a model2vec folder."""
    from model2vec import StaticModel

    scale = 127.0 / float(np.abs(weights).max())
    table = np.rint(weights * scale).astype(np.int8) if quantise else weights
    model = StaticModel(table, tokenizer, normalize=True, max_length=None)
    model.save_pretrained(out)
    (out / "README.md").unlink(missing_ok=True)


def _columns(pairs: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


def _tokenize(tokenizer: Any, texts: list[str], limit: int = 96) -> list[list[int]]:  # noqa: ANN401
    unknown = tokenizer.token_to_id("[UNK]")
    found = tokenizer.encode_batch_fast(texts, add_special_tokens=False) if texts else []
    return [[i for i in item.ids if i != unknown][:limit] or [unknown] for item in found]


def _batches(
    sets: dict[str, list[list[list[int]]]], seed: int, size: int = 768
) -> Iterator[tuple[str, NDArray[np.int64]]]:
    rng = np.random.default_rng(seed)
    for name, sides in sets.items():
        order = rng.permutation(len(sides[0]))
        for start in range(0, len(order) - size + 1, size):
            yield name, order[start : start + size]


def _embed(
    table: torch.nn.EmbeddingBag, texts: list[list[int]], rows: NDArray[np.int64]
) -> torch.Tensor:
    import torch

    chosen = [texts[row] for row in rows]
    flat = torch.tensor([token for text in chosen for token in text])
    starts = torch.tensor(np.cumsum([0, *[len(text) for text in chosen[:-1]]]))
    embedded: torch.Tensor = table(flat, starts)
    return embedded


def _contrast(left: torch.Tensor, right: torch.Tensor, scale: float = 20.0) -> torch.Tensor:
    import torch
    from torch.nn.functional import cross_entropy, normalize

    scores = scale * normalize(left) @ normalize(right).T
    own = torch.arange(len(scores))
    return (cross_entropy(scores, own) + cross_entropy(scores.T, own)) / 2


def _imitate(
    left: torch.Tensor, right: torch.Tensor, goal: torch.Tensor, head: torch.nn.Linear
) -> torch.Tensor:
    from torch.nn.functional import normalize

    def loss(side: torch.Tensor) -> torch.Tensor:
        return 1 - (normalize(head(side)) * goal).sum(1).mean()

    return 5 * (loss(left) + loss(right))
