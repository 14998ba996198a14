"""Measure how much of plan trees is recovered, against the true tree beside each PDF.

    python evaluation/plans.py FOLDER

The folder holds ``NAME.pdf`` and ``NAME.json`` (``{"actions": [{"objective_code", "plan_code",
"action_code", "action", "total_eur", …}]}``).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from sdgalign.documents.pdf import read_pdf
from sdgalign.plans.evaluate import Recovery, compare, total
from sdgalign.plans.extract import extract_plan

_COLUMNS = ("codes", "parents", "texts", "whole", "totals")


def measure(pdf: Path) -> tuple[Recovery, float, float]:
    """Return what was recovered of one plan, and the CPU seconds of reading and of the rest."""
    truth = json.loads(pdf.with_suffix(".json").read_text(encoding="utf-8"))["actions"]
    start = time.process_time()
    document = read_pdf(pdf, words=True)
    middle = time.process_time()
    plan = extract_plan(document)
    return compare(plan, truth), middle - start, time.process_time() - middle


def row(name: str, recovery: Recovery, seconds: str) -> str:
    """Return one line of the table."""
    shares = (getattr(recovery, column) / max(recovery.actions, 1) for column in _COLUMNS)
    figures = "".join(f"{share:9.1%}" for share in shares)
    return f"{name[:32]:33}{recovery.actions:8}{recovery.extra:7}{figures}{seconds:>14}\n"


def main() -> None:
    """Print one line per plan and their sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    head = "".join(f"{column:>9}" for column in _COLUMNS)
    sys.stdout.write(f"{'plan':33}{'actions':>8}{'extra':>7}{head}{'read + rest s':>14}\n")
    found = []
    for pdf in sorted(folder.glob("*.pdf")):
        if not pdf.with_suffix(".json").exists():
            continue
        recovery, reading, rest = measure(pdf)
        found.append(recovery)
        sys.stdout.write(row(pdf.stem, recovery, f"{reading:.2f} + {rest:.2f}"))
    if not found:
        parser.error(f"{folder} holds no PDF with a truth file (.json) beside it")
    sys.stdout.write(row("all", total(found), ""))


if __name__ == "__main__":
    main()
