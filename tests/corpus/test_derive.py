from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgalign.corpus.derive import derive
from sdgalign.kinds import DocumentKind
from sdgalign.plans import Action, ActionPlan, Budget, Objective, Plan


@pytest.mark.parametrize(("path", "expected"), [
    ("Lier/2024/verkiezingsprogramma_groen.pdf", ("manifesto", "12021", "Groen", 2024, "nl")),
    ("sint_niklaas_open_vld_2024.pdf", ("manifesto", "46021", "Open Vld", 2024, "nl")),
    ("programma's/Sint-Niklaas/N-VA 2024.pdf", ("manifesto", "46021", "N-VA", 2024, "nl")),
    ("mjp/MeerjarenplanLier2026-2031.pdf", ("plan", "12021", "", 2026, "nl")),
    ("Omgevingsanalyse gemeente Heist-op-den-Berg.docx",
     ("context-analysis", "12014", "", None, "nl")),
    ("manifesten/12021_cdenv.pdf", ("manifesto", "12021", "CD&V", None, "nl")),
    ("bundle.zip!Lier/20240613_vooruit.pdf", ("manifesto", "12021", "Vooruit", 2024, "nl")),
    ("Borsbeek/bestuursakkoord_2019.pdf", ("agreement", "11007", "", 2019, "nl")),
    ("Borsbeek/meerjarenplan_2026.pdf", ("plan", "11002", "", 2026, "nl")),
    ("Liège/programme PS.pdf", ("manifesto", "62063", "PS", None, "fr")),
    ("2021_D66.pdf", ("manifesto", "", "D66", 2021, "")),
    ("council programme 2025 en.pdf", (None, "", "", 2025, "en")),
    ("ocmw en stad mol - mjp 2026.pdf", ("plan", "13025", "", 2026, "nl")),
    ("Vooruit-Groen Gent verkiezingsprogramma.pdf",
     ("manifesto", "44021", "Vooruit-Groen", None, "nl")),
    ("GroenLinks-PvdA 2024.pdf", ("manifesto", "", "GroenLinks-PvdA", 2024, "")),
    ("plan voor een boom.pdf", (None, "", "", None, "")),
    ("groen plan/meerjarenplan.pdf", ("plan", "", "", None, "")),
])  # fmt: skip
def test_what_a_path_tells(path: str, expected: tuple[object, ...]) -> None:
    row = derive(path).row
    assert (row.kind, row.nis_code, row.party, row.year, row.language) == expected
    assert row.path == path


@pytest.mark.parametrize(("path", "doubts"), [
    ("Lier/verkiezingsprogramma N-VA.pdf", set()),
    ("2021_D66.pdf", {"kind"}),
    ("Geel/verkiezingsprogramma VB.pdf", {"municipality", "nis_code", "party"}),
    ("plan 2019 en 2024.pdf", {"year"}),
    ("Meerjarenplan gemeente Balen.pdf", set()),
    ("ecolo-groen verkiezingsprogramma.pdf", {"party"}),
])  # fmt: skip
def test_what_is_uncertain(path: str, doubts: set[str]) -> None:
    assert derive(path).uncertain == doubts


def test_a_plan_says_whose_it_is_and_from_when() -> None:
    action = Action("A1", "Fietspaden", Budget(3.0, {2027: 1.0, 2026: 2.0}))
    plan = Plan((Objective("1", "", (ActionPlan("2", "", (action,)),)),), "Hasselt", "71022")
    row = derive("Lier/export.jsonl.gz", part="71022", plan=plan).row
    assert (row.kind, row.municipality, row.nis_code) == (DocumentKind.PLAN, "Hasselt", "71072")
    assert row.year == 2026


@given(
    st.lists(
        st.text(min_size=1).filter(lambda name: "/" not in name and name not in ".."),
        min_size=1,
        max_size=3,
    )
)
def test_no_name_is_too_odd(names: list[str]) -> None:
    path = "/".join(names)
    assert derive(path).row.path == path
