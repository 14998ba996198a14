"""A few dozen sentences written for the tests, with their labels."""

from __future__ import annotations

import json
from pathlib import Path

_STREETS = ("Kerkstraat", "Molenweg", "Dorpsplein", "Stationslaan", "Heidestraat", "Kaai")
_SENTENCES = (
    ("We leggen een fietspad aan in de {}.", ["11.2"], 2),
    ("De bus rijdt vaker langs de {}.", ["11.2"], 2),
    ("We planten bomen in het bos bij de {}.", ["15.2"], 2),
    ("We bouwen sociale woningen in de {} tegen 2028.", ["11.1"], 3),
    ("De school in de {} krijgt betere lessen.", ["4.1"], 2),
    ("We willen meer zonnepanelen op de daken van de {}.", ["7.2"], 1),
    ("Het personeelsfeest is dit jaar in de {}.", [], 0),
    ("De ontvanger van de {} maakt de rekening op.", [], 0),
    ("Arme gezinnen uit de {} krijgen hulp en een woning.", ["1.2", "11.1"], 2),
)


def write_annotations(path: Path) -> Path:
    """Write 54 annotations by six authors; target 16.5 has one example only."""
    rows = []
    for doc, street in enumerate(_STREETS):
        for number, (text, targets, commitment) in enumerate(_SENTENCES):
            rows.append(
                {
                    "id": f"t-{doc}-{number}",
                    "kind": "action",
                    "lang": "nl",
                    "doc": f"plan-{doc}",
                    "context": "Wonen en leven" if number % 2 else "",
                    "text": text.format(street),
                    "targets": targets,
                    "commitment": commitment,
                    "against": False,
                }
            )
    rows.append(
        {**rows[0], "id": "t-x", "text": "Een meldpunt tegen omkoping.", "targets": ["16.5"]}
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
