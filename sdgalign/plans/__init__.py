"""Multi-annual plans as trees: objective › action plan › action, with budgets."""

from sdgalign.plans.extract import extract_plan
from sdgalign.plans.plan import Action, ActionPlan, Budget, Objective, Plan
from sdgalign.plans.read import is_data_file, read_plans
from sdgalign.plans.recognise import prints_plan

__all__ = [
    "Action",
    "ActionPlan",
    "Budget",
    "Objective",
    "Plan",
    "extract_plan",
    "is_data_file",
    "prints_plan",
    "read_plans",
]
