"""Write the reports of one document."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from sdgalign.files import Source, write_whole
from sdgalign.framework import Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.html import render_html
from sdgalign.reports.payload import Payload, build_payload


def _json(payload: Payload, language: Language) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=1) + "\n"


def _link(path: Path, folder: Path) -> str:
    """Return the URL of a file as seen from a folder."""
    try:
        relative = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:  # another drive
        return path.resolve().as_uri()
    return quote(os.fsencode(Path(relative).as_posix()))


_RENDERERS: dict[str, Callable[[Payload, Language], str]] = {"html": render_html, "json": _json}


def write_reports(
    analysis: Analysis, source: Source, folder: Path, formats: Iterable[str], language: Language
) -> tuple[Path, ...]:
    """Write reports as ``folder/stem.format``.

    Args:
        analysis: Of one document.
        source: Where the document lies, and the stem of its reports.
        folder: Made when it does not exist.
        formats: Of ``html`` and ``json``.
        language: Of the interface.

    Returns:
        The files written, each whole or not at all.

    Raises:
        InputError: When the folder cannot be written.
    """
    base = folder / source.stem
    payload = build_payload(analysis, language)
    payload["document"]["link"] = "" if source.origin else _link(source.path, base.parent)
    written = []
    for name in formats:
        path = base.with_name(f"{base.name}.{name}")
        content = _RENDERERS[name](payload, language)
        with write_whole(path) as stream:
            stream.write(content)
        written.append(path)
    return tuple(written)
