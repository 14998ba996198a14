"""``sdgalign analyze`` of a data file: the plans of one or more municipalities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sdgalign.cli.aims import Aims
from sdgalign.cli.console import fail, output, progress_bar, say
from sdgalign.errors import DocumentError, InputError
from sdgalign.files import Source, distinct
from sdgalign.framework import Language

if TYPE_CHECKING:
    from rich.text import Text

    from sdgalign.model import AlignmentModel
    from sdgalign.pipeline import PeersOf
    from sdgalign.plans import Plan

_MANY = 20
"""Plans from which one table is of more use than a report for each."""


def analyze_plans(
    source: Source,
    out: Path,
    formats: Sequence[str],
    language: Language | None,
    model: Callable[[], AlignmentModel],
    peers: PeersOf | None = None,
    aims: Aims | None = None,
) -> bool:
    """Analyse every plan of a data file and write its reports.

    The reports of several plans go in a folder that is named after the file. Of one plan the
    table is printed, of several a line for each.

    Returns:
        Whether the file could be read.
    """
    from sdgalign.pipeline import analyze_plan
    from sdgalign.plans import read_plans
    from sdgalign.reports.payload import language_of
    from sdgalign.reports.terminal import print_alignment, summary_line
    from sdgalign.reports.write import write_reports

    try:
        plans = read_plans(source.path)
    except (DocumentError, InputError) as error:
        fail(str(error))
        return False
    if len(plans) > 1:
        _announce(source, out, len(plans))
    loaded, aims = model(), aims or Aims()
    lines: list[Text] = []
    skipped: set[str] = set()
    """Why a report could not be written: the same for every plan of a file."""
    with progress_bar() as bar:
        task = bar.add_task(source.path.name, total=len(plans))
        for plan, stem in zip(plans, _stems(source, plans), strict=True):
            analysis = analyze_plan(
                plan,
                source.path.name,
                loaded,
                peers=peers,
                priorities=aims.priorities,
                reference=aims.reference,
            )
            spoken = language or language_of(analysis)
            written = write_reports(
                analysis,
                replace(source, stem=stem),
                out,
                formats,
                spoken,
                on_skip=lambda error: skipped.add(str(error.named(source.name))),
            )
            lines.append(summary_line(analysis, spoken))
            bar.advance(task)
    for reason in sorted(skipped):
        say(reason)
    # Printed while the bar is shown, they would land on its screen when the output is piped.
    if len(plans) == 1:
        print_alignment(analysis, spoken, output())
        for path in written:
            say(str(path))
    else:
        console = output()
        for line in lines:
            console.print(line, no_wrap=True, overflow="ellipsis")
    return True


def _announce(source: Source, out: Path, count: int) -> None:
    folder = out / source.stem
    say(f"{source.name}: {count} plans; the reports of each go to {folder}")
    if count >= _MANY:
        say(f"for one table and one report of all of them: sdgalign run {source.name} -o PROJECT")


def _stems(source: Source, plans: Sequence[Plan]) -> Iterator[Path]:
    if len(plans) == 1:
        yield source.stem
        return
    names = (plan.municipality or plan.nis_code or "plan" for plan in plans)
    yield from distinct(source.stem / _file_name(name) for name in names)


def _file_name(name: str) -> str:
    """Return a name that every system can write."""
    return re.sub(r"[^\w’' -]", "_", name).strip()[:80] or "plan"
