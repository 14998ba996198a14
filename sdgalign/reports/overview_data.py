"""The overview of a corpus with what a report of it needs besides: the same for every format."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sdgalign._version import __version__
from sdgalign.corpus.assessed import Assessed
from sdgalign.corpus.euro import WITHOUT, EuroEstimate
from sdgalign.corpus.overview_parts import KindOverview, Overview, Unit
from sdgalign.reports.texts import Texts

SCHEMA_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be analysed."""

    name: str
    kind: str
    """One word, such as ``encrypted``."""
    message: str
    """What is wrong and what to do, after its name."""


@dataclass(frozen=True, slots=True)
class Partial:
    """A document of which much may be missing; it counts all the same."""

    name: str
    losses: tuple[str, ...]
    """Codes, such as ``cut-off``."""
    pages: int
    words: int


@dataclass(frozen=True, slots=True)
class OverviewReport:
    """All that a report of a corpus shows."""

    title: str
    overview: Overview
    created: str
    """ISO 8601."""
    models: Sequence[str] = ()
    """Ids of the models that the documents were analysed with; more than one is a warning."""
    estimates: Mapping[str, EuroEstimate] = field(default_factory=dict)
    """Per kind, euro per goal with intervals."""
    failures: Sequence[Failure] = ()
    partial: Sequence[Partial] = ()
    copies: int = 0
    """Documents that are left out because another one of the same maker has the same content."""
    links: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Per path and part of a document, where its own report is, as seen from this one."""

    def link(self, document: Assessed) -> str:
        """Return where the report of a document is; empty when there is none."""
        return self.links.get((document.path, document.part), "")


def failed(failure: Failure, words: Texts) -> str:
    """Return what a failure is, in words."""
    key = f"failure.{failure.kind}"
    return words[key if key in words.keys() else "failure.unreadable"]


def losses(partial: Partial, words: Texts) -> str:
    """Return what of a document is missing, in words."""
    return words.join([words.fill(f"loss.{code}", words=partial.words) for code in partial.losses])


def render_overview_json(report: OverviewReport) -> str:
    """Write the overview as data, for programs."""
    data = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "sdgalign", "version": __version__},
        "created": report.created,
        "title": report.title,
        "models": list(report.models),
        "documents": dict(report.overview.states),
        "kinds": [_kind(report, kind) for kind in report.overview.kinds],
        "copies": report.copies,
        "failures": [asdict(each) for each in report.failures],
        "partial": [asdict(each) for each in report.partial],
    }
    return json.dumps(_rounded(data), ensure_ascii=False, indent=1) + "\n"


def _kind(report: OverviewReport, kind: KindOverview) -> dict[str, Any]:
    estimate = report.estimates.get(kind.kind)
    return {
        "kind": kind.kind,
        "documents": kind.documents,
        "whole": asdict(kind.whole),
        "units": [_unit(report, unit) for unit in kind.units],
        "municipalities": [asdict(each) for each in kind.municipalities],
        "parties": [asdict(each) for each in kind.parties],
        "years": [asdict(each) for each in kind.years],
        "goals": {code: asdict(group) for code, group in kind.goals.items()},
        "targets": [{**asdict(each), "taken_up": each.taken_up} for each in kind.targets],
        "outliers": [
            {
                "name": each.unit.name,
                "measure": each.measure,
                "value": each.value,
                "median": each.median,
                "distance": each.found.distance,
            }
            for each in kind.outliers
        ],
        "trends": [{**asdict(each), "is_clear": each.is_clear} for each in kind.trends],
        "money": kind.money
        and {
            **asdict(kind.money),
            "intervals": estimate and {_goal(c): asdict(e) for c, e in estimate.by_goal.items()},
        },
    }


def _unit(report: OverviewReport, unit: Unit) -> dict[str, Any]:
    first, euro = unit.current[0], unit.euro
    return {
        "name": unit.name,
        "municipality": first.municipality,
        "nis_code": first.nis_code,
        "party": first.party,
        "year": unit.year,
        "documents": [
            {"path": each.path, "part": each.part, "report": report.link(each) or None}
            for each in unit.current
        ],
        "score": unit.group.score and asdict(unit.group.score),
        "coverage": unit.group.coverage and asdict(unit.group.coverage),
        "ranks": unit.ranks and asdict(unit.ranks),
        "goals": {code: asdict(score) for code, score in unit.goals.items()},
        "euro": euro and {_goal(code): amount for code, amount in euro.items()},
    }


def _goal(code: str) -> str:
    return "without_target" if code == WITHOUT else code


def _rounded(value: Any) -> Any:  # noqa: ANN401 - plain JSON
    match value:
        case float():
            return round(value, 4)
        case dict():
            return {key: _rounded(each) for key, each in value.items()}
        case list() | tuple():
            return [_rounded(each) for each in value]
        case _:
            return value
