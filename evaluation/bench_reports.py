"""Time every report of a document, and a report of 5,000 segments in Chromium.

    python evaluation/bench_reports.py FILE

The second is a made document, of our own exemplar sentences: nearly all of them match a target,
which makes its report larger than that of a real document with as many segments.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sdgalign.files import Source
from sdgalign.framework import Language
from sdgalign.model import AlignmentModel, load_model
from sdgalign.pipeline import Analysis, analyze
from sdgalign.reports.html import render_html
from sdgalign.reports.payload import build_payload
from sdgalign.reports.write import write_reports
from sdgalign.training.exemplars import read_exemplars

REPOSITORY = Path(__file__).resolve().parents[1]
FORMATS = ("html", "xlsx", "csv", "parquet", "json", "codes", "docx", "md", "linked", "pdf")
SEGMENTS = 5_000
_CHROMIUM = Path("/usr/bin/chromium")
_OPENED = """() => performance.getEntriesByType("navigation")[0].loadEventEnd / 1000"""
"""Seconds until the page is there, its scripts run."""
_FILTER = """async ([name, value]) => {
  const form = document.getElementById("filter");
  const said = form.querySelector("[role=status]");
  const start = performance.now();
  await new Promise((done) => {
    new MutationObserver(() => requestAnimationFrame(() => setTimeout(done)))
      .observe(said, { childList: true, characterData: true, subtree: true });
    form.elements[name].value = value;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return (performance.now() - start) / 1000;
}"""
"""Seconds from a change in the filter to the first frame that shows it."""


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args().file
    model = load_model()
    with tempfile.TemporaryDirectory() as folder:
        _time_formats(analyze(file, lambda: model), file, Path(folder))
        _time_browser(model, Path(folder))


def _time_formats(analysis: Analysis, file: Path, folder: Path) -> None:
    pages, segments = len(analysis.document.pages), len(analysis.segments)
    say(f"reports of {file.name}: {pages} pages, {segments} segments; each by itself, then all")
    for names in (*([name] for name in FORMATS), FORMATS):
        start = time.perf_counter()
        written = write_reports(analysis, Source(file, Path("r")), folder, names, Language.NL)
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in written) / 1e6
        say(f"  {names[0] if len(names) == 1 else 'all':8}{seconds:6.2f} s{size:7.2f} MB")


def _time_browser(model: AlignmentModel, folder: Path) -> None:
    page = folder / "large.md"
    page.write_text("\n\n".join(_paragraphs()), encoding="utf-8")
    analysis = analyze(page, lambda: model)
    report = folder / "large.html"
    report.write_text(render_html(build_payload(analysis, Language.NL), Language.NL), "utf-8")
    size = report.stat().st_size / 1e6
    say(f"a report of {len(analysis.segments)} segments: {size:.2f} MB")
    if not _CHROMIUM.exists():
        say("  there is no /usr/bin/chromium to open it")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(_CHROMIUM), args=["--no-sandbox"])
        for attempt in ("first", "again"):
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(report.as_uri())
            opened = tab.evaluate(_OPENED)
            goal = tab.evaluate(_FILTER, ["goal", "11"])
            text = tab.evaluate(_FILTER, ["text", "fiets"])
            say(f"  {attempt}: open {opened:.2f} s, filter {goal:.2f} s, search {text:.2f} s")
            tab.close()
        browser.close()


def _paragraphs() -> Iterator[str]:
    """Yield paragraphs below a heading per twenty-five, Dutch first."""
    exemplars = read_exemplars(REPOSITORY / "annotations" / "exemplars")
    texts = [*(each.nl for each in exemplars), *(each.en for each in exemplars)][:SEGMENTS]
    for number, text in enumerate(texts):
        if number % 25 == 0:
            yield f"## {number // 25 + 1}. Hoofdstuk"
        yield " ".join(text.split()).lstrip("#-*+>0123456789. ")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
