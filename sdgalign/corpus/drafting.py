"""Draft a manifest of a folder, and add to one that people have corrected."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgalign.corpus.derive import Derived, derive
from sdgalign.corpus.discover import Trouble, find_documents
from sdgalign.corpus.manifest import COLUMNS, ManifestRow, column_places, read_manifest
from sdgalign.errors import InputError
from sdgalign.files import write_whole_bytes
from sdgalign.reports.cells import inert
from sdgalign.tables_io import WORKBOOK_SUFFIXES, decode, find_delimiter

UNCERTAIN = "uncertain"
"""Column of a draft that names the columns that are guesses; a run does not read it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A manifest to be."""

    new: tuple[Derived, ...]
    """Documents that the manifest does not have."""
    kept: tuple[ManifestRow, ...] = ()
    """What the manifest has already."""
    gone: tuple[str, ...] = ()
    """Paths in the manifest that are not in the folder; they stay in it."""
    others: tuple[str, ...] = ()
    """Files of no kind that is read."""
    troubles: tuple[Trouble, ...] = ()


def draft_manifest(folder: Path, manifest: Path, *, anew: bool = False) -> Draft:
    """Look what documents a folder has and what their paths tell of them.

    Args:
        folder: Is looked through with all folders in it.
        manifest: What stands in it is kept; it need not be there.
        anew: Whether to pass over what stands in it.

    Raises:
        NotFoundError: When there is no such folder.
        ManifestError: When rows of the manifest cannot be used.
        InputError: When the folder has no documents.
    """
    found = find_documents([folder], folder)
    if not found.documents and not found.troubles:
        raise InputError(f"{folder}: has no documents. Give the folder that they are in.")
    kept = () if anew or not manifest.exists() else read_manifest(manifest)
    known = {(row.path, row.part) for row in kept}
    there = {each.path for each in found.documents} | {each.path for each in found.troubles}
    whole = {path for path, part in known if not part}
    return Draft(
        new=tuple(
            derive(each.path, part=each.part, plan=each.plan)
            for each in found.documents
            if (each.path, each.part) not in known and each.path not in whole
        ),
        kept=kept,
        gone=tuple(dict.fromkeys(row.path for row in kept if row.path not in there)),
        others=tuple(each for each in found.others if folder / each != manifest),
        troubles=tuple(found.troubles),
    )


def write_manifest(draft: Draft, manifest: Path, *, delimiter: str = ",") -> None:
    """Write a manifest, or add the new documents below what people made of it.

    What stands in the file is not touched: its order, its other columns, its encoding.

    Args:
        draft: As drafted for this file.
        manifest: csv.
        delimiter: Of a file that is not there yet.

    Raises:
        InputError: When it cannot be written.
    """
    if not draft.kept:
        columns = (*COLUMNS, UNCERTAIN)
        text = _lines([columns, *(_values(each, columns) for each in draft.new)], delimiter)
        content = codecs.BOM_UTF8 + text.encode("utf-8", "replace")  # Excel needs the mark
    else:
        content = _added(manifest.read_bytes(), draft.new)
    with write_whole_bytes(manifest) as stream:
        stream.write(content)


def can_be_added_to(manifest: Path) -> bool:
    """Return whether rows can be put below a manifest."""
    return manifest.suffix.lower() not in WORKBOOK_SUFFIXES


def _added(data: bytes, new: Sequence[Derived]) -> bytes:
    text = decode(data)
    delimiter = find_delimiter(text, head=1)
    names = next(csv.reader(io.StringIO(text), delimiter=delimiter))
    places = {place: name for name, place in column_places(names).items()}
    columns = [places.get(at, name if name == UNCERTAIN else "") for at, name in enumerate(names)]
    lines = _lines([_values(each, columns) for each in new], delimiter)
    separator = "" if text.endswith("\n") else "\r\n"
    return data + f"{separator}{lines}".encode(_encoding(data), "replace")


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _lines(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def _values(derived: Derived, columns: Sequence[str]) -> list[str]:
    return [
        ", ".join(sorted(derived.uncertain)) if name == UNCERTAIN else _value(derived.row, name)
        for name in columns
    ]


def _value(row: ManifestRow, name: str) -> str:
    value = getattr(row, name) if name else None
    if value is None:
        return ""
    # A path keeps its meaning: ./=plan.pdf is =plan.pdf.
    if name == "path":
        return value if inert(value) == value else f"./{value}"
    return inert(str(value))
