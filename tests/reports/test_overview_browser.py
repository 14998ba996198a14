"""The overview of a corpus in a real browser, without network."""

from __future__ import annotations

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from sdgalign.reports.overview_html import render_overview
from tests.reports import overviews
from tests.reports.browsers import browser, expect, showing

__all__ = ["browser"]


show = showing(render_overview)


def names(page, table=".units"):
    return page.locator(f"#kind-manifesto {table} tbody tr[data-unit]:visible th").all_inner_texts()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("build", [overviews.small, overviews.empty])
def test_no_sideways_scroll_and_no_console_message(show, build, width):
    page = show(build(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_name_filters_all_tables_of_its_kind_and_no_other(show):
    page = show(overviews.small(), "en")
    page.locator("#kind-manifesto .find input").fill("MOERB")
    assert names(page) == ["Moerbroek – Groene Lijst", "Moerbroek – Dorpspartij"]
    assert names(page, ".heat") == names(page)
    expect(page.locator("#kind-manifesto .find [role=status]")).to_have_text("2 of 6 shown")
    assert page.locator("#kind-plan .units tbody tr:visible").count() == 3


def test_sorting_one_table_sorts_the_others_of_its_kind(show):
    page = show(overviews.small(), "en")
    first = names(page)
    page.click("#kind-manifesto .units .sort[data-sort=name]")
    assert names(page) == sorted(first)
    assert names(page, ".heat") == sorted(first)
    heading = page.locator("#kind-manifesto .units th[aria-sort]")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    page.click("#kind-manifesto .heat .sort[data-sort=g11]")
    assert names(page) == first
    expect(page.locator("#kind-manifesto .units th[aria-sort]")).to_have_count(0)


def test_sorting_with_the_keyboard(show):
    page = show(overviews.small(), "en")
    page.locator("#kind-manifesto .units .sort[data-sort=score]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert names(page)[0] == "Lindebeke – Dorpspartij"


def test_the_language_can_be_switched_also_after_sorting(show):
    page = show(overviews.small())
    before = page.locator("#report").inner_text()
    page.click("#other")
    assert page.evaluate("document.documentElement.lang") == "en"
    english = show(overviews.small(), "en")
    assert page.locator("#report").inner_text() == english.locator("#report").inner_text()
    page.click("#kind-manifesto .units .sort[data-sort=name]")
    page.click("#other")
    page.click("#kind-manifesto .units .sort[data-sort=rank]")
    page.reload()
    assert page.locator("#report").inner_text() == before


def test_prints_every_row_and_all_targets(show, tmp_path):
    page = show(overviews.small(), "en")
    path = tmp_path / "overview.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    printed = " ".join(each.extract_text() for each in pypdf.PdfReader(path).pages)
    printed = " ".join(printed.split())
    for name in ("Moerbroek – Groene Lijst", "All targets that count", "Without any SDG target"):
        assert name in printed


def test_readable_without_script(show):
    page = show(overviews.small(), java_script_enabled=False)
    assert len(names(page)) == 6
    assert page.locator(".find:visible").count() == 0


@pytest.mark.parametrize("width", [400, 1300])
def test_axe_finds_no_violation(show, width):
    page = show(overviews.small(), width=width, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    nodes = [(v["id"], n["html"]) for v in found.response["violations"] for n in v["nodes"]]
    assert nodes == []
