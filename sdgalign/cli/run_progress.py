"""What a run shows: a bar in a terminal, lines in a log, JSON for scripts."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import typer

from sdgalign.cli.console import fail, say
from sdgalign.corpus.events import Ended, Ending

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from sdgalign.corpus.ledger import Ledger
    from sdgalign.corpus.prepare import Prepared

_LOG_SECONDS = 15.0
_NAMED = 5
"""Between two lines about the progress when it is no terminal."""
_SETTLED = (Ending.SHARED, Ending.UNCHANGED)


@dataclass(slots=True)
class RunProgress:
    """Counts what a run does, and shows it.

    Args:
        prepared: What the run is about.
        gone: Documents that are gone since the last run.
        workers: Number of workers.
        events: Whether to write a line of JSON per document to stdout.
    """

    prepared: Prepared
    gone: int
    workers: int
    events: bool = False
    counts: Counter[Ending] = field(default_factory=Counter)
    pages: int = 0
    words: int = 0
    _started: float = field(default_factory=time.monotonic)
    _logged: float = field(default_factory=time.monotonic)
    _worked: int = 0
    """Bytes of the documents that were analysed or failed."""
    _settled: int = 0
    """Bytes of those with which nothing had to be done."""
    _total: int = 0
    _bar: Progress | None = None
    _task: TaskID | None = None

    def __enter__(self) -> Self:
        """Start the bar."""
        from sdgalign.corpus.todo import size_of

        self._total = sum(size_of(each.found) for each in self.prepared.known)
        if sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task("", total=max(self._total, 1), note=self._note())
        else:
            say(f"{self._documents} documents, {_workers(self.workers)}")
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    @property
    def failed(self) -> int:
        """Return the number of documents without a result, earlier failures included."""
        kinds = (Ending.FAILED, Ending.FAILED_BEFORE, Ending.UNSAVED)
        return sum(self.counts[kind] for kind in kinds) + self._troubles

    def ended(self, ended: Ended) -> None:
        """Count a document and show it."""
        self.counts[ended.ending] += 1
        if ended.ending is Ending.ANALYSED:
            self.pages += ended.pages
            self.words += ended.words
        if ended.ending in (*_SETTLED, Ending.FAILED_BEFORE):
            self._settled += ended.size
        else:
            self._worked += ended.size
        if self.events:
            typer.echo(json.dumps(event(ended), ensure_ascii=False))
        if ended.ending in (Ending.FAILED, Ending.UNSAVED):
            self.note(ended.error, is_error=True)
        self._show()

    def note(self, message: str, *, is_error: bool = False) -> None:
        """Show a line."""
        if self._bar is not None:
            self._bar.console.print(f"sdgalign: {message}" if is_error else message, markup=False)
        elif is_error:
            fail(message)
        else:
            say(message)

    def summary(self, ledger: Ledger) -> None:
        """Say how the run went."""
        from sdgalign.reports.overview_write import partial_of

        counts, all_of = self.counts, ledger.counts()
        seconds = time.monotonic() - self._started
        parts = [f"{counts[Ending.ANALYSED]} analysed"]
        if counts[Ending.SHARED]:
            parts.append(f"{counts[Ending.SHARED]} with the content of another")
        if counts[Ending.UNCHANGED]:
            parts.append(f"{counts[Ending.UNCHANGED]} done before")
        if new := counts[Ending.FAILED] + counts[Ending.UNSAVED] + self._troubles:
            parts.append(f"{new} failed")
        if counts[Ending.FAILED_BEFORE]:
            parts.append(
                f"{counts[Ending.FAILED_BEFORE]} failed before and not tried again (--retry does)"
            )
        if self.gone:
            parts.append(f"{self.gone} gone since the last run")
        rate = f", {self.pages / seconds:.1f} pages a second" if self.pages else ""
        say(
            f"{self._documents + self._troubles} documents in {_duration(seconds)}: "
            f"{', '.join(parts)}{rate}"
        )
        kinds = Counter(each.error_kind for each in ledger.documents("failed") if each.error_kind)
        if kinds:
            say("failures: " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
        if partial := [each.name for each in partial_of(ledger)]:
            named = ", ".join(partial[:_NAMED]) + (" ..." if len(partial) > _NAMED else "")
            say(f"read in part only, see sdgalign show: {named}")
        say(
            f"{ledger.project}: {all_of['done']} documents done. "
            f"Next: sdgalign show {ledger.project}"
        )

    @property
    def _documents(self) -> int:
        return len(self.prepared.known)

    @property
    def _troubles(self) -> int:
        return len(self.prepared.finds.troubles)

    def _show(self) -> None:
        done = self._worked + self._settled
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, note=self._note())
        elif time.monotonic() - self._logged >= _LOG_SECONDS:
            self._logged = time.monotonic()
            say(self._note())

    def _note(self) -> str:
        """Return documents, rate, time left and failures so far in one line."""
        seconds = time.monotonic() - self._started
        parts = [f"{self.counts.total()} of {self._documents} documents"]
        if self.pages:
            parts.append(f"{self.pages / seconds:.1f} pages/s")
        elif self.counts[Ending.ANALYSED]:
            parts.append(f"{self.words / seconds:,.0f} words/s")
        left = self._total - self._worked - self._settled
        if self._worked and left > 0:
            # By bytes: the largest documents come first.
            parts.append(f"{_duration(seconds * left / self._worked)} left")
        parts.append(f"{self.failed} failed")
        return ", ".join(parts)


def event(ended: Ended) -> dict[str, object]:
    """Return what became of a document as data for scripts; described in ``docs/scale.md``."""
    document = ended.document
    return {
        "path": document.path,
        "part": document.part,
        "event": str(ended.ending),
        "seconds": round(ended.seconds, 3),
        "pages": ended.pages,
        "words": ended.words,
        "segments": ended.segments,
        "score": ended.score,
        "score_low": ended.low,
        "score_high": ended.high,
        "losses": list(ended.losses),
        "error_kind": ended.error_kind or None,
        "error": ended.error or None,
    }


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    return Progress(
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )


def _workers(count: int) -> str:
    return "1 worker" if count == 1 else f"{count} workers"


def _duration(seconds: float) -> str:
    """Return a time as people say it: 45 s, 12 min, 3 h 20 min."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 100:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
