"""A small copy of the training material, to go through every step of training in minutes.

What comes out is no good model: it shows that the steps fit together.
"""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from sdgalign.files import write_whole

EVERY = 40
"""One of so many segments and exemplars is kept."""
EVERY_PAIR = 800
"""One of so many translations is kept."""
GOAL_TEXTS = 1300
"""Texts with one goal known that are kept; 1,100 of them are held out."""


def shrink(shared: Path, annotations: Path, out: Path) -> tuple[Path, Path]:
    """Write a small copy of the material.

    Args:
        shared: Folder with ``annotation/`` and ``data/``.
        annotations: The project's own.
        out: Folder to write; what stands there is replaced.

    Returns:
        Where the two small copies are.
    """
    shutil.rmtree(out, ignore_errors=True)
    small, labels = out / "shared", out / "annotations"
    for folder in (small / "annotation", small / "data", labels):
        folder.mkdir(parents=True)
    kept: set[str] = set()
    for name in ("annotation/segments_labelled.jsonl", "data/segments_unlabelled.jsonl.gz"):
        lines = _sample(_read(shared / name))
        kept.update(json.loads(line)["id"] for line in lines)
        _write(small / name, lines)
    for name in ("data/parallel_nl_en.tsv.gz", "data/dictionary_nl_en.tsv.gz"):
        _write(small / name, _read(shared / name)[::EVERY_PAIR])
    _write_goal_texts(shared / "data/goals_en_trail22.csv", small / "data/goals_en_trail22.csv")
    head, *rows = _read(annotations / "labels.tsv")
    _write(labels / "labels.tsv", [head, *(row for row in rows if row.split("\t")[0] in kept)])
    shutil.copy(annotations / "splits.json", labels)
    (labels / "exemplars").mkdir()
    for path in (annotations / "exemplars").glob("*.jsonl"):
        _write(labels / "exemplars" / path.name, _sample(_read(path)))
    return small, labels


def _sample(lines: list[str]) -> list[str]:
    return lines[::EVERY]


def _write_goal_texts(given: Path, out: Path) -> None:
    with given.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    with write_whole(out) as stream:
        csv.writer(stream).writerows([head, *rows[:GOAL_TEXTS]])


def _read(path: Path) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as stream:
        return list(stream)


def _write(path: Path, lines: Iterable[str]) -> None:
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress("".join(lines).encode()))
        return
    with write_whole(path) as stream:
        stream.write("".join(lines))
