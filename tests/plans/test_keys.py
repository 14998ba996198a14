"""Tables of codes and amounts under the texts: every row goes to its node."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.plans import Budget
from tests.plans.printed import plan_of_rows, tree_of

PLACES = (60, 130, 400, 500, 600)
FORMS = [
    ("BD1", "AP1", "AC1", "AC2"),
    ("1", "1.1", "1.1.1", "1.1.2"),
    ("OBS1", "1/1", "A1101", "A1102"),
]


def _rows(form: tuple[str, ...], *, repeats_code: bool) -> list[tuple[str, ...]]:
    objective, plan, one, two = form
    again = one if repeats_code else ""
    return [
        ("*Meerjarenplan 2026-2027",),
        (f"*{objective}", "*Een groene gemeente"),
        (f"*{plan}", "*Bomen en parken"),
        (f"*{one}", "*Planten langs de straat"),
        ("Elk jaar planten wij er honderd.",),
        (f"*{two}", "*Snoeien in het bos"),
        ("Code", "Aard", "2026", "2027", "Totaal"),
        (one, "Exploitatie – uitgave", "1.000", "2.000", "3.000"),
        (again, "Investering – uitgave", "0", "5.000", "5.000"),
        (again, "Exploitatie – ontvangst", "100", "0", "100"),
        (two, "Investering – ontvangst", "700", "0", "700"),
        (plan, "Uitgaven", "1.000", "7.000", "8.000"),
        (plan, "Ontvangsten", "800", "0", "800"),
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("repeats_code", [True, False])
def test_sorts_of_expenditure_add_up_and_sums_do_not(
    tmp_path: Path, form: tuple[str, ...], repeats_code: bool
) -> None:
    plan = plan_of_rows(tmp_path / "a.pdf", _rows(form, repeats_code=repeats_code), PLACES)
    assert tree_of(plan) == [form[:3], (*form[:2], form[3])]
    one, two = (action for _, _, action in plan.actions())
    assert one.budget == Budget(8000, {2026: 1000, 2027: 7000}, 100, {2026: 100, 2027: 0})
    # A receipt alone is no spending.
    assert two.budget is not None
    assert (two.budget.total, two.budget.receipts) == (0, 700)
    assert (one.title, one.text) == ("Planten langs de straat", "Elk jaar planten wij er honderd.")


@pytest.mark.parametrize("form", FORMS)
def test_routine_policy_with_one_code_for_plan_and_action(
    tmp_path: Path, form: tuple[str, ...]
) -> None:
    rows = [
        ("*GBB-FIN", "*Lopend beleid"),
        ("GBB-FIN", "Verrichtingen zonder doelstelling"),
        *_rows(form, repeats_code=True),
    ]
    table = [
        ("Code", "Aard", "2026", "2027", "Totaal"),
        ("GBB-FIN", "Uitgaven", "4.000", "0", "4.000"),
        ("GBB-FIN", "Ontvangsten", "9.000", "0", "9.000"),
    ]
    plan = plan_of_rows(tmp_path / "a.pdf", [*rows[:2], *table, *rows[2:]], PLACES)
    assert tree_of(plan) == [("", "GBB-FIN", "GBB-FIN"), form[:3], (*form[:2], form[3])]
    routine = next(action for _, _, action in plan.actions())
    assert routine.budget is not None
    assert (routine.budget.total, routine.budget.receipts) == (4000, 9000)
