"""Multi-annual plans as trees: objective › action plan › action, with budgets."""

from sdgalign.plans.plan import Action, ActionPlan, Budget, Objective, Plan

__all__ = ["Action", "ActionPlan", "Budget", "Objective", "Plan"]
