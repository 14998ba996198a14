"""Write the reports of one document."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sdgalign.errors import DocumentError
from sdgalign.files import Source, write_whole_bytes
from sdgalign.framework import Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.html import render_html
from sdgalign.reports.payload import Payload, build_payload


@dataclass(frozen=True, slots=True)
class _Format:
    """One kind of report file."""

    ending: str
    """Of its name, after the stem."""
    render: Callable[[Payload, Language], str | bytes | None]
    """From payload and language of the interface; None when the document has nothing for it."""


def _json(payload: Payload, language: Language) -> str:
    """Put every item of a list on a line: for a pager, and in a third of the time of indents."""
    fields = (f"{json.dumps(name)}: {_lines(value)}" for name, value in payload.items())
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _lines(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"


def _workbook(payload: Payload, language: Language) -> bytes:
    from sdgalign.reports.workbook import render_workbook

    return render_workbook(payload, language)


def _csv(payload: Payload, language: Language) -> str:
    from sdgalign.reports.tidy import render_csv

    return render_csv(payload)


def _parquet(payload: Payload, language: Language) -> bytes:
    from sdgalign.reports.tidy import render_parquet

    return render_parquet(payload)


def _codes(payload: Payload, language: Language) -> str | None:
    from sdgalign.reports.codes import render_codes

    return render_codes([payload["plan"]], language) if payload["plan"] else None


def _docx(payload: Payload, language: Language) -> bytes:
    from sdgalign.reports.summary_docx import render_docx

    return render_docx(payload, language)


def _markdown(payload: Payload, language: Language) -> str:
    from sdgalign.reports.summary_markdown import render_markdown

    return render_markdown(payload, language)


def _jsonld(payload: Payload, language: Language) -> str:
    from sdgalign.reports.linked import render_jsonld

    return render_jsonld(payload)


def _turtle(payload: Payload, language: Language) -> bytes:
    from sdgalign.reports.linked import render_turtle

    return render_turtle(payload)


def _annotated(
    analysis: Analysis, payload: Payload, language: Language, source: Source, password: str | None
) -> bytes:
    from sdgalign.reports.annotated import render_annotated

    return render_annotated(analysis, payload, language, source.path, password)


def link_to(path: Path, folder: Path) -> str:
    """Return the URL of a file as seen from a folder."""
    try:
        relative = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:  # another drive
        return path.resolve().as_uri()
    return quote(os.fsencode(Path(relative).as_posix()))


_FORMATS = {
    "html": (_Format(".html", render_html),),
    "json": (_Format(".json", _json),),
    "xlsx": (_Format(".xlsx", _workbook),),
    "csv": (_Format(".matches.csv", _csv),),
    "parquet": (_Format(".matches.parquet", _parquet),),
    "codes": (_Format(".codes.csv", _codes),),
    "docx": (_Format(".summary.docx", _docx),),
    "md": (_Format(".summary.md", _markdown),),
    "linked": (_Format(".annotations.jsonld", _jsonld), _Format(".annotations.ttl", _turtle)),
}


def write_reports(
    analysis: Analysis,
    source: Source,
    folder: Path,
    formats: Iterable[str],
    language: Language,
    *,
    password: str | None = None,
    on_skip: Callable[[DocumentError], None] = lambda error: None,
) -> tuple[Path, ...]:
    """Write reports as ``folder/stem.ending``.

    Args:
        analysis: Of one document.
        source: Where the document lies, and the stem of its reports.
        folder: Made when it does not exist.
        formats: Names of formats, such as ``html`` and ``json``.
        language: Of the interface.
        password: Opens a PDF that is encrypted for its readers, to annotate it.
        on_skip: Told why a report was not written, such as an annotated PDF of a docx file.

    Returns:
        The files written, each whole or not at all; ``codes`` only of a plan.

    Raises:
        InputError: When the folder cannot be written.
    """
    base = folder / source.stem
    payload = build_payload(analysis, language)
    payload["document"]["link"] = "" if source.origin else link_to(source.path, base.parent)
    written = []
    annotated = _Format(
        ".annotated.pdf",
        lambda payload, language: _annotated(analysis, payload, language, source, password),
    )
    forms = {**_FORMATS, "pdf": (annotated,)}
    for form in (form for name in formats for form in forms[name]):
        try:
            content = form.render(payload, language)
        except DocumentError as error:
            on_skip(error)
            continue
        if content is None:
            continue
        path = base.with_name(f"{base.name}{form.ending}")
        with write_whole_bytes(path) as stream:
            stream.write(
                content if isinstance(content, bytes) else content.encode(errors="replace")
            )
        written.append(path)
    return tuple(written)
