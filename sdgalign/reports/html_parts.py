"""What the HTML report shows of goals, targets and quotes, chosen and grouped from the payload."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sdgalign.reports.marks import Spans, cut
from sdgalign.reports.texts import Texts

STATUSES = ("measurable", "action", "ambition", "mention", "absent", "not_assessed")
"""Firmest first."""

FOUND = STATUSES[:4]
"""Statuses of a target that occurs in the document."""

COVERED = STATUSES[:3]
"""Statuses of a target that is taken up."""

RELEVANCES = ("core", "shared", "none")

VISIBLE_QUOTES = 3
"""Quotes of a target that stand open; the next ones fold out."""

MAX_QUOTES = 25
"""Quotes of a target in the report; the JSON has all."""

LIKE = 0.6
"""Likeness from which the example sentence nearest to a quote is shown."""

LIKE_LENGTH = 80
"""Characters of it: one line on a wide screen."""

NAMED_GOALS = 3
"""Goals that the conclusion names."""

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage as evidence for one target."""

    parts: tuple[tuple[str, str], ...]
    """The text in pieces, each with how it is marked: ``word`` carried the match, ``figure`` is a
    number or date that makes a promise measurable; both, or empty."""
    language: str
    pages: tuple[int, ...]
    path: tuple[str, ...]
    probability: float
    commitment: int | None = None
    """None where a quote is no match, only near to a target."""
    like: Entry | None = None
    """An example sentence of the target, per language, that the passage resembles."""
    gives_status: bool = False
    """Whether it is the first quote that has the status of its target."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A target that the document addresses, with its quotes, strongest first."""

    target: Entry
    visible: tuple[Quote, ...]
    folded: tuple[Quote, ...]
    left: int
    """Number of quotes that only the JSON has."""

    @property
    def is_doubtful(self) -> bool:
        """Return whether no single quote has the status of the target: all are too uncertain."""
        quotes = self.visible
        return self.target["status"] in FOUND and not any(quote.gives_status for quote in quotes)


@dataclass(frozen=True, slots=True)
class GoalPart:
    """One goal with its targets and findings."""

    goal: Entry
    targets: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    against: tuple[Finding, ...]
    """Likewise, with the quotes that are taken to move against the target."""
    gaps: tuple[Entry, ...]
    counts: Mapping[str, int]
    """Number of counting targets at each status."""


def page_ranges(pages: Iterable[int]) -> str:
    """Return page numbers as people write them: ``3–5, 9``."""
    ordered = sorted(set(pages))
    runs = groupby(enumerate(ordered), key=lambda item: item[1] - item[0])
    bounds = [[page for _, page in run] for _, run in runs]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in bounds)


def printed_label(labels: Mapping[str, str], pages: Iterable[int]) -> str:
    """Return the printed numbers of pages, where they are known to differ from the file's."""
    printed = [labels[str(page)] for page in pages if str(page) in labels]
    if all(label.isdecimal() for label in printed):
        return page_ranges(map(int, printed))
    return ", ".join(printed)


def shorten(sentence: str) -> str:
    """Return an example sentence, cut between words when it is long."""
    return textwrap.shorten(sentence, LIKE_LENGTH, placeholder="\u00a0…")


def counts_in_score(target: Entry) -> bool:
    """Return whether a target counts: locally relevant, and learnt from examples."""
    return bool(target["relevance"] != "none" and target["basis"] == "classifier")


def count_status(targets: Iterable[Entry]) -> dict[str, int]:
    """Return the number of counting targets at every status, the firmest first."""
    number = Counter(target["status"] for target in targets if counts_in_score(target))
    return {status: number[status] for status in STATUSES[:5]}


def conclusion(payload: Entry, t: Texts) -> list[str]:
    """Return the conclusion in sentences, the main one first."""
    number = count_status(payload["targets"])
    counting = sum(number.values())
    addressed = sum(number[status] for status in COVERED)
    if addressed:
        sentences = [t.count("conclusion.addressed", addressed, relevant=counting)]
        firm = [t.fill(f"conclusion.{s}", n=number[s]) for s in COVERED if number[s]]
        sentences.append(t.fill("conclusion.split", parts=t.join(firm)))
    else:
        sentences = [t.fill("conclusion.addressed_none", relevant=counting)]
    rest = [t.count(f"conclusion.{s}", number[s]) for s in ("mention", "absent") if number[s]]
    if rest:
        sentences.append(t.fill("conclusion.rest", parts=t.join(rest)))
    core = [gap for gap in payload["gaps"] if gap["relevance"] == "core"]
    if core:
        sentences.append(t.count("conclusion.core", len(core)))
    goals = sorted(payload["goals"], key=lambda goal: -goal["attention"])[:NAMED_GOALS]
    named = [_attention(goal, t) for goal in goals if goal["attention"] > 0]
    if named:
        sentences.append(t.fill("conclusion.attention", goals=t.join(named)))
    return sentences


def _attention(goal: Entry, t: Texts) -> str:
    name = t.fill("goal.code", code=goal["code"])
    return f"{name} ({goal['title'][t.language]}, {t.percent(goal['attention'])})"


def goal_parts(payload: Entry) -> tuple[GoalPart, ...]:
    """Return every goal with what was found about its targets."""
    segments = {segment["id"]: segment for segment in payload["segments"]}
    matches = payload["matches"]
    parts = []
    for goal in payload["goals"]:
        targets = tuple(e for e in payload["targets"] if e["goal"] == goal["code"])
        found = [e for e in targets if e["evidence"]]
        opposed = [e for e in targets if e["against"]]
        parts.append(
            GoalPart(
                goal,
                targets,
                findings=tuple(_finding(e, _evidence(e, matches), segments) for e in found),
                against=tuple(
                    _finding(e, [matches[i] for i in e["against"]], segments) for e in opposed
                ),
                gaps=tuple(e for e in targets if e["code"] in goal["gaps"]),
                counts=count_status(targets),
            )
        )
    return tuple(parts)


def _finding(target: Entry, matches: Sequence[Entry], segments: Mapping[str, Entry]) -> Finding:
    giving = next((m for m in matches if _gives_status(m, target)), None)
    quotes = [
        _quote(match, segments[match["segment"]], gives_status=match is giving)
        for match in matches[:MAX_QUOTES]
    ]
    return Finding(
        target,
        visible=tuple(quotes[:VISIBLE_QUOTES]),
        folded=tuple(quotes[VISIBLE_QUOTES:]),
        left=len(matches) - len(quotes),
    )


def _evidence(target: Entry, matches: Sequence[Entry]) -> list[Entry]:
    """Return the matches of a target, the one that gives its status first, then strongest first."""
    evidence = [matches[index] for index in target["evidence"]]
    giving = [at for at, match in enumerate(evidence) if _gives_status(match, target)]
    if giving:
        evidence.insert(0, evidence.pop(giving[0]))
    return evidence


def _gives_status(match: Entry, target: Entry) -> bool:
    return match["status"] == target["status"] and not match.get("against_predicted")


def _quote(match: Entry, segment: Entry, *, gives_status: bool) -> Quote:
    binding = match["commitment"] == 3
    figures = [*segment["quantities"], *segment["dates"]] if binding else []
    text, reason = segment["text"], match.get("reason", {})
    return Quote(
        parts=cut(text, {"word": _words(text, reason), "figure": _figures(text, figures)}),
        commitment=match["commitment"],
        like=reason.get("nearest") if reason.get("likeness", 0.0) >= LIKE else None,
        gives_status=gives_status,
        **_place(segment),
        probability=match["probability"],
    )


def near_quote(segment: Entry, probability: float) -> Quote:
    """Return a passage that comes near to a target without addressing it."""
    return Quote(parts=((segment["text"], ""),), probability=probability, **_place(segment))


def _place(segment: Entry) -> dict[str, Any]:
    return {
        "language": "" if segment["language"] == "other" else segment["language"],
        "pages": tuple(segment["pages"]),
        "path": tuple(segment["heading_path"]),
    }


def _words(text: str, reason: Entry) -> Spans:
    """Return where the words that carried a match stand, as far as the text bears it out."""
    found = zip(reason["spans"], reason["words"], strict=True) if reason else ()
    return tuple((start, end) for (start, end), word in found if text[start:end] == word)


def _figures(text: str, figures: Iterable[str]) -> Spans:
    wanted = sorted({figure for figure in figures if figure.strip()}, key=len, reverse=True)
    if not wanted:
        return ()
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)"
    return tuple(found.span() for found in re.finditer(pattern, text))
