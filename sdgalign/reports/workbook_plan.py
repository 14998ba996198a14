"""Sheets of the workbook on a multi-annual plan: actions with SDG codes, and money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sdgalign.reports.codes import confidence, name_of
from sdgalign.reports.sheets import Colored, Column, Table, Value
from sdgalign.reports.workbook_view import Entry, View

_NEUTRAL = "#D5DBE1"


def actions(view: View) -> Table:
    """Return a row per action with its SDG codes, and a column per year that has amounts."""
    t, plan = view.words, view.payload["plan"]
    years = list(plan["budget"]["years"])
    columns = [
        Column(t["column.objective_code"], 13),
        Column(t["column.objective"], 30),
        Column(t["column.plan_code"], 13),
        Column(t["column.plan"], 30),
        Column(t["column.action_code"], 13),
        Column(t["column.action"], 44),
        Column(t["column.description"], 60),
        Column(t["column.page"], 8, "integer"),
        Column(t["column.sdg"], 14),
        Column(t["column.sdg_words"], 56),
        Column(t["column.confidence"], 12),
        Column(t["commitment"], 18),
        Column(t["column.euro"], 14, "euro"),
        *(Column(year, 13, "euro") for year in years),
    ]
    rows = [_action_row(view, action, years) for action in plan["actions"]]
    return Table(t["sheet.plan"], columns, rows, frozen=0)


def _action_row(view: View, action: Entry, years: Sequence[str]) -> list[Value]:
    t, found, short = view.words, action["targets"], name_of(action)
    surenesses = [code["probability"] for code in found] or [action["none"]]
    return [
        action["objective"]["code"],
        name_of(action["objective"]),
        action["action_plan"]["code"],
        name_of(action["action_plan"]),
        action["code"],
        short,
        action["text"] if action["text"] != short else "",
        view.page(action["pages"][0]) if action["pages"] else None,
        "\n".join(code["sdg"] for code in found),
        "\n".join(_in_words(view, code) for code in found) or t["codes.none"],
        "\n".join(t[f"confidence.{confidence(each)}"] for each in surenesses),
        t[f"commitment.{action['commitment']}"],
        action["total"],
        *(action["years"].get(year) for year in years),
    ]


def _in_words(view: View, code: Entry) -> str:
    # With the code again: a long title takes two lines, and would not stand beside its code.
    sureness = view.words.percent(code["probability"])
    return f"{code['sdg']} {view.title(code['code'])} ({sureness})"


def budget(view: View) -> Table:
    """Return the money of the plan: in all, without a target, and per goal and target."""
    t = view.words
    columns = [
        Column(t["goal"], 8, "goal"),
        Column(t["target"], 9),
        Column(t["title"], 50),
        Column(t["column.euro"], 16, "euro"),
        Column(t["column.share"], 13, "share"),
        *(Column(year, 14, "euro") for year in view.payload["plan"]["budget"]["years"]),
    ]
    return Table(t["sheet.budget"], columns, list(_budget_rows(view)), frozen=3)


def _budget_rows(view: View) -> Iterator[list[Value]]:
    t, whole = view.words, view.payload["plan"]["budget"]
    spent = [whole, *whole["years"].values()]

    def money(amounts: Sequence[float]) -> list[Value]:
        share = amounts[0] / whole["total"]
        return [amounts[0], share, *amounts[1:]]

    for key in ("total", "without_target"):
        yield [Colored("", _NEUTRAL), "", t[f"budget.{key}"], *money([s[key] for s in spent])]
    for goal in view.goals:
        if goal not in whole["by_goal"]:
            continue
        amounts = [each["by_goal"].get(goal, 0.0) for each in spent]
        yield [view.goal(goal), t["budget.all"], view.title(goal), *money(amounts)]
        for target in (code for code, each in view.targets.items() if each["goal"] == goal):
            if target in whole["by_target"]:
                amounts = [each["by_target"].get(target, 0.0) for each in spent]
                yield [view.goal(goal), target, view.title(target), *money(amounts)]
