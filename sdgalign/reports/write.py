"""Write the reports of one document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from sdgalign.files import write_whole
from sdgalign.framework import Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.html import render_html
from sdgalign.reports.payload import Payload, build_payload


def _json(payload: Payload, language: Language) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=1) + "\n"


_RENDERERS: dict[str, Callable[[Payload, Language], str]] = {"html": render_html, "json": _json}


def write_reports(
    analysis: Analysis, folder: Path, stem: Path, formats: Iterable[str], language: Language
) -> tuple[Path, ...]:
    """Write reports as ``folder/stem.format``.

    Args:
        analysis: Of one document.
        folder: Made when it does not exist.
        stem: File name without suffix; may have folders.
        formats: Of ``html`` and ``json``.
        language: Of the interface.

    Returns:
        The files written, each whole or not at all.

    Raises:
        InputError: When the folder cannot be written.
    """
    payload = build_payload(analysis, language)
    written = []
    for name in formats:
        path = folder / stem.with_name(f"{stem.name}.{name}")
        content = _RENDERERS[name](payload, language)
        with write_whole(path) as stream:
            stream.write(content)
        written.append(path)
    return tuple(written)
