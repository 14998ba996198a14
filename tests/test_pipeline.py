"""The story from file to analysis."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.kinds import DocumentKind
from sdgalign.pipeline import analyze
from tests.model.tiny import tiny_model
from tests.pdfs import column, write_pdf

TREE = ["BD1 Groen", "AP1 Bomen", *(f"AC{n} Linden planten in wijk {n}" for n in range(1, 7))]


@pytest.mark.parametrize("kind", [None, DocumentKind.OTHER])
def test_the_codes_say_that_it_is_a_plan_unless_the_user_says_not(
    tmp_path: Path, kind: DocumentKind | None
) -> None:
    path = write_pdf(tmp_path / "bestand 7.pdf", [column(TREE, font="Helvetica-Bold")])
    found = analyze(path, tiny_model, kind=kind)
    assert found.kind is (kind or DocumentKind.PLAN)
    assert (found.plan is not None and len(found.plan.actions) == 6) is (kind is None)
