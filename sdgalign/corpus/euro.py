"""Euro per goal of many plans, with the interval that the model's doubt leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sdgalign.corpus.statistics import Interval

WITHOUT = ""
"""Stands for the euro of actions without any goal, beside the codes of goals."""

SHARED_DOUBT = 0.6
"""Standard deviation, in log-odds, by which the probabilities of one goal are off in all plans
together. Chosen on labelled actions of plans that the model did not learn (`docs/method.md`)."""

DRAWS = 1000
_SEED = 2030
_TAIL = 0.05
_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Priced:
    """An action with an amount."""

    plan: str
    """What its plan is known by, for amounts per plan."""
    euro: float
    probabilities: Mapping[str, float]
    """Calibrated probability per target code, 0–1; left out where negligible."""
    coded: Sequence[str]
    """Codes of the targets that the model gave it."""


@dataclass(frozen=True, slots=True)
class EuroEstimate:
    """Euro per goal by the rule of division, with 90 % intervals."""

    by_goal: Mapping[str, Interval]
    """Per goal code, and under ``WITHOUT`` what goes to actions without any."""
    total: float
    actions: int


def actions_of(payload: Mapping[str, Any], plan: str) -> list[Priced]:
    """Return the actions with amounts of a report's payload."""
    actions = payload["plan"]["actions"] if payload["plan"] else ()
    return [_priced(action, plan) for action in actions if action["total"]]


def _priced(action: Mapping[str, Any], plan: str) -> Priced:
    coded = {code["code"]: code["probability"] for code in action["targets"]}
    return Priced(plan, action["total"], action.get("probabilities", coded), list(coded))


def estimate(
    actions: Iterable[Priced],
    *,
    draws: int = DRAWS,
    shared_doubt: float = SHARED_DOUBT,
    seed: int = _SEED,
) -> EuroEstimate:
    """Estimate euro per goal.

    The value follows the rule of division: the expenditure of an action is divided equally over
    the targets that the model gave it. The interval comes from drawing: in each draw every action
    gets each target with its probability, independently, after all log-odds of a goal were shifted
    by one normal number; the euro are divided by the same rule. It runs from the 5 % to the 95 %
    quantile, widened to hold the value.

    Args:
        actions: Of one plan or many.
        draws: Number of draws.
        shared_doubt: Standard deviation of the shift.
        seed: Of the draws; the same actions in the same order give the same intervals.
    """
    known = list(actions)
    goals = [str(number) for number in range(1, 18)]
    value = _by_rule(known, goals)
    drawn = _draw(known, goals, draws, shared_doubt, seed)
    low, high = np.quantile(drawn, (_TAIL, 1 - _TAIL), axis=0)
    return EuroEstimate(
        {
            code: Interval(float(value[at]), *_around(value[at], low[at], high[at]))
            for at, code in enumerate((*goals, WITHOUT))
        },
        total=sum(each.euro for each in known),
        actions=len(known),
    )


def _around(value: float, low: float, high: float) -> tuple[float, float]:
    return float(min(low, value)), float(max(high, value))


def _by_rule(actions: Sequence[Priced], goals: Sequence[str]) -> npt.NDArray[np.float64]:
    place = {code: at for at, code in enumerate(goals)}
    euro = np.zeros(len(goals) + 1)
    for action in actions:
        for code in action.coded:
            euro[place[_goal(code)]] += action.euro / len(action.coded)
        if not action.coded:
            euro[-1] += action.euro
    return euro


def _draw(
    actions: Sequence[Priced], goals: Sequence[str], draws: int, shared_doubt: float, seed: int
) -> npt.NDArray[np.float64]:
    """Return euro per draw and goal, those without any last."""
    place = {code: at for at, code in enumerate(goals)}
    pairs = [
        (at, place[_goal(code)], probability)
        for at, action in enumerate(actions)
        for code, probability in action.probabilities.items()
    ]
    euro = np.array([action.euro for action in actions])
    owner = np.array([pair[0] for pair in pairs], dtype=np.intp)
    goal = np.array([pair[1] for pair in pairs], dtype=np.intp)
    chance = np.clip([pair[2] for pair in pairs], _EDGE, 1 - _EDGE)
    odds = np.log(chance / (1 - chance))
    random = np.random.default_rng(seed)
    found = np.zeros((draws, len(goals) + 1))
    for draw in range(draws):
        shift = shared_doubt * random.standard_normal(len(goals))
        taken = random.random(len(pairs)) < 1 / (1 + np.exp(-(odds + shift[goal])))
        number = np.bincount(owner[taken], minlength=len(actions))
        share = euro / np.maximum(number, 1)
        found[draw, :-1] = np.bincount(
            goal[taken], weights=share[owner[taken]], minlength=len(goals)
        )
        found[draw, -1] = euro[number == 0].sum()
    return found


def _goal(code: str) -> str:
    return code.partition(".")[0]
