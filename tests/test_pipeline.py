"""The story from file to analysis."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.kinds import DocumentKind
from sdgalign.pipeline import analyze
from tests.model.tiny import tiny_model
from tests.pdfs import HEIGHT, Put, column, write_pdf

TREE = ["BD1 Groen", "AP1 Bomen", *(f"AC{n} Linden planten in wijk {n}" for n in range(1, 7))]


@pytest.mark.parametrize("kind", [None, DocumentKind.OTHER])
def test_the_codes_say_that_it_is_a_plan_unless_the_user_says_not(
    tmp_path: Path, kind: DocumentKind | None
) -> None:
    path = write_pdf(tmp_path / "bestand 7.pdf", [column(TREE, font="Helvetica-Bold")])
    found = analyze(path, tiny_model, kind=kind)
    assert found.kind is (kind or DocumentKind.PLAN)
    assert (found.plan is not None and len(found.plan.actions) == 6) is (kind is None)


def test_what_stands_below_every_page_says_what_it_is(tmp_path: Path) -> None:
    body = column(["We planten duizend bomen.", "De bibliotheek blijft open op zondag."])
    footer = Put(200, HEIGHT - 30, "Verkiezingsprogramma Samen Vooruit", size=8)
    pages = [[*body, footer] for _ in range(5)]
    assert (
        analyze(write_pdf(tmp_path / "web.pdf", pages), tiny_model).kind is DocumentKind.MANIFESTO
    )
    once = [[*body, *column(["Een verkiezingsprogramma is geen plan."], y=300)]]
    assert analyze(write_pdf(tmp_path / "los.pdf", once), tiny_model).kind is DocumentKind.OTHER
