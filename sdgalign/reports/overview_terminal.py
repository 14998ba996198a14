"""A project on one screen of the terminal."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.overview_parts import KindOverview, Unit
from sdgalign.corpus.records import LedgerDocument, State
from sdgalign.framework import Language
from sdgalign.reports.overview_data import Failure, Partial, failed, losses
from sdgalign.reports.overview_html import conclusion
from sdgalign.reports.overview_write import partial_of, summarise
from sdgalign.reports.texts import Texts, texts

SHOWN = 5
"""Units at the top and at the bottom, and failures per kind of error."""

NAME_LENGTH = 60
"""Characters of a name; of documents without a maker it is their title."""


def print_project(ledger: Ledger, language: Language, console: Console) -> None:
    """Print how far a project is, what failed and why, and who stands at the top and bottom.

    Args:
        ledger: Of the project, open.
        language: Of the words; messages on failures are kept as they were written.
        console: Where to print.
    """
    words = texts(language)
    console.print(Text(ledger.note("folder") or str(ledger.project), style="bold"))
    for line in _state(ledger, words):
        console.print(line)
    for line in _failures(list(ledger.documents(State.FAILED)), words):
        console.print(line)
    for line in _partial(list(partial_of(ledger)), words):
        console.print(line)
    found = summarise(ledger)
    if not found.kinds:
        return
    console.print()
    for sentence in conclusion(found, words):
        console.print(Text(sentence))
    for kind in found.kinds:
        if kind.whole.score:
            console.print()
            console.print(_ranking(kind, words))
    console.print(Text(words["show.note"], style="dim"))


def _state(ledger: Ledger, words: Texts) -> Iterator[Text]:
    counts = ledger.counts()
    parts = [
        f"{words[f'corpus.state_short.{state}']} {words.number(n)}"
        for state, n in counts.items()
        if n or state == State.DONE
    ]
    yield Text(" · ".join(parts))
    row = ledger.connection.execute(
        "SELECT sum(r.pages), sum(r.words), sum(r.segments), sum(r.seconds) FROM results r "
        "WHERE r.key IN (SELECT result_key FROM documents WHERE state = 'done')"
    ).fetchone()
    if row[0] is not None:
        pages, number, segments, seconds = row
        parts = [
            *([words.count("pages", pages)] if pages else []),
            words.fill("show.totals", words=number, segments=segments),
            words.fill("show.seconds", n=round(seconds)),
        ]
        yield Text(" · ".join(parts))
    run = ledger.note("run")
    if run:
        started = json.loads(run).get("started", "")
        when = f"{words.date(started)} {started[11:16]}" if started else "?"
        yield Text(words.fill("show.last_run", when=when), style="dim")


def _partial(partial: Sequence[Partial], words: Texts) -> Iterator[Text]:
    if partial:
        yield Text()
        yield Text(words.count("corpus.partial", len(partial)), style="bold")
    for each in partial[:SHOWN]:
        yield Text(f"  {each.name}: {losses(each, words)}")
    if len(partial) > SHOWN:
        yield Text(f"  {words.fill('terminal.more', n=len(partial) - SHOWN)}")


def _failures(failures: Sequence[LedgerDocument], words: Texts) -> Iterator[Text]:
    kinds = Counter(each.error_kind or "" for each in failures)
    if kinds:
        yield Text()
        yield Text(words.count("corpus.failed", len(failures)), style="bold")
    for kind, number in kinds.most_common():
        mine = [each for each in failures if (each.error_kind or "") == kind]
        what = failed(Failure(mine[0].name, kind, ""), words)
        yield Text(f"{what} ({words.number(number)})")
        for each in mine[:SHOWN]:
            yield Text(f"  {each.error or each.name}")
        if number > SHOWN:
            yield Text(f"  {words.fill('terminal.more', n=number - SHOWN)}")


def _ranking(kind: KindOverview, words: Texts) -> Table:
    scored = [unit for unit in kind.units if unit.group.score]
    table = Table(box=None, header_style="bold", pad_edge=False, title_justify="left")
    table.title = Text(words[f"corpus.kind.{kind.kind}"], style="bold")
    for name, side in (
        ("corpus.rank", "right"),
        ("corpus.range", "left"),
        ("corpus.name", "left"),
        ("score.column", "right"),
        ("coverage", "right"),
    ):
        is_name = name == "corpus.name"
        table.add_column(
            words[name],
            justify="right" if side == "right" else "left",
            no_wrap=True,
            overflow="ellipsis",
            min_width=None if is_name else len(words[name]),
        )
    if len(scored) <= 2 * SHOWN:
        top, bottom = scored, []
    else:
        top, bottom = scored[:SHOWN], scored[-SHOWN:]
    for unit in top:
        table.add_row(*_row(unit, words))
    if bottom:
        table.add_row("", "", words.fill("terminal.more", n=len(scored) - 2 * SHOWN), "", "")
        for unit in bottom:
            table.add_row(*_row(unit, words))
    return table


def _row(unit: Unit, words: Texts) -> tuple[str, ...]:
    score, coverage, ranks = unit.group.score, unit.group.coverage, unit.ranks
    return (
        str(ranks.rank) if ranks else "–",
        f"{ranks.best}–{ranks.worst}" if ranks else "",
        textwrap.shorten(unit.name, NAME_LENGTH, placeholder=" …"),
        f"{words.score(score.value)} ({words.score(score.low)}–{words.score(score.high)})"
        if score
        else "–",
        words.percent(coverage.value) if coverage else "–",
    )
