"""``sdgalign train``: make a model from annotated segments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdgalign.cli.console import TextsOption, progress_bar, say, step_reporter
from sdgalign.errors import InputError

NO_ENCODER = "none"


def train(
    annotations: Annotated[
        Path,
        typer.Argument(help="Labelled segments (.jsonl), or labels (.tsv).", show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Model folder to write.", metavar="DIR")],
    texts: TextsOption = None,
    exemplars: Annotated[
        Path | None,
        typer.Option(
            help="Folder of exemplars to learn from and to explain with, as in "
            "`annotations/exemplars`.",
            metavar="DIR",
        ),
    ] = None,
    splits: Annotated[
        Path | None,
        typer.Option(
            help="Which documents train and which are held out; divided anew, and written beside "
            "the model, when not given.",
            metavar="FILE",
        ),
    ] = None,
    encoder: Annotated[
        str,
        typer.Option(
            help="Folder of a tuned encoder, folder or name of any sentence-transformers model, or "
            "`none` for words alone."
        ),
    ] = NO_ENCODER,
    seed: Annotated[int, typer.Option(help="Of networks and new splits.")] = 0,
) -> None:
    """Train a model on annotated segments, leaving whole documents out for its evaluation."""
    from sdgalign.training.splits import Splits
    from sdgalign.training.train import train as train_model

    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file. Name a folder for the model.")
    with progress_bar() as bar:
        report = train_model(
            annotations,
            out,
            texts=texts or (),
            exemplars=exemplars,
            encoder=None if encoder == NO_ENCODER else encoder,
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
