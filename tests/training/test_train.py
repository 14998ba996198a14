from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sdgalign.errors import InputError
from sdgalign.framework import load_framework
from sdgalign.model import StaticEncoder, default_model_path, load_model
from sdgalign.training import Splits, evaluate, read_annotations, train, write_evaluation
from sdgalign.training.baselines import decide, keyword_scores
from sdgalign.training.static_encoder import EncoderData, train_static_encoder
from tests.model.tiny import SETTINGS, tiny_model
from tests.shared import REPOSITORY, SHARED, needs_shared
from tests.training.sentences import write_annotations

LABELS = REPOSITORY / "annotations" / "labels.tsv"
TEXTS = (
    SHARED / "annotation" / "segments_labelled.jsonl",
    SHARED / "data" / "segments_unlabelled.jsonl.gz",
)
COMMITTED = REPOSITORY / "annotations" / "splits.json"
EVALUATION = REPOSITORY / "evaluation"
SPLITS = Splits(
    seed=0,
    train=("plan-0", "plan-1", "plan-2"),
    dev=("plan-3",),
    test=("plan-4", "plan-5"),
)


def test_training_without_an_encoder(tmp_path: Path) -> None:
    annotations = write_annotations(tmp_path / "a.jsonl")
    steps: list[str] = []
    report = train(
        annotations,
        tmp_path / "model",
        splits=SPLITS,
        settings=SETTINGS,
        progress=lambda step, done, total: steps.append(step),
    )
    assert steps[-1] == "trained"
    assert report.model.info.encoder == ""
    assert report.model.info.trained_on == {"plan-nl": 28}
    (found,) = report.model.classify(["Een nieuw fietspad in de Lindelaan"])
    assert found.targets_predicted[:1] == ("11.2",)
    again = train(annotations, tmp_path / "again", splits=SPLITS, settings=SETTINGS)
    assert again.model.info.digest == report.model.info.digest


def test_too_little_to_train_on(tmp_path: Path) -> None:
    annotations = write_annotations(tmp_path / "a.jsonl")
    with pytest.raises(InputError, match="10 examples"):
        train(annotations, tmp_path / "m", splits=Splits(0, ("plan-0",), ("plan-2",), ("plan-1",)))
    with pytest.raises(InputError, match="nothing to calibrate on"):
        train(annotations, tmp_path / "m", splits=Splits(0, ("plan-0",), (), ("plan-1",)))
    with pytest.raises(InputError, match="nothing to train on"):
        train(annotations, tmp_path / "m", splits=Splits(0, (), (), ("plan-1",)))


def test_evaluation(tmp_path: Path) -> None:
    annotations = write_annotations(tmp_path / "a.jsonl")
    report = evaluate(tiny_model(), annotations, "test", splits=SPLITS, draws=50)
    assert set(report.figures) >= {"model", "keywords", "nearest description"}
    assert report.counts["all"]["segments"] == 18
    figure = report.figures["model"]["plan-nl"]["target_micro_f1"]
    assert figure.low <= figure.value <= figure.high
    write_evaluation(report, tmp_path / "evaluation")
    row = json.loads((tmp_path / "evaluation" / "results.json").read_text(encoding="utf-8"))
    assert row["digest"] == tiny_model().info.digest
    assert "Dutch plan actions" in (tmp_path / "evaluation" / "README.md").read_text("utf-8")


def test_keyword_baseline() -> None:
    codes = [target.code for target in load_framework().targets]
    column = codes.index("11.2")
    keyword = load_framework().targets[column].keywords["nl"][0].rstrip("*")
    scores = keyword_scores([f"Wij willen {keyword} in het dorp", "niets"])
    assert scores[0, column] >= 1
    assert not scores[1].any()
    assert decide(np.array([[0.5, 0.9, 0.7]]), 0.6, 1).tolist() == [[0, 1, 0]]


def test_static_encoder_brings_languages_together(tmp_path: Path) -> None:
    pairs = [("fiets", "bicycle"), ("boom", "tree"), ("huis", "house"), ("school", "school")] * 200
    data = EncoderData(parallel=pairs, related=[], vocabulary=[w for p in pairs for w in p])
    train_static_encoder(data, tmp_path / "q", tokens=120, dimension=16, epochs=1)
    assert StaticEncoder(tmp_path / "q").dimension == 16
    train_static_encoder(data, tmp_path / "e", tokens=120, dimension=16, epochs=40, quantise=False)
    encoder = StaticEncoder(tmp_path / "e")
    dutch, english = encoder.encode(["fiets", "boom"]), encoder.encode(["bicycle", "tree"])
    assert (dutch @ english.T).argmax(axis=1).tolist() == [0, 1]
    assert encoder.encode([""]).tolist() == [[0.0] * 16]
    from sentence_transformers import SentenceTransformer

    other = SentenceTransformer(str(tmp_path / "e"), device="cpu")
    assert np.allclose(other.encode(["fiets"]), dutch[:1], atol=1e-3)


def test_figures_are_those_of_the_shipped_model() -> None:
    row = json.loads((EVALUATION / "results.json").read_text(encoding="utf-8"))
    assert row["digest"] == load_model().info.digest
    assert row["split"] == "test"


def test_floors_hold_in_the_committed_figures() -> None:
    floors = json.loads((EVALUATION / "baseline.json").read_text(encoding="utf-8"))
    figures = json.loads((EVALUATION / "results.json").read_text(encoding="utf-8"))["figures"]
    for name, least in floors["floors"].items():
        part, _, figure = name.partition("/")
        assert figures["model"][part][figure]["value"] >= least, name


@needs_shared
@pytest.mark.shared
def test_shipped_model_is_not_below_the_floors() -> None:
    floors = json.loads((EVALUATION / "baseline.json").read_text(encoding="utf-8"))["floors"]
    splits = Splits.load(COMMITTED)
    report = evaluate(
        load_model(), LABELS, "test", splits=splits, texts=TEXTS, baselines=(), draws=1
    )
    for name, least in floors.items():
        part, _, figure = name.partition("/")
        assert report.figures["model"][part][figure].value >= least, name


@needs_shared
@pytest.mark.shared
def test_shipped_model_saw_no_test_document() -> None:
    splits = Splits.load(COMMITTED)
    items = splits.select(read_annotations(LABELS, texts=TEXTS), "train")
    assert sum(load_model().info.trained_on.values()) == len(items)
    assert default_model_path().joinpath("README.md").is_file()
