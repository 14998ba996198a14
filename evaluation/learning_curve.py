"""Measure how much more annotated text would help: train the lexical part alone on less of it.

    python evaluation/learning_curve.py annotations/labels.tsv --texts FILE --texts FILE

Samples are of whole authors, each kind of text by itself, and each sample holds the smaller ones.
The dev documents calibrate every model, the test documents measure it. Writes
learning-curve.json and learning-curve.svg, which the next evaluation shows on its page.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sdgalign.files import write_whole
from sdgalign.training import Annotation, Settings, Splits, evaluate, read_annotations, train
from sdgalign.training.metrics import Figure
from sdgalign.training.pictures import Curve, curve_picture
from sdgalign.training.splits import author
from sdgalign.training.tables import curve_table

REPOSITORY = Path(__file__).parents[1]
SHARES = (0.125, 0.25, 0.5, 1.0)
FIGURES = ("goal_micro_f1", "target_micro_f1", "target_macro_f1")


def main() -> None:
    """Read arguments, train and measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("annotations", type=Path)
    parser.add_argument("--texts", type=Path, action="append", default=[])
    default = REPOSITORY / "annotations" / "splits.json"
    parser.add_argument("--splits", type=Path, default=default)
    parser.add_argument("--split", choices=("test", "dev"), default="test")
    parser.add_argument("--seed", type=int, default=0, help="order in which authors are drawn")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "evaluation")
    given = parser.parse_args()
    rows = learning_curve(
        given.annotations,
        texts=given.texts,
        splits=Splits.load(given.splits),
        split=given.split,
        seed=given.seed,
    )
    sys.stdout.write("\n".join(curve_table(rows)) + "\n")
    write_curve(rows, given.out, split=given.split, seed=given.seed)


def learning_curve(
    annotations: Path,
    *,
    texts: Sequence[Path],
    splits: Splits,
    split: str = "test",
    seed: int = 0,
    settings: Settings | None = None,
    draws: int = 1000,
) -> list[dict[str, Any]]:
    """Train on growing shares of the authors; return what each share gives."""
    everything = read_annotations(annotations, texts=texts)
    known = splits.select(everything, "train")
    rows = []
    for share in SHARES:
        part = replace(splits, train=sample(known, share, seed=seed))
        with tempfile.TemporaryDirectory() as folder:
            model = train(
                annotations, Path(folder), texts=texts, splits=part, settings=settings, seed=seed
            ).model
            report = evaluate(
                model, annotations, split, splits=part, texts=texts, baselines=(), draws=draws
            )
        found = report.figures["model"]["all"]
        rows.append(
            {
                "share": share,
                "documents": len(part.train),
                "segments": len(part.select(everything, "train")),
                "heads": len(model.assessed_targets),
                "figures": {name: asdict(found[name]) for name in FIGURES},
            }
        )
    return rows


def sample(known: Sequence[Annotation], share: float, *, seed: int) -> tuple[str, ...]:
    """Return the documents of a share of the authors of each kind of text, at least one each."""
    authors: dict[str, set[str]] = defaultdict(set)
    for item in known:
        authors[item.slice].add(author(item.doc))
    chosen: set[str] = set()
    for name in sorted(authors):
        order = sorted(authors[name])
        random.Random(f"{seed}-{name}").shuffle(order)
        chosen.update(order[: math.ceil(share * len(order))])
    return tuple(sorted({item.doc for item in known if author(item.doc) in chosen}))


def write_curve(rows: Sequence[dict[str, Any]], folder: Path, *, split: str, seed: int) -> None:
    """Write ``learning-curve.json`` and ``learning-curve.svg``."""
    titles = {"goal_micro_f1": "goals, micro F1", "target_micro_f1": "targets, micro F1"}
    curves = [
        Curve(title, [(row["segments"], Figure(**row["figures"][name])) for row in rows])
        for name, title in titles.items()
    ]
    text = json.dumps({"split": split, "seed": seed, "rows": list(rows)}, indent=1)
    for name, content in (("json", text + "\n"), ("svg", curve_picture(curves))):
        with write_whole(folder / f"learning-curve.{name}") as stream:
            stream.write(content)


if __name__ == "__main__":
    main()
