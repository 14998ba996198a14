from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.corpus import export as module
from sdgalign.corpus.assessed import assessed_of
from sdgalign.corpus.export import export_dataset
from sdgalign.corpus.formats import DatasetFormat
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.overview import overview
from sdgalign.corpus.tables import TABLES
from sdgalign.errors import InputError
from tests.corpus.small_project import COPY, ENTRIES, FAILED, OUTDATED, make_project
from tests.shared import REPOSITORY

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture(scope="module")
def dataset(project: Path) -> Path:
    out = project.parent / "dataset"
    export_dataset(project, out)
    return out


def read(folder: Path, name: str) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_document_is_there_and_says_what_became_of_it(dataset: Path) -> None:
    rows = {row["document_id"]: row for row in read(dataset, "documents")}
    assert len(rows) == len(ENTRIES) + 1
    assert (rows[FAILED]["state"], rows[FAILED]["error_kind"]) == ("failed", "encrypted")
    tielt = rows["Tielt/a2018.pdf"]
    assert (tielt["nis_code"], tielt["nis_code_now"]) == ("37015", "37022")
    assert tielt["province"] == "West-Vlaanderen"
    assert rows["plans.csv#13025"]["pages"] == ""
    assert rows["plans.csv#13025"]["model"] == "test-1"


def test_the_documents_that_count_are_those_of_the_overview(project: Path, dataset: Path) -> None:
    rows = {row["document_id"] for row in read(dataset, "documents") if row["counts"] == "true"}
    with Ledger.open(project) as ledger:
        kinds = overview(assessed_of(ledger), ()).kinds
    current = [each for kind in kinds for unit in kind.units for each in unit.current]
    assert rows == {f"{each.path}#{each.part}" if each.part else each.path for each in current}
    assert not rows & {*OUTDATED, COPY, FAILED}
    assert len(rows) == len(ENTRIES) - len(OUTDATED) - 1


def test_segments_and_matches_are_those_of_the_results(dataset: Path) -> None:
    segments, matches = read(dataset, "segments"), read(dataset, "matches")
    assert len(segments) == sum(len(entry.said) for entry in ENTRIES)
    said = {(row["document_id"], row["segment"]): row for row in segments}
    for row in matches:
        assert int(said[row["document_id"], row["segment"]]["targets"]) == 1
    assert {row["target"] for row in matches} == {"8.10", "11.1", "11.2", "13.2"}
    assert {row["text"] for row in segments if row["targets"] == "0"} == {
        "Het gemeentehuis is open van maandag tot vrijdag."
    }


def test_alignments_are_those_of_the_ledger(project: Path, dataset: Path) -> None:
    with Ledger.open(project) as ledger:
        expected = len(list(ledger.alignments()))
    rows = read(dataset, "alignments")
    assert len(rows) == expected == len(ENTRIES) * (1 + 17 + 169)
    (lier,) = [
        row for row in rows if (row["document_id"], row["code"]) == ("Lier/a2024.pdf", "all")
    ]
    assert (lier["score"], lier["low"], lier["high"]) == ("40", "36", "44")


def test_money_adds_up_over_years_and_targets(dataset: Path) -> None:
    rows = [row for row in read(dataset, "spending") if row["document_id"] == "plans.csv#13025"]
    assert sum(float(row["euro"]) for row in rows) == 120_000 + 500
    assert ("2026", "none", "30000") in {(r["year"], r["target"], r["euro"]) for r in rows}


def test_actions_have_a_row_per_target_and_euro_that_add_up(dataset: Path) -> None:
    rows = [row for row in read(dataset, "actions") if row["document_id"] == "plans.csv#12021"]
    assert [(row["action"], row["target"], row["euro_action"], row["euro"]) for row in rows] == [
        ("1", "3.6", "90000", "45000"),
        ("1", "11.2", "90000", "45000"),
        ("2", "none", "30000", "30000"),
        ("3", "4.7", "", ""),
    ]


def test_programs_are_told_what_the_tables_are(dataset: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(dataset / "datapackage.json"))
    faults = report.flatten(["type", "message"])
    assert report.valid, faults
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    assert package["sdgalign"]["models"] == [
        {"id": "test-1", "digest": "ab" * 32, "documents": len(ENTRIES)}
    ]


def test_keys_that_do_not_hold_are_found(dataset: Path, tmp_path: Path) -> None:
    """The description is more than a list of names: a missing document is a fault."""
    frictionless = pytest.importorskip("frictionless")
    for file in dataset.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    lines = (tmp_path / "documents.csv").read_bytes().splitlines(keepends=True)
    (tmp_path / "documents.csv").write_bytes(b"".join(lines[:1] + lines[2:]))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert "foreign-key" in {fault for (fault,) in report.flatten(["type"])}


def test_a_dataset_without_texts_quotes_nobody(project: Path, tmp_path: Path) -> None:
    export_dataset(project, tmp_path, texts=False)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for said in ("fietspad aan", "Zandvliert beweegt >", "Molenweg", "Zandvliert fietst"):
        assert said.encode() not in written
    assert "no texts" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_parquet_has_types_and_untouched_texts(project: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export_dataset(project, tmp_path, DatasetFormat.PARQUET)
    for table in TABLES:
        found = parquet.read_table(tmp_path / f"{table.name}.parquet")
        assert found.column_names == [column.name for column in table.columns]
    segments = parquet.read_table(tmp_path / "segments.parquet").to_pylist()
    assert "=We bouwen sociale woningen." in {row["text"] for row in segments}
    assert {row["page"] for row in segments if row["document_id"].startswith("plans")} == {None}
    schema = parquet.read_schema(tmp_path / "alignments.parquet")
    assert (str(schema.field("code").type), str(schema.field("assessed").type)) == (
        "string", "bool",
    )  # fmt: skip


def test_no_cell_is_a_formula(dataset: Path) -> None:
    texts = {row["text"] for row in read(dataset, "segments")}
    assert "'=We bouwen sociale woningen." in texts


def test_batches_are_not_seen_in_the_files(
    project: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BATCH", 3)
    export_dataset(project, tmp_path)
    for table in TABLES:
        name = f"{table.name}.csv"
        assert (tmp_path / name).read_bytes() == (dataset / name).read_bytes()


def test_a_failure_leaves_the_earlier_dataset(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_dataset(project, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fail() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sdgalign.corpus.dataset.target_rows", fail)
    with pytest.raises(InputError, match="No space left"):
        export_dataset(project, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_exports_while_a_run_writes(project: Path, tmp_path: Path) -> None:
    with Ledger.open(project, write=True) as ledger:
        ledger.connection.execute("BEGIN IMMEDIATE")
        ledger.connection.execute("UPDATE documents SET title = 'half' WHERE path LIKE 'Lier%'")
        export_dataset(project, tmp_path)
        ledger.connection.execute("ROLLBACK")
    assert "half" not in {row["title"] for row in read(tmp_path, "documents")}


def test_the_command_says_what_it_wrote_and_what_is_missing(project: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", str(project), "-o", str(tmp_path / "new")])
    assert result.exit_code == 0, result.output
    assert "matches" in result.stderr
    assert "1 failed" in result.stderr
    assert (tmp_path / "new" / "datapackage.json").is_file()


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sdgalign run"):
        export_dataset(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_documentation_describes_the_columns(table) -> None:
    text = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    section = text.partition(f"### {table.name}\n")[2].partition("\n##")[0]
    assert table.about in section
    documented = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", section, re.MULTILINE)
    assert documented == [(each.name, each.type, each.meaning) for each in table.columns]
