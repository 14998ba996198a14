"""Reading practice for a student: guess the hidden words of policy texts.

Distillation teaches the student what sentences mean that have a translation; hardly any of
those are about policy. Guessing hidden words (Devlin et al. 2019, "BERT") needs no translation
and teaches which words belong together in plans and manifestos.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sdgalign.training.descent import descent

if TYPE_CHECKING:
    import torch

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is and how far it goes."""

HIDDEN_PIECE = "[UNK]"
"""Stands in the place of a hidden piece: the vocabulary has no mark of its own for it."""


@dataclass(frozen=True, slots=True)
class Practice:
    """How long and how hard a student practises."""

    epochs: int = 2
    hidden: float = 0.2
    """Share of the pieces that are to be guessed."""
    rivals: int = 5000
    """Pieces drawn at random among which, and the batch's own, is chosen: a quarter faster."""
    tokens_in_a_step: int = 4000
    longest: int = 136
    rate: float = 5e-4
    lessons_every: int = 3
    """After so many steps one of distillation, so that meaning is not lost over words."""
    lesson_weight: float = 0.3


class Guesser:
    """The part that turns a student's vectors into guesses; thrown away afterwards."""

    def __init__(self, student: torch.nn.Module) -> None:
        import torch

        table = student.embeddings.word_embeddings.weight  # type: ignore[union-attr]
        width = int(table.shape[1])  # type: ignore[index]
        self.inner = torch.nn.Linear(width, width)
        self.norm = torch.nn.LayerNorm(width)
        self.bias = torch.nn.Parameter(torch.zeros(int(table.shape[0])))  # type: ignore[index]
        self.table = table

    def parameters(self) -> list[torch.nn.Parameter]:
        """Return what is trained beside the student."""
        return [*self.inner.parameters(), *self.norm.parameters(), self.bias]

    def scores(self, vectors: torch.Tensor, pieces: torch.Tensor) -> torch.Tensor:
        """Return log-odds of some pieces for each vector."""
        from torch.nn.functional import gelu

        among = self.table[pieces]  # type: ignore[index]
        found: torch.Tensor = self.norm(gelu(self.inner(vectors))) @ among.T + self.bias[pieces]
        return found


def practise(
    student: torch.nn.Module,
    tokenizer: Any,  # noqa: ANN401
    texts: Sequence[str],
    lessons: Iterator[torch.Tensor],
    *,
    practice: Practice | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    after_epoch: Callable[[int], None] | None = None,
) -> None:
    """Train a student in place on hidden words, with steps of distillation between.

    Args:
        student: A ``transformers`` BertModel, distilled.
        tokenizer: Its tokenizer.
        texts: Policy texts; documents of the test split must not be among them.
        lessons: The losses of distillation, one for each step of it.
        practice: The shipped settings when None.
        seed: Of order, hiding and dropout.
        progress: Told of every fiftieth step.
        after_epoch: Called with the number of the epoch.
    """
    import torch

    practice = practice or Practice()
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    guesser = Guesser(student)
    start, end, blank = (tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", HIDDEN_PIECE))
    found = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    ids = [[start, *one.ids[: practice.longest], end] for one in found if len(one.ids) > 3]
    epochs = [_batches(ids, practice, rng) for _ in range(practice.epochs)]
    total = sum(len(batches) for batches in epochs)
    total += total // practice.lessons_every
    parameters = [*student.parameters(), *guesser.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=practice.rate, weight_decay=0.01, fused=True)
    learn = descent(optimizer, parameters, steps=total + 2, warming=0.06)
    student.train()
    step = 0
    for number, batches in enumerate(epochs):
        for batch in batches:
            loss = _guessed(student, guesser, [ids[row] for row in batch], blank, practice, rng)
            learn(loss)
            if progress and step % 50 == 0:
                progress(f"reading practice, loss {loss.item():.3f}", step, total)
            step += 1
            if step % (practice.lessons_every + 1) == practice.lessons_every:
                learn(practice.lesson_weight * next(lessons))
                step += 1
        if after_epoch:
            student.eval()
            after_epoch(number + 1)
            student.train()
    student.eval()


def _guessed(
    student: torch.nn.Module,
    guesser: Guesser,
    ids: Sequence[Sequence[int]],
    blank: int,
    practice: Practice,
    rng: np.random.Generator,
) -> torch.Tensor:
    """Return how badly hidden pieces are guessed; of ten, eight are blank and one is another."""
    import torch
    from torch.nn.functional import cross_entropy

    width = max(len(row) for row in ids)
    tokens = np.zeros((len(ids), width), dtype=np.int64)
    size = np.array([len(row) for row in ids])
    for row, pieces in enumerate(ids):
        tokens[row, : len(pieces)] = pieces
    place = np.arange(width)
    inside = (place[None] > 0) & (place[None] < size[:, None] - 1)
    hidden = inside & (rng.random(tokens.shape) < practice.hidden)
    shown = tokens.copy()
    luck = rng.random(tokens.shape)
    shown[hidden & (luck < 0.8)] = blank
    other = hidden & (luck > 0.9)
    shown[other] = rng.integers(5, len(guesser.bias), int(other.sum()))
    mask = torch.from_numpy((place[None] < size[:, None]).astype(np.int64))
    vectors = student(input_ids=torch.from_numpy(shown), attention_mask=mask).last_hidden_state
    drawn = rng.integers(0, len(guesser.bias), practice.rivals)
    among, wanted = np.unique(np.concatenate([tokens[hidden], drawn]), return_inverse=True)
    scores = guesser.scores(vectors[torch.from_numpy(hidden)], torch.from_numpy(among))
    return cross_entropy(scores, torch.from_numpy(wanted[: int(hidden.sum())]))


def _batches(
    ids: Sequence[Sequence[int]], practice: Practice, rng: np.random.Generator
) -> list[list[int]]:
    """Return rows of like length together, in random order."""
    size = np.array([len(row) for row in ids])
    order = np.argsort(size + rng.uniform(0, 8, len(size)), kind="stable")
    batches: list[list[int]] = [[]]
    widest = 0
    for row in order.tolist():
        widest = max(widest, int(size[row]))
        if batches[-1] and widest * (len(batches[-1]) + 1) > practice.tokens_in_a_step:
            batches.append([])
            widest = int(size[row])
        batches[-1].append(row)
    return [batches[position] for position in rng.permutation(len(batches)).tolist()]
