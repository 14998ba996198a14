"""The report as one HTML file: a pure function of the payload; needs no network, nor script."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sdgalign.reports import html_answers as answers
from sdgalign.reports import html_parts as parts
from sdgalign.reports import plots
from sdgalign.reports.html_page import INK, OTHER, PAPER, environment, ink_on, render_page
from sdgalign.reports.texts import texts

__all__ = ["INK", "PAPER", "ink_on", "render_html"]


def render_html(payload: Mapping[str, Any], language: str) -> str:
    """Write the report of one document.

    Args:
        payload: The report as `report-1.schema.json` describes it, from version 1.2.
        language: ``nl`` or ``en``, of the interface; quotes keep their own. The other one is in
            the file too, for a switch.

    Returns:
        One self-contained HTML document that loads nothing.
    """
    shown = _shown(payload)
    bodies = {
        words.language: environment()
        .get_template("body.html.j2")
        .render(
            t=words,
            language=words.language,
            conclusion=parts.conclusion(payload, words),
            **shown,
        )
        for words in (texts(language), texts(OTHER[language]))
    }
    return render_page(
        bodies,
        language,
        title=f"{payload['document']['title']} – {texts(language)['report']}",
        generator=f"{payload['tool']['name']} {payload['tool']['version']}",
        goals=((goal["code"], goal["color"]) for goal in payload["goals"]),
        styles=("report.css", "print.css"),
        scripts=("switch.js", "filter.js", "report.js"),
    )


def _shown(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the templates show, the same in every language."""
    goals = parts.goal_parts(payload)
    document = payload["document"]
    mentions, mention_pages = answers.general_mentions(payload)
    return {
        "report": payload,
        "summary": payload["summary"],
        "document": document,
        "counts": parts.count_status(payload["targets"]),
        "parts": goals,
        "map": plots.heat_map(goals),
        "wheel": plots.wheel(payload["goals"]),
        "slices": plots.slices,
        "choices": answers.choices(goals),
        "found": answers.counted(goals),
        "gaps": answers.gap_groups(payload),
        "unassessed": answers.unassessed(payload),
        "claims": answers.claim_rows(payload),
        "mentions": mentions,
        "mention_pages": mention_pages,
        "plan": payload["plan"],
        "plan_intro": answers.plan_intro,
        "objectives": answers.objectives(payload["plan"]) if payload["plan"] else [],
        "statuses": parts.STATUSES,
        "counts_in_score": parts.counts_in_score,
        "page_link": PageLinks(document),
        "paged": document.get("paged", True),
        "printed": functools.partial(parts.printed_label, document.get("page_labels", {})),
        "page_ranges": parts.page_ranges,
        "shorten": parts.shorten,
    }


class PageLinks:
    """Links to a page of the document, when it is a PDF.

    Where the payload does not say where the PDF lies, it is taken to lie beside the report.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        name = document["name"]
        beside = f"./{quote(name, safe='')}"
        self._base = document.get("link", beside) if name.lower().endswith(".pdf") else ""

    def __call__(self, page: int) -> str:
        return f"{self._base}#page={page}" if self._base else ""
