"""What is printed twice, or is no node at all, does not double or break the tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.plans import Budget
from tests.plans.printed import plan_of_rows, tree_of

PLACES = (60, 130, 500, 600)
TREE = [
    ("*BD1", "*Een groene gemeente"),
    ("*AP1", "*Bomen"),
    ("AC1", "Planten langs straten", "1.000"),
    ("AC2", "Snoeien in het bos", "2.000"),
    ("*BD2", "*Een warme gemeente"),
    ("*AP2", "*Zorg"),
    ("AC3", "Bezoeken van ouderen", "3.000"),
]
CODES = [("BD1", "AP1", "AC1"), ("BD1", "AP1", "AC2"), ("BD2", "AP2", "AC3")]


@pytest.mark.parametrize(
    "closing",
    [
        [("BD1", "Bomen en water"), ("BD2", "Zorg")],
        [("BD1", "", "3.000"), ("BD2", "", "3.000")],
        [("AC1", "Planten langs straten"), ("AC3", "Bezoeken van ouderen")],
        [("AC1", "Planten langs straten", "1.000"), ("AC3", "Bezoeken van ouderen", "3.000")],
        [("*Overzicht van de SDG's",), ("BD1", "SDG 11, SDG 13"), ("BD2", "SDG 3")],
    ],
)
def test_a_closing_table_adds_nothing(tmp_path: Path, closing: list[tuple[str, ...]]) -> None:
    plan = plan_of_rows(tmp_path / "a.pdf", [*TREE, *closing], PLACES)
    assert tree_of(plan) == CODES
    assert [(each.code, each.text) for each in plan.objectives] == [
        ("BD1", "Een groene gemeente"),
        ("BD2", "Een warme gemeente"),
    ]


def test_an_overview_of_objectives_before_the_plan_adds_nothing(tmp_path: Path) -> None:
    opening = [("BD1", "Groen in het kort"), ("BD2", "Warm in het kort")]
    plan = plan_of_rows(tmp_path / "a.pdf", [*opening, *TREE], PLACES)
    assert tree_of(plan) == CODES
    assert [each.text for each in plan.objectives] == ["Een groene gemeente", "Een warme gemeente"]


def test_codes_that_start_again_under_each_action_plan_are_all_kept(tmp_path: Path) -> None:
    rows = [
        ("*BD1", "*Een groene gemeente"),
        ("*AP1", "*Bomen"),
        ("AC1", "Communicatie", "1.000"),
        ("AC2", "Snoeien", "2.000"),
        ("*AP2", "*Water"),
        ("AC1", "Communicatie", "1.000"),
        ("AC2", "Graven", "4.000"),
    ]
    plan = plan_of_rows(tmp_path / "a.pdf", rows, PLACES)
    assert [codes[1:] for codes in tree_of(plan)] == [
        ("AP1", "AC1"),
        ("AP1", "AC2"),
        ("AP2", "AC1"),
        ("AP2", "AC2"),
    ]


def test_an_action_without_an_amount_takes_that_of_the_closing_table(tmp_path: Path) -> None:
    tree = [row[:2] for row in TREE]
    closing = [(*row[:2], row[2]) for row in TREE if len(row) > 2 and row[0] != "AC2"]
    plan = plan_of_rows(tmp_path / "a.pdf", [*tree, *closing], PLACES)
    assert tree_of(plan) == CODES
    assert [action.budget for _, _, action in plan.actions()] == [
        Budget(1000.0),
        None,
        Budget(3000.0),
    ]


def test_numbered_chapters_and_years_are_no_nodes(tmp_path: Path) -> None:
    opening = [
        ("*2026-2031",),
        ("*1.", "*Inleiding"),
        ("*2.", "*Omgevingsanalyse"),
        ("2025", "was een goed jaar"),
    ]
    closing = [("*8.", "*Besluit"), ("Wij volgen dit op.",)]
    plan = plan_of_rows(tmp_path / "a.pdf", [*opening, *TREE, *closing], PLACES)
    assert tree_of(plan) == CODES
    assert len(plan.objectives) == 2
    *_, (_, _, last) = plan.actions()
    assert last.text == "Bezoeken van ouderen"


@pytest.mark.parametrize("has_heading", [True, False])
def test_the_goals_of_an_objective_are_no_nodes_and_no_text(
    tmp_path: Path, has_heading: bool
) -> None:
    goals = [("SDG 11 – Duurzame steden",), ("SDG1303 Bewustmaking",)]
    heading = [("*Link met de SDG's",)] if has_heading else []
    rows = [("*BD1", "*Groen"), ("Wij planten bomen.",), *heading, *goals, *TREE[1:]]
    plan = plan_of_rows(tmp_path / "a.pdf", rows, PLACES)
    assert tree_of(plan) == CODES
    assert (plan.objectives[0].title, plan.objectives[0].text) == ("Groen", "Wij planten bomen.")


def test_a_sentence_that_goes_on_with_a_goal_keeps_it(tmp_path: Path) -> None:
    action = "Wij werken met alle scholen van de gemeente samen aan"
    rows = [*TREE[:2], ("AC1", action), ("", "SDG 4 en aan een sterke buurt.")]
    plan = plan_of_rows(tmp_path / "a.pdf", rows, PLACES)
    ((_, _, found),) = plan.actions()
    assert found.text == f"{action} SDG 4 en aan een sterke buurt."
