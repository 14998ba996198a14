"""Take the pictures of README: the report of a bundled document in headless Chromium.

make pictures
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).parents[1]
REPORT = REPOSITORY / "demo-output" / "lindebeke-verkiezingsprogramma-2024.html"
OUT = REPOSITORY / "docs" / "pictures"
PARTS = ("", "goal-11", "gaps")
"""Anchors of the report; the empty one is its beginning."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def main() -> None:
    """Write one PNG per part of the report."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 1250}, reduced_motion="reduce")
        for name in PARTS:
            page.goto(f"{REPORT.as_uri()}#{name}")
            page.reload()  # lays out the parts above, so that the anchor is where it will stay
            page.screenshot(path=OUT / f"{name or 'report'}.png")
        browser.close()


if __name__ == "__main__":
    main()
