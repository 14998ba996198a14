from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sdgalign.cli import app
from sdgalign.corpus.manifest import read_manifest

RUNNER = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "Lier/verkiezingsprogramma_groen_2024.txt",
        "2021_D66.md",
        "=SUM(A1).txt",
        "a  b.txt",
    ):
        path = tmp_path / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Wij leggen fietspaden aan.", encoding="utf-8")
    return tmp_path / "corpus"


def run(*arguments: object, code: int = 0) -> Result:
    result = RUNNER.invoke(app, ["manifest", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def test_drafts_and_shows_what_is_uncertain(folder: Path) -> None:
    result = run(folder)
    assert "manifesto ?" in result.stdout, "a guess is marked"
    assert "kind 1×" in result.stderr
    rows = {row.path: row for row in read_manifest(folder / "manifest.csv")}
    assert set(rows) == {
        "Lier/verkiezingsprogramma_groen_2024.txt",
        "2021_D66.md",
        "=SUM(A1).txt",
        "a  b.txt",
    }
    assert rows["Lier/verkiezingsprogramma_groen_2024.txt"].nis_code == "12021"
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        guesses = {row["path"]: row["uncertain"] for row in csv.DictReader(stream)}
    assert "kind" in guesses["2021_D66.md"]


def test_no_cell_is_a_formula(folder: Path) -> None:
    run(folder)
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert not [cell for cell in cells if cell.startswith("=")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_again_it_keeps_what_people_made_of_it(folder: Path, encoding: str) -> None:
    manifest = folder / "manifest.csv"
    corrected = "Opmerking;path;party;year\r\nvan café;2021_D66.md;D 66;2020\r\n;=SUM(A1).txt;;"
    manifest.write_bytes(corrected.encode(encoding))
    result = run(folder)
    assert "2 documents, below the 2 there were" in result.stderr
    assert manifest.read_bytes().decode(encoding).startswith(corrected)
    rows = read_manifest(manifest)
    assert [row.party for row in rows] == ["D 66", "", "Groen", ""]
    before = manifest.read_bytes()
    assert "nothing changed" in run(folder).stderr
    assert manifest.read_bytes() == before


def test_force_drafts_anew(folder: Path) -> None:
    manifest = folder / "manifest.csv"
    manifest.write_text("path,party\n2021_D66.md,wrong\n", encoding="utf-8")
    run(folder, "--force")
    assert {row.party for row in read_manifest(manifest)} == {"Groen", "D66", ""}


def test_a_manifest_with_faults_is_left_alone(folder: Path) -> None:
    manifest = folder / "manifest.csv"
    manifest.write_text("path,year\n2021_D66.md,soon\n", encoding="utf-8")
    result = RUNNER.invoke(app, ["manifest", str(folder)])
    assert result.exit_code != 0
    assert manifest.read_text(encoding="utf-8") == "path,year\n2021_D66.md,soon\n"


def test_a_file_that_is_gone_stays_in_it(folder: Path) -> None:
    manifest = folder / "manifest.csv"
    manifest.write_text("path\nold.pdf\n2021_D66.md\n", encoding="utf-8")
    assert "old.pdf" in run(folder).stderr
    assert "old.pdf" in manifest.read_text(encoding="utf-8")
