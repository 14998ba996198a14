"""Open reports in headless Chromium, without network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
if not CHROMIUM.exists():
    pytest.skip("there is no /usr/bin/chromium", allow_module_level=True)

_ARGUMENTS = [
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
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS)
        yield browser
        browser.close()


def showing(render: Callable[[Any, str], str]) -> Any:
    """Return a fixture that opens what `render` makes of a report.

    A test fails on any message of the browser, error of a script or request.
    """

    @pytest.fixture
    def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
        contexts, faults = [], []

        def show_(report: Any, language: str = "nl", width: int = 1280, **options: Any) -> Any:
            path = tmp_path / f"report-{len(contexts)}.html"
            path.write_text(render(report, language), encoding="utf-8")
            context = browser.new_context(
                viewport={"width": width, "height": 900}, offline=True, **options
            )
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: faults.append(message.text))
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on(
                "request",
                lambda asked: (
                    None if asked.url.startswith(path.as_uri()) else faults.append(asked.url)
                ),
            )
            page.goto(path.as_uri())
            return page

        yield show_
        for context in contexts:
            context.close()
        assert not faults, faults

    return show


def visible(page: Any, selector: str) -> int:
    return int(page.locator(f"{selector}:visible").count())
