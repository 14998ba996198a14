"""The overview of a corpus: groups, ranks, targets, outliers, trends and money, per kind.

Pure, and never across kinds: a manifesto promises, a plan pays, a context analysis describes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TypeVar

from sdgalign.corpus.assessed import Assessed
from sdgalign.corpus.overview_parts import (
    Group,
    KindOverview,
    Money,
    Outlier,
    Overview,
    TargetShares,
    Trend,
    Unit,
    add_euro,
)
from sdgalign.corpus.statistics import (
    OUTLYING,
    Interval,
    difference,
    mean,
    ranks,
    unusual,
)

Key = TypeVar("Key")

WORDS = "words"

LEAST_SCORE_DEVIATION = 3.0
"""Points below which a difference in score is never taken for the usual deviation."""

LEAST_WORDS_DEVIATION = 0.2
"""Likewise, of the logarithm of the number of words: about a fifth."""


def overview(
    documents: Iterable[Assessed], targets: Sequence[str], states: Mapping[str, int] | None = None
) -> Overview:
    """Make the overview of a corpus.

    Args:
        documents: Analysed, of any kind. Copies by one maker count once.
        targets: Codes of all targets in UN order.
        states: Number of documents per state of the run, failures included.
    """
    kinds = _by(_without_copies(documents), lambda each: each.kind)
    found = [_kind(kind, members, targets) for kind, members in kinds.items()]
    found.sort(key=lambda each: -each.documents)
    return Overview(tuple(found), dict(states or {}))


def that_count(documents: Iterable[Assessed]) -> Iterator[Assessed]:
    """Yield the documents that count now: copies once, and of every maker those of its last year.

    Makers are told apart per kind.
    """
    makers = _by(_without_copies(documents), lambda each: (each.kind, each.unit))
    for members in makers.values():
        yield from _of_last_year(members)


def _without_copies(documents: Iterable[Assessed]) -> Iterator[Assessed]:
    seen = set()
    for each in documents:
        maker = (each.kind, each.municipality, each.nis_code, each.party, each.year, each.content)
        if not each.content or maker not in seen:
            yield each
        seen.add(maker)


def _kind(kind: str, documents: Sequence[Assessed], targets: Sequence[str]) -> KindOverview:
    makers = _by(documents, lambda each: each.unit)
    units = _ranked([_unit(members) for members in makers.values()])
    current = [each for unit in units for each in unit.current]
    years = _by((each for each in documents if each.year), lambda each: each.year or 0)
    return KindOverview(
        kind=kind,
        documents=len(documents),
        whole=_group(kind, current),
        units=units,
        municipalities=_of_several(_groups(current, lambda each: each.municipality)),
        parties=_of_several(_groups(current, lambda each: each.party)),
        years=tuple(_group(str(year), members) for year, members in sorted(years.items())),
        goals=_goals(current),
        targets=_targets(current, targets),
        outliers=_outliers(units),
        trends=_trends(makers.values()),
        money=_money(current),
    )


def _of_last_year(documents: Sequence[Assessed]) -> tuple[Assessed, ...]:
    last = max(each.year or 0 for each in documents)
    return tuple(each for each in documents if (each.year or 0) == last)


def _unit(documents: Sequence[Assessed]) -> Unit:
    current = _of_last_year(documents)
    scores = _by_goal(current)
    return Unit(
        _group(current[0].name, current),
        current,
        {code: mean(values) for code, values in scores.items()},
    )


def _ranked(units: Sequence[Unit]) -> tuple[Unit, ...]:
    scored = [each for each in units if each.group.score]
    if len(scored) > 1:
        found = ranks([each.group.score for each in scored if each.group.score])
        scored = [replace(unit, ranks=rank) for unit, rank in zip(scored, found, strict=True)]
    scored.sort(key=lambda each: (-each.group.score.value if each.group.score else 0, each.name))
    return (*scored, *(each for each in units if not each.group.score))


def _group(name: str, documents: Sequence[Assessed]) -> Group:
    scores = [each.score for each in documents if each.score]
    coverages = [each.coverage for each in documents if each.coverage]
    values = [each.value for each in scores]
    return Group(
        name=name,
        documents=len(documents),
        score=mean(scores) if scores else None,
        coverage=mean(coverages, top=1.0) if coverages else None,
        lowest=min(values, default=None),
        highest=max(values, default=None),
    )


def _groups(documents: Sequence[Assessed], key: Callable[[Assessed], str]) -> tuple[Group, ...]:
    """Return a group per name that is not empty, highest score first."""
    named = _by((each for each in documents if key(each)), key)
    groups = [_group(name, members) for name, members in named.items()]
    return tuple(sorted(groups, key=lambda g: (-g.score.value if g.score else 0.0, g.name)))


def _of_several(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Return the groups when they say more than the units: when any holds several documents."""
    return groups if any(group.documents > 1 for group in groups) else ()


def _goals(documents: Sequence[Assessed]) -> dict[str, Group]:
    return {
        code: Group(
            code,
            len(values),
            mean(values),
            None,
            min(each.value for each in values),
            max(each.value for each in values),
        )
        for code, values in _by_goal(documents).items()
    }


def _by_goal(documents: Iterable[Assessed]) -> dict[str, list[Interval]]:
    scores: dict[str, list[Interval]] = defaultdict(list)
    for document in documents:
        for code, score in document.goals.items():
            scores[code].append(score)
    return {code: scores[code] for code in sorted(scores, key=int)}


def _targets(documents: Sequence[Assessed], codes: Sequence[str]) -> tuple[TargetShares, ...]:
    counts = {
        code: Counter(each.statuses[code] for each in documents if code in each.statuses)
        for code in codes
    }
    return tuple(
        TargetShares(code, found.total(), dict(found)) for code, found in counts.items() if found
    )


def _outliers(units: Sequence[Unit]) -> tuple[Outlier, ...]:
    """Find units with an unusual score, score of a goal, or amount of text."""
    scores = {"score": [(unit, unit.group.score) for unit in units]}
    for code in sorted({code for unit in units for code in unit.goals}, key=int):
        scores[code] = [(unit, unit.goals.get(code)) for unit in units]
    found = [
        outlier
        for measure, values in scores.items()
        for outlier in _unusual_scores(measure, values)
    ]
    found += _unusual_words(units)
    return tuple(sorted(found, key=lambda each: -abs(each.found.distance)))


def _unusual_scores(
    measure: str, values: Iterable[tuple[Unit, Interval | None]]
) -> Iterator[Outlier]:
    known = [(unit, score) for unit, score in values if score]
    for each in unusual([score.value for _, score in known], least=LEAST_SCORE_DEVIATION):
        unit, score = known[each.at]
        fence = OUTLYING * each.deviation
        # What may well lie within the usual range, given the doubt, is no outlier.
        if score.low > each.median + fence or score.high < each.median - fence:
            yield Outlier(unit, measure, each)


def _unusual_words(units: Sequence[Unit]) -> Iterator[Outlier]:
    """Compare amounts of text by their logarithm: twice as many counts like half as many."""
    known = [
        (unit, fmean(words))
        for unit in units
        if (words := [float(each.words) for each in unit.current if each.words])
    ]
    logarithms = [math.log(words) for _, words in known]
    for each in unusual(logarithms, least=LEAST_WORDS_DEVIATION):
        unit, number = known[each.at]
        yield Outlier(unit, WORDS, each, number, math.exp(each.median))


def _trends(makers: Iterable[Sequence[Assessed]]) -> tuple[Trend, ...]:
    found = []
    for documents in makers:
        years = _by((each for each in documents if each.year and each.score), lambda e: e.year or 0)
        if len(years) < 2:
            continue
        line = tuple(
            (year, mean([each.score for each in members if each.score]))
            for year, members in sorted(years.items())
        )
        change = difference(line[0][1], line[-1][1])
        found.append(Trend(documents[0].name, line, change))
    return tuple(sorted(found, key=lambda each: -each.change.value))


def _money(documents: Sequence[Assessed]) -> Money | None:
    found = add_euro(documents)
    if found is None:
        return None
    return Money(
        documents=sum(each.euro is not None for each in documents),
        total=sum(found.values()),
        without_goal=found[""],
        by_goal={code: euro for code, euro in found.items() if code},
    )


def _by(documents: Iterable[Assessed], key: Callable[[Assessed], Key]) -> dict[Key, list[Assessed]]:
    groups: dict[Key, list[Assessed]] = {}
    for each in documents:
        groups.setdefault(key(each), []).append(each)
    return groups
