"""``sdgalign compare``: documents side by side, and what became of their commitments."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import unquote

import typer

from sdgalign.cli.console import (
    NOTHING_DONE,
    SOME_FAILED,
    LanguageOption,
    ModelOption,
    PasswordOption,
    fail,
    language_of_environment,
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
    from sdgalign.model import AlignmentModel
    from sdgalign.reports.compare_payload import Compared

_LEAST = 2


class CompareFormat(StrEnum):
    """Reports that are written as files."""

    HTML = "html"
    XLSX = "xlsx"
    JSON = "json"
    CSV = "csv"


_DEFAULT_FORMATS = (CompareFormat.HTML, CompareFormat.JSON)


def compare(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Two or more documents, as for analyze, or JSON reports that analyze wrote.",
            metavar="PATH...",
            parser=path_of,
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for the reports.", metavar="DIR")
    ] = Path("sdgalign-reports"),
    kind: Annotated[
        list[DocumentKind] | None,
        typer.Option(
            help="What the documents are: once for all, or once for each in their order. "
            "Guessed from their names when not given."
        ),
    ] = None,
    lang: LanguageOption = None,
    format: Annotated[
        list[CompareFormat] | None,
        typer.Option(
            help="Report to write; may be given more than once. html and json when not given."
        ),
    ] = None,
    lineage: Annotated[
        bool | None,
        typer.Option(
            "--lineage/--no-lineage",
            help="Whether each document follows the one before it. When not given: manifestos are "
            "followed by an agreement, that by a plan; manifestos alone stand side by side.",
        ),
    ] = None,
    model: ModelOption = None,
    password: PasswordOption = None,
) -> None:
    """Put documents side by side per goal and target, and say what became of the commitments.

    Prints the conclusion and writes a report (HTML for people, JSON for programs).
    """
    from sdgalign.reports.compare_parts import conclusion
    from sdgalign.reports.compare_payload import build_comparison
    from sdgalign.reports.compare_write import comparison_stem, write_comparison
    from sdgalign.reports.texts import texts

    loaded = functools.cache(functools.partial(_load, model))
    with open_inputs(paths, out=out) as inputs:
        if inputs.total < _LEAST:
            raise InputError("compare: give two documents or more. See --help.")
        kinds = _kinds(kind, len(inputs.sources))
        found = [
            (source, done)
            for source, each in zip(inputs.sources, kinds, strict=True)
            if (done := _read(source, each, out, loaded, password)) is not None
        ]
        if len(found) < _LEAST:
            fail("compare: fewer than two documents could be read, so there is nothing to compare.")
            raise typer.Exit(NOTHING_DONE)
        documents = [done for _, done in found]
        language = lang or language_of_environment() or _spoken(documents)
        encoder = loaded().featurizer.encoder
        if lineage and encoder is None:
            raise InputError("--lineage: the model has no encoder. Use the shipped model.")
        payload = build_comparison(
            documents,
            language,
            None if encoder is None or lineage is False else encoder.encode,
            follow=lineage,
        )
    stem = comparison_stem([source.stem.name for source, _ in found])
    names = [str(each) for each in format or _DEFAULT_FORMATS]
    written = write_comparison(payload, out, stem, names, language)
    for sentence in conclusion(payload, texts(language)):
        typer.echo(sentence)
    for path in written:
        say(str(path))
    if len(found) < inputs.total:
        raise typer.Exit(SOME_FAILED)


def _kinds(given: Sequence[DocumentKind] | None, count: int) -> Sequence[DocumentKind | None]:
    if not given:
        return [None] * count
    if len(given) == 1:
        return list(given) * count
    if len(given) != count:
        raise InputError(
            f"--kind: given {len(given)} times for {count} documents. "
            "Give it once for all, or once for each."
        )
    return given


def _spoken(documents: Sequence[Compared]) -> Language:
    dutch = [each.report["document"]["language"] == "nl" for each in documents]
    return Language.NL if any(dutch) else Language.EN


def _load(path: Path | None) -> AlignmentModel:
    from sdgalign.model import load_model

    return load_model(path)


def _read(
    source: Source,
    kind: DocumentKind | None,
    out: Path,
    model: Callable[[], AlignmentModel],
    password: str | None,
) -> Compared | None:
    """Return a document with its alignment; None, with a message, when it cannot be read."""
    from sdgalign.reports.saved import is_saved_report

    try:
        if is_saved_report(source.path):
            return _saved(source, kind, out, model)
        return _analysed(source, kind, out, model, password)
    except DocumentError as error:
        fail(str(error.named(source.name)))
    return None


def _saved(
    source: Source, kind: DocumentKind | None, out: Path, model: Callable[[], AlignmentModel]
) -> Compared:
    from sdgalign.reports.compare_payload import Compared
    from sdgalign.reports.saved import alignment_of, read_report, require_model
    from sdgalign.reports.write import link_to

    report = read_report(source.path)
    require_model(report, source.name, model().info)
    document = report["document"]
    if kind is not None:
        document["kind"] = str(kind)
    place = source.path.parent / unquote(document.get("link", ""))
    document["link"] = link_to(place, out) if document.get("link") and place.is_file() else ""
    return Compared(report, alignment_of(report))


def _analysed(
    source: Source,
    kind: DocumentKind | None,
    out: Path,
    model: Callable[[], AlignmentModel],
    password: str | None,
) -> Compared:
    from sdgalign.pipeline import analyze, analyze_plan
    from sdgalign.plans import is_data_file, read_plans
    from sdgalign.reports.compare_payload import Compared
    from sdgalign.reports.payload import build_payload, language_of
    from sdgalign.reports.write import link_to

    with progress_bar() as bar:
        task = bar.add_task(source.path.name, total=1.0)
        if is_data_file(source.path):
            plans = read_plans(source.path)
            if len(plans) != 1:
                raise InputError(
                    f"{source.name}: holds {len(plans)} plans; compare takes files with one."
                )
            analysis = analyze_plan(plans[0], source.path.name, model())
        else:
            analysis = analyze(source.path, model, kind=kind, password=password)
        bar.update(task, completed=1.0)
    report: dict[str, Any] = build_payload(analysis, language_of(analysis))
    report["document"]["link"] = "" if source.origin else link_to(source.path, out)
    return Compared(report, analysis.alignment)
