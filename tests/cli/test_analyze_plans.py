from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.reports.payload import load_schema
from tests.model.tiny import tiny_model

RUNNER = CliRunner()
HEAD = "gemeente;nis;bd;ap;ac_code;actie kort;actie;2026;2027\n"
LIER = (
    "Lier;12021;Verkeer;Fietsen;1/2;Fietspad Lindelaan;We leggen een fietspad aan.;120000;5000\n"
    "Lier;12021;Verkeer;Fietsen;1/3;;;1000;0\n"
)
MOL = "Mol;13025;SDG 16 Bestuur;Diensten;=1+1;Energie;We plaatsen zonnepanelen op scholen.;300;5\n"


@pytest.fixture(autouse=True)
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdgalign.model.load_model", lambda path=None: tiny_model())
    monkeypatch.setattr("sdgalign.cli.analyze._model", lambda path=None: tiny_model())


def payload(path: Path) -> dict:
    found = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(found, load_schema())
    return found


def test_a_report_for_each_municipality(tmp_path: Path) -> None:
    plans = tmp_path / "plans.csv"
    plans.write_text(HEAD + LIER + MOL, encoding="utf-8")
    out = tmp_path / "out"
    result = RUNNER.invoke(app, ["analyze", str(plans), "-o", str(out), "--lang", "nl"])
    assert result.exit_code == 0, result.output
    assert "2 plans" in result.stderr
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["Lier", "Mol"]
    assert {path.name for path in (out / "plans").iterdir()} == {
        f"{name}.{kind}" for name in ("Lier", "Mol") for kind in ("html", "json")
    }
    lier, mol = (payload(out / "plans" / f"{name}.json") for name in ("Lier", "Mol"))
    assert lier["document"]["name"] == "Lier"
    assert lier["document"]["paged"] is False
    assert lier["plan"]["nis_code"] == "12021"
    assert lier["plan"]["budget"]["total"] == 126_000
    assert lier["document"]["sha256"] != mol["document"]["sha256"]
    assert [mention["codes"] for mention in mol["mentions"]] == [["16"]]


def test_one_plan_is_one_report_of_its_actions(tmp_path: Path) -> None:
    plans = tmp_path / "lier.csv"
    plans.write_text(HEAD + LIER, encoding="utf-8")
    result = RUNNER.invoke(app, ["analyze", str(plans), "-o", str(tmp_path), "--lang", "nl"])
    assert result.exit_code == 0, result.output
    report = payload(tmp_path / "lier.json")
    kinds = [segment["kind"] for segment in report["segments"]]
    assert kinds == ["heading", "heading", "list_item", "figures"], "a bare code is no evidence"
    action = report["segments"][2]
    assert action["text"] == "Fietspad Lindelaan. We leggen een fietspad aan."
    assert action["heading_path"] == ["Verkeer", "Fietsen"]
    coded = report["plan"]["actions"][0]
    matched = [match["target"] for match in report["matches"] if match["segment"] == action["id"]]
    assert {code["code"] for code in coded["targets"]} == set(matched), "one answer, two places"


def test_a_table_that_is_no_plan_is_one_line(tmp_path: Path) -> None:
    other = tmp_path / "budget.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    result = RUNNER.invoke(app, ["analyze", str(other), "-o", str(tmp_path)])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "no column" in result.stderr
