"""``sdgalign analyze``: documents in, reports out."""

from __future__ import annotations

import functools
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdgalign.cli.aims import Aims, read_priorities, read_reference
from sdgalign.cli.console import (
    NOTHING_DONE,
    SOME_FAILED,
    LanguageOption,
    ModelOption,
    PasswordOption,
    fail,
    language_of_environment,
    output,
    path_of,
    progress_bar,
    say,
)
from sdgalign.cli.inputs import open_inputs
from sdgalign.errors import DocumentError, InputError
from sdgalign.files import Source
from sdgalign.framework import Language
from sdgalign.kinds import DocumentKind

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from sdgalign.model import AlignmentModel
    from sdgalign.pipeline import PeersOf

_STAGE_START = {"read": 0.0, "segment": 0.4, "classify": 0.5}
_STAGE_SHARE = {"read": 0.4, "segment": 0.1, "classify": 0.5}


class ReportFormat(StrEnum):
    """Reports that are written as files."""

    HTML = "html"
    JSON = "json"
    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"
    CODES = "codes"
    DOCX = "docx"
    MD = "md"
    LINKED = "linked"
    PDF = "pdf"


_DEFAULT_FORMATS = (ReportFormat.HTML, ReportFormat.JSON)


def analyze(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="PDF, docx, odt, html, md and txt files, folders and zip files with such files, "
            "BBC exports of plans (csv, xlsx, jsonl), or - for standard input.",
            metavar="PATH...",
            parser=path_of,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for the reports.", metavar="DIR")
    ] = Path("sdgalign-reports"),
    kind: Annotated[
        DocumentKind | None,
        typer.Option(help="What the documents are; guessed from their names when not given."),
    ] = None,
    lang: LanguageOption = None,
    format: Annotated[
        list[ReportFormat] | None,
        typer.Option(
            help="Report to write; may be given more than once. html and json when not given."
        ),
    ] = None,
    peers: Annotated[
        Path | None,
        typer.Option(
            help="Project of sdgalign run with comparable documents: gaps say how many of those "
            "take the target up, and the most usual come first.",
            metavar="PROJECT",
        ),
    ] = None,
    peers_province: Annotated[
        str, typer.Option(help="Only peers in this province.", metavar="NAME", show_default=False)
    ] = "",
    priorities: Annotated[
        str | None,
        typer.Option(
            help="Goals and targets whose gaps come first: 3,11.2 or a text or csv file.",
            metavar="CODES|FILE",
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            help="Document, such as a manifesto, or its JSON report: gaps that it did take up "
            "come first.",
            metavar="FILE",
        ),
    ] = None,
    model: ModelOption = None,
    password: PasswordOption = None,
) -> None:
    """Say which SDG targets documents address, where, how firmly, and which are missing.

    Prints a table per document and writes a report (HTML for people, JSON for programs).
    """
    language = lang or language_of_environment()
    if ReportFormat.PARQUET in (format or ()):
        from sdgalign.reports.tidy import require_parquet

        require_parquet()
    if ReportFormat.LINKED in (format or ()):
        from sdgalign.reports.linked import require_turtle

        require_turtle()
    if ReportFormat.PDF in (format or ()):
        from sdgalign.reports.annotated import require_annotate

        require_annotate()
    yardstick = _peers(peers, peers_province)
    aims = _aims(priorities, against, model, password)
    with open_inputs(paths, out=out) as inputs:
        done = sum(
            _analyze_one(source, out, kind, language, format, model, password, yardstick, aims)
            for source in inputs.sources
        )
    if inputs.total > 1:
        say(f"{done} of {inputs.total} documents analysed; reports in {out}")
    if done < inputs.total:
        raise typer.Exit(SOME_FAILED if done else NOTHING_DONE)


def _analyze_one(
    source: Source,
    out: Path,
    kind: DocumentKind | None,
    language: Language | None,
    formats: list[ReportFormat] | None,
    model: Path | None,
    password: str | None,
    peers: PeersOf | None,
    aims: Aims,
) -> bool:
    from sdgalign.cli.analyze_plans import analyze_plans
    from sdgalign.pipeline import analyze as analyze_document
    from sdgalign.plans import is_data_file
    from sdgalign.reports.payload import language_of
    from sdgalign.reports.terminal import print_alignment
    from sdgalign.reports.write import write_reports

    names = [str(each) for each in formats or _DEFAULT_FORMATS]
    if is_data_file(source.path):
        load = functools.partial(_model, model)
        return analyze_plans(source, out, names, language, load, peers, aims)
    with progress_bar() as bar:
        task = bar.add_task(source.path.name, total=1.0)
        try:
            analysis = analyze_document(
                source.path,
                functools.partial(_model, model),
                kind=kind,
                password=password,
                peers=peers,
                priorities=aims.priorities,
                reference=aims.reference,
                on_progress=functools.partial(_advance, bar, task),
            )
        except DocumentError as error:
            fail(str(error.named(source.name)))
            return False
    language = language or language_of(analysis)
    written = write_reports(
        analysis,
        source,
        out,
        names,
        language,
        password=password,
        on_skip=lambda error: say(str(error.named(source.name))),
    )
    print_alignment(analysis, language, output())
    for path in written:
        say(str(path))
    if ReportFormat.CODES in (formats or ()) and analysis.plan is None:
        say(f"{source.name}: no codes written, no plan was found in it (see --kind plan).")
    return True


def _aims(
    priorities: str | None, against: Path | None, model: Path | None, password: str | None
) -> Aims:
    codes = () if priorities is None else read_priorities(priorities)
    if against is None:
        return Aims(codes)
    return Aims(codes, read_reference(against, functools.partial(_model, model), password))


def _peers(project: Path | None, province: str) -> PeersOf | None:
    if project is None:
        if province:
            raise InputError("--peers-province: give the project too, with --peers PROJECT.")
        return None
    from sdgalign.corpus.peers import peers_of

    return peers_of(project, province=province, on_none=say)


@functools.cache
def _model(path: Path | None) -> AlignmentModel:
    from sdgalign.model import load_model

    return load_model(path)


def _advance(bar: Progress, task: TaskID, stage: str, share: float) -> None:
    bar.update(task, completed=_STAGE_START[stage] + share * _STAGE_SHARE[stage])
