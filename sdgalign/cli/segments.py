"""``sdgalign segments``: show how a document was read."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdgalign.cli.console import choose_language, output, progress_bar, say

if TYPE_CHECKING:
    from sdgalign.segmentation import Segment


class SegmentsFormat(StrEnum):
    """How to show segments."""

    TABLE = "table"
    JSON = "json"


def segments(
    file: Annotated[Path, typer.Argument(help="A PDF.", show_default=False)],
    format: Annotated[
        SegmentsFormat, typer.Option(help="How to show them.")
    ] = SegmentsFormat.TABLE,
) -> None:
    """Show the segments of a document: what is classified, and what each quote will be."""
    from sdgalign.documents import read_document
    from sdgalign.reports.payload import segment_row
    from sdgalign.reports.texts import texts
    from sdgalign.segmentation import segment_document

    with progress_bar() as bar:
        task = bar.add_task(file.name, total=None)
        document = read_document(
            file, on_page=lambda done, total: bar.update(task, completed=done, total=total)
        )
    found = segment_document(document)
    words = texts(choose_language(None))
    for doubt in document.doubts:
        total = len(document.pages)
        say(f"{file}: {words.fill(f'warning.{doubt.code}', n=doubt.pages, total=total)}")
    if format is SegmentsFormat.JSON:
        rows = [segment_row(segment) for segment in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _print_table(found)


def _print_table(found: tuple[Segment, ...]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("page", "kind", "lang", "text"):
        table.add_column(heading)
    for segment in found:
        pages = "–".join(str(page) for page in sorted({segment.pages[0], segment.pages[-1]}))
        indent = "" if segment.is_evidence else "  " * len(segment.heading_path)
        style = "bold" if segment.kind == "heading" else "" if segment.is_evidence else "dim"
        table.add_row(pages, segment.kind, segment.language, Text(indent + segment.text, style))
    output().print(table)
