"""Take the pictures of README: the report of a bundled document in headless Chromium.

make pictures
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).parents[1]
REPORT = REPOSITORY / "demo-output" / "lindebeke-verkiezingsprogramma-2024.html"
OUT = REPOSITORY / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def main() -> None:
    """Write one PNG per part of the report."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 900}, device_scale_factor=1)
        page.goto(REPORT.as_uri())
        page.screenshot(path=OUT / "report.png")
        for name in ("goal-11", "gaps"):
            page.locator(f"#{name}").scroll_into_view_if_needed()
            page.screenshot(path=OUT / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
