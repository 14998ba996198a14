from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from sdgalign.cli import app
from sdgalign.errors import InputError, NotFoundError
from tests.model.tiny import tiny_model
from tests.pdfs import column, write_pdf
from tests.plans.layouts import headings, write_plan
from tests.plans.trees import sample_plan

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdgalign.model.load_model", lambda path=None: tiny_model())


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(
        "gemeente;bd;ap;ac_code;actie;totaal\n"
        "Houtem;Verkeer;Fietsen;1/2;We leggen een fietspad aan in de Lindelaan.;120000\n"
        "Zandvliert;Bestuur;Diensten;=1+1;42;30000\n",
        encoding="utf-8",
    )
    return path


def run(*arguments: object) -> Result:
    result = RUNNER.invoke(app, ["codes", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result


def rows_of(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_pdf_plan_gives_every_action_with_page_and_money(tmp_path: Path) -> None:
    pdf = write_plan(tmp_path / "plan.pdf", sample_plan("dashed"), headings)
    out = tmp_path / "new" / "codes.csv"
    said = run(pdf, "--lang", "nl", "-o", out).stderr
    assert out.read_bytes().startswith(b"\xef\xbb\xbf"), "Excel needs the byte order mark"
    rows = rows_of(out.read_text(encoding="utf-8-sig"), ";")
    actions = [action.code for _, _, action in sample_plan("dashed").actions()]
    assert list(dict.fromkeys(row["actie_code"] for row in rows)) == actions
    assert rows[1]["pagina"]
    assert rows[1]["euro_actie"]
    assert f"of {len(actions)} actions have a code" in said


def test_several_municipalities_and_codes_that_look_like_something_else(export: Path) -> None:
    rows = rows_of(run(export, "--lang", "en").stdout, ",")
    assert {row["municipality"] for row in rows} == {"Houtem", "Zandvliert"}
    assert rows[-1]["action_code"] == "'=1+1"
    assert rows[-1]["sdg_code"] == ""


def test_a_workbook_when_its_name_says_so(export: Path, tmp_path: Path) -> None:
    run(export, "--lang", "nl", "-o", tmp_path / "codes.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "codes.xlsx").worksheets
    headings_found = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, headings_found.index("actie_code") + 1).value == "1/2"


def test_another_kind_of_file_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["codes", str(tmp_path / "none.csv"), "-o", "codes.pdf"])
    assert isinstance(result.exception, InputError)
    assert "csv or .xlsx" in str(result.exception)


def test_no_file_and_no_plan_are_errors_that_say_what_to_do(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["codes", str(tmp_path / "none.csv")])
    assert isinstance(result.exception, NotFoundError)
    letter = write_pdf(tmp_path / "a.pdf", [column(["Wij werken aan een betere buurt."])])
    result = RUNNER.invoke(app, ["codes", str(letter)])
    assert isinstance(result.exception, InputError)
    assert "sdgalign analyze" in str(result.exception)
