"""``sdgalign evaluate``: measure a model on held-out documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdgalign.cli.console import ModelOption, TextsOption, progress_bar, say, step_reporter


def evaluate(
    annotations: Annotated[
        Path,
        typer.Argument(help="Labelled segments (.jsonl), or labels (.tsv).", show_default=False),
    ],
    splits: Annotated[
        Path, typer.Option(help="Which documents were held out in training.", metavar="FILE")
    ],
    texts: TextsOption = None,
    model: ModelOption = None,
    split: Annotated[str, typer.Option(help="Documents to measure on: test or dev.")] = "test",
    previous: Annotated[
        Path | None,
        typer.Option(
            help="The results.json of an earlier model, to show its figures beside this one's.",
            metavar="FILE",
        ),
    ] = None,
    goal_texts: Annotated[
        Path | None,
        typer.Option(
            help="English texts, each with its goal (.csv with the columns text and goal), to ask "
            "of every goal whether they are about it; only those held out in training are used.",
            metavar="FILE",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="Folder for results.json, README.md and a picture too.",
            metavar="DIR",
        ),
    ] = None,
) -> None:
    """Measure a model on documents that it was not trained on, beside simple baselines."""
    from sdgalign.model import load_model
    from sdgalign.training.evaluate import BASELINES
    from sdgalign.training.evaluate import evaluate as evaluate_model
    from sdgalign.training.splits import Splits
    from sdgalign.training.tuning_data import read_goal_texts, split_goal_texts
    from sdgalign.training.write import evaluation_page, write_evaluation

    with progress_bar() as bar:
        report = evaluate_model(
            load_model(model),
            annotations,
            split,
            texts=texts or (),
            splits=Splits.load(splits),
            baselines=BASELINES,
            previous=previous,
            goal_texts=split_goal_texts(read_goal_texts(goal_texts))[0] if goal_texts else (),
            progress=step_reporter(bar),
        )
    typer.echo(evaluation_page(report))
    if out is not None:
        write_evaluation(report, out)
        say(f"written to {out}")
