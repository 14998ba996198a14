from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sdgalign.cli import app
from sdgalign.cli.aims import read_priorities
from sdgalign.errors import InputError, NotFoundError
from tests.model.tiny import tiny_model
from tests.pdfs import column, write_pdf

RUNNER = CliRunner()
FIRST = ["We leggen een veilig fietspad aan in de Lindelaan.", "Het zwembad blijft open."]
SECOND = ["We leggen een veilig fietspad aan in de Lindelaan tegen 2030."]


@pytest.fixture(autouse=True)
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdgalign.model.load_model", lambda path=None: tiny_model())
    monkeypatch.setattr("sdgalign.cli.analyze._model", lambda path=None: tiny_model())


@pytest.fixture
def manifesto(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "manifest-2024.pdf", [column(FIRST)])


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "bestuursakkoord-2025.pdf", [column(SECOND)])


def run(*arguments: object) -> Result:
    return RUNNER.invoke(app, list(map(str, arguments)))


def test_writes_the_reports_and_prints_the_conclusion(manifesto, agreement, tmp_path) -> None:
    out = tmp_path / "out"
    formats = [part for name in ("html", "json", "xlsx", "csv") for part in ("--format", name)]
    result = run("compare", manifesto, agreement, "-o", out, "--lang", "en", *formats)
    assert result.exit_code == 0, result.output
    stem = "manifest-2024--bestuursakkoord-2025.compare"
    endings = (".html", ".json", ".xlsx", ".lineage.csv", ".targets.csv")
    assert {path.name for path in out.iterdir()} == {stem + ending for ending in endings}
    payload = json.loads((out / f"{stem}.json").read_text(encoding="utf-8"))
    assert [each["kind"] for each in payload["documents"]] == ["manifesto", "agreement"]
    assert payload["documents"][0]["link"] == "../manifest-2024.pdf"
    assert payload["settings"] == {"language": "en", "lineage": bool(payload["lineage"])}
    table = (out / f"{stem}.targets.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(table))
    assert {row["document"] for row in rows} == {manifesto.name, agreement.name}


def test_a_saved_report_counts_as_its_document(manifesto, agreement, tmp_path) -> None:
    out = tmp_path / "out"
    assert run("analyze", manifesto, "-o", out, "--format", "json").exit_code == 0
    result = run("compare", out / "manifest-2024.json", agreement, "-o", out / "c")
    assert result.exit_code == 0, result.output
    name = "manifest-2024--bestuursakkoord-2025.compare.json"
    payload = json.loads((out / "c" / name).read_text(encoding="utf-8"))
    assert payload["documents"][0]["link"] == "../../manifest-2024.pdf"


def test_a_document_that_fails_is_told_and_the_others_are_compared(
    manifesto, agreement, tmp_path
) -> None:
    result = run("compare", manifesto, agreement, tmp_path / "gone.pdf", "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "gone.pdf: there is no such file" in result.output
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_one_document_alone_is_refused(manifesto, tmp_path) -> None:
    result = run("compare", manifesto, "-o", tmp_path / "out")
    assert isinstance(result.exception, InputError)
    result = run("compare", manifesto, tmp_path / "gone.pdf", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "nothing to compare" in result.output


def test_kinds_are_given_once_or_for_each(manifesto, agreement, tmp_path) -> None:
    out = tmp_path / "out"
    result = run("compare", manifesto, agreement, "-o", out, "--kind", "plan", "--kind", "other")
    assert result.exit_code == 0, result.output
    payload = json.loads(next(out.glob("*.json")).read_text(encoding="utf-8"))
    assert [each["kind"] for each in payload["documents"]] == ["plan", "other"]
    kinds = ["--kind", "plan"] * 3
    result = run("compare", manifesto, agreement, "-o", out, *kinds)
    assert isinstance(result.exception, InputError)
    assert "given 3 times for 2 documents" in str(result.exception)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ("3,11.2", ("3", "11.2")),
        (" SDG 3 ; sdg1102, 1.a,SDG01A", ("3", "11.2", "1.a")),
        ("SDG11", ("11",)),
        ("08,8.10", ("8", "8.10")),
    ],
)
def test_priorities_as_codes(given, codes) -> None:
    assert read_priorities(given) == codes


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("11.99", "there is no target '11.99'"),
        ("18", "there is no goal '18'"),
        ("wensen.csv", "is no file, and no list"),
        ("", "is no file, and no list"),
    ],
)
def test_wrong_priorities_are_told(given, message) -> None:
    with pytest.raises(InputError, match=message):
        read_priorities(given)


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("3\n11.2\n", ("3", "11.2")),
        ("3, 11.2, SDG1204", ("3", "11.2", "12.4")),
        ("doel;waarom;jaar\n11.2;fietsen;2030\n# later\n\n5;gelijkheid;3\n", ("11.2", "5")),
        ("naam,code\nMobiliteit,SDG1102\n", ("11.2",)),
        ("\ufeffdoel\n4\n", ("4",)),
    ],
)
def test_priorities_from_a_file(tmp_path, content, codes) -> None:
    path = tmp_path / "prioriteiten.csv"
    path.write_text(content, encoding="utf-8")
    assert read_priorities(str(path)) == codes


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("doel\n3\nfietsen\n", "line 3: has no goal or target"),
        ("# niets\n", "has no codes"),
        ("3\n11.99\n", "no target '11.99'"),
    ],
)
def test_wrong_files_of_priorities_are_told(tmp_path, content, message) -> None:
    path = tmp_path / "prioriteiten.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_priorities(str(path))


def test_priorities_and_a_reference_order_the_gaps(manifesto, agreement, tmp_path) -> None:
    out = tmp_path / "out"
    result = run(
        "analyze", agreement, "-o", out, "--lang", "en", "--format", "json", "--format", "html",
        "--priorities", "5", "--against", manifesto,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    payload = json.loads((out / "bestuursakkoord-2025.json").read_text(encoding="utf-8"))
    gaps = payload["gaps"]
    assert all(gap["reference"] is not None for gap in gaps)
    first = [gap for gap in gaps if gap["target"].startswith("5.")]
    assert gaps[: len(first)] == first
    assert all(gap["priority"] for gap in first)
    if first:
        html = (out / "bestuursakkoord-2025.html").read_text(encoding="utf-8")
        assert "Your priorities" in html


def test_a_reference_that_is_not_there_stops_before_the_work(agreement, tmp_path) -> None:
    out = tmp_path / "out"
    result = run("analyze", agreement, "-o", out, "--against", tmp_path / "gone.pdf")
    assert isinstance(result.exception, NotFoundError)
    assert not out.exists()
