"""A tree without what was printed twice: overviews, closing tables, numbered chapters.

A code that comes back is a second objective only where actions stand beneath it both times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sdgalign.plans.plan import Action, ActionPlan, Objective, letters

_COMPARED = 40
"""Letters by which texts are compared: one of them may have been cut short."""


def prune(objectives: Sequence[Objective]) -> tuple[Objective, ...]:
    """Leave out references to nodes that stand elsewhere in the tree.

    These are objectives and action plans without actions whose code has them elsewhere, actions
    that say again what an earlier one says, and numbered chapters before and after the plan.
    """
    own = _own(objectives)
    kept = [
        replace(objective, plans=tuple(_own_actions(each, own) for each in objective.plans))
        for objective in objectives
    ]
    full_plans = _codes(each for objective in kept for each in objective.plans if each.actions)
    kept = [
        replace(
            objective,
            plans=tuple(
                each for each in objective.plans if each.actions or each.code not in full_plans
            ),
        )
        for objective in kept
    ]
    full = _codes(objective for objective in kept if _has_actions(objective))
    kept = [each for each in kept if _has_actions(each) or each.code not in full]
    return tuple(_without_chapters(kept))


def says_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether title or text of two nodes start alike; an empty node says nothing else."""
    texts = [[letters(each) for each in node if each] for node in (one, other)]
    if not all(texts):
        return True
    return any(
        own.startswith(each[:_COMPARED]) or each.startswith(own[:_COMPARED])
        for own in texts[0]
        for each in texts[1]
    )


def _codes(nodes: Iterable[Objective | ActionPlan]) -> set[str]:
    """Return the codes that tell nodes apart: no placeholder (``BDS``), none that starts again."""
    counts = Counter(node.code for node in nodes)
    return {code for code, count in counts.items() if count == 1 and any(map(str.isdigit, code))}


def _has_actions(objective: Objective) -> bool:
    return any(each.actions for each in objective.plans)


def _own(objectives: Iterable[Objective]) -> dict[int, Action]:
    """Return the actions without those that only say another again, by id.

    Of several the one under a named action plan with the longest text stays; it gets the amounts
    of any.
    """
    every = [
        (plan, action) for each in objectives for plan in each.plans for action in plan.actions
    ]
    alike: dict[str, list[tuple[ActionPlan, Action]]] = {}
    for plan, action in every:
        if any(map(str.isdigit, action.code)):
            alike.setdefault(action.code, []).append((plan, action))
    own = {id(action): action for _, action in every}
    if not all(_says_same_as(each[0][1], other) for each in alike.values() for _, other in each):
        return own  # codes that start again under each plan tell nothing
    for pairs in alike.values():
        budgets = [action.budget for _, action in pairs if action.budget is not None]
        if len(pairs) > 1 and len({budget.total for budget in budgets}) < 2:
            _, kept = max(pairs, key=lambda pair: (bool(pair[0].code), len(pair[1].text)))
            for _, action in pairs:
                del own[id(action)]
            own[id(kept)] = replace(kept, budget=budgets[0] if budgets else None)
    return own


def _says_same_as(one: Action, other: Action) -> bool:
    return says_same((one.title, one.text), (other.title, other.text))


def _own_actions(plan: ActionPlan, own: Mapping[int, Action]) -> ActionPlan:
    return replace(plan, actions=tuple(own[id(each)] for each in plan.actions if id(each) in own))


def _without_chapters(objectives: Sequence[Objective]) -> Iterator[Objective]:
    """Leave out numbered headings without actions before the first and after the last with them."""
    full = [number for number, each in enumerate(objectives) if _has_actions(each)]
    for number, objective in enumerate(objectives):
        is_inside = bool(full) and full[0] < number < full[-1]
        is_numbered = not any(map(str.isalpha, objective.code))
        if is_inside or not is_numbered or _has_actions(objective):
            yield objective
