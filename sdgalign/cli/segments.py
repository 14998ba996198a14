"""``sdgalign segments``: show how documents were read."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdgalign.cli.console import (
    NOTHING_DONE,
    SOME_FAILED,
    LanguageOption,
    PasswordOption,
    choose_language,
    fail,
    output,
    path_of,
    progress_bar,
    say,
)
from sdgalign.cli.inputs import open_inputs
from sdgalign.errors import DocumentError
from sdgalign.files import Source
from sdgalign.framework import Language

if TYPE_CHECKING:
    from rich.table import Table

    from sdgalign.documents import Document
    from sdgalign.reports.explanation import Explanation
    from sdgalign.reports.texts import Texts
    from sdgalign.segmentation import Segment


_COUNTED = ("lines", "running_lines", "segments", "headings")


class SegmentsFormat(StrEnum):
    """How to show segments."""

    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class _Show:
    """What the user wants to see."""

    format: SegmentsFormat
    explain: bool
    language: Language
    password: str | None


def segments(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Documents, folders or zip files with documents, or - for standard input.",
            metavar="FILE...",
            parser=path_of,
        ),
    ],
    format: Annotated[
        SegmentsFormat, typer.Option(help="How to show them.")
    ] = SegmentsFormat.TABLE,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show how each page was read and why; as JSON, beside the segments."
        ),
    ] = False,
    lang: LanguageOption = None,
    password: PasswordOption = None,
) -> None:
    """Show the segments of a document: what is classified, and what each quote will be.

    As JSON, one document is a list of segments; of several, each is an object with its name and
    its segments. With --explain, one document is such an object too.
    """
    show = _Show(format, explain, choose_language(lang), password)
    rows = []
    with open_inputs(paths) as inputs:
        for source in inputs.sources:
            shown = _show(source, show, is_one=inputs.total == 1)
            rows += [] if shown is None else [shown]
    if format is SegmentsFormat.JSON and rows:
        one: Any = rows[0] if explain else rows[0]["segments"]
        found = one if inputs.total == 1 else rows
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    if len(rows) < inputs.total:
        raise typer.Exit(SOME_FAILED if rows else NOTHING_DONE)


def _show(source: Source, show: _Show, *, is_one: bool) -> dict[str, Any] | None:
    """Read a document and print its segments, or return them; None when it cannot be read."""
    from sdgalign.reports.explanation import build_explanation
    from sdgalign.reports.payload import segment_row
    from sdgalign.segmentation import segment_document

    started = time.perf_counter()
    document = _read(source, show.password)
    if document is None:
        return None
    found = segment_document(document)
    seconds = time.perf_counter() - started
    row: dict[str, Any] = {
        "document": source.name,
        "segments": [segment_row(segment) for segment in found],
    }
    title = "" if is_one else source.name
    if show.explain:
        row["reading"] = build_explanation(document, found, seconds, show.language)
        if show.format is SegmentsFormat.TABLE:
            _print_explanation(row["reading"], len(found), show.language, title=title)
            return row
    _say_doubts(source, document, show.language)
    if show.format is SegmentsFormat.TABLE:
        _print_table(found, title=title, has_pages=document.has_pages)
    return row


def _read(source: Source, password: str | None) -> Document | None:
    """Read a document; None, and a line that says why, when that does not work."""
    from sdgalign.documents import read_document

    with progress_bar() as bar:
        task = bar.add_task(source.path.name, total=None)
        try:
            return read_document(
                source.path,
                on_page=lambda done, total: bar.update(task, completed=done, total=total),
                password=password,
            )
        except DocumentError as error:
            fail(str(error.named(source.name)))
            return None


def _say_doubts(source: Source, document: Document, language: Language) -> None:
    from sdgalign.reports.texts import texts

    words = texts(language)
    for doubt in document.doubts:
        total = len(document.pages)
        say(f"{source.name}: {words.fill(f'warning.{doubt.code}', n=doubt.pages, total=total)}")


def _print_explanation(
    reading: Explanation, segments: int, language: Language, *, title: str
) -> None:
    """Print a row for each run of pages that were read the same way, then what holds for all."""
    from rich.text import Text

    from sdgalign.reports.texts import texts

    words = texts(language)
    table = _titled(title)
    table.add_column(words["explain.pages"], no_wrap=True)
    table.add_column(words["explain.path"])
    for name in _COUNTED:
        table.add_column(words[f"explain.{name}"], justify="right")
    for path, run in groupby(reading["pages"], key=lambda page: page["path"]):
        pages = list(run)
        first, last = pages[0]["page"], pages[-1]["page"]
        table.add_row(
            str(first) if first == last else f"{first}–{last}",
            Text("; ".join(step["text"] for step in path)),
            *(words.number(sum(page[name] for page in pages)) for name in _COUNTED),
        )
    console = output()
    console.print(table)
    console.print(Text(_summary(reading, segments, words)))


def _summary(reading: Explanation, segments: int, words: Texts) -> str:
    counts = words.fill(
        "explain.summary",
        pages=len(reading["pages"]),
        seconds=reading["seconds"],
        segments=segments,
        headings=reading["headings"],
        running=reading["running_lines"],
    )
    doubts: Sequence[str] = [doubt["text"] for doubt in reading["doubts"]]
    return "\n".join(("", counts, reading["outline"]["text"], *doubts))


def _titled(title: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    return Table(
        title=Text(title) if title else None,
        title_justify="left",
        title_style="bold",
        box=None,
        header_style="bold",
        pad_edge=False,
    )


def _print_table(found: tuple[Segment, ...], *, title: str, has_pages: bool) -> None:
    from rich.text import Text

    table = _titled(title)
    for heading in ("page", "kind", "lang", "text"):
        table.add_column(heading)
    for segment in found:
        pages = "–".join(str(page) for page in sorted({segment.pages[0], segment.pages[-1]}))
        indent = "" if segment.is_evidence else "  " * len(segment.heading_path)
        style = "bold" if segment.kind == "heading" else "" if segment.is_evidence else "dim"
        table.add_row(
            pages if has_pages else "",
            segment.kind,
            segment.language,
            Text(indent + segment.text, style),
        )
    output().print(table)
