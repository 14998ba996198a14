"""A small bilingual sentence encoder: a shrunken English teacher taught to read Dutch as well.

The student keeps a few layers of the teacher, and of these the inner units that weigh most. Its
vocabulary is Dutch and English; a piece that the teacher knows keeps the teacher's vector, any
other starts from the known pieces nearest to it in the static encoder. It then learns to give a
Dutch sentence and its English translation the vector that the teacher gives the translation
(Reimers and Gurevych 2020, "Making monolingual sentence embeddings multilingual").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sdgalign.training.descent import descent

if TYPE_CHECKING:
    import torch

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is and how far it goes."""

Ids = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a student is."""

    layers: tuple[int, ...] = (0, 2, 5)
    """Layers of the teacher that it keeps."""
    inner: int = 768
    """Inner units kept per layer."""
    positions: int = 160
    """Longest input in tokens."""


@dataclass(frozen=True, slots=True)
class DistillationData:
    """What a student learns from."""

    parallel: Sequence[tuple[str, str]]
    """Dutch and English saying the same."""
    english: Sequence[str]
    """English policy texts without a translation."""
    related: Sequence[tuple[str, str]]
    """Two pieces of one policy segment, or a segment and its context; any language."""


def student_tokenizer(static_folder: Path) -> Any:  # noqa: ANN401
    """Return the static encoder's tokenizer with the marks that a transformer needs."""
    from tokenizers import Tokenizer, processors

    tokenizer = Tokenizer.from_file(str(static_folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.add_special_tokens(["[CLS]", "[SEP]"])
    start, end = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS]:0 $A:0 [SEP]:0",
        pair="[CLS]:0 $A:0 [SEP]:0 $B:1 [SEP]:1",
        special_tokens=[("[CLS]", start), ("[SEP]", end)],
    )
    return tokenizer


def build_student(
    teacher: Any,  # noqa: ANN401
    teacher_pieces: dict[str, int],
    tokenizer: Any,  # noqa: ANN401
    static_vectors: NDArray[np.float32],
    shape: Shape | None = None,
) -> torch.nn.Module:
    """Cut a student out of a BERT teacher.

    Args:
        teacher: A ``transformers`` BertModel.
        teacher_pieces: Its vocabulary, piece to id.
        tokenizer: As :func:`student_tokenizer` gives.
        static_vectors: One row per piece of the static encoder's vocabulary.
        shape: The shipped shape when None.
    """
    import torch
    from transformers import BertConfig, BertModel

    shape = shape or Shape()
    old = teacher.config
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=old.hidden_size,
        num_hidden_layers=len(shape.layers),
        num_attention_heads=old.num_attention_heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        layer_norm_eps=old.layer_norm_eps,
        pad_token_id=0,
    )
    student = BertModel(config, add_pooling_layer=False)
    pieces = tokenizer.get_vocab()
    given, own = teacher.embeddings, student.embeddings
    with torch.no_grad():
        table = given.word_embeddings.weight.detach().numpy()
        rows = _first_vectors(pieces, teacher_pieces, table, static_vectors)
        own.word_embeddings.weight.copy_(torch.from_numpy(rows))
        own.position_embeddings.weight.copy_(given.position_embeddings.weight[: shape.positions])
        own.token_type_embeddings.load_state_dict(given.token_type_embeddings.state_dict())
        own.LayerNorm.load_state_dict(given.LayerNorm.state_dict())
        for layer, number in zip(student.encoder.layer, shape.layers, strict=True):
            _copy_layer(layer, teacher.encoder.layer[number], shape.inner)
    return student


def _first_vectors(
    pieces: dict[str, int],
    known: dict[str, int],
    table: NDArray[np.float32],
    static_vectors: NDArray[np.float32],
    neighbours: int = 4,
) -> NDArray[np.float32]:
    shared = np.array([(i, known[p]) for p, i in pieces.items() if p in known])
    rows = np.zeros((len(pieces), table.shape[1]), dtype=np.float32)
    rows[shared[:, 0]] = table[shared[:, 1]]
    unit = static_vectors / np.maximum(np.linalg.norm(static_vectors, axis=1, keepdims=True), 1e-9)
    anchors = shared[shared[:, 0] < len(unit)]
    missing = np.array([i for p, i in pieces.items() if p not in known and i < len(unit)])
    for start in range(0, len(missing), 1000):
        part = missing[start : start + 1000]
        likeness = unit[part] @ unit[anchors[:, 0]].T
        nearest = np.argpartition(-likeness, neighbours, axis=1)[:, :neighbours]
        weight = np.exp(10 * np.take_along_axis(likeness, nearest, axis=1))
        weight /= weight.sum(axis=1, keepdims=True)
        rows[part] = (weight[:, :, None] * table[anchors[nearest, 1]]).sum(axis=1)
    return rows


def _copy_layer(own: Any, given: Any, inner: int) -> None:  # noqa: ANN401
    import torch

    own.attention.load_state_dict(given.attention.state_dict())
    weigh_in, weigh_out = given.intermediate.dense.weight, given.output.dense.weight
    kept = torch.topk(weigh_in.norm(dim=1) * weigh_out.norm(dim=0), inner).indices.sort().values
    own.intermediate.dense.weight.copy_(weigh_in[kept])
    own.intermediate.dense.bias.copy_(given.intermediate.dense.bias[kept])
    own.output.dense.weight.copy_(weigh_out[:, kept])
    own.output.dense.bias.copy_(given.output.dense.bias)
    own.output.LayerNorm.load_state_dict(given.output.LayerNorm.state_dict())


def distil(
    student: torch.nn.Module,
    tokenizer: Any,  # noqa: ANN401
    teach: Callable[[Sequence[str]], NDArray[np.float32]],
    data: DistillationData,
    *,
    epochs: int = 1,
    batch: int = 128,
    rate: float = 4e-4,
    longest: int = 64,
    seed: int = 0,
    progress: Progress | None = None,
) -> None:
    """Train a student in place.

    Args:
        student: As :func:`build_student` gives.
        tokenizer: Its tokenizer.
        teach: Gives the teacher's vectors, of length 1, for English texts.
        data: What it learns from; documents of the test split must not be among it.
        epochs: Passes over the data.
        batch: Pairs in a step.
        rate: Highest learning rate.
        longest: Tokens kept of a text.
        seed: Of the order and of dropout.
        progress: Told of every fiftieth step.
    """
    import torch

    torch.manual_seed(seed)
    taught = [*data.parallel, *((text, text) for text in data.english)]
    sides = {
        "taught": [tokenize(tokenizer, side, longest) for side in zip(*taught, strict=True)],
        "related": [tokenize(tokenizer, side, longest) for side in zip(*data.related, strict=True)],
    }
    plan = [s for e in range(epochs) for s in _steps(sides, batch, seed + e)]
    optimizer = torch.optim.AdamW(student.parameters(), lr=rate, weight_decay=0.01)
    learn = descent(optimizer, student.parameters(), steps=len(plan) + 1, warming=0.06)
    student.train()
    for step, (name, rows) in enumerate(plan):
        left, right = (pooled(student, [side[r] for r in rows]) for side in sides[name])
        if name == "taught":
            loss = _taught(left, right, teach([taught[r][1] for r in rows]))
        else:
            loss = 0.3 * contrast(left, right)
        learn(loss)
        if progress and step % 50 == 0:
            progress(f"distillation ({name}), loss {loss.item():.3f}", step, len(plan))
    student.eval()


def lessons(
    student: torch.nn.Module,
    tokenizer: Any,  # noqa: ANN401
    teach: Callable[[Sequence[str]], NDArray[np.float32]],
    pairs: Sequence[tuple[str, str]],
    *,
    batch: int = 128,
    longest: int = 64,
    seed: int = 0,
) -> Iterator[torch.Tensor]:
    """Yield, without end, how far the student as it then is stays from its teacher.

    Args:
        student: A ``transformers`` BertModel.
        tokenizer: Its tokenizer.
        teach: Gives the teacher's vectors, of length 1, for English texts.
        pairs: Dutch (or English) and English saying the same, at least one batch.
        batch: Pairs in a step.
        longest: Tokens kept of a text.
        seed: Of the order.
    """
    sides = [tokenize(tokenizer, side, longest) for side in zip(*pairs, strict=True)]
    for number in count(seed):
        for _, rows in _steps({"taught": (sides[0], sides[1])}, batch, number):
            left, right = (pooled(student, [side[r] for r in rows]) for side in sides)
            yield _taught(left, right, teach([pairs[r][1] for r in rows]))


def _taught(left: torch.Tensor, right: torch.Tensor, wanted: NDArray[np.float32]) -> torch.Tensor:
    import torch
    from torch.nn.functional import normalize

    teacher = torch.from_numpy(wanted)
    near = (normalize(left) * teacher).sum(1) + (normalize(right) * teacher).sum(1)
    return 0.1 * contrast(left, right) + 10 * (2 - near.mean())


def tokenize(tokenizer: Any, texts: Sequence[str], longest: int) -> list[list[int]]:  # noqa: ANN401
    """Return token ids with the marks around them, the text cut to ``longest`` tokens."""
    start, end = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
    found = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [[start, *item.ids[:longest], end] for item in found]


def pooled(student: torch.nn.Module, ids: Ids) -> torch.Tensor:
    """Return the mean token vector of each text."""
    return read(student, [(row, len(row)) for row in ids])


def read(student: torch.nn.Module, joined: Sequence[tuple[Sequence[int], int]]) -> torch.Tensor:
    """Return the mean token vector of each text, its context read but not counted."""
    import torch

    width = max(len(ids) for ids, _ in joined)
    tokens = torch.zeros(len(joined), width, dtype=torch.long)
    mask, kind = torch.zeros_like(tokens), torch.zeros_like(tokens)
    for row, (ids, own) in enumerate(joined):
        tokens[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = 1
        kind[row, own : len(ids)] = 1
    hidden = student(input_ids=tokens, attention_mask=mask, token_type_ids=kind).last_hidden_state
    counted = mask * (1 - kind)
    mean: torch.Tensor = (hidden * counted[:, :, None]).sum(1) / counted.sum(1, keepdim=True)
    return mean


def _steps(
    sides: Mapping[str, Sequence[list[list[int]]]], batch: int, seed: int
) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Yield batches of texts of like length, in random order."""
    rng = np.random.default_rng(seed)
    found = []
    for name, (left, right) in sides.items():
        size = np.array([len(a) + len(b) for a, b in zip(left, right, strict=True)])
        order = np.argsort(size + rng.uniform(0, 6, len(size)), kind="stable")
        for start in range(0, len(order) - batch + 1, batch):
            found.append((name, order[start : start + batch]))
    for position in rng.permutation(len(found)):
        yield found[position]


def contrast(left: torch.Tensor, right: torch.Tensor, scale: float = 20.0) -> torch.Tensor:
    """Return how badly each left vector finds its right one among the others, and back."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    scores = scale * normalize(left) @ normalize(right).T
    own = torch.arange(len(scores))
    return (cross_entropy(scores, own) + cross_entropy(scores.T, own)) / 2
