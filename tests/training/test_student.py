"""From a random teacher to a model that reads with onnxruntime, all of it tiny."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sdgalign.errors import ModelError
from sdgalign.framework import load_framework
from sdgalign.model import TunedEncoder, load_encoder
from sdgalign.training import Splits, read_annotations, train
from sdgalign.training.export import export
from sdgalign.training.masked import Practice, practise
from sdgalign.training.static_encoder import save_static_encoder, train_tokenizer
from sdgalign.training.student import (
    DistillationData,
    Shape,
    build_student,
    distil,
    lessons,
    pooled,
    read,
    student_tokenizer,
    tokenize,
)
from sdgalign.training.tune import TuningNetwork, TuningSettings, ids_of, join, tune
from sdgalign.training.tuning_data import from_annotations, from_goal_texts, read_goal_texts
from tests.model.tiny import SETTINGS, write_exemplars
from tests.training.sentences import write_annotations

CODES = [target.code for target in load_framework().targets]
PAIRS = [("fiets", "bicycle"), ("boom", "tree"), ("huis", "house"), ("school", "school")] * 8
TUNING = TuningSettings(epochs=12, hidden=32, head_rate=0.01, rate=0.002, dropout=0.0)
TEXTS = ["We leggen een fietspad aan in de Lindelaan.", "We planten bomen.", "", "x y z"]


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("static")
    words = [w for pair in PAIRS for w in pair]
    sentences = [a.text for a in read_annotations(write_annotations(folder / "a.jsonl"))]
    tokenizer = train_tokenizer([*words, *sentences], 250)
    size = tokenizer.get_vocab_size()
    vectors = np.random.default_rng(0).normal(size=(size, 12)).astype(np.float32)
    save_static_encoder(vectors, tokenizer, folder)
    tokenizer = student_tokenizer(folder)
    config = BertConfig(
        vocab_size=60, hidden_size=32, num_hidden_layers=3, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=160,
    )  # fmt: skip
    teacher = BertModel(config, add_pooling_layer=False)
    known = dict(zip(list(tokenizer.get_vocab())[:50], range(50), strict=True))
    shape = Shape(layers=(0, 2), inner=48)
    return build_student(teacher, known, tokenizer, vectors, shape), tokenizer


@pytest.fixture(scope="module")
def tuned(student: tuple[Any, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tuned")
    items = read_annotations(write_annotations(folder / "a.jsonl"))
    kept = [a for a in items if a.doc in ("plan-0", "plan-1", "plan-2", "plan-3")]
    data = from_annotations(kept, CODES) + from_goal_texts([("trees and birds", 15)], len(CODES))
    network = tune(*student, data, PAIRS, settings=TUNING)
    export(network, student[1], TUNING, folder / "encoder")
    return folder / "encoder"


def test_distillation_brings_student_and_teacher_together(student: tuple[Any, Any]) -> None:
    import copy

    model, tokenizer = copy.deepcopy(student[0]), student[1]
    wanted = np.eye(32, dtype=np.float32)

    def teach(texts: Any) -> Any:
        return np.stack([wanted[len(text) % 32] for text in texts])

    def likeness() -> float:
        own = pooled(model, tokenize(tokenizer, ["fiets"], 8)).detach().numpy()[0]
        return float(own @ wanted[len("bicycle") % 32] / np.linalg.norm(own))

    before = likeness()
    data = DistillationData(PAIRS, ["tree"] * 8, [("het huis", "de school")] * 8)
    distil(model, tokenizer, teach, data, epochs=12, batch=8, rate=3e-3)
    assert likeness() > before + 0.3


def test_practice_teaches_which_word_is_hidden(student: tuple[Any, Any]) -> None:
    import copy

    model, tokenizer = copy.deepcopy(student[0]), student[1]
    texts = ["We leggen een fietspad aan in de Lindelaan.", "We planten bomen in het park."] * 8
    losses: list[float] = []
    calls = 0

    def taught() -> Iterator[Any]:
        nonlocal calls
        while True:
            calls += 1
            yield pooled(model, [[1, 2]]).sum() * 0.0

    practise(
        model,
        tokenizer,
        texts,
        taught(),
        practice=Practice(epochs=60, tokens_in_a_step=200, rivals=40, rate=3e-3),
        progress=lambda what, step, total: losses.append(float(what.rpartition(" ")[2])),
    )
    assert losses[-1] < 0.5 * losses[0]
    assert calls > 5


def test_lessons_never_end_and_fall_while_the_student_learns(student: tuple[Any, Any]) -> None:
    import copy

    import torch

    model, tokenizer = copy.deepcopy(student[0]).train(), student[1]
    wanted = np.eye(32, dtype=np.float32)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    found = []
    taught = lessons(
        model, tokenizer, lambda t: np.stack([wanted[len(x) % 32] for x in t]), PAIRS, batch=8
    )
    for _, loss in zip(range(30), taught, strict=False):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    assert len(found) == 30
    assert np.mean(found[-4:]) < 0.7 * np.mean(found[:4])


def test_context_is_read_but_not_counted(student: tuple[Any, Any]) -> None:
    model, tokenizer = student
    text, above = ids_of(tokenizer, ["fiets boom", "huis " * 50])
    ids, own = join(tokenizer, text, above, TuningSettings(text_tokens=1, context_tokens=3))
    assert (len(ids), own) == (3 + 4, 3)
    alone, guided = (read(model.eval(), [join(tokenizer, text, c, TUNING)]) for c in ([], above))
    assert alone.shape == guided.shape
    assert not np.allclose(alone.detach(), guided.detach())


def test_tuned_encoder_reads_each_text_by_itself(tuned: Path) -> None:
    encoder = load_encoder(str(tuned))
    assert isinstance(encoder, TunedEncoder)
    together = encoder.read(TEXTS * 5, ["", "Wonen", "x", ""] * 5)
    alone = np.concatenate(
        [encoder.read([t], [c]) for t, c in zip(TEXTS, ["", "Wonen", "x", ""], strict=True)]
    )
    assert np.array_equal(together, np.tile(alone, (5, 1)))
    assert not alone[2].any()
    assert np.allclose(np.linalg.norm(encoder.encode(TEXTS[:2]), axis=1), 1, atol=1e-5)


def test_export_keeps_what_was_learnt(student: tuple[Any, Any], tuned: Path) -> None:
    model, tokenizer = student
    ids = ids_of(tokenizer, TEXTS[:1])[0]
    exact = read(model.eval(), [join(tokenizer, ids, [], TUNING)]).detach().numpy()[0]
    found = TunedEncoder(tuned).read(TEXTS[:1], [""])[0]
    assert exact @ found / (np.linalg.norm(exact) * np.linalg.norm(found)) > 0.98


def test_a_model_with_a_tuned_encoder(tuned: Path, tmp_path: Path) -> None:
    splits = Splits(0, ("plan-0", "plan-1", "plan-2"), ("plan-3", "plan-4"), ("plan-5",))
    report = train(
        write_annotations(tmp_path / "a.jsonl"),
        tmp_path / "model",
        exemplars=write_exemplars(tmp_path / "exemplars"),
        encoder=str(tuned),
        splits=splits,
        settings=SETTINGS,
    )
    (found,) = report.model.classify(TEXTS[:1])
    assert found.targets_predicted[0] == "11.2"
    reason = found.reasons["11.2"]
    assert "fietspad" in [TEXTS[0][start:end] for start, end in reason.words]
    assert reason.nearest is not None
    assert reason.nearest.id == "11.2-01"
    assert -1 <= reason.likeness <= 1
    assert not (tmp_path / "model" / "encoder" / TunedEncoder.HEADS).exists()


def test_damaged_encoder(tuned: Path, tmp_path: Path) -> None:
    import shutil

    broken = shutil.copytree(tuned, tmp_path / "broken")
    (broken / TunedEncoder.GRAPH).write_bytes(b"no graph")
    with pytest.raises(ModelError, match="cannot be read"):
        TunedEncoder(broken)


def test_goals_named_in_goal_texts_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "goals.csv"
    path.write_text('text,goal\n"Forests, as in SDG 15, and Sustainable Development Goal 13.",15\n')
    assert read_goal_texts(path) == [("Forests, as in , and .", 15)]


def test_unknown_labels_do_not_teach(student: tuple[Any, Any]) -> None:
    data = from_goal_texts([("trees", 15), ("birds", 15)], len(CODES))
    assert data.weight[:, : len(CODES)].sum() == 0
    assert data.wanted[:, len(CODES) + 14].tolist() == [1, 1]
    assert isinstance(TuningNetwork(student[0], 187, TUNING).heads()[0].shape[0], int)
