"""SDG codes and money for the actions of a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdgalign.plans import Action, ActionPlan, Objective, Plan
from sdgalign.plans.plan import whole_text
from sdgalign.scoring import BudgetAlignment, Costed, align_budget

if TYPE_CHECKING:
    from sdgalign.model import AlignmentModel, Classification

_BATCH = 512


@dataclass(frozen=True, slots=True)
class CodedAction:
    """An action with what stands above it and what the model says of it."""

    objective: Objective
    action_plan: ActionPlan
    action: Action
    classification: Classification

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the codes of the targets that it addresses, most probable first."""
        return self.classification.targets_predicted


@dataclass(frozen=True, slots=True)
class CodedPlan:
    """A plan with SDG codes for every action."""

    plan: Plan
    actions: tuple[CodedAction, ...]
    budget: BudgetAlignment


def planning_code(code: str) -> str:
    """Return a goal or target as planning software writes it: ``SDG11``, ``SDG1107``, ``SDG01A``.

    Goals have two digits, targets two more, or a letter.
    """
    goal, _, part = code.partition(".")
    return f"SDG{int(goal):02d}" + (f"{int(part):02d}" if part.isdigit() else part.upper())


def code_plan(
    plan: Plan,
    model: AlignmentModel,
    on_progress: Callable[[float], None] = lambda share: None,
) -> CodedPlan:
    """Classify every action, with objective and action plan as context, and divide the money.

    Args:
        plan: Read from a document or a data file.
        model: Gives the targets.
        on_progress: Told about the share done, 0–1.
    """
    rows = list(plan.actions())
    found: list[Classification] = []
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        found += model.classify(
            [whole_text(action.title, action.text) for _, _, action in batch],
            contexts=[f"{name_of(objective)} > {name_of(above)}" for objective, above, _ in batch],
            ids=[str(start + at) for at in range(len(batch))],
        )
        on_progress(len(found) / len(rows))
    actions = tuple(
        CodedAction(*row, classification) for row, classification in zip(rows, found, strict=True)
    )
    return CodedPlan(plan, actions, align_budget(map(_cost, actions)))


def name_of(level: Objective | ActionPlan) -> str:
    """Return the short text of a level, the long one where there is no other."""
    return level.title or level.text


def _cost(coded: CodedAction) -> Costed | None:
    budget = coded.action.budget
    return Costed(coded.targets, budget.total, budget.years) if budget else None
