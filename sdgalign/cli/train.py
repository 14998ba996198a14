"""``sdgalign train``: make a model from annotated segments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdgalign.cli.console import progress_bar, say, step_reporter
from sdgalign.errors import InputError

NO_ENCODER = "none"


def train(
    annotations: Annotated[
        Path, typer.Argument(help="Labelled segments, JSON lines.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Model folder to write.", metavar="DIR")],
    splits: Annotated[
        Path | None,
        typer.Option(
            help="Which documents train and which are held out; divided anew, and written beside "
            "the model, when not given.",
            metavar="FILE",
        ),
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            help="Folder or name of any sentence-transformers model, or `none` for words alone; "
            "the encoder of the shipped model when not given."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of folds, networks and new splits.")] = 0,
) -> None:
    """Train a model on annotated segments, leaving whole documents out for its evaluation."""
    from sdgalign.model import default_model_path
    from sdgalign.training.splits import Splits
    from sdgalign.training.train import train as train_model

    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file. Name a folder for the model.")
    chosen = encoder or str(default_model_path() / "encoder")
    with progress_bar() as bar:
        report = train_model(
            annotations,
            out,
            encoder=None if chosen == NO_ENCODER else chosen,
            seed=seed,
            splits=Splits.load(splits) if splits else None,
            progress=step_reporter(bar),
        )
    if splits is None:
        splits = out.with_name(f"{out.name}.splits.json")
        report.splits.save(splits)
    info = report.model.info
    trained = len(report.model.assessed_targets)
    say(f"{out}: {sum(info.trained_on.values())} segments, {trained} targets with a head")
    say(f"trained in {report.seconds:.0f} s; held-out documents are in {splits}")
