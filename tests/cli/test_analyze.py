from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader, PdfWriter

from sdgalign.reports.payload import load_schema
from tests.shared import CORPORA

MANIFESTO = CORPORA / "lindebeke-verkiezingsprogramma-2024.pdf"


def sdgalign(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sdgalign", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The bundled manifesto analysed once by the command line."""
    out = tmp_path_factory.mktemp("out")
    return sdgalign("analyze", MANIFESTO, "-o", out, "--lang", "nl"), out


@pytest.fixture(scope="module")
def report(done: tuple[subprocess.CompletedProcess[str], Path]) -> dict:
    return json.loads((done[1] / f"{MANIFESTO.stem}.json").read_text(encoding="utf-8"))


def test_prints_a_table_and_writes_both_reports(
    done: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    result, out = done
    assert result.returncode == 0, result.stderr
    assert "Klimaatactie" in result.stdout
    assert {path.name for path in out.iterdir()} == {
        f"{MANIFESTO.stem}.html",
        f"{MANIFESTO.stem}.json",
    }
    assert f"{MANIFESTO.stem}.html" in result.stderr


def test_is_quiet_when_not_a_terminal(
    done: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    assert "\x1b" not in done[0].stdout + done[0].stderr
    assert len(done[0].stderr.splitlines()) == 2, "only the two files written"


def test_json_follows_its_published_schema(report: dict) -> None:
    jsonschema.validate(report, load_schema())


def test_json_says_what_it_was_made_from(report: dict) -> None:
    assert report["document"]["sha256"] == hashlib.sha256(MANIFESTO.read_bytes()).hexdigest()
    assert report["document"]["kind"] == "manifesto"
    assert report["document"]["language"] == "nl"
    assert report["settings"] == {"kind": "manifesto", "language": "nl"}


def test_quotes_stand_on_the_pages_that_the_report_names(report: dict) -> None:
    pages = {
        number: letters(page.extract_text())
        for number, page in enumerate(PdfReader(MANIFESTO).pages, start=1)
    }
    segments = {segment["id"]: segment for segment in report["segments"]}
    for match in report["matches"]:
        segment = segments[match["segment"]]
        text = letters(segment["text"])
        there = "".join(pages[page] for page in segment["pages"])
        # A segment may go on in another column or page, with a box between.
        assert text[:25] in there, segment["text"]
        assert text[-25:] in there, segment["text"]


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def test_clear_promises_are_found_on_their_page(report: dict) -> None:
    statuses = {target["code"]: target["status"] for target in report["targets"]}
    assert statuses["11.2"] == "measurable"  # cycle paths with kilometres and a year
    assert statuses["7.3"] in {"action", "measurable"}
    pages = {
        page
        for target in report["targets"]
        if target["code"] == "11.2"
        for index in target["evidence"]
        for segment in report["segments"]
        if segment["id"] == report["matches"][index]["segment"]
        for page in segment["pages"]
    }
    assert 5 in pages


def test_contents_and_furniture_are_no_evidence(report: dict) -> None:
    matched = {match["segment"] for match in report["matches"]}
    for segment in report["segments"]:
        if segment["id"] in matched:
            assert 2 not in segment["pages"], "page 2 is the table of contents"
            assert segment["kind"] not in {"heading", "contents"}


def test_gaps_are_locally_relevant_assessed_and_not_taken_up(report: dict) -> None:
    targets = {target["code"]: target for target in report["targets"]}
    assert report["summary"]["gaps"]
    for code in report["summary"]["gaps"]:
        assert targets[code]["status"] in {"absent", "mention"}
        assert targets[code]["relevance"] != "none"
        assert targets[code]["basis"] == "classifier"


def test_same_input_same_report(report: dict, tmp_path: Path) -> None:
    sdgalign("analyze", MANIFESTO, "-o", tmp_path, "--lang", "nl", "--format", "json")
    assert not (tmp_path / f"{MANIFESTO.stem}.html").exists()
    again = json.loads((tmp_path / f"{MANIFESTO.stem}.json").read_text(encoding="utf-8"))
    del again["created"], report["created"]
    assert again == report


def encrypted(path: Path) -> None:
    writer = PdfWriter(clone_from=MANIFESTO)
    writer.encrypt(user_password="geheim")
    writer.write(path)


def without_text(path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(path)


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("missing.pdf", lambda path: None, "no such file"),
        ("empty.pdf", lambda path: path.write_bytes(b""), "empty"),
        ("text.pdf", lambda path: path.write_text("Geen pdf.\n" * 99), "not a PDF"),
        ("locked.pdf", encrypted, "password"),
        ("scan.pdf", without_text, "no text"),
        ("half.pdf", lambda path: path.write_bytes(MANIFESTO.read_bytes()[:3000]), "damaged"),
    ],
)
def test_bad_input_gets_one_line_and_exit_code_2(
    tmp_path: Path, name: str, make: object, says: str
) -> None:
    make(tmp_path / name)
    result = sdgalign("analyze", tmp_path / name, "-o", tmp_path / "out")
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"sdgalign: {tmp_path / name}: ")
    assert says in line
    assert line.endswith(".")
    assert not (tmp_path / "out").exists()


def test_figures_of_a_context_analysis_are_no_promises(tmp_path: Path) -> None:
    plan = CORPORA / "oevermeer-meerjarenplan-2026-2031.pdf"
    sdgalign("analyze", plan, "-o", tmp_path, "--format", "json")
    report = json.loads((tmp_path / f"{plan.stem}.json").read_text(encoding="utf-8"))
    context = {
        segment["id"]
        for segment in report["segments"]
        if "2. Omgevingsanalyse" in segment["heading_path"]
    }
    found = [match for match in report["matches"] if match["segment"] in context]
    assert found
    assert {match["status"] for match in found} == {"mention"}


def test_a_batch_goes_on_and_says_so_with_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a-bad.pdf").write_bytes(b"")
    (tmp_path / "in" / "b-good.pdf").write_bytes(MANIFESTO.read_bytes())
    result = sdgalign("analyze", tmp_path / "in", "-o", tmp_path / "out", "--format", "json")
    assert result.returncode == 3
    assert "a-bad.pdf" in result.stderr
    assert "1 of 2 documents analysed" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b-good.json"]


def test_an_empty_folder_does_not_keep_others_from_being_done(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = sdgalign(
        "analyze", tmp_path / "empty", MANIFESTO, "-o", tmp_path / "out", "--format", "json"
    )
    assert result.returncode == 3
    assert "no documents" in result.stderr


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    result = sdgalign("analyze", tmp_path)
    assert result.returncode == 2
    assert "no documents" in result.stderr


def test_a_model_folder_that_is_none_says_so(tmp_path: Path) -> None:
    result = sdgalign("analyze", MANIFESTO, "--model", tmp_path, "-o", tmp_path / "out")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert str(tmp_path) in result.stderr


@pytest.mark.parametrize("command", ["analyze", "classify", "segments"])
def test_the_default_model_works_without_torch(command: str, tmp_path: Path) -> None:
    arguments = {
        "analyze": ["analyze", str(MANIFESTO), "-o", str(tmp_path)],
        "classify": ["classify", "We planten bomen."],
        "segments": ["segments", str(MANIFESTO)],
    }[command]
    script = (
        "import sys, runpy\n"
        f"sys.argv = ['sdgalign', *{arguments!r}]\n"
        "try:\n    runpy.run_module('sdgalign', run_name='__main__')\n"
        "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "assert 'torch' not in sys.modules\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from sdgalign.cli import app\n"
        "for command in ([], ['analyze'], ['train'], ['classify']):\n"
        "    result = CliRunner().invoke(app, [*command, '--help'])\n"
        "    assert result.exit_code == 0, result.output\n"
        "heavy = {'torch', 'spacy', 'sklearn', 'pandas', 'numpy', 'model2vec', 'pdfplumber'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_every_command_is_in_the_readme() -> None:
    from sdgalign.cli import app

    readme = (CORPORA.parent / "README.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"`sdgalign {command.callback.__name__}" in readme
