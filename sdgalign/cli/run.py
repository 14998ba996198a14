"""``sdgalign run``: whole folders of documents into a project that can be stopped and resumed."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdgalign.cli import INTERRUPTED
from sdgalign.cli.console import (
    NOTHING_DONE,
    SOME_FAILED,
    ModelOption,
    PasswordOption,
    fail,
    path_of,
    say,
)
from sdgalign.errors import InputError
from sdgalign.framework import Language

if TYPE_CHECKING:
    from sdgalign.corpus.executors import Workers
    from sdgalign.corpus.ledger import Ledger
    from sdgalign.corpus.prepare import Prepared
    from sdgalign.corpus.todo import Order

_NAMED = 5
"""Names that a line of information gives; the others it counts."""
_CLUSTER_HERE = "local:"


def run(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Folders of documents; also single files, zip files and tables with plans.",
            metavar="FOLDER...",
            parser=path_of,
        ),
    ],
    project: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help="Folder of the project: ledger and results.", metavar="PROJECT"
        ),
    ],
    manifest: Annotated[
        Path | None,
        typer.Option(
            help="What the documents are (csv or xlsx; draft one: sdgalign manifest FOLDER). "
            "When not given, that of the last run of the project, else FOLDER/manifest.csv.",
            metavar="FILE",
        ),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(help='Only these files, such as "*.pdf"; may be repeated.', metavar="GLOB"),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            help="Not these files; may be repeated. A file .sdgalignignore says so for good.",
            metavar="GLOB",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Documents worked on at a time; one per core, as far as memory goes.",
            show_default=False,
            metavar="N",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Dask scheduler to work on, such as tcp://host:8786.", metavar="ADDRESS"),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(help="Dask cluster to start on this machine.", metavar="local:N"),
    ] = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try again what failed before and did not change.")
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait while another run works on the project.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask before documents are taken as derived.")
    ] = False,
    events: Annotated[
        bool, typer.Option("--json", help="Write one line of JSON per document to stdout.")
    ] = False,
    lang: Annotated[
        Language | None,
        typer.Option(
            help="Language of the warnings in results; each document's own when not given."
        ),
    ] = None,
    model: ModelOption = None,
    password: PasswordOption = None,
) -> None:
    """Analyse whole folders; stop at any moment and run again to go on.

    Only what is new or changed is analysed. Results stand in PROJECT: see sdgalign show, overview
    and export.
    """
    with _stoppable():
        from sdgalign.corpus.discover import Choice
        from sdgalign.corpus.keys import identify_model
        from sdgalign.corpus.ledger import Ledger
        from sdgalign.corpus.lock import run_alone
        from sdgalign.corpus.prepare import holder_of, prepare
        from sdgalign.corpus.todo import Order

        order = Order(identify_model(model), lang, password, retry)
        choice = Choice(include or (), exclude or ())
        with (
            run_alone(
                project,
                wait=wait,
                holder=lambda: holder_of(project),
                on_wait=lambda who: say(f"waiting for another run on {project} ({who}) ..."),
            ),
            Ledger.open(project, write=True) as ledger,
        ):
            prepared = prepare(ledger, paths, manifest=manifest, choice=choice, on_note=say)
            _tell(prepared, ask=not yes)
            failed = _work(ledger, prepared, order, workers, scheduler, cluster, events)
            done = ledger.counts()["done"]
    if failed:
        raise typer.Exit(SOME_FAILED if done else NOTHING_DONE)


def _work(
    ledger: Ledger,
    prepared: Prepared,
    order: Order,
    workers: int | None,
    scheduler: str | None,
    cluster: str | None,
    events: bool,
) -> bool:
    """Do the work and say how it went; tell whether anything failed."""
    from sdgalign.cli.run_progress import RunProgress
    from sdgalign.corpus.prepare import begin
    from sdgalign.corpus.run import analyse_corpus

    gone = begin(ledger, prepared)
    with contextlib.closing(_workers(workers, scheduler, cluster, len(prepared.known))) as staff:
        progress = RunProgress(prepared, gone, staff.count, events=events)
        try:
            with progress:
                analyse_corpus(
                    ledger,
                    prepared.known,
                    staff,
                    order,
                    on_end=progress.ended,
                    on_note=progress.note,
                )
        except KeyboardInterrupt:
            done = ledger.counts()["done"]
            say(f"interrupted: {done} documents are done; run the same command to go on.")
            raise
    progress.summary(ledger)
    return progress.failed > 0


def _workers(
    count: int | None, scheduler: str | None, cluster: str | None, documents: int
) -> Workers:
    from sdgalign.corpus.executors import (
        DaskWorkers,
        ProcessWorkers,
        SerialWorkers,
    )
    from sdgalign.corpus.machine import default_workers, machine

    if sum(each is not None for each in (count, scheduler, cluster)) > 1:
        raise InputError("give only one of --workers, --scheduler and --cluster.")
    if scheduler is not None:
        return DaskWorkers(scheduler)
    if cluster is not None:
        number = cluster.removeprefix(_CLUSTER_HERE)
        if not cluster.startswith(_CLUSTER_HERE) or not number.isdigit() or int(number) < 1:
            raise InputError(
                f"--cluster {cluster}: give local: and a number of workers, such as local:4."
            )
        return DaskWorkers(count=int(number))
    count = count or min(default_workers(machine()), max(documents, 1))
    return SerialWorkers() if count == 1 else ProcessWorkers(count)


def _tell(prepared: Prepared, *, ask: bool) -> None:
    """Say what is odd about the documents, and ask whether what was derived is right."""
    import sys

    finds = prepared.finds
    for trouble in finds.troubles:
        fail(trouble.message)
    if finds.others:
        say(f"passed over, no documents: {_names(finds.others)}")
    if prepared.manifest is not None:
        say(f"manifest: {prepared.manifest}")
    if prepared.missing:
        say(f"{prepared.manifest}: names what is not there: {_names(prepared.missing)}")
    untold = prepared.untold
    if not untold:
        return
    kinds = ", ".join(sorted({str(each.row.kind) for each in untold if each.row.kind}))
    places = {each.row.nis_code or each.row.municipality for each in untold} - {""}
    derived = [f"kind {kinds}" if kinds else "no kind"]
    if places:
        derived.append(
            f"{len(places)} " + ("municipality" if len(places) == 1 else "municipalities")
        )
    say(
        f"{len(untold)} of {len(prepared.known)} documents stand in no manifest; from their paths: "
        f"{', '.join(derived)}. To check and correct: sdgalign manifest FOLDER"
    )
    if ask and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty():
        if not typer.confirm("Go on?", default=True, err=True):
            say("nothing was analysed")
            raise typer.Exit(INTERRUPTED)


def _names(names: list[str] | tuple[str, ...]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Let a termination, as clusters send it, end the run as Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
