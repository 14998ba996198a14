"""Hand-made analysed documents of invented municipalities, for overviews."""

from __future__ import annotations

import random

from sdgalign.corpus.assessed import Assessed, Euro
from sdgalign.corpus.statistics import Interval

TARGETS = ("1.1", "3.6", "11.1", "11.2", "13.1", "16.6")
GOALS = ("1", "3", "11", "13", "16")


def document(
    municipality: str,
    score: float,
    *,
    kind: str = "manifesto",
    party: str = "",
    year: int | None = 2024,
    half: float = 4.0,
    taken_up: int = 3,
    euro: Euro | None = None,
    words: int | None = 5000,
    path: str = "",
    **more: str,
) -> Assessed:
    """Return a document whose first targets are taken up."""
    statuses = ["action"] * taken_up + ["absent"] * (len(TARGETS) - taken_up)
    share = taken_up / len(TARGETS)
    return Assessed(
        path=path or f"{municipality}-{party}-{kind}-{year}.pdf",
        kind=kind,
        municipality=municipality,
        party=party,
        year=year,
        score=around(score, half),
        coverage=Interval(share, max(0, share - 0.1), min(1, share + 0.1)),
        goals={code: around(score + at, half) for at, code in enumerate(GOALS)},
        statuses=dict(zip(TARGETS, statuses, strict=True)),
        euro=euro,
        words=words,
        **more,
    )


def around(value: float, half: float) -> Interval:
    return Interval(value, max(0.0, value - half), min(100.0, value + half))


def small() -> list[Assessed]:
    """Return manifestos of two years and plans with amounts of three invented places."""
    places = {"Zandvliert": 41.0, "Moerbroek": 38.0, "Lindebeke": 20.0}
    found = []
    for at, (place, score) in enumerate(places.items()):
        for party, more in (("Groene Lijst", 6.0), ("Dorpspartij", 0.0)):
            found.append(document(place, score + more, party=party, taken_up=4 - at))
        money = Euro(1_000_000.0 * (at + 1), {"3": 100_000.0, "11": 500_000.0 * (at + 1)})
        found.append(
            document(place, score - 5, kind="plan", year=2026, euro=money, nis_code=f"9900{at}")
        )
    found.append(document("Zandvliert", 25.0, party="Groene Lijst", year=2018))
    found.append(document("", 3.0, kind="other", year=None, path="nota.pdf", title="Nota"))
    return found


def many(count: int = 285, seed: int = 4) -> list[Assessed]:
    """Return as many plans as Flanders has municipalities."""
    chance = random.Random(seed)
    return [
        document(
            f"Gemeente {number}",
            chance.uniform(5, 60),
            kind="plan",
            year=2026,
            half=chance.uniform(2, 6),
            taken_up=chance.randint(0, 6),
            euro=Euro(1e7, {"11": 4e6, "3": 2e6}),
            nis_code=f"{90000 + number}",
        )
        for number in range(count)
    ]
