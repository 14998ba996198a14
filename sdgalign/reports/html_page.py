"""What every HTML report is put in: one file with its style and script, that loads nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sdgalign.reports.html_switch import differences
from sdgalign.reports.texts import texts

INK = "#1B1F24"
PAPER = "#FFFFFF"

OTHER = {"nl": "en", "en": "nl"}
"""Per language of the interface, the one that a report can be switched to."""


def render_page(
    bodies: Mapping[str, str],
    language: str,
    *,
    title: str,
    generator: str,
    goals: Iterable[tuple[str, str]],
    styles: Sequence[str],
    scripts: Sequence[str],
) -> str:
    """Put a report in a page.

    Args:
        bodies: Per language, the rendered body.
        language: The one to show first.
        title: Of the page, in that language.
        generator: Name and version of the program.
        goals: Code and colour of each goal.
        styles: Names of style sheets among the templates, in their order.
        scripts: Likewise, of scripts.

    Returns:
        One self-contained HTML document.
    """
    style, script = (Markup("").join(map(asset, names)) for names in (styles, scripts))
    colors = goal_colors(goals)
    html = (
        environment()
        .get_template("report.html.j2")
        .render(
            t=texts(language),
            title=title,
            generator=generator,
            body=Markup(bodies[language]),  # rendered, so escaped
            switch=Markup(differences(bodies[language], bodies[OTHER[language]])),
            style=style,
            colors=colors,
            script=script,
            policy=_policy((style, colors), script),
        )
    )
    return html.encode("utf-8", "replace").decode("utf-8")


def ink_on(color: str) -> str:
    """Return the text colour, dark or white, that reads best on a colour."""
    light = _luminance(color) + 0.05
    on_white, on_dark = 1.05 / light, light / (_luminance(INK) + 0.05)
    return PAPER if on_white >= on_dark else INK


@cache
def environment() -> Environment:
    """Return what renders the templates; all that they show is escaped."""
    return Environment(
        loader=PackageLoader("sdgalign.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def asset(name: str) -> Markup:
    """Return a style sheet or script of ours."""
    loader = environment().loader
    assert loader is not None
    source, _, _ = loader.get_source(environment(), name)
    return Markup(source)  # our own file, not a text of a document


def goal_colors(goals: Iterable[tuple[str, str]]) -> Markup:
    """Return a rule per goal that sets its colour and the ink on it.

    Raises:
        ValueError: When a colour is not #RRGGBB.
    """
    rules = []
    for code, color in goals:
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
            raise ValueError(f"goal {code}: colour {color!r} is not #RRGGBB")
        rules.append(f".g{int(code)}{{--c:{color};--i:{ink_on(color)}}}")
    return Markup("\n".join(rules))


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


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
