"""The summary on one screen, with the figures of the other reports."""

from __future__ import annotations

import pytest
from rich.console import Console

from sdgalign.reports.terminal import GAPS_SHOWN, print_payload
from tests.reports import payloads


def printed(payload: dict, language: str = "nl", width: int = 120) -> list[str]:
    console = Console(width=width, highlight=False)
    with console.capture() as shown:
        print_payload(payload, language, console)
    return shown.get().replace("\u00a0", " ").splitlines()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_fits_on_one_screen_with_a_line_per_goal(width: int, language: str):
    payload = payloads.small()
    payload["plan"] = payloads.plan()
    lines = printed(payload, language, width)
    assert len(lines) <= 36
    assert max(map(len, lines)) <= width
    goals = [line for line in lines if line.split()[:1] in ([str(n)] for n in range(1, 18))]
    assert len(goals) == 17


def test_it_has_the_figures_and_words_of_the_report():
    payload = payloads.small()
    payload["plan"] = payloads.plan()
    text = "\n".join(printed(payload))
    for part in (
        "Score 32 op 100 (90 %-interval: 26 tot 37)",
        "(5 van 81 targets opgenomen) · Diepgang 61 %",
        "meetbaar 1 · actie 2 · ambitie 2 · vermelding 2 · niet gevonden 74",
        "Zonder SDG-target: 25 % van de € 120.000",
        "11.2 p. 4 “We leggen 14 kilometer fietspad",
    ):
        assert part in text


def test_the_most_pressing_gaps_are_named_in_order():
    payload = payloads.small()
    lines = printed(payload, "en")
    at = next(index for index, line in enumerate(lines) if line.startswith("Most pressing"))
    shown = [line.split()[0] for line in lines[at + 1 : at + 1 + GAPS_SHOWN]]
    assert shown == payload["summary"]["gaps"][:GAPS_SHOWN]
    assert "4.1 Title of 4.1 (priority, own competence, not found)" in lines[at + 1]
    assert f"and {len(payload['gaps']) - GAPS_SHOWN} more" in lines[at + 1 + GAPS_SHOWN]
