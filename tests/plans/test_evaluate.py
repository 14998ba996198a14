from __future__ import annotations

import dataclasses

from sdgalign.plans.evaluate import compare
from tests.plans.trees import sample_plan, truth_of


def test_the_measure_sees_what_is_wrong() -> None:
    plan = sample_plan("plain")
    truth = truth_of(plan)
    assert compare(plan, truth).whole == compare(plan, truth).totals == 13
    moved = [{**row, "plan_code": "AP9"} for row in truth]
    assert (compare(plan, moved).parents, compare(plan, moved).codes) == (0, 13)
    assert compare(dataclasses.replace(plan, objectives=()), truth).codes == 0
    assert compare(plan, truth[:-2]).extra == 2


def test_the_measure_sees_wrong_receipts_and_years() -> None:
    plan = sample_plan("plain")
    truth = truth_of(plan)
    assert compare(plan, [{**row, "receipts_eur": 1.0} for row in truth]).receipts == 0
    assert compare(plan, [{**row, "amounts": {"2026": 1.0}} for row in truth]).totals == 0
    assert compare(plan, [{**row, "plan": "iets heel anders"} for row in truth]).plans_right == 0
