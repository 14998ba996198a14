"""Take the pictures of README: reports of the bundled documents in headless Chromium.

make pictures
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).parents[1]
REPORTS = REPOSITORY / "demo-output"
OUT = REPOSITORY / "docs" / "pictures"
AGREEMENT = "oevermeer-bestuursakkoord-2025-2030"
PLAN = "oevermeer-meerjarenplan-2026-2031"
PICTURES = {
    "report": (PLAN, ""),
    "map": (PLAN, "map"),
    "goal-11": (PLAN, "goal-11"),
    "gaps": (PLAN, "gaps"),
    "plan": (PLAN, "plan"),
    "compare": (f"{AGREEMENT}--{PLAN}.compare", "lineage"),
}
"""Per picture the report and its anchor; the empty one is its beginning."""
OPENED = {"gaps": "#gaps details.gap", "plan": "#plan details.objective"}
"""What is unfolded first: the first of its kind."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def main() -> None:
    """Write one PNG per picture."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 1000}, reduced_motion="reduce")
        for name, (report, anchor) in PICTURES.items():
            page.goto(f"{(REPORTS / report).as_uri()}.html#{anchor}")
            page.reload()  # lays out the parts above, so that the anchor is where it will stay
            if name in OPENED:
                page.locator(OPENED[name]).first.evaluate("part => { part.open = true; }")
            page.screenshot(path=OUT / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
