"""Multi-annual plans as trees: objective › action plan › action, with budgets."""

from sdgalign.plans.extract import extract_plan
from sdgalign.plans.plan import Action, ActionPlan, Budget, Objective, Plan
from sdgalign.plans.read import read_plans

__all__ = ["Action", "ActionPlan", "Budget", "Objective", "Plan", "extract_plan", "read_plans"]
