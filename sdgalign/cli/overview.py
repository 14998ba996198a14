"""``sdgalign overview``: a corpus at a glance, as HTML, Excel and JSON."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sdgalign.cli.console import LanguageOption, language_of_environment, path_of, progress_bar, say


class OverviewFormat(StrEnum):
    """Files of an overview."""

    HTML = "html"
    XLSX = "xlsx"
    JSON = "json"


ProjectArgument = Annotated[
    Path,
    typer.Argument(
        help="Folder that sdgalign run made.", metavar="PROJECT", show_default=False, parser=path_of
    ),
]


def overview(
    project: ProjectArgument,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Folder to write in; PROJECT when not given.", metavar="DIR"
        ),
    ] = None,
    format: Annotated[
        list[OverviewFormat] | None,
        typer.Option(help="File to write; may be given more than once. All when not given."),
    ] = None,
    reports: Annotated[
        bool,
        typer.Option(
            "--reports", help="Also write the HTML report of every document, and link to it."
        ),
    ] = False,
    title: Annotated[
        str, typer.Option(help="Title; the name of the folder analysed when not given.")
    ] = "",
    lang: LanguageOption = None,
) -> None:
    """Show a corpus at a glance: scores and ranks with intervals, goals, targets, trends, euro.

    Kinds of documents are never counted together. Writes overview.html, .xlsx and .json.
    """
    from sdgalign.reports.overview_write import write_overview

    with progress_bar() as bar:
        task = bar.add_task("reports", total=None, visible=reports)
        written = write_overview(
            project,
            out,
            [str(each) for each in format or OverviewFormat],
            lang or language_of_environment(),
            title=title,
            reports=reports,
            on_document=lambda done, total: bar.update(task, completed=done, total=total),
        )
    for path in written:
        say(str(path))
