"""``sdgalign export``: the dataset of a project, for pandas, R and DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdgalign.cli.console import path_of, progress_bar, say
from sdgalign.corpus.formats import DatasetFormat


def export(
    project: Annotated[
        Path, typer.Argument(help="Project folder that `sdgalign run` made.", parser=path_of)
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder of the dataset.", metavar="DIR")
    ] = Path("sdgalign-dataset"),
    format: Annotated[
        DatasetFormat, typer.Option(help="Of the tables; parquet keeps types and is smaller.")
    ] = DatasetFormat.CSV,
    without_texts: Annotated[
        bool,
        typer.Option(
            "--without-texts", help="Leave out what the documents say, to share the dataset."
        ),
    ] = False,
) -> None:
    """Write the results of a project as tidy tables, with a description of every column.

    Documents, segments, matches, alignments, claims, actions, spending and targets; README.md tells
    people what they are, datapackage.json programs. Questions to ask of them: docs/recipes.md.
    """
    from sdgalign.corpus.export import export_dataset

    with progress_bar() as bar:
        task = bar.add_task("export", total=None)
        written = export_dataset(
            project,
            out,
            format,
            texts=not without_texts,
            on_document=lambda done, total: bar.update(task, completed=done, total=total),
        )
    rows = written.description.rows
    say(f"written to {out}: {', '.join(f'{name} {n}' for name, n in rows.items())}")
    missing = {state: n for state, n in written.description.states.items() if n and state != "done"}
    if missing:
        listed = ", ".join(f"{n} {state}" for state, n in missing.items())
        say(f"not in it but for their row in documents: {listed}")
