"""The HTML report in a real browser, without network."""

from __future__ import annotations

import copy
from pathlib import Path

import pypdf
import pytest

from sdgalign.reports.html import render_html
from tests.reports import payloads

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
if not CHROMIUM.exists():
    pytest.skip("there is no /usr/bin/chromium", allow_module_level=True)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser, tmp_path):
    """Open a payload's report; fails the test on any message, error or request."""
    contexts, faults = [], []

    def show_(payload, language="nl", width=1280, **options):
        path = tmp_path / "report.html"
        path.write_text(render_html(payload, language), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda r: None if r.url.startswith(path.as_uri()) else faults.append(r.url)
        )
        page.goto(path.as_uri())
        return page

    yield show_
    for context in contexts:
        context.close()
    assert faults == []


def visible(page, selector):
    return page.locator(f"{selector}:visible").count()


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
    assert status(page) == "Targets: 1 · citaten: 2"
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
    page.keyboard.press("Tab")
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
    page.click("#mentioned a")
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
    assert "http" not in printed


def test_readable_without_script(show):
    page = show(payloads.small(), java_script_enabled=False)
    assert visible(page, ".target") == 8
    assert visible(page, "#filter") == 0


def test_a_long_document_opens_fast(show):
    page = show(payloads.large())
    timing = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert timing < 5000
    page.fill("input[name=text]", "warmtenet")
    expect(page.locator("#filter")).to_have_class("filter active")


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
