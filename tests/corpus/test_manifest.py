from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from sdgalign.corpus.manifest import COLUMNS, ManifestRow, read_manifest
from sdgalign.errors import InputError, ManifestError, NotFoundError
from sdgalign.kinds import DocumentKind
from tests.shared import REPOSITORY

FULL = ManifestRow(
    path="Lier/groen.pdf",
    kind=DocumentKind.MANIFESTO,
    municipality="Lier",
    nis_code="12021",
    party="Groen & Co",
    year=2024,
    language="nl",
    title="Lier, stad van morgen",
)
COMMAS = (
    "path,part,kind,municipality,nis_code,party,year,language,title\n"
    'Lier/groen.pdf,,manifesto,Lier,12021,Groen & Co,2024,nl,"Lier, stad van morgen"\n'
)
DUTCH = (
    "Titel;Pad;Soort;Gemeente;NIS-code;Partij;Jaar;Taal;Opmerking\n"
    "Lier, stad van morgen;Lier\\groen.pdf;Verkiezingsprogramma;Lier;12021;Groen & Co;2024;"
    "Nederlands;é\n"
)


@pytest.mark.parametrize("text", [COMMAS, DUTCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_whatever_excel_makes_of_it(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    assert read_manifest(path) == (FULL,)


def test_a_workbook_with_numbers_as_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Explanation of this file"])  # type: ignore[union-attr]
    sheet = book.create_sheet("Documents")
    sheet.append(["path", "nis_code", "year", "part"])
    sheet.append(["plans.csv", 12021, 2026.0, 11002])
    sheet.append([])
    book.save(tmp_path / "manifest.xlsx")
    (row,) = read_manifest(tmp_path / "manifest.xlsx")
    assert row == ManifestRow(
        "plans.csv", part="11002", municipality="Lier", nis_code="12021", year=2026
    )


def test_a_list_of_paths_is_a_manifest(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text("path\nwonen, werken; leven.pdf\n", encoding="utf-8")
    assert read_manifest(path) == (ManifestRow("wonen, werken; leven.pdf"),)


def test_one_line_for_each_fault(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(
        "path,part,kind,year,nis_code,language\n"
        "a.pdf,,,2024,,\n"
        "b.pdf,,poem,24,1202,Klingon\n"
        ",,plan,,,\n"
        "../c.pdf,,,,,\n"
        "a.pdf,,,,,\n"
        "a.pdf,12021,,,,\n",
        encoding="utf-8",
    )
    with pytest.raises(ManifestError) as caught:
        read_manifest(path)
    places = [fault.partition(":")[0] for fault in caught.value.faults]
    assert places == [
        "row 3, column kind",
        "row 3, column nis_code",
        "row 3, column year",
        "row 3, column language",
        "row 4, column path",
        "row 5, column path",
        "row 6, column path",
    ]
    assert all(str(path) in line and line.endswith(".") for line in caught.value.lines)
    assert "manifesto, agreement" in caught.value.lines[0]


def test_a_period_is_the_year_in_which_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text("path,year\na.pdf,2026–2031\n", encoding="utf-8")
    assert read_manifest(path)[0].year == 2026


@pytest.mark.parametrize(("text", "said"), [("", "no rows"), ("name;soort\na;plan\n", "no column")])
def test_what_is_no_manifest(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_manifest(path)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="sdgalign manifest"):
        read_manifest(tmp_path / "manifest.csv")


def test_municipalities_are_completed(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(
        "path,municipality,nis_code,year\n"
        "a.pdf,stad lier,,2024\n"
        "b.pdf,,37015,2026\n"
        "c.pdf,Amsterdam,,2026\n"
        "d.pdf,,,\n",
        encoding="utf-8",
    )
    notes: list[str] = []
    rows = read_manifest(path, on_note=notes.append)
    places = [(row.municipality, row.nis_code) for row in rows]
    assert places == [("Lier", "12021"), ("Tielt", "37022"), ("Amsterdam", ""), ("", "")]
    assert [note.partition(": ")[2][:5] for note in notes] == ["row 3", "row 4"]


def test_a_name_and_a_code_that_disagree(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text("path,municipality,nis_code\na.pdf,Lier,11002\n", encoding="utf-8")
    with pytest.raises(ManifestError, match="row 2, column municipality"):
        read_manifest(path)


def test_the_documentation_describes_the_columns() -> None:
    text = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    section = text.partition("## What a run knows beforehand")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(COLUMNS)
