"""The application: its commands, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from sdgalign._version import __version__
from sdgalign.cli.analyze import analyze
from sdgalign.cli.classify import classify
from sdgalign.cli.codes import codes
from sdgalign.cli.compare import compare
from sdgalign.cli.console import fail
from sdgalign.cli.evaluate import evaluate
from sdgalign.cli.export import export
from sdgalign.cli.manifest import manifest
from sdgalign.cli.overview import overview
from sdgalign.cli.plan import plan
from sdgalign.cli.run import run as run_project
from sdgalign.cli.segments import segments
from sdgalign.cli.show import show
from sdgalign.cli.targets import targets
from sdgalign.cli.train import train
from sdgalign.clock import now
from sdgalign.errors import SdgalignError

app = typer.Typer(
    name="sdgalign",
    help="What a policy text does for the Sustainable Development Goals, and what it leaves out.",
    epilog="Exit codes: 0 done, 2 could not run, 3 some of several files failed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: importing rich for it would take half of the time
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"sdgalign {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """What a policy text does for the Sustainable Development Goals, and what it leaves out."""
    now()  # a wrong SOURCE_DATE_EPOCH is told before the work is done, and before NumPy stumbles


for command in (
    analyze,
    run_project,
    segments,
    plan,
    codes,
    compare,
    classify,
    targets,
    manifest,
    show,
    overview,
    export,
    train,
    evaluate,
):
    app.command()(command)


def run() -> None:
    """Run a command; errors of sdgalign become one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know the characters of a Dutch quote.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except SdgalignError as error:
        for line in error.lines:
            fail(line)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # ``sdgalign … | head``
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        fail(f"the output cannot be written ({error.strerror or error}).")
        sys.exit(SdgalignError.exit_code)
