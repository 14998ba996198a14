"""What a run knows of its documents beforehand: a table that people fill in and correct.

One row per document; a data file of several municipalities has a row for each (`ManifestRow.part`)
or one for the whole file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from sdgalign.corpus.manifest_cells import (
    LANGUAGES,
    read_kind,
    read_language,
    read_nis_code,
    read_path,
    read_year,
)
from sdgalign.corpus.municipalities import (
    find_municipality,
    is_code,
    is_municipality,
    nearest_names,
)
from sdgalign.errors import InputError, ManifestError, NotFoundError
from sdgalign.kinds import DocumentKind
from sdgalign.reports.cells import uninert
from sdgalign.tables_io import (
    WORKBOOK_SUFFIXES,
    Table,
    cell,
    decode,
    is_blank,
    parse_csv,
    parse_workbook,
)

COLUMNS = (
    "path",
    "part",
    "kind",
    "municipality",
    "nis_code",
    "party",
    "year",
    "language",
    "title",
)
"""Of a manifest, in the order of `ManifestRow`."""

_NAMES: Mapping[str, Sequence[str]] = {
    "path": ("path", "file", "pad", "bestand", "document"),
    "part": ("part", "deel"),
    "kind": ("kind", "type", "soort"),
    "municipality": ("municipality", "gemeente", "stad", "bestuur"),
    "nis_code": ("nis_code", "nis", "niscode", "refnis"),
    "party": ("party", "partij", "lijst"),
    "year": ("year", "jaar"),
    "language": ("language", "lang", "taal"),
    "title": ("title", "titel"),
}
"""Names that a column may have, in Dutch and English."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What is known of one document; what is empty is not known."""

    path: str
    """Relative to the folder of the run, with ``/``."""
    part: str = ""
    """Of a data file with several plans: NIS code or name of one of its municipalities."""
    kind: DocumentKind | None = None
    municipality: str = ""
    nis_code: str = ""
    """Five digits."""
    party: str = ""
    year: int | None = None
    """In which it was made, or begins to hold."""
    language: str = ""
    """One of `LANGUAGES`."""
    title: str = ""


def read_manifest(
    path: Path, *, on_note: Callable[[str], None] = lambda line: None
) -> tuple[ManifestRow, ...]:
    """Read a manifest: csv with commas or semicolons, or a workbook.

    Args:
        path: The first row names the columns (`COLUMNS`, or their Dutch names, in any order); a
            column ``path`` is needed, others than these are passed over.
        on_note: Called with a line for each municipality that is not as written: an obsolete code,
            a name that no Belgian municipality has.

    Returns:
        The rows in order, with the names and codes of municipalities completed.

    Raises:
        NotFoundError: When the file cannot be opened.
        ManifestError: When cells cannot be used; has one line for each.
    """
    table = _read_table(path)
    faults: list[str] = []
    if not table:
        raise ManifestError(
            path, ["holds no rows. Give a first row with the names of the columns."]
        )
    places = column_places([cell(name) for name in table[0]])
    if "path" not in places:
        seen = ", ".join(filter(None, map(cell, table[0])))
        raise ManifestError(path, [f"row 1: no column is named path (they are: {seen}). Add it."])
    rows: list[ManifestRow] = []
    seen_at: dict[tuple[str, str], int] = {}
    for number, values in enumerate(table[1:], start=2):
        if is_blank(values):
            continue
        reader = _RowReader(
            {
                name: _said(name, values[place]) if place < len(values) else ""
                for name, place in places.items()
            }
        )
        row = reader.row()
        try:
            row, note = complete(row)
        except InputError as error:
            reader.faults.append(f"municipality: {error}")
        else:
            if note:
                on_note(f"{path}: row {number}: {note}")
        faults += [f"row {number}, column {fault}" for fault in reader.faults]
        first = seen_at.setdefault((row.path, row.part), number)
        if row.path and first != number:
            faults.append(
                f"row {number}, column path: {row.path!r} stands in row {first} too. Take one out, "
                "or fill in part."
            )
        rows.append(row)
    if faults:
        raise ManifestError(path, faults)
    return tuple(rows)


def _said(name: str, value: object) -> str:
    """Return what a cell says; the name of a file may have two spaces in a row."""
    return str(value).strip() if name == "path" and isinstance(value, str) else uninert(cell(value))


def complete(row: ManifestRow) -> tuple[ManifestRow, str]:
    """Complete name and code of the municipality of a row.

    Returns:
        The row, and a sentence on what is not as written; empty when there is nothing to say. A
        name that no Belgian municipality has is kept, with a note: it may be a region.

    Raises:
        InputError: When name and code disagree, or the one that is given fits none or several.
    """
    if not (row.municipality or row.nis_code):
        return row, ""
    if row.municipality and not is_municipality(row.municipality) and not is_code(row.nis_code):
        near = nearest_names(row.municipality)
        doubt = f" Near: {', '.join(near)}." if near else ""
        return row, f"{row.municipality!r} is no Belgian municipality; kept as it is.{doubt}"
    found = find_municipality(row.municipality, row.nis_code, row.year)
    place = found.municipality
    return replace(row, municipality=place.name, nis_code=place.nis_code), found.note


def _read_table(path: Path) -> Table:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(
            str(path),
            f"cannot be opened ({error.strerror})",
            "Draft a manifest with `sdgalign manifest FOLDER`.",
        ) from error
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        # A sheet with an explanation may come before or after it.
        return max(parse_workbook(data, path), key=_likeness, default=[])
    return parse_csv(decode(data), path, head=1)


def _likeness(table: Table) -> int:
    return len(column_places([cell(name) for name in table[0]])) if table else 0


def column_places(names: Sequence[str]) -> dict[str, int]:
    """Return at which place each column of a manifest stands; the first of two with one name."""
    plain = [_plain(name) for name in names]
    return {
        column: min(plain.index(name) for name in known if name in plain)
        for column, known in _NAMES.items()
        if any(name in plain for name in known)
    }


def _plain(name: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[\s_-]+", "_", ascii_only.strip().lower())


@dataclass(slots=True)
class _RowReader:
    """Reads the cells of one row and notes what is wrong with them."""

    cells: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def row(self) -> ManifestRow:
        """Return the row; a cell that cannot be used is left empty."""
        return ManifestRow(
            path=self._read("path", read_path, "write the path of the file in the folder, with /")
            or "",
            part=self.cells.get("part", ""),
            kind=self._optional("kind", read_kind, f"write one of {', '.join(DocumentKind)}"),
            municipality=self.cells.get("municipality", ""),
            nis_code=self._optional("nis_code", read_nis_code, "write five digits, such as 11002")
            or "",
            party=self.cells.get("party", ""),
            year=self._optional("year", read_year, "write four digits, such as 2024"),
            language=self._optional(
                "language", read_language, f"write one of {', '.join(LANGUAGES)}"
            )
            or "",
            title=self.cells.get("title", ""),
        )

    def _optional(self, name: str, read: Callable[[str], _T | None], advice: str) -> _T | None:
        return self._read(name, read, advice) if self.cells.get(name) else None

    def _read(self, name: str, read: Callable[[str], _T | None], advice: str) -> _T | None:
        text = self.cells.get(name, "")
        value = read(text)
        if value is None:
            said = f"{text!r} cannot be used" if text else "is empty"
            self.faults.append(f"{name}: {said}; {advice}.")
        return value
