from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sdgalign.errors import InputError
from sdgalign.framework import load_framework
from sdgalign.model.calibration import sigmoid
from sdgalign.training import Annotation, EvaluationReport, Splits, evaluate, read_annotations
from sdgalign.training.baselines import WordRegression, choose, decide, load_teacher
from sdgalign.training.evaluate import KEYWORDS, WORDS, read_previous
from sdgalign.training.figures import confusions, in_slice
from sdgalign.training.goal_texts import goal_yes_no
from sdgalign.training.metrics import Figure
from sdgalign.training.outputs import goals_before_calibration
from sdgalign.training.page import evaluation_page
from sdgalign.training.truth import Truth
from sdgalign.training.write import write_evaluation
from tests.model.tiny import SETTINGS, tiny_model
from tests.shared import REPOSITORY
from tests.training.sentences import write_annotations

CODES = tuple(target.code for target in load_framework().targets)
SPLITS = Splits(
    seed=0, train=("plan-0", "plan-1", "plan-2"), dev=("plan-3",), test=("plan-4", "plan-5")
)
GOAL_TEXTS = [("We lay cycle paths in the village.", 11), ("We plant trees.", 15)]


@pytest.fixture(scope="module")
def annotations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_annotations(tmp_path_factory.mktemp("evaluate") / "a.jsonl")


@pytest.fixture(scope="module")
def report(annotations: Path) -> EvaluationReport:
    return evaluate(
        tiny_model(),
        annotations,
        splits=SPLITS,
        baselines=(KEYWORDS, WORDS),
        goal_texts=GOAL_TEXTS,
        draws=50,
    )


def annotation(*targets: str, **changes: Any) -> Annotation:
    made = Annotation("a", "action", "nl", "plan-1", "", "Een fietspad.", targets, 2)
    return replace(made, **changes)


def test_figures_that_a_reader_compares_by(report: EvaluationReport) -> None:
    found = report.figures["model"]["plan-nl"]
    at = [found[f"target_recall_at_{k}"].value for k in (1, 3, 5, 10)]
    assert at == sorted(at)
    assert 0 <= found["goal_ece_before"].value <= 1
    assert {"commitment_macro_f1", "against_ap", "against_f1"} <= set(found)
    # No segment moves against a target here: there is no recall to give.
    assert np.isnan(found["against_recall"].value)
    assert "against_f1" not in report.figures[KEYWORDS]["all"]


def test_tables_agree_with_each_other(report: EvaluationReport) -> None:
    assert sum(map(sum, report.commitment)) == report.counts["all"]["segments"] == 18
    right = sum(report.commitment[i][i] for i in range(4)) / 18
    assert right == pytest.approx(report.figures["model"]["all"]["commitment_accuracy"].value)
    assert sum(one.count for one in report.reliability.after) == 18 * 17
    assert sum(one.count for one in report.reliability.before) == 18 * 17
    assert report.per_goal["11"].examples == 8
    macro = np.mean([row.f1.value for row in report.per_goal.values()])
    assert macro == pytest.approx(report.figures["model"]["all"]["goal_macro_f1"].value)
    assert report.per_target["11.1"]["examples"] == 4


def test_only_parts_that_hold_segments_are_shown(report: EvaluationReport) -> None:
    assert set(report.counts) == {"all", "plan-nl"}
    page = evaluation_page(report)
    assert "English prose" not in page
    assert "drawn at random" not in page


def test_page_says_when_an_author_was_learnt_from(annotations: Path) -> None:
    overlapping = replace(SPLITS, train=(*SPLITS.train, "BBB_2021"), test=("plan-4", "BBB_2023"))
    found = evaluate(tiny_model(), annotations, splits=overlapping, baselines=(), draws=5)
    assert found.shared_authors == ["BBB"]
    assert "flatters it: BBB." in evaluation_page(found)
    on_dev = evaluate(tiny_model(), annotations, "dev", splits=SPLITS, baselines=(), draws=5)
    assert "**These are the dev documents**" in evaluation_page(on_dev)


def test_page_says_how_segments_were_drawn(report: EvaluationReport) -> None:
    part = {"segments": 4, "documents": 2, "targets": 3}
    figures = {"model": {**report.figures["model"], "random": report.figures["model"]["all"]}}
    found = replace(report, counts={**report.counts, "random": part}, figures=figures)
    page = evaluation_page(found)
    assert "Of the 18 segments 4 were drawn at random" in page
    assert "those labelled in the first are not" in page
    figures["model"]["random-later"] = report.figures["model"]["all"]
    later = replace(found, counts={**found.counts, "random-later": part})
    assert "column “drawn at random, labelled later”" in evaluation_page(later)


def test_parts_by_sampling() -> None:
    drawn = SimpleNamespace(sampling="random", slice="plan-nl", round=1)
    later = SimpleNamespace(sampling="random", slice="plan-nl", round=2)
    picked = SimpleNamespace(sampling="uncertain", slice="plan-nl", round=2)
    items: list[Any] = [drawn, later, picked]
    assert [in_slice(a, "random") for a in items] == [True, True, False]
    assert [in_slice(a, "random-later") for a in items] == [False, True, False]
    assert [in_slice(a, "all") for a in items] == [True, True, True]
    assert not in_slice(annotation("11.2"), "random-later")


def test_page_and_picture_are_written(report: EvaluationReport, tmp_path: Path) -> None:
    write_evaluation(report, tmp_path)
    page = (tmp_path / "README.md").read_text("utf-8")
    for wanted in ("(reliability.svg)", "labelled measurable", "11.1 ", "Left out: TF-IDF", "dev"):
        assert wanted in page
    assert "nan" not in page
    row = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert row["figures"]["model"]["all"]["against_recall"]["value"] is None
    picture = ET.fromstring((tmp_path / "reliability.svg").read_text("utf-8"))
    names = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert {"title", "desc", "style", "circle"} <= names
    assert picture.attrib["role"] == "img"


def test_tables_of_the_page_are_whole(report: EvaluationReport) -> None:
    blocks = evaluation_page(report).split("\n\n")
    tables = [block.splitlines() for block in blocks if block.startswith("|")]
    assert len(tables) >= 8
    for lines in tables:
        assert len({line.count("|") for line in lines}) == 1, lines[0]


def test_confusions_by_hand() -> None:
    items = [annotation("11.2"), annotation("11.2", "15.2"), annotation("11.2"), annotation()]
    predicted = np.zeros((4, len(CODES)))
    for row, given in enumerate((["11.6"], ["11.6", "13.2"], ["11.2", "13.2"], ["11.6"])):
        predicted[row, [CODES.index(code) for code in given]] = 1
    found = confusions(predicted, Truth.of(items, CODES), CODES)
    assert [(c.missed, c.predicted, c.count) for c in found] == [
        ("11.2", "11.6", 2),
        ("11.2", "13.2", 1),
        ("15.2", "11.6", 1),
        ("15.2", "13.2", 1),
    ]
    assert len(confusions(predicted, Truth.of(items, CODES), CODES, most=1)) == 1


def test_probabilities_before_calibration_are_those_of_the_network(annotations: Path) -> None:
    model, items = tiny_model(), read_annotations(annotations)[:3]
    found = goals_before_calibration(model, items)
    texts, contexts = [a.text for a in items], [a.context for a in items]
    scores = model.predictor.scores(model.featurizer.transform(texts, contexts))
    first = len(model.assessed_targets)
    assert np.allclose(found, sigmoid(scores.network[:, first:-1]))
    lexical = replace(model, predictor=replace(model.predictor, network=None))
    plain = goals_before_calibration(lexical, items)
    assert np.allclose(plain, scores.linear[:, first:-1].clip(0, 1))


@dataclass
class StubModel:
    """Gives goals 1 and 2 the probabilities that a test chose per text."""

    known: dict[str, tuple[float, float]]

    @property
    def predictor(self) -> SimpleNamespace:
        return SimpleNamespace(goal_thresholds=np.full(17, 0.25))

    def classify(self, texts: list[str]) -> list[SimpleNamespace]:
        rows = [(*self.known[text], *[0.0] * 15) for text in texts]
        codes = [str(number) for number in range(1, 18)]
        return [SimpleNamespace(goals=dict(zip(codes, row, strict=True))) for row in rows]


def test_yes_or_no_by_hand() -> None:
    known = {"poor": (0.6, 0.9), "debt": (0.3, 0.9), "farm": (0.1, 0.9), "diet": (0.1, 0.9)}
    stub: Any = StubModel(known)
    texts = [("poor", 1), ("debt", 1), ("farm", 2), ("diet", 2)]
    found = goal_yes_no(stub, texts, draws=20)
    assert found.asked == {"1": 4, "2": 4}
    # "debt" is only a yes from the lower, shipped threshold; goal 2 is always a yes
    assert found.per_goal == {
        "1": {"shipped": 1.0, "half": 0.75},
        "2": {"shipped": 0.5, "half": 0.5},
    }
    assert found.shipped.value == pytest.approx(0.75)
    assert found.half.value == pytest.approx(0.625)
    assert found.half.low <= found.half.value <= found.half.high


def test_yes_or_no_asks_as_many_of_other_goals() -> None:
    stub: Any = StubModel({"x": (0.9, 0.9)})
    few = [("x", 1)] * 3 + [("x", 2)] * 30
    found = goal_yes_no(stub, few, draws=5)
    assert found.asked == {"1": 6, "2": 6}
    assert found.half.value == pytest.approx(0.5)
    assert found == goal_yes_no(stub, few, draws=5)
    assert "17" not in goal_yes_no(stub, [("x", 17)] * 19 + few, draws=5).asked
    assert "17" in goal_yes_no(stub, [("x", 17)] * 20 + few, draws=5).asked


def test_previous_model_is_shown_and_said_to_differ(
    report: EvaluationReport, tmp_path: Path
) -> None:
    write_evaluation(report, tmp_path)
    before = read_previous(tmp_path / "results.json")
    figure = report.figures["model"]["all"]["target_micro_f1"]
    assert before.figures["all"]["target_micro_f1"].value == pytest.approx(figure.value, abs=1e-4)
    assert np.isnan(before.figures["all"]["against_recall"].value)
    page = evaluation_page(replace(report, previous=before))
    assert "| previous model |" in page
    assert "other annotations" not in page
    page = evaluation_page(replace(report, previous=replace(before, data="f" * 64)))
    assert "measured on other annotations" in page


def test_previous_figures_in_a_broken_file(annotations: Path, tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text('{"figures": {"model": 3}}')
    for path in (tmp_path / "results.json", tmp_path / "none.json"):
        with pytest.raises(InputError, match=r"no results\.json"):
            evaluate(tiny_model(), annotations, splits=SPLITS, baselines=(), previous=path)


def test_figures_of_the_last_release_can_be_shown() -> None:
    before = read_previous(REPOSITORY / "evaluation" / "results.json")
    assert isinstance(before.figures["all"]["goal_micro_f1"], Figure)


def test_word_regression_finds_what_it_saw(annotations: Path) -> None:
    items = read_annotations(annotations)
    learnt = WordRegression.fit(items, CODES, least=4)
    assert learnt is not None
    new = annotation(text="Een fietspad in de Nieuwstraat.")
    scores, goals = learnt.scores([new])
    assert CODES[int(scores[0].argmax())] == "11.2"
    assert int(goals[0].argmax()) == 10
    # One example of 16.5 is too few to say anything of it.
    assert scores[0, CODES.index("16.5")] == 0
    again = WordRegression.fit(items, CODES, least=4)
    assert again is not None
    assert np.array_equal(again.scores([new])[0], scores)
    assert WordRegression.fit(items, CODES, least=1000) is None


def test_nothing_scored_gives_nothing() -> None:
    empty = np.zeros((2, 3))
    assert not decide(empty, *choose(empty, np.ones((2, 3)))).any()


def test_unknown_baseline_and_empty_split(annotations: Path) -> None:
    with pytest.raises(InputError, match="none of the baselines"):
        evaluate(tiny_model(), annotations, splits=SPLITS, baselines=("magic",), draws=5)
    with pytest.raises(InputError, match="test document"):
        evaluate(tiny_model(), annotations, splits=replace(SPLITS, test=()), baselines=())


def test_missing_teacher_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdgalign.training.baselines.TEACHER", "no_such_package_here")
    assert load_teacher() is None


def test_learning_curve_grows_by_whole_authors(
    annotations: Path, tmp_path: Path, report: EvaluationReport
) -> None:
    import runpy

    script = runpy.run_path(str(REPOSITORY / "evaluation" / "learning_curve.py"))
    known = SPLITS.select(read_annotations(annotations), "train")
    samples = [set(script["sample"](known, share, seed=1)) for share in (0.125, 0.5, 1.0)]
    assert samples[0] < samples[1] < samples[2] == set(SPLITS.train)
    assert [len(s) for s in samples] == [1, 2, 3]
    settings = replace(SETTINGS, minimum_examples=1)
    rows = script["learning_curve"](
        annotations, texts=(), splits=SPLITS, settings=settings, draws=5
    )
    assert [row["segments"] for row in rows] == sorted(row["segments"] for row in rows)
    script["write_curve"](rows, tmp_path, split="test", seed=0)
    ET.fromstring((tmp_path / "learning-curve.svg").read_text("utf-8"))
    write_evaluation(report, tmp_path)
    page = (tmp_path / "README.md").read_text("utf-8")
    assert "## Learning curve" in page
    assert "| 12.5% | 1 |" in page
