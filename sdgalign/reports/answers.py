"""What a council asks, as plain data: gaps, claims, the plan with codes and money."""

from __future__ import annotations

from typing import Any

from sdgalign.coding import CodedAction, CodedPlan, planning_code
from sdgalign.framework import Framework
from sdgalign.plans import ActionPlan, Objective
from sdgalign.scoring import Claim, Gap, PeerTarget, Spending

Row = dict[str, Any]


def gap_row(gap: Gap, framework: Framework) -> Row:
    """Return a gap with what would close it and what measures it."""
    target = framework.target(gap.target_code)
    nearest = gap.nearest
    return {
        "target": gap.target_code,
        "relevance": str(gap.relevance),
        "status": str(gap.status),
        "priority": gap.is_priority,
        "reference": None if gap.reference is None else str(gap.reference),
        "peers": gap.peers and round(gap.peers.share, 4),
        **({"peer_documents": _peers(gap.peers)} if gap.peers else {}),
        "nearest": nearest
        and {"segment": nearest.segment_id, "probability": round(nearest.probability, 4)},
        "actions": [dict(action) for action in target.actions],
        "indicators": [
            {**indicator.text, "source": dict(indicator.source)} for indicator in target.indicators
        ],
    }


def _peers(peers: PeerTarget) -> Row:
    return {
        "documents": peers.documents,
        "taken_up": peers.taken_up,
        "with_action": peers.with_action,
        "median": str(peers.median),
    }


def claim_row(claim: Claim) -> Row:
    """Return how a goal is named and taken up."""
    return {
        "goal": claim.goal_code,
        "mentions": claim.mentions,
        "targets_covered": claim.targets_covered,
        "verdict": str(claim.verdict),
    }


def plan_row(coded: CodedPlan) -> Row:
    """Return a plan with a code for every action, and where its money goes."""
    budget = coded.budget
    return {
        "municipality": coded.plan.municipality,
        "nis_code": coded.plan.nis_code,
        "actions": [_action(action) for action in coded.actions],
        "budget": {
            "actions": budget.actions,
            "actions_without_amount": budget.actions_without_amount,
            **_spending(budget.whole),
            "years": {str(year): _spending(spent) for year, spent in budget.years.items()},
        },
    }


def _action(coded: CodedAction) -> Row:
    found, budget = coded.classification, coded.action.budget
    return {
        "objective": _level(coded.objective),
        "action_plan": _level(coded.action_plan),
        "code": coded.action.code,
        "title": coded.action.title,
        "text": coded.action.text,
        "pages": list(coded.action.pages),
        "total": budget and round(budget.total, 2),
        "years": {str(year): round(euro, 2) for year, euro in budget.years.items()}
        if budget
        else {},
        "targets": [
            {"code": code, "sdg": planning_code(code), "probability": round(found.targets[code], 4)}
            for code in found.targets_predicted
        ],
        "probabilities": found.as_row()["targets"],
        "goals": list(found.goals_predicted),
        "none": round(found.none, 4),
        "commitment": found.commitment,
    }


def _level(level: Objective | ActionPlan) -> Row:
    return {"code": level.code, "title": level.title, "text": level.text}


def _spending(spent: Spending) -> Row:
    return {
        "total": round(spent.total, 2),
        "without_target": round(spent.without_target, 2),
        "by_goal": {code: round(euro, 2) for code, euro in spent.by_goal.items()},
        "by_target": {code: round(euro, 2) for code, euro in spent.by_target.items()},
    }
