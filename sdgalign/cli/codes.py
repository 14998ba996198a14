"""``sdgalign codes``: SDG codes for the actions of a plan, to accept or correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdgalign.cli.console import (
    LanguageOption,
    ModelOption,
    PasswordOption,
    language_of_environment,
    path_of,
    progress_bar,
    say,
)
from sdgalign.cli.plan import read_with_progress
from sdgalign.errors import InputError
from sdgalign.framework import Language

if TYPE_CHECKING:
    from sdgalign.coding import CodedPlan
    from sdgalign.plans import Plan

_SUFFIXES = frozenset({".csv", ".xlsx"})


def codes(
    file: Annotated[
        Path,
        typer.Argument(
            help="A plan (PDF, docx, odt, html), or a BBC export (csv, xlsx, jsonl) of one or more "
            "municipalities.",
            show_default=False,
            parser=path_of,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write to this file: .csv or .xlsx.", metavar="FILE"),
    ] = None,
    lang: LanguageOption = None,
    model: ModelOption = None,
    password: PasswordOption = None,
) -> None:
    """Give every action of a plan its SDG codes (SDG1107), to check and to import.

    One row per action and code, with how sure it is, and columns to accept or correct it. An
    action without a code has a row too.
    """
    from sdgalign.reports.answers import plan_row
    from sdgalign.reports.codes import BYTE_ORDER_MARK, render_codes

    if out is not None and out.suffix.lower() not in _SUFFIXES:
        raise InputError(f"{out}: codes are written as .csv or .xlsx. Give such a name with -o.")
    coded = _code(read_with_progress(file, password), model)
    language = lang or language_of_environment() or _spoken(coded)
    plans = [plan_row(each) for each in coded]
    if out is None:
        text = render_codes(plans, language)
        typer.echo(text.removeprefix(BYTE_ORDER_MARK), nl=False)
        return
    _write(out, plans, language)
    actions = [action for each in coded for action in each.actions]
    found = sum(bool(action.targets) for action in actions)
    say(f"written to {out}: {found} of {len(actions)} actions have a code")


def _spoken(plans: Sequence[CodedPlan]) -> Language:
    """Return the language of the plans."""
    from sdgalign.plans.plan import whole_text
    from sdgalign.segmentation.language import main_language

    actions = [coded.action for plan in plans for coded in plan.actions]
    found = main_language([whole_text(action.title, action.text) for action in actions])
    return Language.NL if found == "nl" else Language.EN


def _write(out: Path, plans: Sequence[Mapping[str, Any]], language: Language) -> None:
    from sdgalign.files import write_whole, write_whole_bytes
    from sdgalign.reports.codes import render_codes

    if out.suffix.lower() == ".xlsx":
        from sdgalign.reports.codes_workbook import render_codes_workbook

        with write_whole_bytes(out) as file:
            file.write(render_codes_workbook(plans, language))
    else:
        with write_whole(out) as stream:
            stream.write(render_codes(plans, language))


def _code(plans: Sequence[Plan], path: Path | None) -> list[CodedPlan]:
    from sdgalign.coding import code_plan
    from sdgalign.model import load_model

    loaded = load_model(path)
    with progress_bar() as bar:
        task = bar.add_task("classify", total=len(plans))
        coded = []
        for done, plan in enumerate(plans):

            def advance(share: float, done: int = done) -> None:
                bar.update(task, completed=done + share)

            coded.append(code_plan(plan, loaded, advance))
        return coded
