from __future__ import annotations

import re

import pytest

from sdgalign.coding import code_plan, planning_code
from sdgalign.framework import load_framework
from sdgalign.plans import Action, ActionPlan, Budget, Objective, Plan
from tests.model.tiny import tiny_model

BIKES = Action(
    "AC-1",
    "We leggen een fietspad aan in de Lindelaan.",
    Budget(120_000.0, {2026: 100_000.0, 2027: 20_000.0}),
    title="Fietspad Lindelaan",
)
NOTHING = Action("AC-2", "42", Budget(30_000.0, {2026: 30_000.0}))
UNPRICED = Action("AC-3", "We bouwen sociale woningen.")
PLAN = Plan(
    (
        Objective(
            "BD-1",
            "Een leefbare gemeente",
            (ActionPlan("AP-1", "Straten en huizen", (BIKES, NOTHING, UNPRICED)),),
        ),
    ),
    municipality="Oevermeer",
)


def test_every_target_has_a_code_of_its_own_for_planning_software() -> None:
    codes = [planning_code(target.code) for target in load_framework().targets]
    assert len(set(codes)) == 169
    assert all(re.fullmatch(r"SDG[01]\d([01]\d|[A-D])", code) for code in codes)


@pytest.mark.parametrize(
    ("code", "written"),
    [("11.7", "SDG1107"), ("1.a", "SDG01A"), ("3.13", "SDG0313"), ("4", "SDG04")],
)
def test_codes_are_written_as_municipalities_write_them(code: str, written: str) -> None:
    assert planning_code(code) == written


def test_actions_keep_their_place_and_their_money_is_divided() -> None:
    coded = code_plan(PLAN, tiny_model())
    assert [each.action.code for each in coded.actions] == ["AC-1", "AC-2", "AC-3"]
    assert coded.actions[0].objective.code == "BD-1"
    assert coded.actions[1].targets == ()
    budget = coded.budget
    assert (budget.actions, budget.actions_without_amount) == (3, 1)
    assert budget.whole.total == 150_000
    assert budget.whole.without_target >= 30_000
    assert budget.years[2027].total == 20_000


def test_an_action_is_read_with_objective_and_action_plan_as_context() -> None:
    class Listening:
        def classify(
            self, texts: list[str], *, contexts: list[str], ids: list[str]
        ) -> list[object]:
            self.said = (texts, contexts)
            return tiny_model().classify(texts, contexts=contexts, ids=ids)

    model = Listening()
    code_plan(PLAN, model)  # type: ignore[arg-type]
    texts, contexts = model.said
    assert texts[0] == "Fietspad Lindelaan. We leggen een fietspad aan in de Lindelaan."
    assert set(contexts) == {"Een leefbare gemeente > Straten en huizen"}
