"""A small project, without reading or a model: documents of invented parties in real places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

from sdgalign.corpus.ledger import Ledger, packed
from sdgalign.corpus.records import Alignment, alignments_of
from tests.reports import payloads

Said = Sequence[tuple[str, str, float, int]]
"""Text, target, probability and commitment of each match."""


@dataclass(frozen=True)
class Entry:
    """One document; the first fields are columns of the ledger."""

    path: str
    part: str
    kind: str
    municipality: str
    nis_code: str
    party: str | None
    year: int
    score: float
    said: Said
    pages: int = 8


BIKES = ("We leggen tien kilometer fietspad aan.", "11.2", 0.9, 3)
CLIMATE = ("We willen minder uitstoot.", "13.2", 0.8, 1)
HOMES = ("=We bouwen sociale woningen.", "11.1", 0.7, 2)
WORK = ("Jongeren krijgen een eerste baan.", "8.10", 0.6, 2)
NOTHING = ("Het gemeentehuis is open van maandag tot vrijdag.", "", 0.0, 0)

ENTRIES = (
    Entry("Lier/a2018.pdf", "", "manifesto", "Lier", "12021", "Groen", 2018, 10.0, [BIKES]),
    Entry("Lier/a2024.pdf", "", "manifesto", "Lier", "12021", "Groen", 2024, 40.0,
          [BIKES, HOMES, NOTHING]),
    Entry("Lier/b2024.pdf", "", "manifesto", "Lier", "12021", "N-VA", 2024, 30.0, [WORK, NOTHING]),
    Entry("Lier/plan2020.pdf", "", "plan", "Lier", "12021", None, 2020, 60.0, [CLIMATE]),
    Entry("Tielt/a2018.pdf", "", "manifesto", "Tielt", "37015", "Groen", 2018, 30.0, [CLIMATE]),
    Entry("Tielt/a2024.pdf", "", "manifesto", "Tielt", "37022", "Groen", 2024, 28.0, [CLIMATE]),
    Entry("plans.csv", "12021", "plan", "Lier", "12021", None, 2026, 22.0, [BIKES, NOTHING], 0),
    Entry("plans.csv", "13025", "plan", "Mol", "13025", None, 2026, 29.0, [HOMES, CLIMATE], 0),
    Entry("plans.csv", "37022", "plan", "Tielt", "37022", None, 2026, 12.0, [NOTHING], 0),
)  # fmt: skip
COPIED, COPY = "Lier/a2024.pdf", "Lier/copy.pdf"
ENTRIES += tuple(replace(each, path=COPY) for each in ENTRIES if each.path == COPIED)
OUTDATED = {"Lier/a2018.pdf", "Lier/plan2020.pdf"}
FAILED = "Mol/locked.pdf"


def payload_of(entry: Entry) -> dict[str, Any]:
    """Return a payload whose parts agree with each other."""
    segments, matches = [], []
    for index, (text, target, probability, commitment) in enumerate(entry.said):
        segment = payloads.segment(index, text, index + 1)
        segment["classification"]["targets_predicted"] = [target] if target else []
        segments.append(segment)
        if target:
            more = {"against": 0.01, "against_predicted": False}
            matches.append(payloads.match(index, target, probability, commitment, **more))
    built = payloads.build(segments, matches, kind=entry.kind, paged=bool(entry.pages))
    built["summary"] |= {
        "score": entry.score,
        "score_low": entry.score - 4,
        "score_high": entry.score + 4,
    }
    if entry.kind == "plan":
        built["plan"] = payloads.plan()
        spent = built["plan"]["budget"]
        spent["years"]["2027"] = {
            "total": 500.0, "without_target": 0.0, "by_goal": {"13": 500.0},
            "by_target": {"13.2": 500.0},
        }  # fmt: skip
    return built


def make_project(folder: Path) -> Path:
    """Write the ledger of a project: documents that are done, one a copy, and one that failed."""
    columns = [field.name for field in fields(Alignment)]
    with Ledger.open(folder, write=True) as ledger:
        execute = ledger.connection.execute
        paths = [entry.path for entry in ENTRIES]
        for at, entry in enumerate(ENTRIES):
            number = paths.index(COPIED) if entry.path == COPY else at
            payload, key = payload_of(entry), f"key{number}"
            execute(
                "INSERT INTO documents (path, part, kind, municipality, nis_code, party, year, "
                "language, title, sha256, bytes, state, result_key) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'nl', ?, ?, 1000, 'done', ?)",
                (entry.path, entry.part, entry.kind, entry.municipality, entry.nis_code,
                 entry.party, entry.year, f"Titel {number}", f"{number:064x}", key),
            )  # fmt: skip
            if entry.path == COPY:
                continue
            execute(
                "INSERT INTO results VALUES (?, ?, 'test-1', ?, '{}', '0.1.0', "
                "'2026-01-02T03:04:05+00:00', ?, 100, ?, 1.5, '', ?)",
                (key, f"{number:064x}", "ab" * 32, entry.pages, len(entry.said), packed(payload)),
            )
            for alignment in alignments_of(payload):
                places = ", ".join("?" * (len(columns) + 1))
                execute(
                    f"INSERT INTO alignments (key, {', '.join(columns)}) VALUES ({places})",
                    (key, *astuple(alignment)),
                )
        execute(
            "INSERT INTO documents (path, state, error_kind, error) VALUES (?, 'failed', "
            "'encrypted', 'needs a password.')",
            (FAILED,),
        )
    return folder
