"""Small corpora, made by the tests, and what a project holds of them."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sdgalign.corpus.keys import ModelId, identify_model
from tests.model.tiny import tiny_model
from tests.pdfs import Put, write_pdf

SENTENCES = (
    "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in {place}.",
    "De gemeente {place} plant duizend bomen in het centrum.",
    "Er komt een nieuwe sporthal voor alle scholen van {place}.",
    "Wij willen dat niemand in {place} in armoede leeft.",
    "Het afvalwater van {place} wordt tegen 2030 volledig gezuiverd.",
    "The council of {place} will build two hundred affordable homes by 2029.",
)
ROWS = 1 + 17 + 169
"""Alignments of one document."""


@cache
def tiny_folder() -> Path:
    """Return the folder of a model that is loaded in an instant."""
    folder = Path(mkdtemp()) / "model"
    tiny_model().save(folder)
    return folder


@cache
def tiny_id() -> ModelId:
    return identify_model(tiny_folder())


def text_of(number: int) -> str:
    place = f"Plaats {number}"
    return "\n\n".join(
        SENTENCES[(number + at) % len(SENTENCES)].format(place=place) for at in range(4)
    )


def make_corpus(folder: Path, count: int) -> Path:
    """Write documents of three formats in two folders."""
    for number in range(count):
        below = folder / ("een" if number % 2 else "twee")
        below.mkdir(parents=True, exist_ok=True)
        text = text_of(number)
        match number % 8:
            case 0:
                lines = [Put(60, 80 + 20 * at, line) for at, line in enumerate(text.split("\n\n"))]
                write_pdf(below / f"programma-{number}.pdf", [lines])
            case 1 | 2 | 3:
                heading = f"# Plan {number}\n\n"
                (below / f"meerjarenplan-{number}.md").write_text(heading + text, encoding="utf-8")
            case _:
                (below / f"tekst-{number}.txt").write_text(text, encoding="utf-8")
    return folder


def write_plans(path: Path) -> Path:
    """Write the plans of two municipalities as one table."""
    rows = [
        {
            "municipality": place, "nis_code": code, "bd_code": "BD1", "bd_long": "Een groene stad",
            "ap_code": "AP1", "ap_long": "Mobiliteit", "ac_code": f"AC{at}",
            "ac_long": SENTENCES[at].format(place=place), "total_amount": 1000.0 * (at + 1),
        }
        for place, code in (("Lier", "12021"), ("Mechelen", "12025"))
        for at in range(3)
    ]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "sdgalign", "run", *map(str, arguments)]


def environment() -> dict[str, str]:
    """Return one in which two runs give the same bytes."""
    return os.environ | {"SOURCE_DATE_EPOCH": "1750000000"}


def contents(project: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of a project but for times and the order in which they came."""
    with sqlite3.connect(project / "project.sqlite") as connection:
        rows = {
            "documents": connection.execute(
                "SELECT path, part, kind, municipality, nis_code, party, year, language, title, "
                "sha256, bytes, state, result_key, error_kind, error FROM documents "
                "ORDER BY path, part"
            ).fetchall(),
            "results": connection.execute(
                "SELECT key, sha256, model_id, model_digest, settings, tool_version, pages, words, "
                "segments, payload FROM results ORDER BY key"
            ).fetchall(),
            "alignments": connection.execute(
                "SELECT * FROM alignments ORDER BY key, level, code"
            ).fetchall(),
        }
    connection.close()
    return rows
