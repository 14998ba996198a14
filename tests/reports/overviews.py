"""Hand-made overviews of corpora, for their reports."""

from __future__ import annotations

from sdgalign.corpus.euro import EuroEstimate
from sdgalign.corpus.overview import overview
from sdgalign.corpus.statistics import Interval
from sdgalign.reports.overview_data import Failure, OverviewReport
from tests.corpus import assessments


def estimated() -> EuroEstimate:
    """Return euro per goal with invented intervals."""
    by_goal = {str(number): Interval(0.0, 0.0, 20_000.0) for number in range(1, 18)}
    by_goal["3"] = Interval(300_000.0, 250_000.0, 380_000.0)
    by_goal["11"] = Interval(3_000_000.0, 2_400_000.0, 3_100_000.0)
    by_goal[""] = Interval(2_700_000.0, 2_500_000.0, 3_200_000.0)
    return EuroEstimate(by_goal, 6_000_000.0, 40)


def small() -> OverviewReport:
    """Return the overview of manifestos and plans of three places, with failures and a link."""
    states = {"waiting": 0, "done": 11, "failed": 1, "gone": 0}
    return OverviewReport(
        title="Drie gemeenten <test>",
        overview=overview(assessments.small(), assessments.TARGETS, states),
        created="2025-03-09T08:30:00+00:00",
        models=("test-1 (abababab)",),
        estimates={"plan": estimated()},
        failures=(
            Failure("a.pdf", "encrypted", "a.pdf: needs a password. Give it with --password."),
        ),
        links={("Zandvliert--plan-2026.pdf", ""): "reports/zandvliert%20plan.html"},
    )


def empty() -> OverviewReport:
    """Return the overview of a project of which nothing is done yet."""
    found = overview([], assessments.TARGETS, {"waiting": 3, "done": 0, "failed": 0, "gone": 0})
    return OverviewReport("Leeg", found, "2025-03-09T08:30:00+00:00")


def large() -> OverviewReport:
    """Return the overview of as many plans as Flanders has municipalities."""
    documents = assessments.many()
    return OverviewReport(
        title="Vlaanderen",
        overview=overview(documents, assessments.TARGETS, {"done": len(documents)}),
        created="2025-03-09T08:30:00+00:00",
        models=("test-1",),
        estimates={"plan": estimated()},
    )
