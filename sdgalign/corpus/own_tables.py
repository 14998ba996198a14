"""Tables that sdgalign itself wrote: they lie beside documents, and look like plans."""

from __future__ import annotations

import re
import zipfile
import zlib
from functools import cache
from pathlib import Path

from sdgalign.framework import Language
from sdgalign.reports.codes import CODE_COLUMNS
from sdgalign.reports.texts import texts

_REACH = 4096
_PROPERTIES = "docProps/core.xml"
_MAKER = b">sdgalign</dc:creator>"
_DATASET_KEY = "document_id"
"""First column of the tables of a dataset."""


def is_own_table(path: Path) -> bool:
    """Return whether a table is one of ours: a workbook, a list of codes, a part of a dataset."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts, parts.open(_PROPERTIES) as stream:
                return _MAKER in stream.read(_REACH)
        if suffix == ".csv":
            with path.open("rb") as stream:
                return _is_own_head(stream.read(_REACH).decode("utf-8-sig", "replace"))
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error):
        pass  # reading it will say why
    return False


def _is_own_head(text: str) -> bool:
    head = tuple(re.split("[;,]", text.partition("\n")[0].strip()))
    return head[0] == _DATASET_KEY or head in _code_heads()


@cache
def _code_heads() -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(texts(language)[f"codes.{key}"] for key in CODE_COLUMNS) for language in Language
    )
