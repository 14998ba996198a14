"""SDG codes per action for planning software and for who checks them: one row per action and code.

Planning software attaches codes to actions one by one, and a reviewer accepts or corrects one
code, not a list; so every code has a row of its own. An action without a code has one row too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from sdgalign.coding import planning_code
from sdgalign.framework import Language, load_framework
from sdgalign.reports.cells import csv_text
from sdgalign.reports.texts import texts

BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that a csv file is UTF-8."""

CODE_COLUMNS = (
    "municipality",
    "nis_code",
    "objective_code",
    "objective",
    "plan_code",
    "plan",
    "action_code",
    "action",
    "description",
    "page",
    "rank",
    "sdg",
    "sdg_title",
    "sdg_goal",
    "confidence",
    "percent",
    "euro_action",
    "euro_code",
    "accept",
    "correction",
)
"""Keys of the columns; their names per language stand in the catalogue."""

HIGH = 0.8
MEDIUM = 0.5
"""From these probabilities on, confidence is high or medium; below, low.

Set on the plan actions of the dev documents: of the codes at 0.8 and more 96 % are right by the
labels, of those from 0.5 to 0.8 61 %, below 42 %. On the test documents, 94 %, 64 % and 37 %.
Of the actions without a code: 98 %, 73 % and 44 %; on the test documents 92 %, 61 % and 44 %.
"""

Confidence = Literal["high", "medium", "low"]
Row = dict[str, Any]


def confidence(probability: float) -> Confidence:
    """Return a calibrated probability as one of three degrees, each of another reliability."""
    shown = round(probability, 2)  # what stands beside it in percent must not contradict it
    return "high" if shown >= HIGH else "medium" if shown >= MEDIUM else "low"


def render_codes(plans: Iterable[Mapping[str, Any]], language: str) -> str:
    """Write the codes of plans as csv for people with Excel, and for planning software.

    With a byte order mark; in Dutch with semicolons and decimal commas, which Excel in Flanders
    opens by a double click, in English with commas and decimal points.

    Args:
        plans: As the payload has them under ``plan``.
        language: ``nl`` or ``en``, of column names and titles.
    """
    words = texts(language)
    names = [words[f"codes.{key}"] for key in CODE_COLUMNS]
    rows = (
        [row[key] for key in CODE_COLUMNS] for plan in plans for row in code_rows(plan, language)
    )
    delimiter, decimal = (";", ",") if language == "nl" else (",", ".")
    return BYTE_ORDER_MARK + csv_text([names, *rows], delimiter=delimiter, decimal=decimal)


def code_rows(plan: Mapping[str, Any], language: str) -> Iterator[Row]:
    """Yield a row per action and code, most probable code first."""
    place = {name: plan[name] for name in ("municipality", "nis_code")}
    for action in plan["actions"]:
        about = {**place, **_action(action), "accept": "", "correction": ""}
        found = action["targets"]
        if not found:
            yield {**about, **_without_code(action, language)}
        for rank, code in enumerate(found, start=1):
            yield {**about, **_code(code, language), **_money(action, len(found)), "rank": rank}


def name_of(level: Mapping[str, Any]) -> str:
    """Return the short text of an objective, action plan or action; the long one without it."""
    return str(level["title"] or level["text"])


def _action(action: Mapping[str, Any]) -> Row:
    return {
        "objective_code": action["objective"]["code"],
        "objective": name_of(action["objective"]),
        "plan_code": action["action_plan"]["code"],
        "plan": name_of(action["action_plan"]),
        "action_code": action["code"],
        "action": name_of(action),
        "description": action["text"] if action["text"] != name_of(action) else "",
        "page": action["pages"][0] if action["pages"] else None,
    }


def _code(code: Mapping[str, Any], language: str) -> Row:
    target = load_framework().target(code["code"])
    return {
        "sdg": code["sdg"],
        "sdg_title": target.title[Language(language)],
        "sdg_goal": planning_code(target.goal_code),
        **_sureness(code["probability"], language),
    }


def _without_code(action: Mapping[str, Any], language: str) -> Row:
    """Return the answer "none", with how sure that is; the code itself stays empty."""
    return {
        "rank": None,
        "sdg": "",
        "sdg_title": texts(language)["codes.none"],
        "sdg_goal": "",
        **_sureness(action["none"], language),
        **_money(action, 1),
        "euro_code": None,
    }


def _sureness(probability: float, language: str) -> Row:
    return {
        "confidence": texts(language)[f"confidence.{confidence(probability)}"],
        "percent": round(probability * 100),
    }


def _money(action: Mapping[str, Any], codes: int) -> Row:
    total = action["total"]
    return {"euro_action": total, "euro_code": None if total is None else round(total / codes, 2)}
