"""Invented plans: a tree, codes, texts and amounts that depend on a seed alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sdgalign.plans import Action, ActionPlan, Budget, Objective, Plan

YEARS = tuple(range(2026, 2032))
_PLACES = ("Zwanebeke", "Oosterlinden", "Hogenhout", "Sint-Amelberga", "Wijdemeer", "Kapelrode")
_VERBS = (
    "vernieuwen|bouwen|onderhouden|ondersteunen|uitbreiden|verduurzamen|openstellen|inrichten|"
    "digitaliseren|herbestemmen|beveiligen|vergroenen|opvolgen|verbeteren"
).split("|")
_THINGS = (
    "de sporthal|het gemeentehuis|trage wegen|de bibliotheek|buitenschoolse kinderopvang|"
    "jeugdlokalen|het rioolstelsel|de begraafplaatsen|fietspaden langs de steenweg|"
    "het lokaal dienstencentrum|de wekelijkse markt|openbare verlichting|het cultuurhuis|"
    "sociale woningen|de waterlopen|schoolomgevingen|het wagenpark|de kerkfabrieken|"
    "verenigingen die vrijwilligers zoeken|de dorpskernen|een energieloket|het zwembad"
).split("|")
_ENDS = (
    "tegen eind 2029|samen met de buren|in elke deelgemeente|voor alle leeftijden|"
    "met aandacht voor wie minder mobiel is|volgens het lokaal energie- en klimaatpact|"
    "op basis van een bevraging in 2027|zonder extra verharding|waar dat nodig is|"
    "met steun van de Vlaamse overheid|in 3 fasen|voor 1.200 gezinnen"
).split("|")
_GOALS = (
    "een zorgzame gemeente|een bereikbare gemeente|een groene leefomgeving|sterke scholen|"
    "een gemeente die ondernemers aantrekt|een veilige buurt|een slimme organisatie|"
    "vrije tijd voor iedereen"
).split("|")
FORMS = (
    ("BD-{o:02}", "AP-{p:02}", "AC-{a:03}"),
    ("{o}", "{o}.{i}", "{o}.{i}.{j}"),
    ("BD{o}", "AP{p}", "AC{a}"),
    ("SD-{o}", "AP-{o}.{i}", "ACT-{o}.{i}.{j}"),
    ("BD00000{o}", "AP0000{p:02}", "AC000{a:03}"),
    ("M{o}-BD{o}", "AP{o}{i}", "AP{o}{i}_AC{j}"),
    ("20261400{o:02}", "20261401{p:02}", "2026142{a:03}"),
    ("OBS{o}", "{o}/{i}", "A{o}{i}{j:02}"),
)
"""Patterns of codes: o, p and a count through the plan, i and j within what is above."""


@dataclass(frozen=True)
class Look:
    """What a plan prints the same way on all its pages."""

    rng: random.Random
    family: str
    size: float
    money: Callable[[float], str]
    unit: int
    """In how many euro it counts."""
    minus: Callable[[str], str]
    """How it prints a negative amount."""
    repeats_head: bool


def make_plan(seed: int, name: str) -> tuple[Plan, Look]:
    """Return an invented plan and its looks.

    Args:
        seed: The same seed and name give the same plan.
        name: Of the layout, so that no two layouts print the same tree.
    """
    rng = random.Random(f"{name} {seed}")
    look = Look(
        rng,
        rng.choice(("Helvetica", "Times")),
        rng.choice((8.0, 8.5, 9.0, 10.0)),
        rng.choice((_dots, _dots, _cents, _spaces, _signed)),
        rng.choice((1, 1, 1, 1000)),
        rng.choice(("-{}", "({})", "{}-")).format,
        rng.random() < 0.7,
    )
    form = rng.choice(FORMS)
    has_titles = rng.random() < 0.5
    objectives = [_routine(rng)] if rng.random() < 0.5 else []
    p = a = 0
    for o in range(1, rng.randint(2, 4) + 1):
        plans = []
        for i in range(1, rng.randint(1, 4) + 1):
            p += 1
            actions = []
            for j in range(1, rng.randint(1, 6) + 1):
                a += 1
                code = form[2].format(o=o, p=p, a=a, i=i, j=j)
                actions.append(_action(rng, code, has_titles))
            code = form[1].format(o=o, p=p, i=i)
            plans.append(
                ActionPlan(
                    code,
                    f"We werken aan {rng.choice(_THINGS)} {rng.choice(_ENDS)}.{_more(rng, 2)}",
                    tuple(actions),
                    title=_short(rng) if has_titles else "",
                )
            )
        text = f"{rng.choice(_PLACES)} wordt {rng.choice(_GOALS)}.{_more(rng, 3)}"
        title = f"Naar {rng.choice(_GOALS)}" if has_titles else ""
        objectives.append(Objective(form[0].format(o=o), text, tuple(plans), title=title))
    return Plan(tuple(objectives), municipality=rng.choice(_PLACES)), look


def truth_of(plan: Plan) -> list[dict[str, Any]]:
    """Return a plan as the truth files have it, with receipts and amounts per year."""
    return [
        {
            "objective_code": objective.code,
            "objective": objective.text,
            "plan_code": action_plan.code,
            "plan": action_plan.text,
            "action_code": action.code,
            "action": action.text,
            "total_eur": action.budget.total if action.budget else 0.0,
            "receipts_eur": action.budget.receipts if action.budget else 0.0,
            "amounts": dict(action.budget.years) if action.budget else {},
        }
        for objective, action_plan, action in plan.actions()
    ]


def _routine(rng: random.Random) -> Objective:
    code = f"GBB-{rng.choice(('FIN', 'CBS', 'ALG'))}"
    action = Action(code, "Commentaar:", _budget(rng), title="Verrichtingen zonder doelstelling")
    return Objective("", "", (ActionPlan(code, "Commentaar:", (action,), title="Lopend beleid"),))


def _action(rng: random.Random, code: str, has_title: bool) -> Action:
    text = f"{_short(rng)} {rng.choice(_ENDS)}."
    return Action(
        code,
        text + _more(rng, rng.choice((0, 0, 1, 3, 6))),
        _budget(rng),
        title=_short(rng) if has_title else "",
    )


def _short(rng: random.Random) -> str:
    thing = rng.choice(_THINGS)
    return f"{thing[0].upper()}{thing[1:]} {rng.choice(_VERBS)}"


def _more(rng: random.Random, most: int) -> str:
    return "".join(
        f" We {rng.choice(_VERBS)} {rng.choice(_THINGS)} {rng.choice(_ENDS)} en"
        f" {rng.choice(_VERBS)} {rng.choice(_THINGS)}."
        for _ in range(rng.randint(0, most))
    )


def _budget(rng: random.Random) -> Budget:
    def amounts(share: float) -> dict[int, float]:
        step = rng.choice((1000, 3000, 12000, 310000))
        return {
            year: float(rng.randint(1, 40) * step) if rng.random() < share else 0.0
            for year in YEARS
        }

    paid = amounts(0.8)
    got = amounts(0.6) if rng.random() < 0.5 else dict.fromkeys(YEARS, 0.0)
    return Budget(sum(paid.values()), paid, sum(got.values()), got)


def _dots(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", ".")


def _cents(amount: float) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _spaces(amount: float) -> str:
    return f"{amount:,.0f}".replace(",", " ")


def _signed(amount: float) -> str:
    return f"€ {_dots(amount)}"
