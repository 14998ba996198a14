"""Write the reports of a comparison."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sdgalign.files import write_whole_bytes
from sdgalign.framework import Language

Payload = Mapping[str, Any]

_LONGEST = 100
"""Letters of the name of a report; systems refuse longer ones than 255 bytes."""


def _html(payload: Payload, language: Language) -> str:
    from sdgalign.reports.compare_html import render_compare_html

    return render_compare_html(payload, language)


def _json(payload: Payload, language: Language) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=1) + "\n"


def _workbook(payload: Payload, language: Language) -> bytes:
    from sdgalign.reports.compare_workbook import render_compare_workbook

    return render_compare_workbook(payload, language)


def _lineage(payload: Payload, language: Language) -> str | None:
    from sdgalign.reports.compare_tidy import render_lineage_csv

    return render_lineage_csv(payload)


def _targets(payload: Payload, language: Language) -> str:
    from sdgalign.reports.compare_tidy import render_target_csv

    return render_target_csv(payload)


_FORMATS: Mapping[str, Sequence[tuple[str, Callable[[Payload, Language], str | bytes | None]]]] = {
    "html": ((".html", _html),),
    "json": ((".json", _json),),
    "xlsx": ((".xlsx", _workbook),),
    "csv": ((".lineage.csv", _lineage), (".targets.csv", _targets)),
}


def comparison_stem(stems: Sequence[str]) -> str:
    """Return the name of the reports, without ending: ``a--b.compare``."""
    shown = stems if len(stems) < 4 else [stems[0], f"{len(stems) - 1}-others"]
    longest = _LONGEST // len(shown)
    return "--".join(stem[:longest] for stem in shown) + ".compare"


def write_comparison(
    payload: Payload, folder: Path, stem: str, formats: Iterable[str], language: Language
) -> tuple[Path, ...]:
    """Write reports as ``folder/stem.ending``.

    Args:
        payload: As `compare-1.schema.json` describes it.
        folder: Made when it does not exist.
        stem: Of the names, from `comparison_stem`.
        formats: ``html``, ``json``, ``xlsx``, ``csv``.
        language: Of the interface.

    Returns:
        The files written, each whole or not at all.

    Raises:
        InputError: When the folder cannot be written.
    """
    written = []
    for ending, render in (form for name in formats for form in _FORMATS[name]):
        content = render(payload, language)
        if content is None:
            continue
        path = folder / f"{stem}{ending}"
        with write_whole_bytes(path) as stream:
            stream.write(
                content if isinstance(content, bytes) else content.encode(errors="replace")
            )
        written.append(path)
    return tuple(written)
