"""What became of commitments, as plain data: from reports to the lineage of a comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sdgalign.kinds import DocumentKind
from sdgalign.scoring.lineage import Fate, Lineage, Statement, Trace, in_order, steps, trace

Entry = Mapping[str, Any]
Row = dict[str, Any]
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]

CONTEXT_MARK = ". "
"""Between the headings and the passage, in what is encoded."""


def find_lineages(
    reports: Sequence[Entry],
    statements: Sequence[Sequence[Statement]],
    encode: Encode,
    follow: bool | None,
) -> tuple[Lineage, ...]:
    """Find what became of the commitments, for every document that follows another.

    Args:
        reports: Of the documents, as `report-1.schema.json` describes them.
        statements: Of each.
        encode: Gives texts a vector of length 1.
        follow: Whether they follow each other in the order given; decided by kind when None.
    """
    if follow is None:
        pairs = steps([DocumentKind(each["document"]["kind"]) for each in reports])
    else:
        pairs = in_order(len(reports)) if follow else ()
    needed = sorted({at for pair in pairs for at in pair})
    meanings = {at: encode(_headed(statements[at], reports[at])) for at in needed}
    return tuple(
        Lineage(
            one,
            other,
            trace(statements[one], statements[other], (meanings[one], meanings[other])),
        )
        for one, other in pairs
    )


def _headed(statements: Sequence[Statement], report: Entry) -> list[str]:
    paths = {each["id"]: each["heading_path"] for each in report["segments"]}
    return [" > ".join(paths[each.segment_id]) + CONTEXT_MARK + each.text for each in statements]


def lineage_row(lineage: Lineage, reports: Sequence[Entry]) -> Row:
    """Return a lineage as plain data."""
    counts = Counter(each.fate for each in lineage.traces)
    targets = [
        {each["id"]: targets_of(each) for each in reports[at]["segments"]}
        for at in (lineage.before, lineage.after)
    ]
    return {
        "before": lineage.before,
        "after": lineage.after,
        "counts": {str(fate): counts[fate] for fate in Fate},
        "traces": [_trace(each, targets) for each in lineage.traces],
    }


def _trace(each: Trace, targets: Sequence[Mapping[str, list[str]]]) -> Row:
    before = targets[0][each.before] if each.before else []
    after = targets[1][each.after] if each.after else []
    return {
        "fate": str(each.fate),
        "before": each.before,
        "after": each.after,
        "likeness": round(each.likeness, 3),
        "nearest": each.nearest,
        "doubtful": each.is_doubtful,
        "figures_differ": each.figures_differ,
        "targets": list(dict.fromkeys((*before, *after))),
    }


def targets_of(segment: Entry) -> list[str]:
    """Return the codes of the targets that a segment of a report addresses."""
    found = segment["classification"]
    return list(found["targets_predicted"]) if found else []
