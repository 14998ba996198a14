"""Draw euro per goal of a project's plans, with the error: the picture of README.

    sdgalign run ../shared/data/mjp2026_actions.jsonl.gz -o PROJECT
    sdgalign overview PROJECT --format json
    python docs/euro_picture.py PROJECT/overview.json

Figures only, no text of any plan. The error is told twice: the 90 % interval of every bar
(`sdgalign.corpus.euro`) and what held-out labelled actions say (`evaluation/euro.json`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from pictures import FLAGS
from playwright.sync_api import sync_playwright

from sdgalign.framework import Goal, Language, load_framework
from sdgalign.reports.html_page import ink_on

REPOSITORY = Path(__file__).parents[1]
OUT = REPOSITORY / "docs" / "pictures"
HELD_OUT = REPOSITORY / "evaluation" / "euro.json"

WIDTH, LEFT, RIGHT, TOP, ROW = 1000, 356, 230, 112, 30
BAR = 17
GREY = "#7A838D"
_STYLE = (
    "text{font:15px system-ui,'Segoe UI',Roboto,'Liberation Sans',sans-serif;fill:#1B1F24}"
    ".title{font-size:22px;font-weight:650}.small{font-size:13.5px;fill:#545D68}"
    ".num{font-weight:650}.grid{stroke:#E1E6EA}.whisker{stroke:#1B1F24;stroke-width:1.5}"
    ".halo{stroke:#FFF;stroke-width:5}.chip{font-weight:700;font-size:13px;text-anchor:middle}"
)


def draw(overview: Mapping[str, Any], held_out: Mapping[str, Any]) -> str:
    """Return the picture as SVG."""
    plans = next(kind for kind in overview["kinds"] if kind["kind"] == "plan")
    money = plans["money"]
    rows = list(_rows(money["intervals"]))
    top = max(high for *_, high in rows)
    height = TOP + ROW * len(rows) + 108
    scale = (WIDTH - LEFT - RIGHT) / top
    total, number = money["total"] / 1e9, money["documents"]
    title = "Euro per goal in municipal plans 2026–2031: a model’s estimate"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{title}</title><desc id="d">{escape(_said(rows))}</desc>',
        f'<style>{_STYLE}</style><rect width="{WIDTH}" height="{height}" fill="#FFF"/>',
        f'<text class="title" x="20" y="40">{title}</text>',
        f'<text class="small" x="20" y="66">{number} plans of Flemish municipalities, '
        f"actions with an amount, €{total:.1f} billion. An action with several targets is "
        "divided equally.</text>",
        '<text class="small" x="20" y="86">Bars: by the codes the model gives. Lines: 90% interval '
        "of what its doubt leaves open. Million euro.</text>",
    ]
    for step in range(0, int(top / 1e9) + 1):
        x = LEFT + step * 1e9 * scale
        parts.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" '
            f'y2="{TOP + ROW * len(rows)}"/>'
        )
    for at, row in enumerate(rows):
        parts += _bar(TOP + at * ROW, scale, *row)
    foot = TOP + ROW * len(rows) + 34
    parts += [f'<text class="small" x="20" y="{foot + 20 * at}">{line}</text>' for at, line in
              enumerate(_error(held_out))]  # fmt: skip
    return "\n".join([*parts, "</svg>"]) + "\n"


Row = tuple[Goal | None, float, float, float]


def _rows(intervals: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the goals, most euro first, then what goes to none."""
    goals = {goal.code: goal for goal in load_framework().goals}
    ordered = sorted(goals, key=lambda code: -intervals[code]["value"])
    for code in (*ordered, "without_target"):
        each = intervals[code]
        yield goals.get(code), each["value"], each["low"], each["high"]


def _bar(
    y: float, scale: float, goal: Goal | None, euro: float, low: float, high: float
) -> list[str]:
    name = goal.title[Language.EN] if goal else "No goal found"
    color = goal.color if goal else GREY
    middle = y + ROW / 2
    first, last = LEFT + low * scale, LEFT + high * scale
    parts = [
        f'<text x="56" y="{middle + 5}">{escape(name)}</text>',
        f'<rect x="{LEFT}" y="{middle - BAR / 2}" width="{max(euro * scale, 1):.1f}" '
        f'height="{BAR}" fill="{color}"/>',
        f'<line class="halo" x1="{first:.1f}" x2="{last:.1f}" y1="{middle}" y2="{middle}"/>',
        f'<path class="whisker" d="M{first:.1f} {middle}H{last:.1f}M{first:.1f} {middle - 5}v10'
        f'M{last:.1f} {middle - 5}v10"/>',
        f'<text x="{last + 12:.1f}" y="{middle + 5}"><tspan class="num">{_millions(euro)}</tspan> '
        f'<tspan class="small">({_millions(low)}–{_millions(high)})</tspan></text>',
    ]
    if goal:
        parts.append(
            f'<rect x="20" y="{middle - 11}" width="26" height="22" rx="3" fill="{color}"/>'
            f'<text class="chip" x="33" y="{middle + 5}" style="fill:{ink_on(color)}">'
            f"{goal.code}</text>"
        )
    return parts


def _millions(euro: float) -> str:
    value = euro / 1e6
    return f"{value:,.0f}" if value >= 9.95 or value < 0.05 else f"{value:.1f}"


def _said(rows: list[Row]) -> str:
    return "; ".join(
        f"{'SDG ' + goal.code if goal else 'no goal'}: {_millions(euro)} million euro, "
        f"90% interval {_millions(low)} to {_millions(high)}"
        for goal, euro, low, high in rows
    )


def _error(held_out: Mapping[str, Any]) -> list[str]:
    test = held_out["test"]
    return [
        f"Error, measured on {test['actions']} labelled actions "
        f"(€{test['euro'] / 1e6:,.0f} million) of {test['plans']} plans that the model was not "
        "trained on:",
        f"{test['misplaced']:.0%} of the euro stands with another goal than by the labels, "
        f"{test['totals_off']:.0%} in the totals per goal, where errors partly cancel;",
        f"{test['totals_held']} of the 18 totals by the labels lie within their 90% interval. The "
        "labels were made by a language model reading each action.",
    ]


def main() -> None:
    """Write the picture as SVG and PNG."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("overview", type=Path, help="overview.json of a project")
    overview = json.loads(parser.parse_args().overview.read_text(encoding="utf-8"))
    svg = draw(overview, json.loads(HELD_OUT.read_text(encoding="utf-8")))
    OUT.mkdir(exist_ok=True)
    path = OUT / "euro-per-goal.svg"
    path.write_text(svg, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(device_scale_factor=2, viewport={"width": WIDTH, "height": 800})
        page.goto(path.as_uri())
        page.locator("svg").screenshot(path=path.with_suffix(".png"))
        browser.close()


if __name__ == "__main__":
    main()
