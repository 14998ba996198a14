"""From a file of any kind to its plans."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from sdgalign.errors import InputError
from sdgalign.plans.plan import Plan

_PDF_REACH = 1024
_TEXT_SUFFIXES = frozenset({".txt"})


def read_plans(
    path: Path,
    *,
    on_page: Callable[[int, int], None] | None = None,
    password: str | None = None,
) -> tuple[Plan, ...]:
    """Read the plans of a document or a data file.

    Args:
        path: A document (PDF, docx, odt, web page) holds one plan; csv, xlsx, json and jsonl
            one for each municipality.
        on_page: Called with the number of pages read and their total.
        password: Opens a PDF that is encrypted for its readers.

    Returns:
        At least one plan, each with at least one action.

    Raises:
        DocumentError: When the file cannot be read.
        InputError: When it holds no plan, or a column is missing.
    """
    from sdgalign.plans.data_files import SUFFIXES, read_data_file

    if _suffixes(path) & SUFFIXES and not _is_pdf(path):
        plans = tuple(plan for plan in read_data_file(path) if any(True for _ in plan.actions()))
    else:
        plans = tuple(plan for plan in (_read_pdf(path, on_page, password),) if plan.objectives)
    if not plans:
        raise InputError(
            f"{path}: holds no objectives, action plans and actions that can be told by their "
            "codes or labels. Give the plan itself or a BBC export; "
            "for other documents use `sdgalign analyze`."
        )
    return plans


def is_data_file(path: Path) -> bool:
    """Return whether a file is a table or a list by its name, and no text."""
    from sdgalign.plans.data_files import SUFFIXES

    return bool(_suffixes(path) & (SUFFIXES - _TEXT_SUFFIXES)) and not _is_pdf(path)


def _suffixes(path: Path) -> set[str]:
    """Return the last two: ``.jsonl.gz``."""
    return {suffix.lower() for suffix in path.suffixes[-2:]}


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return b"%PDF-" in stream.read(_PDF_REACH)
    except OSError:
        return False


def _read_pdf(path: Path, on_page: Callable[[int, int], None] | None, password: str | None) -> Plan:
    from sdgalign.documents import read_document
    from sdgalign.plans.extract import extract_plan

    document = read_document(path, on_page=on_page, words=True, password=password)
    plan = extract_plan(document)
    return dataclasses.replace(plan, doubts=(*document.doubts, *plan.doubts))
