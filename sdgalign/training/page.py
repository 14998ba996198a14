"""The page of an evaluation, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from sdgalign.training.evaluate import (
    KEYWORDS,
    MODEL,
    NEAREST,
    TEACHER,
    WORDING,
    WORDS,
    EvaluationReport,
    Previous,
)
from sdgalign.training.tables import (
    answer_lines,
    cell,
    confusion_lines,
    goal_lines,
    stance_lines,
    table,
    target_lines,
)

_ROWS = (
    ("goal_micro_f1", "goals, micro F1"),
    ("goal_macro_f1", "goals, macro F1"),
    ("goal_weighted_f1", "goals, weighted F1"),
    ("goal_micro_precision", "goals, precision"),
    ("goal_micro_recall", "goals, recall"),
    ("goal_map", "goals, mean average precision"),
    ("goal_ece_before", "goals, calibration error before calibration"),
    ("goal_ece", "goals, calibration error"),
    ("goal_ece_from_0.05_before", "goals, calibration error before, where p ≥ 0.05"),
    ("goal_ece_from_0.05", "goals, calibration error where p ≥ 0.05"),
    ("target_micro_f1", "targets, micro F1"),
    ("target_macro_f1", "targets, macro F1"),
    ("target_weighted_f1", "targets, weighted F1"),
    ("target_micro_precision", "targets, precision"),
    ("target_micro_recall", "targets, recall"),
    ("target_recall_at_1", "targets, recall among the most probable 1"),
    ("target_recall_at_3", "targets, recall among the most probable 3"),
    ("target_recall_at_5", "targets, recall among the most probable 5"),
    ("target_recall_at_10", "targets, recall among the most probable 10"),
    ("target_map", "targets, mean average precision"),
    ("target_ece", "targets, calibration error"),
    ("target_ece_from_0.05", "targets, calibration error where p ≥ 0.05"),
    ("none_f1", "nothing addressed, F1"),
    ("none_ece", "nothing addressed, calibration error"),
    ("commitment_accuracy", "commitment, accuracy"),
    ("commitment_kappa", "commitment, quadratic kappa"),
    ("commitment_macro_f1", "commitment, macro F1"),
    ("against_precision", "against a target, precision"),
    ("against_recall", "against a target, recall"),
    ("against_f1", "against a target, F1"),
    ("against_ap", "against a target, average precision"),
)
_SLICES = {
    "all": "all",
    "random": "drawn at random",
    "random-later": "drawn at random, labelled later",
    "plan-nl": "Dutch plan actions",
    "prose-nl": "Dutch prose",
    "prose-en": "English prose",
}
_SYSTEMS = {
    MODEL: "model",
    WORDS: "TF-IDF and logistic regression",
    KEYWORDS: "keyword list",
    NEAREST: "nearest description, the model's encoder",
    TEACHER: "nearest description, all-MiniLM-L6-v2 (English)",
    WORDING: "nearest description, TF-IDF",
}


def evaluation_page(report: EvaluationReport) -> str:
    """Return the page as Markdown."""
    slices = [name for name in _SLICES if name in report.counts]
    lines = ["# Evaluation", "", *_introduction(report), *_counts(report)]
    lines += ["", "## The model", ""]
    own = report.figures[MODEL]
    lines += table(
        ["", *(_SLICES[name] for name in slices)],
        [
            [title, *(cell(own[name].get(key)) for name in slices)]
            for key, title in _ROWS
            if key in own["all"]
        ],
    )
    lines += [*_basis(report), *_beside(report, slices), *goal_lines(report), *stance_lines(report)]
    lines += confusion_lines(report)
    if report.goal_answers:
        lines += answer_lines(report.goal_answers)
    lines += target_lines(report)
    return "\n".join(lines) + "\n"


def _introduction(report: EvaluationReport) -> list[str]:
    lines = [
        f"Written by `sdgalign.training.write_evaluation`; do not edit. Model {report.model},"
        f" digest `{report.digest[:16]}…`, {report.split} split,"
        f" annotations `{report.data[:16]}…`.",
        "",
        f"Every figure stands with its 95 % interval over {report.draws} bootstrap draws of whole"
        " documents. The heads of the model learnt from the train documents only; its calibration"
        " and its thresholds, and the thresholds of the systems beside it, come from the dev"
        " documents. A label that a draw lacks is left out of its macro F1 and mean average"
        " precision, which lifts their intervals a little.",
        "",
    ]
    if report.split != "test":
        lines += [
            f"**These are the {report.split} documents**, from which the model or its thresholds"
            " were learnt: the figures are better than on documents that it never saw.",
            "",
        ]
    elif report.shared_authors:
        lines += [
            "**The model also learnt from documents by these authors**, which flatters it: "
            + ", ".join(report.shared_authors)
            + ".",
            "",
        ]
    else:
        lines += [
            "No test document is of a party or municipality with a train or dev document.",
            "",
        ]
    return [*lines, *_sampling(report), *_keywords(report)]


def _sampling(report: EvaluationReport) -> list[str]:
    if "random" not in report.counts:
        return []
    drawn, every = (report.counts[name]["segments"] for name in ("random", "all"))
    if drawn == every:
        return []
    return [
        f"Of the {every} segments {drawn} were drawn at random from their documents (“drawn at"
        " random”). The others were chosen by active learning or for variety: they are no fair"
        " sample of the documents, and harder.",
        "",
    ]


def _keywords(report: EvaluationReport) -> list[str]:
    text = (
        "The keyword lists of the framework were once pruned while looking at the labels of the"
        " first 1,311 test segments. They feed the model's description features and some of the"
        " systems beside it, which flatters those by an amount that was not measured."
    )
    if "random-later" in report.counts:
        text += (
            " The segments of the second round in these documents, a random sample labelled"
            " afterwards, are free of that: hence the separate column “drawn at random, labelled"
            " later”."
        )
    elif "random" in report.counts:
        text += (
            " The segments that were drawn at random and labelled in a second round, afterwards,"
            " are free of that; those labelled in the first are not."
        )
    return [text, ""]


def _counts(report: EvaluationReport) -> list[str]:
    return table(
        ["part", "segments", "documents", "different targets"],
        [
            [_SLICES[name], *(str(row[k]) for k in ("segments", "documents", "targets"))]
            for name, row in report.counts.items()
        ],
    )


def _basis(report: EvaluationReport) -> list[str]:
    keys = ("micro_f1", "micro_precision", "micro_recall", "macro_f1")
    names = {
        "classifier": "a head, from ten real segments or more",
        "exemplars": "a head, mostly from written exemplars",
        "description": "their description only",
    }
    rows = [
        [names.get(name, name), *(cell(row.get(k)) for k in keys)]
        for name, row in report.by_basis.items()
    ]
    head = ["targets by", "micro F1", "precision", "recall", "macro F1"]
    return ["", "Targets by what the model learnt them from:", "",
            *table(head, rows)]  # fmt: skip


def _beside(report: EvaluationReport, slices: Sequence[str]) -> list[str]:
    columns = {_SYSTEMS[name]: report.figures[name] for name in _SYSTEMS if name in report.figures}
    compared = {
        key for name, part in report.figures.items() if name != MODEL for key in part["all"]
    }
    before = report.previous
    if before:
        columns = {"model": columns.pop("model"), "previous model": before.figures, **columns}
        compared |= set(before.figures.get("all", {})) & set(report.figures[MODEL]["all"])
    if len(columns) == 1:
        return []
    lines = ["", "## Beside other systems (all segments)", ""]
    lines += table(
        ["", *columns],
        [
            [title, *(cell(figures.get("all", {}).get(key)) for figures in columns.values())]
            for key, title in _ROWS
            if key in compared
        ],
    )
    for key, title in (("target_micro_f1", "targets"), ("goal_micro_f1", "goals")):
        lines += ["", f"Micro F1 of {title} by part:", ""]
        lines += table(
            ["", *(_SLICES[name] for name in slices)],
            [
                [system, *(cell(figures.get(name, {}).get(key)) for name in slices)]
                for system, figures in columns.items()
            ],
        )
    if before:
        lines += ["", _footnote(report, before)]
    if WORDS in report.figures:
        lines += [
            "",
            "TF-IDF and logistic regression learnt from the same train documents, from words and"
            " parts of words of the text and words of its context; targets with fewer than 10"
            " examples are never given. The others learnt from no label; each gives at most as"
            " many targets to a segment as was best on the dev documents.",
        ]
    return [*lines, *(line for note in report.notes for line in ("", f"Left out: {note}"))]


def _footnote(report: EvaluationReport, before: Previous) -> str:
    text = (
        f"Previous model: {before.model}, digest `{before.digest[:16]}…`, figures as its own"
        f" evaluation gave them, on {before.segments} segments."
    )
    if before.data != report.data:
        text += (
            " **It was measured on other annotations**"
            f" (`{before.data[:16]}…`, not `{report.data[:16]}…`), so its column is not of the same"
            " segments."
        )
    return text
