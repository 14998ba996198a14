"""Writing an evaluation: figures for machines, a page and a picture for people."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from sdgalign.files import write_whole
from sdgalign.training.evaluate import EvaluationReport
from sdgalign.training.page import evaluation_page
from sdgalign.training.pictures import reliability_picture
from sdgalign.training.tables import curve_lines

__all__ = ["evaluation_page", "write_evaluation"]

RESULTS, PAGE, RELIABILITY = "results.json", "README.md", "reliability.svg"
CURVE = "learning-curve.json"
"""Written by evaluation/learning_curve.py; shown on the page when it is there."""


def write_evaluation(report: EvaluationReport, folder: Path) -> None:
    """Write ``results.json``, ``README.md`` and ``reliability.svg``."""
    text = json.dumps(_rounded(asdict(report)), indent=1, ensure_ascii=False)
    page = evaluation_page(report)
    curve = folder / CURVE
    if curve.is_file():
        page += "\n".join(["", *curve_lines(json.loads(curve.read_text(encoding="utf-8")))]) + "\n"
    picture = reliability_picture(report.reliability)
    for name, content in ((RESULTS, text + "\n"), (PAGE, page), (RELIABILITY, picture)):
        with write_whole(folder / name) as stream:
            stream.write(content)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return None if value != value else round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
