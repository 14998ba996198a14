"""Make the overview of a project from its ledger, and write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from sdgalign.clock import now
from sdgalign.corpus.assessed import assessed_of
from sdgalign.corpus.euro import EuroEstimate, actions_of, estimate
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.overview import overview
from sdgalign.corpus.overview_parts import Overview
from sdgalign.corpus.records import LedgerDocument, State
from sdgalign.files import write_whole_bytes
from sdgalign.framework import Language, load_framework
from sdgalign.reports.overview_data import Failure, OverviewReport, Partial, render_overview_json
from sdgalign.reports.texts import texts

STEM = "overview"
REPORTS = "reports"
"""Folder of the documents' own reports, beside the overview."""

FORMATS = ("html", "xlsx", "json")

OnDocument = Callable[[int, int], None]
"""Told how many documents are done, of how many."""


def write_overview(
    project: Path,
    folder: Path | None = None,
    formats: Iterable[str] = FORMATS,
    language: Language | None = None,
    *,
    title: str = "",
    reports: bool = False,
    on_document: OnDocument = lambda done, total: None,
) -> tuple[Path, ...]:
    """Write the overview of a project.

    Args:
        project: Folder with the ledger.
        folder: Where to write; the project's own when None.
        formats: Of ``html``, ``xlsx`` and ``json``.
        language: Of the interface; that of most documents when None.
        title: Of the overview; the name of the folder that was analysed when empty.
        reports: Whether to write the report of every document too.
        on_document: Told about the progress of those.

    Returns:
        The files written; the reports of documents are not among them.

    Raises:
        InputError: When there is no project, or the folder cannot be written.
    """
    folder = folder or project
    with Ledger.open(project) as ledger:
        language = language or language_of_project(ledger)
        if reports:
            write_documents(ledger, folder / REPORTS, language, on_document)
        report = build_overview(ledger, folder, title)
    written = []
    for name in formats:
        path = folder / f"{STEM}.{name}"
        with write_whole_bytes(path) as stream:
            stream.write(_render(report, name, language))
        written.append(path)
    return tuple(written)


def build_overview(ledger: Ledger, folder: Path, title: str = "") -> OverviewReport:
    """Gather what an overview shows.

    Args:
        ledger: Of the project, open.
        folder: Where the overview will stand; documents' reports are looked for there.
        title: As in `write_overview`.
    """
    done = list(ledger.documents(State.DONE))
    results = {key: ledger.result(key) for key in {each.result_key for each in done} if key}
    models = sorted({f"{r.model_id} ({r.model_digest[:8]})" for r in results.values() if r})
    found = summarise(ledger)
    return OverviewReport(
        title=title or _name(ledger),
        overview=found,
        created=now().isoformat(timespec="seconds"),
        models=models,
        estimates=_estimates(ledger, found),
        failures=tuple(
            Failure(each.name, each.error_kind or "", without_name(each))
            for each in ledger.documents(State.FAILED)
        ),
        partial=tuple(partial_of(ledger)),
        copies=len(done) - sum(kind.documents for kind in found.kinds),
        links=dict(_links(done, folder)),
    )


def partial_of(ledger: Ledger) -> Iterator[Partial]:
    """Return the documents that are done and of which much may be missing."""
    for each in ledger.documents(State.DONE):
        result = ledger.result(each.result_key or "")
        if result and result.losses:
            yield Partial(each.name, result.losses, result.pages, result.words)


def without_name(document: LedgerDocument) -> str:
    """Return why a document failed, without its name before it."""
    return (document.error or "").removeprefix(f"{document.name}: ")


def summarise(ledger: Ledger) -> Overview:
    """Return the overview of the documents that are done."""
    return overview(
        assessed_of(ledger), [t.code for t in load_framework().targets], ledger.counts()
    )


def report_path(document: LedgerDocument) -> PurePosixPath:
    """Return the path of a document's own report below the folder of reports.

    With the suffix of the file: ``plan.pdf`` and ``plan.docx`` may stand side by side.
    """
    whole = PurePosixPath(document.path.replace("!", "/"))
    parts = [part for part in whole.parts if part not in ("..", "/", ".")]
    name = f"{parts[-1]}-{document.part.replace('/', '-')}" if document.part else parts[-1]
    return PurePosixPath(*parts[:-1], f"{name}.html")


def write_documents(
    ledger: Ledger, folder: Path, language: Language, on_document: OnDocument
) -> None:
    """Write the HTML report of every document that is done.

    Raises:
        InputError: When the folder cannot be written.
    """
    from sdgalign.reports.html import render_html
    from sdgalign.reports.write import link_to

    base = Path(ledger.note("folder") or ".")
    done = list(ledger.documents(State.DONE))
    for number, document in enumerate(done, start=1):
        payload, path = ledger.payload(document.result_key or ""), folder / report_path(document)
        source = base / document.path
        payload["document"]["title"] = _titled(payload["document"]["title"], document)
        # What lies in an archive, or is gone, cannot be opened at a page.
        payload["document"]["link"] = link_to(source, path.parent) if source.is_file() else ""
        with write_whole_bytes(path) as stream:
            stream.write(render_html(payload, language).encode())
        on_document(number, len(done))


def _titled(title: str, document: LedgerDocument) -> str:
    """Return a title that tells whose document it is, and of when."""
    about = (document.municipality, document.party, document.year)
    missing = [str(each) for each in about if each and str(each).lower() not in title.lower()]
    return f"{title} ({', '.join(missing)})" if missing else title


def _links(
    documents: Iterable[LedgerDocument], folder: Path
) -> Iterator[tuple[tuple[str, str], str]]:
    for each in documents:
        path = report_path(each)
        if (folder / REPORTS / path).is_file():
            yield (each.path, each.part), quote(f"{REPORTS}/{path}")


def _estimates(ledger: Ledger, found: Overview) -> dict[str, EuroEstimate]:
    """Estimate euro per goal of the plans that the overview counts."""
    keys = {(each.path, each.part): each.result_key for each in ledger.documents(State.DONE)}
    estimates = {}
    for kind in found.kinds:
        if kind.money is None:
            continue
        current = [each for unit in kind.units for each in unit.current if each.euro]
        actions = [
            action
            for each in current
            for action in actions_of(ledger.payload(keys[each.path, each.part] or ""), each.name)
        ]
        estimates[kind.kind] = estimate(actions)
    return estimates


def language_of_project(ledger: Ledger) -> Language:
    """Return the language of most documents of a project."""
    spoken = [each.language for each in ledger.documents(State.DONE)]
    return Language.NL if spoken.count("nl") * 2 >= len(spoken) else Language.EN


def _name(ledger: Ledger) -> str:
    return Path(ledger.note("folder") or ledger.project).name or "sdgalign"


def _render(report: OverviewReport, name: str, language: Language) -> bytes:
    match name:
        case "html":
            from sdgalign.reports.overview_html import render_overview

            return render_overview(report, language).encode()
        case "xlsx":
            from sdgalign.reports.overview_workbook import render_overview_workbook

            return render_overview_workbook(report, texts(language))
        case "json":
            return render_overview_json(report).encode()
        case _:
            raise ValueError(f"no overview as {name!r}; there are {', '.join(FORMATS)}")
