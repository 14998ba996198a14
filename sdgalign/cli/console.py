"""What all commands share: options, where output goes, progress."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdgalign.errors import InputError
from sdgalign.framework import Language

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

NOTHING_DONE = 2
SOME_FAILED = 3
"""Exit codes of commands that take several documents."""

LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of titles and reports; yours when not given."),
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", help="Model folder; the shipped model when not given.", metavar="DIR"),
]
PasswordOption = Annotated[
    str | None,
    typer.Option(
        help="Opens PDFs that are encrypted. Safer in the variable: others may see a command line.",
        envvar="SDGALIGN_PASSWORD",
        metavar="TEXT",
        show_default=False,
    ),
]

TextsOption = Annotated[
    list[Path] | None,
    typer.Option(
        help="Segments (.jsonl or .jsonl.gz) that labels in a .tsv belong to; may be repeated.",
        metavar="FILE",
    ),
]


def path_of(name: str) -> Path:
    """Return the path that an argument names.

    Raises:
        InputError: When it is empty, as a variable of a script may be; Python would take it for
            the current folder.
    """
    if not name:
        raise InputError('"": an empty name is no file. Give a name, or . for this folder.')
    return Path(name)


def choose_language(chosen: Language | None) -> Language:
    """Return the language chosen, else that of the environment, else English."""
    return chosen or language_of_environment() or Language.EN


def language_of_environment() -> Language | None:
    """Return the language that the environment asks for; None when it is neutral (``C``)."""
    name = next(
        (os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)),
        locale.getlocale()[0] or "",
    )
    if name.partition(".")[0].upper() in ("", "C", "POSIX"):
        return None
    return Language.NL if name.lower().startswith(("nl", "dutch")) else Language.EN


def output() -> Console:
    """Return the console for results: stdout, wide enough for a table when piped."""
    from rich.console import Console

    columns = os.environ.get("COLUMNS", "")
    piped = int(columns) if columns.isdigit() else 120
    width = None if sys.stdout.isatty() else piped
    return Console(width=width, highlight=False)


def say(message: str) -> None:
    """Write one line of information on stderr."""
    typer.echo(message, err=True)


def fail(message: str) -> None:
    """Write one line about an error on stderr."""
    typer.echo(f"sdgalign: {' '.join(message.split())}", err=True)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show progress with the time left on stderr; nothing when it is not a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield bar


def step_reporter(bar: Progress) -> Callable[[str, int, int], None]:
    """Return a callback that shows a step, how far it is and how far it goes."""
    task = bar.add_task("", total=None)
    return lambda step, done, total: bar.update(task, description=step, completed=done, total=total)
