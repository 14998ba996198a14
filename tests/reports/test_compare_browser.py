"""The comparison in a real browser, without network."""

from __future__ import annotations

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from sdgalign.reports.compare_html import render_compare_html
from tests.reports import comparisons
from tests.reports.browsers import browser, expect, showing, visible

__all__ = ["browser"]


show = showing(render_compare_html)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("build", [comparisons.side_by_side, comparisons.small, comparisons.chain])
def test_no_sideways_scroll(show, build, width):
    page = show(build(), width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_filter_by_fate_goal_target_and_text(show):
    page = show(comparisons.small())
    status = page.locator("#filter [role=status]")
    expect(status).to_contain_text("Beloften: 5")
    page.select_option("select[name=fate]", "dropped")
    expect(status).to_contain_text("Beloften: 2")
    assert visible(page, ".trace") == 2
    page.select_option("select[name=fate]", "")
    page.select_option("select[name=goal]", "10")  # also where it is not the first goal
    expect(status).to_contain_text("Beloften: 1")
    page.select_option("select[name=goal]", "")
    page.fill("input[name=text]", "CONTAINERpark")
    expect(status).to_contain_text("Beloften: 1")
    page.click("#filter button")
    expect(status).to_contain_text("Beloften: 5")
    assert visible(page, ".trace") == 0, "the goals are folded again"
    page.select_option("select[name=note]", "figures")
    expect(status).to_contain_text("Beloften: 1")


def test_the_language_can_be_switched_and_the_address_keeps_the_filter(show):
    page = show(comparisons.small())
    page.select_option("select[name=fate]", "weaker")
    expect(page.locator("#filter [role=status]")).to_contain_text("Beloften: 1")
    page.click("#other")
    expect(page.locator("#filter [role=status]")).to_contain_text("Commitments: 1")
    assert page.title().endswith("SDG comparison")
    expect(page.locator(".trace:visible .badge").first).to_have_text("weaker")
    assert "fate=weaker" in page.url
    assert "lang=en" in page.url
    page.reload()
    expect(page.locator("#filter [role=status]")).to_contain_text("Commitments: 1")


@pytest.mark.parametrize("width", [400, 1300])
def test_axe_finds_no_violation(show, width):
    page = show(comparisons.chain(), width=width, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.add_style_tag(content=".trace { content-visibility: visible !important; }")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    nodes = [
        (each["id"], node["html"])
        for each in found.response["violations"]
        for node in each["nodes"]
    ]
    assert nodes == []


@pytest.mark.parametrize("script", [True, False])
def test_prints_both_quotes_of_every_commitment(show, tmp_path, script):
    page = show(comparisons.small(), java_script_enabled=script)
    path = tmp_path / "compare.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    printed = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(path).pages).split())
    for text in ("Elke school krijgt een veilige fietsroute.", *comparisons.PLAN_TEXTS):
        assert text in printed
