"""Tuning a student on labelled segments: encoder and heads for every question at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sdgalign.training.descent import descent
from sdgalign.training.masked import HIDDEN_PIECE
from sdgalign.training.student import contrast, read

if TYPE_CHECKING:
    import torch

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is and how far it goes."""

UNKNOWN = -1
"""A commitment or stance that nobody labelled."""


@dataclass(frozen=True, slots=True)
class TuningSettings:
    """What was chosen by trials on the development documents."""

    epochs: int = 3
    tokens_in_a_step: int = 3000
    rate: float = 4e-4
    head_rate: float = 1.5e-3
    hidden: int = 512
    dropout: float = 0.2
    context_dropped: float = 0.25
    """Share of the contexts that are hidden, so that a text has to speak for itself."""
    pieces_hidden: float = 0.1
    """Share of a text's pieces that are blanked, another one every time that it is read."""
    text_tokens: int = 112
    context_tokens: int = 24
    """The last ones are kept: they name what is nearest above the text."""
    pairs_every: int = 10
    """Every so many steps one of translations, so that both languages stay together."""
    attention_dropout: float = 0.0
    """On a CPU it costs a fifth of the time."""


@dataclass(frozen=True, slots=True)
class TuningData:
    """Labelled texts, in rows."""

    texts: Sequence[str]
    contexts: Sequence[str]
    wanted: Floats
    """Text × (all targets, 17 goals, none), 0 or 1."""
    weight: Floats
    """Likewise: what an error counts for; 0 where the label is not known."""
    commitment: Ints
    """0 to 3, or :data:`UNKNOWN`."""
    against: Ints
    """0 or 1, or :data:`UNKNOWN`."""

    def __add__(self, other: TuningData) -> TuningData:
        """Put two sets together."""
        return TuningData(
            [*self.texts, *other.texts],
            [*self.contexts, *other.contexts],
            np.concatenate([self.wanted, other.wanted]),
            np.concatenate([self.weight, other.weight]),
            np.concatenate([self.commitment, other.commitment]),
            np.concatenate([self.against, other.against]),
        )


class TuningNetwork:
    """Encoder and heads while they are trained.

    Args:
        student: A ``transformers`` BertModel.
        outputs: Number of topic outputs: targets, goals and none.
        settings: Sizes.
    """

    COMMITMENTS = 4

    def __init__(self, student: torch.nn.Module, outputs: int, settings: TuningSettings) -> None:
        import torch

        width = int(student.config.hidden_size)  # type: ignore[arg-type,union-attr]
        self.student = student
        self.outputs = outputs
        self.hidden = torch.nn.Linear(width, settings.hidden)
        self.output = torch.nn.Linear(settings.hidden, outputs + self.COMMITMENTS + 1)
        self.dropout = settings.dropout

    def heads(self) -> list[torch.nn.Parameter]:
        """Return the parameters of the heads."""
        return [*self.hidden.parameters(), *self.output.parameters()]

    def scores(self, vectors: torch.Tensor, *, training: bool) -> torch.Tensor:
        """Return text × (outputs, four commitments, against), log-odds."""
        import torch
        from torch.nn.functional import dropout

        inner = torch.relu(self.hidden(dropout(vectors, self.dropout, training)))
        found: torch.Tensor = self.output(dropout(inner, self.dropout, training))
        return found


def tune(
    student: torch.nn.Module,
    tokenizer: Any,  # noqa: ANN401
    data: TuningData,
    translations: Sequence[tuple[str, str]],
    *,
    settings: TuningSettings | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    after_epoch: Callable[[int, TuningNetwork], None] | None = None,
) -> TuningNetwork:
    """Train encoder and heads together; the student changes in place.

    Args:
        student: A ``transformers`` BertModel, distilled.
        tokenizer: Its tokenizer.
        data: Labelled texts of training documents.
        translations: Dutch and English saying the same, at least one batch of 64.
        settings: The shipped ones when None.
        seed: Of order, dropout and heads.
        progress: Told of every fiftieth step.
        after_epoch: Called with the number of the epoch and the network.
    """
    import torch

    settings = settings or TuningSettings()
    for layer in student.encoder.layer:  # type: ignore[union-attr]
        layer.attention.self.dropout.p = settings.attention_dropout
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = _new_network(student, data, settings)
    texts = ids_of(tokenizer, data.texts)
    contexts = ids_of(tokenizer, data.contexts)
    pairs = [ids_of(tokenizer, side) for side in zip(*translations, strict=True)]
    steps = [
        step
        for number in range(settings.epochs)
        for step in [
            *_epoch(texts, contexts, len(pairs[0]), settings, rng),
            ("epoch", np.array([number + 1])),
        ]
    ]
    groups = [
        {"params": list(student.parameters()), "lr": settings.rate},
        {"params": network.heads(), "lr": settings.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    learn = descent(optimizer, student.parameters(), steps=len(steps) + 1, warming=0.1)
    hidden_piece = tokenizer.token_to_id(HIDDEN_PIECE)

    def blank(ids: Sequence[int]) -> list[int]:
        hide = rng.random(len(ids)) < settings.pieces_hidden
        return [hidden_piece if h else piece for piece, h in zip(ids, hide.tolist(), strict=True)]

    student.train()
    for step, (kind, rows) in enumerate(steps):
        if kind == "epoch":
            if after_epoch:
                student.eval()
                after_epoch(int(rows[0]), network)
                student.train()
            continue
        if kind == "pairs":
            loss = _together(student, tokenizer, pairs, rows)
        else:
            hide = rng.random(len(rows)) < settings.context_dropped
            joined = [
                join(tokenizer, blank(texts[r]), [] if h else contexts[r], settings)
                for r, h in zip(rows.tolist(), hide.tolist(), strict=True)
            ]
            found = network.scores(read(student, joined), training=True)
            loss = _loss(found, data, rows, network.outputs)
        learn(loss)
        if progress and step % 50 == 0:
            progress(f"tuning ({kind}), loss {loss.item():.3f}", step, len(steps))
    student.eval()
    return network


def _new_network(
    student: torch.nn.Module, data: TuningData, settings: TuningSettings
) -> TuningNetwork:
    """Return heads that begin with the frequency of every label."""
    import torch

    network = TuningNetwork(student, data.wanted.shape[1], settings)
    rate = (data.wanted * data.weight).sum(0) / np.maximum(data.weight.sum(0), 1)
    with torch.no_grad():
        usual = torch.logit(torch.from_numpy(rate).clamp(1e-4, 0.9))
        network.output.bias[: network.outputs].copy_(usual)
    return network


def ids_of(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:  # noqa: ANN401
    """Return token ids without marks."""
    return [i.ids for i in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]


def join(
    tokenizer: Any,  # noqa: ANN401
    text: Sequence[int],
    context: Sequence[int],
    settings: TuningSettings,
) -> tuple[list[int], int]:
    """Return ``[CLS] text [SEP] context [SEP]`` and how many of them are the text's."""
    start, end = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    own = [start, *text[: settings.text_tokens], end]
    above = [*context[-settings.context_tokens :], end] if context else []
    return [*own, *above], len(own)


def _loss(found: torch.Tensor, data: TuningData, rows: Ints, outputs: int) -> torch.Tensor:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

    wanted = torch.from_numpy(data.wanted[rows])
    weight = torch.from_numpy(data.weight[rows])
    topic = binary_cross_entropy_with_logits(found[:, :outputs], wanted, weight, reduction="none")
    loss = topic.sum() / len(rows)
    stance = torch.from_numpy(data.commitment[rows])
    if bool((stance != UNKNOWN).any()):
        loss = loss + cross_entropy(found[:, outputs:-1], stance, ignore_index=UNKNOWN)
    against = torch.from_numpy(data.against[rows])
    known = against != UNKNOWN
    if bool(known.any()):
        loss = loss + binary_cross_entropy_with_logits(found[known, -1], against[known].float())
    return loss


def _together(
    student: torch.nn.Module,
    tokenizer: Any,  # noqa: ANN401
    pairs: Sequence[Sequence[Sequence[int]]],
    rows: Ints,
) -> torch.Tensor:
    start, end = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    sides = [[([start, *side[r][:64], end], len(side[r][:64]) + 2) for r in rows] for side in pairs]
    return contrast(read(student, sides[0]), read(student, sides[1]))


def _epoch(
    texts: Sequence[Sequence[int]],
    contexts: Sequence[Sequence[int]],
    pairs: int,
    settings: TuningSettings,
    rng: np.random.Generator,
) -> list[tuple[str, Ints]]:
    """Return the batches of one pass: texts of like length together, in random order."""
    size = np.array(
        [
            min(len(t), settings.text_tokens) + min(len(c), settings.context_tokens) + 3
            for t, c in zip(texts, contexts, strict=True)
        ]
    )
    order = np.argsort(size + rng.uniform(0, 12, len(size)), kind="stable")
    batches: list[list[int]] = [[]]
    widest = 0
    for row in order.tolist():
        widest = max(widest, int(size[row]))
        if widest * (len(batches[-1]) + 1) > settings.tokens_in_a_step:
            batches.append([])
            widest = int(size[row])
        batches[-1].append(row)
    steps: list[tuple[str, Ints]] = []
    for number, position in enumerate(rng.permutation(len(batches)).tolist()):
        steps.append(("texts", np.array(batches[position])))
        if number % settings.pairs_every == 0:
            steps.append(("pairs", rng.choice(pairs, min(64, pairs), replace=False)))
    return steps
