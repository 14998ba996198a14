"""``sdgalign segments``: show how documents were read."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdgalign.cli.console import (
    NOTHING_DONE,
    SOME_FAILED,
    choose_language,
    fail,
    output,
    progress_bar,
    say,
)
from sdgalign.cli.inputs import open_inputs
from sdgalign.errors import DocumentError
from sdgalign.files import Source

if TYPE_CHECKING:
    from sdgalign.documents import Document
    from sdgalign.segmentation import Segment


class SegmentsFormat(StrEnum):
    """How to show segments."""

    TABLE = "table"
    JSON = "json"


def segments(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Documents, folders or zip files with documents, or - for standard input.",
            metavar="FILE...",
        ),
    ],
    format: Annotated[
        SegmentsFormat, typer.Option(help="How to show them.")
    ] = SegmentsFormat.TABLE,
) -> None:
    """Show the segments of a document: what is classified, and what each quote will be.

    As JSON, one document is a list of segments; of several, each is an object with its name and
    its segments.
    """
    rows = []
    with open_inputs(paths) as inputs:
        for source in inputs.sources:
            shown = _show(source, format, is_one=inputs.total == 1)
            rows += [] if shown is None else [shown]
    if format is SegmentsFormat.JSON and rows:
        found: Any = rows[0]["segments"] if inputs.total == 1 else rows
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    if len(rows) < inputs.total:
        raise typer.Exit(SOME_FAILED if rows else NOTHING_DONE)


def _show(source: Source, format: SegmentsFormat, *, is_one: bool) -> dict[str, Any] | None:
    """Read a document and print its segments, or return them; None when it cannot be read."""
    from sdgalign.documents import read_document
    from sdgalign.reports.payload import segment_row
    from sdgalign.segmentation import segment_document

    with progress_bar() as bar:
        task = bar.add_task(source.path.name, total=None)
        try:
            document = read_document(
                source.path,
                on_page=lambda done, total: bar.update(task, completed=done, total=total),
            )
        except DocumentError as error:
            fail(str(error.named(source.name)))
            return None
    found = segment_document(document)
    _say_doubts(source, document)
    if format is SegmentsFormat.TABLE:
        _print_table(found, title="" if is_one else source.name, has_pages=document.has_pages)
    return {"document": source.name, "segments": [segment_row(segment) for segment in found]}


def _say_doubts(source: Source, document: Document) -> None:
    from sdgalign.reports.texts import texts

    words = texts(choose_language(None))
    for doubt in document.doubts:
        total = len(document.pages)
        say(f"{source.name}: {words.fill(f'warning.{doubt.code}', n=doubt.pages, total=total)}")


def _print_table(found: tuple[Segment, ...], *, title: str, has_pages: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=Text(title) if title else None,
        title_justify="left",
        title_style="bold",
        box=None,
        header_style="bold",
        pad_edge=False,
    )
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
