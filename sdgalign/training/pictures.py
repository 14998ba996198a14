"""Pictures of an evaluation: SVG with title and description, readable on light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sdgalign.training.figures import Reliability
from sdgalign.training.metrics import Bin, Figure

LEFT, TOP, SIZE, WIDTH, HEIGHT = 72, 44, 360, 470, 464
_LEAST = 10
"""Pairs that a bin needs to be drawn; fewer say nothing."""

_STYLE = """
text{font:13px system-ui,sans-serif;fill:#222}
.ground{fill:#fff}.grid{stroke:#ddd}.frame{fill:none;stroke:#777}
.even{stroke:#777;stroke-dasharray:5 4}
.one{fill:#0b5cad;stroke:#0b5cad;stroke-width:2}.two{fill:none;stroke:#b34700;stroke-width:2}.path{fill:none}
.heading{font-weight:600;font-size:15px}
@media (prefers-color-scheme:dark){
text{fill:#eee}.ground{fill:#16181d}.grid{stroke:#3a3d44}.frame,.even{stroke:#9aa0a8}
.one{fill:#6db3ff;stroke:#6db3ff}.two{stroke:#ffab66}.path{fill:none}}
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a learning curve."""

    title: str
    points: Sequence[tuple[int, Figure]]
    """Training segments and the figure reached with them."""


def reliability_picture(found: Reliability) -> str:
    """Draw, per height of probability, how often goals are right, before and after calibration."""
    marks = [_mark(one, "one") for one in found.after if one.count >= _LEAST]
    marks += [_mark(one, "two") for one in found.before if one.count >= _LEAST]
    legend = [("one", "after calibration, with 95 % interval")]
    if found.before:
        legend.append(("two", "before calibration"))
    return _picture(
        title="How often goals are right",
        description=reliability_text(found),
        ticks=[(step / 5, f"{step / 5:.1f}") for step in range(6)],
        axis="probability that the model gives",
        upwards="share that is right",
        drawing=[
            f'<line class="even" x1="{LEFT}" y1="{TOP + SIZE}" x2="{LEFT + SIZE}" y2="{TOP}"/>',
            *marks,
        ],
        legend=[*legend, ("even", "as often right as the probability says")],
    )


def reliability_text(found: Reliability) -> str:
    """Say what the picture shows."""
    parts = [
        f"about {one.mean:.2f}: right {one.share.value:.2f}"
        for one in found.after
        if one.count >= _LEAST
    ]
    return "Probability given after calibration and share that is right: " + "; ".join(parts) + "."


def curve_picture(curves: Sequence[Curve]) -> str:
    """Draw at most two learning curves over the number of training segments."""
    most = max((n for curve in curves for n, _ in curve.points), default=1)
    drawing, said = [], []
    for name, curve in zip(("one", "two"), curves, strict=False):
        places = [(LEFT + SIZE * n / most, figure) for n, figure in curve.points]
        line = " ".join(f"{x:.1f},{_height(figure.value):.1f}" for x, figure in places)
        drawing.append(f'<polyline class="{name} path" points="{line}"/>')
        drawing += [_point(x, figure, name) for x, figure in places]
        values = ", ".join(f"{figure.value:.3f} with {n}" for n, figure in curve.points)
        said.append(f"{curve.title}: {values} training segments.")
    return _picture(
        title="Quality by the number of training segments",
        description=" ".join(said),
        ticks=[(0.0, "0"), *((n / most, str(n)) for n, _ in curves[0].points)],
        axis="segments learnt from",
        upwards="F1",
        drawing=drawing,
        legend=[(name, c.title) for name, c in zip(("one", "two"), curves, strict=False)],
    )


def _mark(one: Bin, name: str) -> str:
    x = LEFT + SIZE * one.mean
    if name == "one":
        return _point(x, one.share, name)
    return f'<circle class="{name}" cx="{x:.1f}" cy="{_height(one.share.value):.1f}" r="5"/>'


def _point(x: float, figure: Figure, name: str) -> str:
    top, bottom, y = (_height(v) for v in (figure.high, figure.low, figure.value))
    return (
        f'<line class="{name}" x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}"/>'
        f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
    )


def _height(value: float) -> float:
    return TOP + SIZE * (1 - value)


def _picture(
    *,
    title: str,
    description: str,
    ticks: Sequence[tuple[float, str]],
    axis: str,
    upwards: str,
    drawing: Sequence[str],
    legend: Sequence[tuple[str, str]],
) -> str:
    bottom, right = TOP + SIZE, LEFT + SIZE
    box = f"0 0 {WIDTH} {HEIGHT + len(legend) * 20}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{WIDTH}" role="img" '
        'aria-labelledby="title about">',
        f'<title id="title">{escape(title)}</title><desc id="about">{escape(description)}</desc>',
        f"<style>{_STYLE}</style>",
        '<rect class="ground" width="100%" height="100%"/>',
        f'<text class="heading" x="{LEFT}" y="26">{escape(title)}</text>',
    ]
    for step in range(6):
        y = _height(step / 5)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{step / 5:.1f}</text>'
        )
    for share, label in ticks:
        x = LEFT + SIZE * share
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{label}</text>')
    parts.append(f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{SIZE}" height="{SIZE}"/>')
    parts.append(
        f'<text x="{LEFT + SIZE / 2}" y="{bottom + 38}" text-anchor="middle">{axis}</text>'
    )
    middle = TOP + SIZE / 2
    parts.append(
        f'<text x="18" y="{middle}" text-anchor="middle" transform="rotate(-90 18 {middle})">'
        f"{upwards}</text>"
    )
    parts += drawing
    for row, (name, label) in enumerate(legend):
        y = bottom + 62 + 20 * row
        shape = (
            f'<line class="even" x1="{LEFT}" x2="{LEFT + 20}" y1="{y}" y2="{y}"/>'
            if name == "even"
            else f'<circle class="{name}" cx="{LEFT + 10}" cy="{y}" r="4.5"/>'
        )
        parts.append(f'{shape}<text x="{LEFT + 30}" y="{y + 4}">{escape(label)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
