from __future__ import annotations

import dataclasses
import json
from functools import partial
from pathlib import Path

import pytest

from sdgalign.documents.pdf import read_pdf
from sdgalign.plans import Plan
from sdgalign.plans.evaluate import compare
from sdgalign.plans.extract import extract_plan
from tests.pdfs import Put, column, write_pdf
from tests.plans.layouts import amounts_first, headings, indented, one_table, write_plan
from tests.plans.trees import FORMS, sample_plan, truth_of
from tests.shared import SHARED, needs_shared

LAYOUTS = {
    "headings": (headings, False),
    "table": (one_table, True),
    "ruled": (partial(one_table, grid=True), True),
    "ruled, cells centred": (partial(one_table, grid=True, align="MIDDLE"), True),
    "indented": (indented, False),
}


def _recovered(path: Path) -> Plan:
    return extract_plan(read_pdf(path, words=True))


@pytest.mark.parametrize(
    ("form", "layout"),
    [
        (form, layout)
        for form in FORMS
        for layout in LAYOUTS
        if not layout.startswith("ruled") or form in {"dashed", "same"}  # pdfplumber is slow
    ],
)
def test_the_tree_is_that_which_was_printed(tmp_path: Path, form: str, layout: str) -> None:
    build, is_wide = LAYOUTS[layout]
    plan = sample_plan(form)
    found = _recovered(write_plan(tmp_path / "plan.pdf", plan, build, is_wide=is_wide))
    result = compare(found, truth_of(plan))
    assert (result.whole, result.totals, result.extra) == (13, 13, 0)
    assert found.municipality == "Voorbeeldegem"


def test_years_titles_and_pages_come_along(tmp_path: Path) -> None:
    plan = sample_plan("dashed")
    found = _recovered(write_plan(tmp_path / "plan.pdf", plan, headings))
    true = {action.code: action for _, _, action in plan.actions()}
    for objective, action_plan, action in found.actions():
        assert action.budget == true[action.code].budget
        assert action.title == true[action.code].title
        assert set(action.pages) <= {1, 2, 3, 4}
        assert not objective.code or objective.title.startswith("Pijler")
        assert not objective.code or action_plan.title.startswith("Iedereen")


def test_amounts_before_the_texts_and_in_thousands(tmp_path: Path) -> None:
    plan = sample_plan("dashed")
    found = _recovered(write_plan(tmp_path / "plan.pdf", plan, amounts_first))
    result = compare(found, truth_of(plan))
    assert (result.whole, result.totals, result.extra) == (13, 13, 0)


def test_a_total_is_no_action_and_ends_the_text(tmp_path: Path) -> None:
    rows = [
        ("AP1", "Groen", ""),
        ("AC1", "Bomen planten", "1.500,50"),
        ("AC2", "Parken openen", "€ 2 000"),
        ("", "Totaal AP1", "3.500,50"),
        ("", "Wat volgt staat los van de acties.", ""),
        ("AC3", "Zonder geld", "–"),
    ]
    page = [
        Put(x, 100 + 20 * number, text)
        for number, cells in enumerate(rows)
        for x, text in zip((60, 120, 450), cells, strict=True)
        if text
    ]
    actions = [
        action for _, _, action in _recovered(write_pdf(tmp_path / "a.pdf", [page])).actions()
    ]
    assert [action.text for action in actions] == ["Bomen planten", "Parken openen", "Zonder geld"]
    assert [action.budget and action.budget.total for action in actions] == [1500.5, 2000, 0]


def test_a_figure_in_a_sentence_is_no_amount(tmp_path: Path) -> None:
    lines = ["AC1 Wij planten samen met de inwoners bomen tegen 2030", "en daarna nog 1.500"]
    plan = ["Beleidsdoelstelling BD1: Groen", "Actieplan AP1: Bomen", *lines]
    page = column(plan, font="Helvetica-Bold")
    ((_, _, action),) = _recovered(write_pdf(tmp_path / "a.pdf", [page])).actions()
    assert action.budget is None
    assert action.text.endswith("en daarna nog 1.500")


def test_an_overview_before_the_plan_doubles_nothing(tmp_path: Path) -> None:
    tree = ["Beleidsdoelstelling BD1: Groen", "Actieplan AP1: Bomen", "Actie AC1: Planten"]
    pages = [column(tree, y=y, font="Helvetica-Bold") for y in (200, 300)]
    plan = _recovered(write_pdf(tmp_path / "a.pdf", pages))
    ((objective, action_plan, action),) = plan.actions()
    assert (objective.code, action_plan.code, action.code) == ("BD1", "AP1", "AC1")
    assert action.pages == (1, 2)


def test_a_text_without_a_plan_gives_an_empty_plan(tmp_path: Path) -> None:
    prose = [f"In 2026 werken wij {number} dagen aan een betere buurt." for number in range(20)]
    assert _recovered(write_pdf(tmp_path / "a.pdf", [column(prose)])).objectives == ()


@needs_shared
@pytest.mark.parametrize("name", ["plan_headings", "plan_ruled_table", "plan_unruled"])
def test_plans_made_of_real_ones(name: str) -> None:
    folder = SHARED / "pdf/plans"
    truth = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    found = _recovered(folder / f"{name}.pdf")
    result = compare(found, truth["actions"])
    assert result.whole >= 0.97 * result.actions
    assert result.totals >= 0.97 * result.actions
    assert result.extra <= 0.03 * result.actions
    assert found.municipality == truth["municipality"]


def test_the_measure_sees_what_is_wrong() -> None:
    plan = sample_plan("plain")
    truth = truth_of(plan)
    assert compare(plan, truth).whole == compare(plan, truth).totals == 13
    moved = [{**row, "plan_code": "AP9"} for row in truth]
    assert (compare(plan, moved).parents, compare(plan, moved).codes) == (0, 13)
    assert compare(dataclasses.replace(plan, objectives=()), truth).codes == 0
    assert compare(plan, truth[:-2]).extra == 2
