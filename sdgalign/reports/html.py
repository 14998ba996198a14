"""The report as one HTML file: a pure function of the payload; needs no network, nor script."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sdgalign.reports import html_answers as answers
from sdgalign.reports import html_parts as parts
from sdgalign.reports import plots
from sdgalign.reports.html_switch import differences
from sdgalign.reports.texts import texts

INK = "#1B1F24"
PAPER = "#FFFFFF"

_OTHER = {"nl": "en", "en": "nl"}


def render_html(payload: Mapping[str, Any], language: str) -> str:
    """Write the report of one document.

    Args:
        payload: The report as `report-1.schema.json` describes it, from version 1.2.
        language: ``nl`` or ``en``, of the interface; quotes keep their own. The other one is in
            the file too, for a switch.

    Returns:
        One self-contained HTML document that loads nothing.
    """
    style, script = _asset("report.css") + _asset("print.css"), _asset("report.js")
    colors = _colors(payload["goals"])
    shown = _shown(payload)
    own, other = (
        _environment()
        .get_template("body.html.j2")
        .render(
            t=words,
            language=words.language,
            conclusion=parts.conclusion(payload, words),
            **shown,
        )
        for words in (texts(language), texts(_OTHER[language]))
    )
    html = (
        _environment()
        .get_template("report.html.j2")
        .render(
            t=texts(language),
            report=payload,
            document=payload["document"],
            body=Markup(own),  # rendered, so escaped
            switch=Markup(differences(own, other)),
            style=style,
            colors=colors,
            script=script,
            policy=_policy((style, colors), script),
        )
    )
    return html.encode("utf-8", "replace").decode("utf-8")


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
        "objectives": answers.objectives(payload["plan"]) if payload["plan"] else [],
        "statuses": parts.STATUSES,
        "counts_in_score": parts.counts_in_score,
        "page_link": _PageLinks(document),
        "paged": document.get("paged", True),
        "printed": functools.partial(parts.printed_label, document.get("page_labels", {})),
        "page_ranges": parts.page_ranges,
        "shorten": parts.shorten,
    }


def ink_on(color: str) -> str:
    """Return the text colour, dark or white, that reads best on a colour."""
    light = _luminance(color) + 0.05
    on_white, on_dark = 1.05 / light, light / (_luminance(INK) + 0.05)
    return PAPER if on_white >= on_dark else INK


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("sdgalign.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _asset(name: str) -> Markup:
    environment = _environment()
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, name)
    return Markup(source)  # our own file, not a text of a document


def _policy(styles: Sequence[str], script: str) -> str:
    """Forbid all but the styles and the script that stand in the file, by their digests."""
    style = " ".join(_digest(text) for text in styles)
    return (
        f"default-src 'none'; style-src {style}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _colors(goals: Iterable[Mapping[str, Any]]) -> Markup:
    rules = []
    for goal in goals:
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", goal["color"]):
            raise ValueError(f"goal {goal['code']}: colour {goal['color']!r} is not #RRGGBB")
        rules.append(f".g{int(goal['code'])}{{--c:{goal['color']};--i:{ink_on(goal['color'])}}}")
    return Markup("\n".join(rules))


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class _PageLinks:
    """Links to a page of the document, when it is a PDF.

    Where the payload does not say where the PDF lies, it is taken to lie beside the report.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        name = document["name"]
        beside = f"./{quote(name, safe='')}"
        self._base = document.get("link", beside) if name.lower().endswith(".pdf") else ""

    def __call__(self, page: int) -> str:
        return f"{self._base}#page={page}" if self._base else ""
