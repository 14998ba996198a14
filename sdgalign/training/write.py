"""Writing an evaluation: figures for machines and a table for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from sdgalign.files import write_whole
from sdgalign.training.evaluate import KEYWORDS, MODEL, NEAREST, WORDING, EvaluationReport
from sdgalign.training.metrics import Figure

RESULTS, PAGE = "results.json", "README.md"

_ROWS = (
    ("goal_micro_f1", "goals, micro F1"),
    ("goal_macro_f1", "goals, macro F1"),
    ("goal_micro_precision", "goals, precision"),
    ("goal_micro_recall", "goals, recall"),
    ("goal_map", "goals, mean average precision"),
    ("goal_ece", "goals, calibration error"),
    ("target_micro_f1", "targets, micro F1"),
    ("target_macro_f1", "targets, macro F1"),
    ("target_micro_precision", "targets, precision"),
    ("target_micro_recall", "targets, recall"),
    ("target_map", "targets, mean average precision"),
    ("target_ece", "targets, calibration error"),
    ("target_ece_from_0.05", "targets, calibration error where p ≥ 0.05"),
    ("none_f1", "nothing addressed, F1"),
    ("commitment_accuracy", "commitment, accuracy"),
    ("commitment_kappa", "commitment, quadratic kappa"),
)
_SLICES = {
    "all": "all",
    "plan-nl": "Dutch plan actions",
    "prose-nl": "Dutch prose",
    "prose-en": "English prose",
}
_SYSTEMS = {
    MODEL: "model",
    KEYWORDS: "keyword list",
    NEAREST: "nearest description, static encoder",
    WORDING: "nearest description, TF-IDF",
}


def write_evaluation(report: EvaluationReport, folder: Path) -> None:
    """Write ``results.json`` and ``README.md``."""
    text = json.dumps(_rounded(asdict(report)), indent=1, ensure_ascii=False)
    for name, content in ((RESULTS, text + "\n"), (PAGE, evaluation_page(report))):
        with write_whole(folder / name) as stream:
            stream.write(content)


def evaluation_page(report: EvaluationReport) -> str:
    """Return the page as Markdown."""
    lines = [
        "# Evaluation",
        "",
        f"Written by `sdgalign.training.write_evaluation`; do not edit. Model {report.model},"
        f" digest `{report.digest[:16]}…`, {report.split} split,"
        f" annotations `{report.data[:16]}…`.",
        "",
        "Every figure stands with its 95 % interval over"
        f" {report.draws} bootstrap draws of whole documents. No document of an author in this"
        " split was trained on; thresholds of the baselines were chosen on the dev documents,"
        " those of the model by cross-validation on train and dev. A label that a draw lacks is"
        " left out of its macro F1 and mean average precision, which lifts their"
        " intervals a little.",
        "",
        "The keywords of the targets in the framework were pruned by looking at all labelled"
        " segments, these test documents included. They feed the model's description features and"
        " the baselines, which flatters all of them by an amount that was not measured.",
        "",
    ]
    lines += _counts(report)
    lines += ["", "## The model", ""]
    slices = [name for name in _SLICES if name in report.counts]
    lines += _table(
        ["", *(_SLICES[name] for name in slices)],
        [
            [title, *(_cell(report.figures[MODEL][name].get(key)) for name in slices)]
            for key, title in _ROWS
        ],
    )
    lines += ["", "## Beside what needs no training (all slices together)", ""]
    systems = [name for name in _SYSTEMS if name in report.figures]
    lines += _table(
        ["", *(_SYSTEMS[name] for name in systems)],
        [
            [title, *(_cell(report.figures[name]["all"].get(key)) for name in systems)]
            for key, title in _ROWS
            if report.figures[systems[-1]]["all"].get(key)
        ],
    )
    lines += ["", "Micro F1 of targets by slice:", ""]
    lines += _table(
        ["", *(_SLICES[name] for name in slices)],
        [
            [
                _SYSTEMS[system],
                *(_cell(report.figures[system][name]["target_micro_f1"]) for name in slices),
            ]
            for system in systems
        ],
    )
    lines += _basis(report)
    return "\n".join(lines) + "\n"


def _counts(report: EvaluationReport) -> list[str]:
    return _table(
        ["slice", "segments", "documents", "different targets"],
        [
            [_SLICES[name], *(str(row[k]) for k in ("segments", "documents", "targets"))]
            for name, row in report.counts.items()
        ],
    )


def _basis(report: EvaluationReport) -> list[str]:
    keys = ("micro_f1", "micro_precision", "micro_recall", "macro_f1")
    rows = [[name, *(_cell(row.get(k)) for k in keys)] for name, row in report.by_basis.items()]
    head = ["basis", "micro F1", "precision", "recall", "macro F1"]
    return ["", "Targets with a trained head and targets by description only:", "",
            *_table(head, rows)]  # fmt: skip


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
    return [f"| {line} |" for line in lines]


def _cell(figure: Figure | None) -> str:
    if figure is None or figure.value != figure.value:
        return "–"
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return None if value != value else round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
