from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.documents.pdf import read_pdf
from sdgalign.plans import prints_plan
from tests.pdfs import column, write_pdf

LETTERED = ["BD1 Groen", "AP1 Bomen", *(f"AC{n} Planten van bomen" for n in range(1, 6))]
LABELLED = ["Actieplan 1: Bomen", *(f"Actie 1.{n}: Planten" for n in range(1, 6))]
NESTED = [*(f"1.{n} Bomen planten in wijk {n}" for n in range(1, 6))]
TITLE = "Meerjarenplan 2026-2031"
ROADS = [f"De werken aan de A{n} beginnen" for n in range(1, 6)] + ["A12 Brussel", "A4 papier"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (LETTERED, True),
        (LABELLED, True),
        ([TITLE, *NESTED], True),
        ([TITLE, *(f"20261400{n:02} Bomen" for n in range(5))], True),
        (NESTED, False),
        ([TITLE, "Een groene gemeente voor iedereen"], False),
        (["Wij passen het meerjarenplan 2026-2031 aan.", *NESTED], False),
        (ROADS, False),
        (LETTERED[:4], False),
    ],
)
def test_a_plan_is_known_by_its_codes(tmp_path: Path, lines: list[str], expected: bool) -> None:
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [column(lines)]))
    assert prints_plan(document) is expected
