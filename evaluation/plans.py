"""Measure how much of plan trees is recovered, against the true tree beside each PDF.

    python evaluation/plans.py FOLDER            each plan of a folder
    python evaluation/plans.py --seeds 0 5       invented plans, one line per layout

The folder holds ``NAME.pdf`` and ``NAME.json`` (``{"actions": [{"objective_code", "plan_code",
"action_code", "action", "total_eur", …}]}``). Which columns say what: `sdgalign.plans.evaluate`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from plan_layouts import LAYOUTS, write_plans

from sdgalign.documents.pdf import read_pdf
from sdgalign.plans.evaluate import Recovery, compare, total
from sdgalign.plans.extract import extract_plan

_COLUMNS = ("codes", "parents", "texts", "whole", "totals", "receipts")


def measure(pdf: Path) -> tuple[Recovery, int, float]:
    """Return what was recovered of one plan, the number of doubts and the CPU seconds."""
    truth = json.loads(pdf.with_suffix(".json").read_text(encoding="utf-8"))["actions"]
    start = time.process_time()
    plan = extract_plan(read_pdf(pdf, words=True))
    return compare(plan, truth), len(plan.doubts), time.process_time() - start


def row(name: str, recovery: Recovery, doubts: int, seconds: float) -> str:
    """Return one line of the table."""
    shares = [getattr(recovery, column) / max(recovery.actions, 1) for column in _COLUMNS]
    shares += [recovery.plans_right / max(recovery.plans, 1)]
    shares += [recovery.objectives_right / max(recovery.objectives, 1)]
    figures = "".join(f"{share:9.1%}" for share in shares)
    return (
        f"{name[:26]:27}{recovery.actions:8}{recovery.extra:6}{figures}{doubts:7}{seconds:7.1f}\n"
    )


def report(groups: Iterable[tuple[str, list[Path]]], *, shows_each: bool) -> Recovery:
    """Print one line per group of plans; return their sum."""
    found = []
    for name, paths in groups:
        measured = [measure(path) for path in paths]
        for path, (recovery, doubts, seconds) in zip(paths, measured, strict=True):
            is_faulty = min(recovery.whole, recovery.totals, recovery.receipts) < recovery.actions
            if shows_each and (is_faulty or recovery.extra or doubts):
                sys.stdout.write(row(f"  {path.stem}", recovery, doubts, seconds))
        sums = total(each for each, _, _ in measured)
        sys.stdout.write(
            row(name, sums, sum(n for _, n, _ in measured), sum(s for _, _, s in measured))
        )
        sys.stdout.flush()
        found.append(sums)
    return total(found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seeds", type=int, nargs=2, metavar=("FIRST", "END"))
    parser.add_argument("--layout", action="append", default=[])
    parser.add_argument("--each", action="store_true", help="show each plan with a fault too")
    options = parser.parse_args()
    head = "".join(f"{column:>9}" for column in (*_COLUMNS, "plans", "object."))
    sys.stdout.write(f"{'plan':27}{'actions':>8}{'extra':>6}{head}{'doubts':>7}{'CPU s':>7}\n")
    if options.folder is not None:
        paths = sorted(options.folder.glob("*.pdf"))
        groups = [(path.stem, [path]) for path in paths if path.with_suffix(".json").exists()]
        if not groups:
            parser.error(f"{options.folder} holds no PDF with a truth file (.json) beside it")
        sums = report(groups, shows_each=False)
    else:
        with tempfile.TemporaryDirectory() as folder:
            seeds = range(*(options.seeds or (0, 5)))
            names = options.layout or [layout.name for layout in LAYOUTS]
            sums = report(
                ((name, write_plans(Path(folder), seeds, [name])) for name in names),
                shows_each=options.each,
            )
    sys.stdout.write(row("all", sums, 0, 0))


if __name__ == "__main__":
    main()
