"""Tables of an evaluation, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sdgalign.framework import Language, load_framework
from sdgalign.training.evaluate import MODEL, EvaluationReport
from sdgalign.training.goal_texts import GoalAnswers
from sdgalign.training.metrics import Figure
from sdgalign.training.pictures import reliability_text

_COMMITMENTS = ("none", "ambition", "action", "measurable")


def goal_lines(report: EvaluationReport) -> list[str]:
    """Return how well each goal is found, and how right its probabilities are."""
    lines = ["", "## Goals (all segments)", ""]
    framework = load_framework()
    lines += table(
        ["goal", "examples", "precision", "recall", "F1"],
        [
            [
                f"{code} {framework.goal(code).title[Language.EN]}",
                str(row.examples),
                *(cell(figure) for figure in (row.precision, row.recall, row.f1)),
            ]
            for code, row in report.per_goal.items()
        ],
    )
    found = report.figures[MODEL]["all"]
    return [
        *lines,
        "",
        f"Calibration error of goals before calibration {cell(found.get('goal_ece_before'))},"
        f" after {cell(found.get('goal_ece'))}; where the probability is at least 0.05,"
        f" {cell(found.get('goal_ece_from_0.05_before'))} and"
        f" {cell(found.get('goal_ece_from_0.05'))}.",
        "",
        f"![{reliability_text(report.reliability)}](reliability.svg)",
    ]


def stance_lines(report: EvaluationReport) -> list[str]:
    """Return which commitment was taken for which."""
    rows = [
        [f"labelled {name}", *(str(count) for count in counts)]
        for name, counts in zip(_COMMITMENTS, report.commitment, strict=True)
    ]
    head = ["segments", *(f"predicted {name}" for name in _COMMITMENTS)]
    return ["", "## Commitment (all segments)", "", *table(head, rows)]


def confusion_lines(report: EvaluationReport) -> list[str]:
    """Return the most frequent confusions of targets."""
    if not report.confusions:
        return []
    return [
        "",
        "## What is taken for what",
        "",
        "Segments in which a labelled target was missed and another, not labelled, predicted:",
        "",
        *table(
            ["missed", "predicted instead", "segments"],
            [[_target(c.missed), _target(c.predicted), str(c.count)] for c in report.confusions],
        ),
    ]


def answer_lines(found: GoalAnswers) -> list[str]:
    """Return how often the yes or no per goal was right."""
    rows = [
        [code, str(n), *(f"{found.per_goal[code][rule]:.3f}" for rule in ("shipped", "half"))]
        for code, n in found.asked.items()
    ]
    return [
        "",
        "## Is this text about this goal? (English texts)",
        "",
        f"Share of right answers on {found.texts} English texts of which one goal is known: every"
        " goal is asked of its own texts and of as many drawn from other goals (which may touch on"
        " it all the same), so that guessing gives 0.5. Goal 17 is asked when it has at least 20"
        " texts. Intervals by bootstrap over texts.",
        "",
        *table(
            ["goal", "texts asked", "yes from the shipped threshold", "yes from probability 0.5"],
            [["mean over goals", "", cell(found.shipped), cell(found.half)], *rows],
        ),
    ]


def target_lines(report: EvaluationReport) -> list[str]:
    """Return how well each target is found."""
    rows = [
        [_target(code), f"{row['examples']:.0f}",
         *(_number(row[key]) for key in ("precision", "recall", "f1"))]
        for code, row in report.per_target.items()
    ]  # fmt: skip
    return [
        "",
        "## Targets (all segments)",
        "",
        "Targets with at least one example here; with few examples these figures say little.",
        "",
        *table(["target", "examples", "precision", "recall", "F1"], rows),
    ]


def curve_lines(curve: Mapping[str, Any]) -> list[str]:
    """Return the part of the page about the learning curve, without its heading's blank line."""
    return [
        "## Learning curve",
        "",
        f"The lexical part alone, trained on samples of the authors in the train documents (each"
        " sample holds the smaller ones) and measured on the"
        f" {curve['split']} documents; written by `evaluation/learning_curve.py`.",
        "",
        *curve_table(curve["rows"]),
        "",
        "![Quality by the number of training segments](learning-curve.svg)",
    ]


def curve_table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the learning curve as a table."""
    head = ["share of authors", "documents", "segments", "targets with a head"]
    return table(
        [*head, "goals, micro F1", "targets, micro F1", "targets, macro F1"],
        [
            [
                f"{row['share']:.1%}",
                *(str(row[name]) for name in ("documents", "segments", "heads")),
                *(
                    cell(Figure(**row["figures"][name]))
                    for name in ("goal_micro_f1", "target_micro_f1", "target_macro_f1")
                ),
            ]
            for row in rows
        ],
    )


def _target(code: str) -> str:
    return f"{code} {load_framework().target(code).title[Language.EN]}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table as Markdown."""
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
    return [f"| {line} |" for line in lines]


def _number(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"


def cell(figure: Figure | None) -> str:
    """Return a figure with its interval, a dash where there is none."""
    if figure is None or figure.value != figure.value:
        return "–"
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"
