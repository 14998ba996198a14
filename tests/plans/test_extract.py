from __future__ import annotations

import json
import re
from collections.abc import Collection
from functools import partial
from pathlib import Path

import pytest

from sdgalign.plans import Budget
from sdgalign.plans.evaluate import compare
from tests.pdfs import Put, column, write_pdf
from tests.plans.layouts import amounts_first, headings, indented, one_table, write_plan
from tests.plans.printed import plan_of_rows, recovered, tree_of
from tests.plans.trees import FORMS, sample_plan, truth_of
from tests.shared import SHARED, needs_shared

LAYOUTS = {
    "headings": (headings, False),
    "table": (one_table, True),
    "ruled": (partial(one_table, grid=True), True),
    "ruled, cells centred": (partial(one_table, grid=True, align="MIDDLE"), True),
    "indented": (indented, False),
}


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
    found = recovered(write_plan(tmp_path / "plan.pdf", plan, build, is_wide=is_wide))
    result = compare(found, truth_of(plan))
    assert (result.whole, result.totals, result.extra) == (13, 13, 0)
    assert found.municipality == "Voorbeeldegem"


def test_years_titles_and_pages_come_along(tmp_path: Path) -> None:
    plan = sample_plan("dashed")
    found = recovered(write_plan(tmp_path / "plan.pdf", plan, headings))
    true = {action.code: action for _, _, action in plan.actions()}
    for objective, action_plan, action in found.actions():
        assert action.budget == true[action.code].budget
        assert action.title == true[action.code].title
        assert set(action.pages) <= {1, 2, 3, 4}
        assert not objective.code or objective.title.startswith("Pijler")
        assert not objective.code or action_plan.title.startswith("Iedereen")


def test_amounts_before_the_texts_and_in_thousands(tmp_path: Path) -> None:
    plan = sample_plan("dashed")
    found = recovered(write_plan(tmp_path / "plan.pdf", plan, amounts_first))
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
        action for _, _, action in recovered(write_pdf(tmp_path / "a.pdf", [page])).actions()
    ]
    assert [action.text for action in actions] == ["Bomen planten", "Parken openen", "Zonder geld"]
    assert [action.budget and action.budget.total for action in actions] == [1500.5, 2000, 0]


def test_a_figure_in_a_sentence_is_no_amount(tmp_path: Path) -> None:
    lines = ["AC1 Wij planten samen met de inwoners bomen tegen 2030", "en daarna nog 1.500"]
    plan = ["Beleidsdoelstelling BD1: Groen", "Actieplan AP1: Bomen", *lines]
    page = column(plan, font="Helvetica-Bold")
    ((_, _, action),) = recovered(write_pdf(tmp_path / "a.pdf", [page])).actions()
    assert action.budget is None
    assert action.text.endswith("en daarna nog 1.500")


def test_an_overview_before_the_plan_doubles_nothing(tmp_path: Path) -> None:
    tree = ["Beleidsdoelstelling BD1: Groen", "Actieplan AP1: Bomen", "Actie AC1: Planten"]
    pages = [column(tree, y=y, font="Helvetica-Bold") for y in (200, 300)]
    plan = recovered(write_pdf(tmp_path / "a.pdf", pages))
    ((objective, action_plan, action),) = plan.actions()
    assert (objective.code, action_plan.code, action.code) == ("BD1", "AP1", "AC1")
    assert action.pages == (1, 2)


def test_a_text_without_a_plan_gives_an_empty_plan(tmp_path: Path) -> None:
    prose = [f"In 2026 werken wij {number} dagen aan een betere buurt." for number in range(20)]
    assert recovered(write_pdf(tmp_path / "a.pdf", [column(prose)])).objectives == ()


@needs_shared
@pytest.mark.parametrize("name", ["plan_headings", "plan_ruled_table", "plan_unruled"])
def test_plans_made_of_real_ones(name: str) -> None:
    folder = SHARED / "pdf/plans"
    truth = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    found = recovered(folder / f"{name}.pdf")
    result = compare(found, truth["actions"])
    assert result.whole >= 0.97 * result.actions
    assert result.totals >= 0.97 * result.actions
    assert result.extra <= 0.03 * result.actions
    assert found.municipality == truth["municipality"]


def test_receipts_and_balances_are_no_expenditure(tmp_path: Path) -> None:
    rows = [
        ("Code", "Omschrijving", "Soort", "2026", "2027", "Totaal"),
        ("AP1", "Groen", "", "", "", ""),
        ("AC1", "Planten", "Uitgaven", "1.000", "2.000", "3.000"),
        ("", "", "Ontvangsten", "500", "0", "500"),
        ("", "", "Saldo", "(500)", "2.000-", "-2.500"),
        ("AC2", "Snoeien", "Uitgaven", "0", "7.000", "7.000"),
        ("", "", "Ontvangsten", "0", "0", "0"),
        ("", "Totaal AP1", "Uitgaven", "1.000", "9.000", "10.000"),
        ("", "", "Ontvangsten", "500", "0", "500"),
    ]
    plan = plan_of_rows(tmp_path / "a.pdf", rows, (50, 120, 300, 450, 550, 650))
    budgets = [action.budget for _, _, action in plan.actions()]
    assert budgets == [
        Budget(3000, {2026: 1000, 2027: 2000}, 500, {2026: 500, 2027: 0}),
        Budget(7000, {2026: 0, 2027: 7000}, 0, {2026: 0, 2027: 0}),
    ]
    assert [action.text for _, _, action in plan.actions()] == ["Planten", "Snoeien"]


def test_columns_of_expenditure_and_receipts_under_one_year(tmp_path: Path) -> None:
    rows = [
        ("Code", "Omschrijving", "2026", "", "2027", ""),
        ("", "", "Uitgaven", "Ontvangsten", "Uitgaven", "Ontvangsten"),
        ("AP1", "Groen", "", "", "", ""),
        ("AC1", "Planten", "1.000", "200", "3.000", "0"),
    ]
    plan = plan_of_rows(tmp_path / "a.pdf", rows, (50, 120, 350, 450, 550, 650))
    ((_, _, action),) = plan.actions()
    assert action.budget == Budget(4000, {2026: 1000, 2027: 3000}, 200, {2026: 200, 2027: 0})


def test_numbered_headings_and_points_are_no_plan(tmp_path: Path) -> None:
    lines = [
        f"{chapter}.{point} Wij maken werk van punt {point}."
        for chapter in range(1, 4)
        for point in range(1, 6)
    ]
    page = column(["1 Wonen", *lines], font="Helvetica-Bold")
    assert recovered(write_pdf(tmp_path / "a.pdf", [page])).objectives == ()


def test_a_heading_that_goes_on_with_a_figure_is_one_heading(tmp_path: Path) -> None:
    tree = ["BD1 Groen", "AP1 Bomen planten langs alle straten in", "3 fasen en in elke wijk"]
    page = column([*tree, "AC1 Linden planten"], font="Helvetica-Bold")
    ((_, action_plan, _),) = recovered(write_pdf(tmp_path / "a.pdf", [page])).actions()
    assert action_plan.text == "Bomen planten langs alle straten in 3 fasen en in elke wijk"


def test_the_number_of_the_page_is_no_text(tmp_path: Path) -> None:
    tree = ["BD1 Groen", "AP1 Bomen", "AC1 Planten"]
    page = [*column(tree, font="Helvetica-Bold"), Put(300, 800, "1", size=8)]
    ((_, _, action),) = recovered(write_pdf(tmp_path / "a.pdf", [page])).actions()
    assert action.text == "Planten"


def test_the_bundled_plan_is_read_as_it_was_written() -> None:
    corpora = Path(__file__).parents[2] / "corpora"
    name = "oevermeer-meerjarenplan-2026-2031"
    source = (corpora / f"texts/{name}.md").read_text(encoding="utf-8")
    heading = re.compile(r"^### (AC-(\d)\.\d\.\d) (.+) \{(.*)\}$", re.MULTILINE)
    written = {
        code: (
            title.replace("'", "’"),
            _thousands(amounts, "EI"),
            _thousands(amounts, ("EO", "IO")),
        )
        for code, _, title, amounts in heading.findall(source)
    }
    plan = recovered(corpora / f"{name}.pdf")
    assert (len(plan.objectives), len(written)) == (5, 64)
    assert {
        action.code: (
            (action.title or action.text).removesuffix(" · prioritair"),
            action.budget and action.budget.total,
            action.budget and action.budget.receipts,
        )
        for _, _, action in plan.actions()
    } == written
    for objective, action_plan, action in plan.actions():
        figures = action.code.removeprefix("AC-")
        assert action_plan.code == f"AP-{figures[:3]}"
        assert objective.code == f"BD-{figures[0]}"
        assert "SDG" not in objective.text
    assert plan.doubts == ()


def _thousands(amounts: str, kinds: Collection[str]) -> float:
    parts = [part.split() for part in amounts.split(";")]
    return sum(1000.0 * float(each) for kind, *every in parts if kind in kinds for each in every)


def test_a_text_that_starts_with_the_end_of_its_code_is_no_second_node(tmp_path: Path) -> None:
    rows = [("*D1/AP1", "*Groen"), ("AP1 gaat over bomen.",), ("AC1", "Linden planten", "1.000")]
    plan = plan_of_rows(tmp_path / "a.pdf", rows, (60, 130, 500))
    assert tree_of(plan) == [("", "D1/AP1", "AC1")]
    ((_, action_plan, _),) = plan.actions()
    assert action_plan.text == "AP1 gaat over bomen."
