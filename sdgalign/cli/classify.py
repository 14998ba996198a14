"""``sdgalign classify``: texts in, one row per text out."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from sdgalign.cli.console import ModelOption, progress_bar
from sdgalign.errors import InputError
from sdgalign.files import write_whole
from sdgalign.texts_io import (
    SUFFIXES,
    TextItem,
    from_lines,
    parse_stream,
    read_texts,
    write_csv,
    write_jsonl,
)

if TYPE_CHECKING:
    from sdgalign.model import AlignmentModel, Classification

BATCH = 1000
OTHER_FILES = frozenset({".pdf", ".docx", ".doc", ".xlsx", ".xls", ".odt", ".zip", ".html"})
"""Suffixes that make an argument a file name, though such files hold no plain texts."""


class RowsFormat(StrEnum):
    """How to write classifications."""

    JSONL = "jsonl"
    CSV = "csv"


def classify(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            help="A txt, csv or jsonl file, - for standard input, or the texts themselves.",
            metavar="[FILE | TEXT...]",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write.", metavar="OUT")
    ] = None,
    format: Annotated[
        RowsFormat | None,
        typer.Option(help="How to write; from the suffix of OUT when not given, else jsonl."),
    ] = None,
    model: ModelOption = None,
) -> None:
    """Classify texts: goals, targets and commitment, with calibrated probabilities.

    A csv file needs a column `text`; `id` and `context` are used when there. A txt file has one
    text per line.
    """
    from sdgalign.model import load_model

    items = gather_texts(texts or ["-"])
    rows: Iterator[Classification] = _classify(load_model(model), items)
    if format is None:
        is_csv = out is not None and out.suffix.lower() == ".csv"
        format = RowsFormat.CSV if is_csv else RowsFormat.JSONL
    write: Callable[[Iterable[Classification], IO[str]], None] = (
        write_csv if format is RowsFormat.CSV else write_jsonl
    )
    first = next(rows, None)
    if first is None:
        raise InputError("nothing to classify: there is no text in it.")
    rows = itertools.chain([first], rows)
    if out is None:
        write(rows, sys.stdout)
    else:
        with write_whole(out) as stream:
            write(rows, stream)


def gather_texts(arguments: list[str]) -> Iterator[TextItem]:
    """Read the texts that the arguments name or are.

    Raises:
        InputError: When files and texts are mixed, or nothing is there to classify.
    """
    if arguments == ["-"]:
        if sys.stdin is None or sys.stdin.isatty():
            raise InputError("nothing to classify: give a file, texts, or a pipe. See --help.")
        return parse_stream(sys.stdin.buffer.read())
    if len(arguments) == 1 and _names_file(arguments[0]):
        return read_texts(Path(arguments[0]))
    if mixed := next((each for each in arguments if _names_file(each)), None):
        raise InputError(f"{mixed}: one file at a time, or only texts.")
    return from_lines(" ".join(each.split()) for each in arguments)


def _names_file(argument: str) -> bool:
    """Whether it is a file, or would be one if it were spelt right."""
    is_word = " " not in argument.strip()
    looks_so = is_word and (
        Path(argument).suffix.lower() in SUFFIXES | OTHER_FILES or bool({"/", "\\"} & set(argument))
    )
    try:
        return looks_so or (is_word and Path(argument).exists()) or Path(argument).is_file()
    except OSError:  # a text too long for a file name
        return False


def _classify(model: AlignmentModel, items: Iterator[TextItem]) -> Iterator[Classification]:
    with progress_bar() as bar:
        task = bar.add_task("classify", total=None)
        while batch := list(itertools.islice(items, BATCH)):
            yield from model.classify(
                [item.text for item in batch],
                contexts=[item.context for item in batch],
                ids=[item.id for item in batch],
            )
            bar.advance(task, len(batch))
