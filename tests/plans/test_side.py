"""Tables whose levels stand beside each other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from sdgalign.plans import Budget
from sdgalign.plans.evaluate import compare
from tests.plans.layouts import flat, write_plan
from tests.plans.printed import plan_of_rows, recovered, tree_of
from tests.plans.trees import sample_plan, truth_of


@pytest.mark.parametrize("grid", [False, True])
def test_levels_beside_each_other_are_put_under_each_other(tmp_path: Path, grid: bool) -> None:
    plan = sample_plan("dashed", has_titles=False)
    layout = partial(flat, grid=grid)
    found = recovered(write_plan(tmp_path / "plan.pdf", plan, layout, is_wide=True))
    result = compare(found, truth_of(plan))
    assert (result.whole, result.totals, result.extra) == (13, 13, 0)
    assert (result.plans_right, result.objectives_right) == (5, 2)
    assert found.doubts == ()


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
    assert [each.code for each in plan_of_rows(tmp_path / "a.pdf", rows, places).doubts] == [
        "uncertain-parents"
    ]
    assert plan_of_rows(tmp_path / "b.pdf", sure, places).doubts == ()


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
    plan = plan_of_rows(tmp_path / "a.pdf", rows, (50, 200, 350, 600))
    found = [
        (objective.code, each.code, action.code, action.text)
        for objective, each, action in plan.actions()
    ]
    assert found == [(*(code.format(n) for code in form), "Stap") for n in (1, 2, 3)]


def test_codes_of_figures_beside_each_other_are_no_amounts(tmp_path: Path) -> None:
    rows = [("*Meerjarenplan",), ("Code", "Wat", "Code", "Hoe", "Code", "Concreet", "Raming")]
    texts = ("Een groene gemeente", "Bomen in elke straat", "Linden planten")
    rows += [
        (str(n), texts[0], f"{n}.1", texts[1], f"{n}.1.1", texts[2], f"{n}.000") for n in (1, 2, 3)
    ]
    plan = plan_of_rows(tmp_path / "a.pdf", rows, (50, 90, 200, 240, 350, 400, 600))
    assert tree_of(plan) == [(str(n), f"{n}.1", f"{n}.1.1") for n in (1, 2, 3)]
    assert [action.budget for _, _, action in plan.actions()] == [
        Budget(n * 1000.0) for n in (1, 2, 3)
    ]


def test_lines_below_a_side_by_side_table_do_not_move_its_columns(tmp_path: Path) -> None:
    head = ("", "Beleidsdoelstelling", "Actieplan", "Actie", "Raming")
    rows = [("", f"BD{n} Doel", f"AP{n} Weg", f"AC{n} Stap", f"{n}.000") for n in (1, 2)]
    below = [(f"Wij volgen dit plan op in jaar {n}.",) for n in range(4)]
    closing = [("", "Beleidsdoelstelling", "SDG", "Subdoelstellingen")]
    closing += [("", f"BD{n} Kort", "SDG 3", "SDG0306 Verkeer") for n in (1, 2)]
    plan = plan_of_rows(
        tmp_path / "a.pdf", [head, *rows, *below, *closing], (40, 90, 230, 370, 600)
    )
    assert tree_of(plan) == [(f"BD{n}", f"AP{n}", f"AC{n}") for n in (1, 2)]
    assert [each.text for each in plan.objectives] == ["Doel", "Doel"]
