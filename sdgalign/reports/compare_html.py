"""A comparison as one HTML file: a pure function of its payload; needs no network, nor script."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sdgalign.reports import compare_parts as parts
from sdgalign.reports.html import PageLinks
from sdgalign.reports.html_page import OTHER, environment, render_page
from sdgalign.reports.html_parts import FOUND, STATUSES, page_ranges, printed_label
from sdgalign.reports.texts import texts

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as the templates show it."""

    letter: str
    entry: Entry
    link: PageLinks
    printed: Callable[[Iterable[int]], str]

    @property
    def lang(self) -> str:
        """Return its language for a screen reader; empty when unknown."""
        language = str(self.entry["language"])
        return "" if language == "other" else language


def render_compare_html(payload: Entry, language: str) -> str:
    """Write the report of a comparison.

    Args:
        payload: As `compare-1.schema.json` describes it.
        language: ``nl`` or ``en``, of the interface; the other one is in the file too.

    Returns:
        One self-contained HTML document that loads nothing.
    """
    shown = _shown(payload)
    bodies = {
        words.language: environment()
        .get_template("compare_body.html.j2")
        .render(
            t=words,
            language=words.language,
            conclusion=parts.conclusion(payload, words),
            signed=words.signed,
            **shown,
        )
        for words in (texts(language), texts(OTHER[language]))
    }
    tool = payload["tool"]
    return render_page(
        bodies,
        language,
        title=f"{parts.title(payload)} – {texts(language)['compare']}",
        generator=f"{tool['name']} {tool['version']}",
        goals=((goal["code"], goal["color"]) for goal in payload["goals"]),
        styles=("report.css", "print.css", "compare.css"),
        scripts=("switch.js", "filter.js", "compare.js"),
    )


def _shown(payload: Entry) -> dict[str, Any]:
    targets = [each for each in payload["targets"] if _is_shown(each)]
    return {
        "report": payload,
        "title": parts.title(payload),
        "documents": [
            Shown(
                parts.letter(at),
                entry,
                PageLinks(entry),
                functools.partial(printed_label, entry.get("page_labels", {})),
            )
            for at, entry in enumerate(payload["documents"])
        ],
        "segments": parts.segments_by_id(payload),
        "lines": parts.lines(payload),
        "fates": parts.FATES,
        "statuses": STATUSES,
        "target_of": {each["code"]: each for each in payload["targets"]},
        "shown_targets": targets,
        "sides": _sides(payload, targets),
        "page_ranges": page_ranges,
        "slices": list,
        "paged": True,
    }


def _is_shown(target: Entry) -> bool:
    """Return whether a target is worth a row: local, or found in one of the documents."""
    return target["relevance"] != "none" or any(
        each["status"] in FOUND for each in target["documents"]
    )


def _sides(payload: Entry, targets: list[Entry]) -> list[tuple[Entry, list[Entry], int]]:
    """Return per goal its targets, and how many of them differ clearly."""
    sides = []
    for goal in payload["goals"]:
        own = [each for each in targets if each["goal"] == goal["code"]]
        differing = sum(any(one["clear"] for one in each["documents"]) for each in own)
        if own:
            sides.append((goal, own, differing))
    return sides
