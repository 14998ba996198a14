"""The HTML report in a real browser, without network."""

from __future__ import annotations

import copy
import re

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from sdgalign.reports.html import render_html
from tests.reports import payloads
from tests.reports.browsers import browser, expect, showing, visible

__all__ = ["browser"]

show = showing(render_html)


def status(page):
    return page.locator("#filter [role=status]").inner_text()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("build", [payloads.small, payloads.empty])
def test_no_sideways_scroll_and_no_console_message(show, build, width, language):
    page = show(build(), language, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_long_words_do_not_widen_a_phone(show):
    payload = payloads.small()
    payload["document"]["title"] = "Omgevingsvergunningsaanvraagprocedure" * 3
    for segment in payload["segments"]:
        segment["text"] = "https://example.org/" + "x" * 200
        segment["heading_path"] = ["y" * 120]
    page = show(payload, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_filter_by_goal_status_and_text(show):
    page = show(payloads.small())
    everything = visible(page, ".target")
    assert everything == 8
    page.select_option("select[name=goal]", "11")
    expect(page.locator(".goal:visible")).to_have_count(1)
    assert visible(page, ".target") == 1
    assert status(page) == "Targets: 1 · daarvan in de score: 1 · citaten: 2 · leemtes: 5"
    page.fill("input[name=text]", "fietsROUTE")
    expect(page.locator("#filter")).to_contain_text("citaten: 1")
    page.select_option("select[name=status]", "mention")
    expect(page.locator("#filter")).to_contain_text("Geen enkel")
    page.click("#filter button")
    expect(page.locator("#filter")).not_to_have_class("filter active")
    assert visible(page, ".target") == everything


def test_filter_finds_folded_quotes_and_ignores_accents(show):
    payload = payloads.small()
    segments = [copy.deepcopy(payload["segments"][1]) for _ in range(6)]
    for index, segment in enumerate(segments):
        segment["id"] = f"s{index + 1:05}"
    segments[5]["text"] = "Een café voor coöperaties."
    rows = [payloads.match(i, "11.2", 0.9 - i / 100, 1) for i in range(6)]
    page = show(payloads.build(segments, rows))
    assert visible(page, ".quote") == 3
    page.fill("input[name=text]", "cafe voor coop")
    expect(page.locator("details[open]")).to_have_count(1)
    assert visible(page, ".quote") == 1
    page.fill("input[name=text]", "")
    expect(page.locator("details[open]")).to_have_count(0)
    assert visible(page, ".quote") == 3


def test_filter_with_the_keyboard_alone(show):
    page = show(payloads.small())
    page.locator("select[name=goal]").focus()
    page.keyboard.type("13")
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.type("beek")
    expect(page.locator("#filter")).to_contain_text("citaten: 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#filter")).not_to_have_class("filter active")


def test_a_link_to_a_filtered_target_clears_the_filter(show):
    page = show(payloads.small())
    page.select_option("select[name=goal]", "11")
    expect(page.locator("id=t-13.1")).to_be_hidden()
    page.click(".map a[href='#t-13.1']")
    expect(page.locator("id=t-13.1")).to_be_visible()


def test_the_skip_link_is_the_first_stop(show):
    page = show(payloads.small())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("script", [True, False])
def test_prints_every_quote_and_every_gap(show, tmp_path, script):
    payload = payloads.small()
    texts = [f"Belofte nummer {index} voor fietsers." for index in range(12)]
    segments = [payloads.segment(index, text, index + 1) for index, text in enumerate(texts)]
    rows = [payloads.match(index, "11.2", 0.9 - index / 100, 2) for index in range(12)]
    payload = payloads.build(segments, rows)
    page = show(payload, java_script_enabled=script)
    path = tmp_path / "report.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    reader = pypdf.PdfReader(path)
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for text in texts:
        assert text in printed
    for code in payload["summary"]["gaps"]:
        assert f"Reden van {code}." in printed
        assert f"Actie voor {code}." in printed
    assert "http" not in printed


def test_readable_without_script(show):
    page = show(payloads.small(), java_script_enabled=False)
    assert visible(page, ".target") == 8
    assert visible(page, "#filter") == 0


def test_filter_by_target_competence_and_chapter(show):
    page = show(payloads.small())
    page.select_option("select[name=target]", "3.6")
    expect(page.locator(".target:visible")).to_have_count(1)
    expect(page.locator(".target:visible")).to_have_id("t-3.6")
    page.select_option("select[name=target]", "")
    page.select_option("select[name=relevance]", "none")
    expect(page.locator("id=t-3.6")).to_be_hidden()
    expect(page.locator(".target:visible")).to_have_id("t-16.8")
    assert "daarvan in de score: 0" in status(page)
    page.select_option("select[name=relevance]", "")
    chapter = page.locator("select[name=heading] option", has_text="Hoofdstuk 5")
    page.select_option("select[name=heading]", chapter.get_attribute("value"))
    expect(page.locator(".quote:visible blockquote")).to_have_text([payloads.SEGMENTS[1][0]] * 2)


def test_a_status_of_a_gap_filters_the_gaps(show):
    page = show(payloads.small())
    page.select_option("select[name=status]", "mention")
    expect(page.locator(".gap:visible")).to_have_count(2)
    assert "leemtes: 2" in status(page)


def test_the_address_keeps_the_filter(show):
    page = show(payloads.small())
    page.select_option("select[name=goal]", "11")
    page.fill("input[name=text]", "fietsroute")
    expect(page).to_have_url(re.compile("text=fietsroute"))
    assert "goal=11" in page.url
    page.reload()
    expect(page.locator("#filter")).to_contain_text("citaten: 1")
    assert page.input_value("select[name=goal]") == "11"
    page.click("#filter button")
    expect(page).not_to_have_url(re.compile("goal="))


def test_the_language_can_be_switched_and_stays_in_the_address(show):
    payload = payloads.small()
    payload["plan"] = payloads.plan()
    page = show(payload)
    before = page.locator("#report").inner_html()
    page.click("#other")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Zandvliert beweegt – SDG report"
    english = show(payload, "en")
    assert page.locator("#report").inner_text() == english.locator("#report").inner_text()
    assert page.locator(".quote blockquote").first.inner_text() == payloads.SEGMENTS[3][0]
    page.fill("input[name=text]", "title of 11.2")
    expect(page.locator("#filter")).to_contain_text("Targets: 1")
    expect(page).to_have_url(re.compile("lang=en&text=|text=.*lang=en"))
    page.fill("input[name=text]", "")
    expect(page).not_to_have_url(re.compile("text="))
    page.reload()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#other")
    assert page.evaluate("document.documentElement.lang") == "nl"
    page.reload()
    assert page.locator("#report").inner_html() == before


def test_the_map_is_walked_with_arrows_and_opens_a_gap(show):
    page = show(payloads.small())
    boxes = page.locator(".map a[tabindex='0']")
    expect(boxes).to_have_count(1)
    boxes.focus()
    focused = "document.activeElement.getAttribute('href')"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "#gap-1.1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "#gap-2.2"
    page.keyboard.press("Enter")
    expect(page.locator("id=gap-2.2")).to_have_attribute("open", "")
    expect(page.get_by_text("Actie voor 2.2.")).to_be_visible()


@pytest.mark.parametrize("width", [400, 1300])
def test_axe_finds_no_violation(show, width):
    payload = payloads.small()
    payload["plan"] = payloads.plan()
    page = show(payload, width=width, bypass_csp=True)
    for folded in (True, False):
        if not folded:
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        nodes = [
            (each["id"], node["html"])
            for each in found.response["violations"]
            for node in each["nodes"]
        ]
        assert nodes == []


def test_the_words_that_carried_a_match_are_marked_and_stay_in_the_text(show):
    page = show(payloads.small())
    quote = page.locator("id=t-11.2").locator(".quote").first
    assert quote.locator("mark.word").all_inner_texts() == ["kilometer", "fietspad"]
    assert quote.locator("blockquote").inner_text() == payloads.SEGMENTS[0][0]
    paper = "rgba(0, 0, 0, 0)"
    painted = "e => getComputedStyle(e).backgroundColor"
    assert quote.locator("mark.word").first.evaluate(painted) != paper
    assert quote.locator("mark.figure:not(.word)").first.evaluate(painted) == paper
    expect(quote.locator(".like")).to_be_visible()
    page.fill("input[name=text]", "14 kilometer fietspad")
    expect(page.locator("#filter")).to_contain_text("citaten: 1")
    page.fill("input[name=text]", "voorbeeld bij")  # an invented sentence is no quote
    expect(page.locator("#filter")).to_contain_text("Geen enkel")
