from __future__ import annotations

import dataclasses
import json
from functools import partial
from pathlib import Path

import pytest

from sdgalign.documents.pdf import read_pdf
from sdgalign.plans import Budget, Plan
from sdgalign.plans.evaluate import compare
from sdgalign.plans.extract import extract_plan
from tests.pdfs import Put, column, write_pdf
from tests.plans.layouts import amounts_first, flat, headings, indented, one_table, write_plan
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


@pytest.mark.parametrize("grid", [False, True])
def test_levels_beside_each_other_are_put_under_each_other(tmp_path: Path, grid: bool) -> None:
    plan = sample_plan("dashed", has_titles=False)
    layout = partial(flat, grid=grid)
    found = _recovered(write_plan(tmp_path / "plan.pdf", plan, layout, is_wide=True))
    result = compare(found, truth_of(plan))
    assert (result.whole, result.totals, result.extra) == (13, 13, 0)
    assert (result.plans_right, result.objectives_right) == (5, 2)
    assert found.doubts == ()


def _table(path: Path, rows: list[tuple[str, ...]], places: tuple[int, ...]) -> Plan:
    page = [
        Put(x, 100 + 20 * number, text)
        for number, cells in enumerate(rows)
        for x, text in zip(places, cells, strict=True)
        if text
    ]
    return _recovered(write_pdf(path, [page], size=(842, 595)))


def test_a_parent_that_starts_beside_no_action_is_doubted(tmp_path: Path) -> None:
    rows = [
        ("Beleidsdoelstelling", "Actieplan", "Actie", "Totaal"),
        ("BD1 Groen", "AP1 Bomen", "AC1 Planten", "1.000"),
        ("", "", "AC2 Snoeien", "2.000"),
        ("", "AP2 Water", "", ""),
        ("", "", "AC3 Graven", "3.000"),
    ]
    sure = [row for row in rows if row[1] != "AP2 Water"]
    places = (50, 200, 350, 600)
    assert [each.code for each in _table(tmp_path / "a.pdf", rows, places).doubts] == [
        "uncertain-parents"
    ]
    assert _table(tmp_path / "b.pdf", sure, places).doubts == ()


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
    plan = _table(tmp_path / "a.pdf", rows, (50, 120, 300, 450, 550, 650))
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
    plan = _table(tmp_path / "a.pdf", rows, (50, 120, 350, 450, 550, 650))
    ((_, _, action),) = plan.actions()
    assert action.budget == Budget(4000, {2026: 1000, 2027: 3000}, 200, {2026: 200, 2027: 0})


def test_numbered_headings_and_points_are_no_plan(tmp_path: Path) -> None:
    lines = [
        f"{chapter}.{point} Wij maken werk van punt {point}."
        for chapter in range(1, 4)
        for point in range(1, 6)
    ]
    page = column(["1 Wonen", *lines], font="Helvetica-Bold")
    assert _recovered(write_pdf(tmp_path / "a.pdf", [page])).objectives == ()


@pytest.mark.parametrize(
    "form", [("BD{}", "AP{}", "AC{}"), ("{}", "{}.1", "{}.1.1"), ("{}00001", "{}00002", "{}00003")]
)
def test_levels_beside_each_other_are_seen_without_a_head_that_names_them(
    tmp_path: Path, form: tuple[str, str, str]
) -> None:
    rows = [("Meerjarenplan 2026-2031", "", "", ""), ("Wat", "Hoe", "Concreet", "Raming")]
    for number in (1, 2, 3):
        codes = [code.format(number) for code in form]
        texts = [
            f"{code} {name}" for code, name in zip(codes, ("Doel", "Weg", "Stap"), strict=True)
        ]
        rows.append((texts[0], texts[1], texts[2], f"{number}.000"))
    plan = _table(tmp_path / "a.pdf", rows, (50, 200, 350, 600))
    found = [
        (objective.code, each.code, action.code, action.text)
        for objective, each, action in plan.actions()
    ]
    assert found == [(*(code.format(n) for code in form), "Stap") for n in (1, 2, 3)]


def test_the_measure_sees_wrong_receipts_and_years() -> None:
    plan = sample_plan("plain")
    truth = truth_of(plan)
    assert compare(plan, [{**row, "receipts_eur": 1.0} for row in truth]).receipts == 0
    assert compare(plan, [{**row, "amounts": {"2026": 1.0}} for row in truth]).totals == 0
    assert compare(plan, [{**row, "plan": "iets heel anders"} for row in truth]).plans_right == 0
