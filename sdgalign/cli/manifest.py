"""``sdgalign manifest``: draft the table of what is known of the documents of a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdgalign.cli.console import choose_language, fail, output, path_of, say
from sdgalign.errors import InputError
from sdgalign.framework import Language

if TYPE_CHECKING:
    from rich.text import Text

    from sdgalign.corpus.derive import Derived
    from sdgalign.corpus.drafting import Draft

_SHOWN = 40
"""Rows that the table shows; the file has them all."""
_NAMED = 5
_MARK = "?"
_LISTED = ("kind", "municipality", "nis_code", "party", "year", "language")


def manifest(
    folder: Annotated[
        Path,
        typer.Argument(help="Folder with the documents of the corpus.", parser=path_of),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Write to this .csv; FOLDER/manifest.csv by itself.", metavar="FILE"
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Draft anew what was corrected before.")
    ] = False,
) -> None:
    """Draft a manifest: kind, municipality, NIS code, party and year of every document.

    All of it is derived from names of files and folders. What is uncertain is marked with a
    question mark here, and named in the column `uncertain` of the file. Correct the file with a
    spreadsheet. When there is one, only new documents are added.
    """
    from sdgalign.corpus.discover import MANIFEST
    from sdgalign.corpus.drafting import can_be_added_to, draft_manifest, write_manifest

    path = out or folder / MANIFEST
    if not can_be_added_to(path):
        raise InputError(f"{path}: a manifest is written as .csv. Give such a name with -o.")
    draft = draft_manifest(folder, path, anew=force)
    _print_table(draft.new)
    for trouble in draft.troubles:
        fail(trouble.message)
    _say_names("passed over, no documents", draft.others)
    _say_names(f"in {path} but not in the folder (left as they are)", draft.gone)
    if draft.new:
        delimiter = ";" if choose_language(None) is Language.NL else ","
        write_manifest(draft, path, delimiter=delimiter)
    _conclude(draft, folder, path)


def _print_table(new: Sequence[Derived]) -> None:
    from rich.table import Table

    if not new:
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("path", overflow="fold")
    for name in _LISTED:
        table.add_column(name.replace("_", " "), no_wrap=name in ("nis_code", "year", "language"))
    for each in new[:_SHOWN]:
        row = each.row
        shown = f"{row.path} [{row.part}]" if row.part else row.path
        table.add_row(shown, *(_cell(each, name) for name in _LISTED))
    console = output()
    console.print(table)
    if len(new) > _SHOWN:
        console.print(f"… and {len(new) - _SHOWN} more, in the file", style="dim")


def _cell(each: Derived, name: str) -> Text:
    from rich.text import Text

    value = getattr(each.row, name)
    if value in (None, ""):
        return Text("–", style="dim")
    if name in each.uncertain:
        return Text(f"{value} {_MARK}", style="yellow")
    return Text(str(value))


def _say_names(what: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        say(f"{what}: {', '.join(names[:_NAMED])}{more}")


def _conclude(draft: Draft, folder: Path, path: Path) -> None:
    if not draft.new:
        say(f"{path}: has all {len(draft.kept)} documents; nothing changed")
        return
    added = f", below the {len(draft.kept)} there were" if draft.kept else ""
    say(f"written to {path}: {len(draft.new)} documents{added}")
    uncertain = _counted(name for each in draft.new for name in each.uncertain)
    empty = _counted(
        name for each in draft.new for name in ("kind", "municipality", "year")
        if getattr(each.row, name) in (None, "")
    )  # fmt: skip
    if uncertain:
        say(f"uncertain ({_MARK}): {uncertain}")
    if empty:
        say(f"not found, fill in where it matters: {empty}")
    say(f"correct it, then: sdgalign run {folder} -o PROJECT")


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {n}×" for name, n in Counter(names).most_common())
