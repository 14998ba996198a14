"""Plans to print in tests, in the code forms that municipalities use."""

from __future__ import annotations

from sdgalign.plans import Action, ActionPlan, Budget, Objective, Plan
from tests.plans.layouts import YEARS

FORMS = {
    "plain": ("BD{o}", "AP{p}", "AC{a}"),
    "dashed": ("BD-{o}", "AP-{o}.{p}", "ACT-{o}.{p}.{a}"),
    "figures": ("{o}", "{o}.{p}", "{o}.{p}.{a}"),
    "dots": ("{o}.", "{o}.{p}.", "{o}.{p}.{a}."),
    "slashes": ("OBS{o}", "{o}/{p}", "{o}/{p}_{o}/{p}/{a}"),
    "composite": ("M1-BD{o}", "AP{o}{p}", "AP{o}{p}_AC{o}{p}{a}"),
    "pairs": ("3SBS0{o}", "3SBS0{o}0{p}", "3SBS0{o}0{p}0{a}"),
    "same": ("BDS", "AP", "AP"),
    "words": ("BDS", "beleving0{p}", "beleving0{p}_beleving0{p}0{a}"),
}
"""Names of forms with their patterns for objective, action plan and action."""
_TOPICS = ("fietspaden", "bomen", "zorg", "scholen", "rioleringen", "sport", "energie", "wonen")
_LONG = (
    " We werken daarvoor samen met inwoners, verenigingen en buurgemeenten, en we volgen elk jaar "
    "op wat het oplevert. In 2027 passen we het plan aan waar dat nodig is, tegen eind 2030 is "
    "alles klaar."
)


def sample_plan(form: str, *, has_titles: bool = True) -> Plan:
    """Return a plan with two objectives, four action plans, twelve actions and routine policy.

    Args:
        form: One of `FORMS`.
        has_titles: Whether texts have a short form too.
    """
    codes = FORMS[form]
    routine = Action("GBB-FIN", "Commentaar:", _budget(3), title="Lopend beleid financiën")
    objectives = [Objective("", "", (ActionPlan("GBB-FIN", "Commentaar:", (routine,)),))]
    for o in (1, 2):
        plans = []
        for p in (1, 2):
            actions = [
                _action(codes[2].format(o=o, p=p, a=a), o * 100 + p * 10 + a, has_titles)
                for a in (1, 2, 3)
            ]
            text = f"Wij zorgen in wijk {o}{p} voor iedereen.{_LONG}"
            title = f"Iedereen in wijk {o}{p}" if has_titles else ""
            plans.append(ActionPlan(codes[1].format(o=o, p=p), text, tuple(actions), title=title))
        text = f"Kwalitatieve omschrijving: pijler {o} van het beleid.{_LONG}"
        title = f"Pijler {o}" if has_titles else ""
        objectives.append(Objective(codes[0].format(o=o), text, tuple(plans), title=title))
    return Plan(tuple(objectives), municipality="Voorbeeldegem")


def _action(code: str, number: int, has_titles: bool) -> Action:
    topic = _TOPICS[number % len(_TOPICS)]
    text = f"Wij leggen {number} meter {topic} aan."
    text += _LONG if number % 2 else ""
    return Action(code, text, _budget(number), title=f"Aanleg {topic}" if has_titles else "")


def _budget(number: int) -> Budget:
    years = {year: float(number * 1000 * (at % 3)) for at, year in enumerate(YEARS)}
    return Budget(sum(years.values()), years)


def truth_of(plan: Plan) -> list[dict[str, object]]:
    """Return a plan as the truth files have it."""
    return [
        {
            "objective_code": objective.code,
            "plan_code": action_plan.code,
            "action_code": action.code,
            "action": action.text,
            "total_eur": action.budget.total if action.budget else 0.0,
        }
        for objective, action_plan, action in plan.actions()
    ]
