from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.errors import InputError
from tests.pdfs import column, write_pdf
from tests.plans.layouts import headings, write_plan
from tests.plans.trees import sample_plan, truth_of

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def plan_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.pdf"
    return write_plan(path, sample_plan("dashed"), headings)


def run(*arguments: object) -> str:
    result = RUNNER.invoke(app, ["plan", *map(str, arguments)], env={"COLUMNS": "120"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_tree_has_sums_with_thousands_marks_at_the_right(plan_pdf: Path) -> None:
    lines = run(plan_pdf).splitlines()
    plan = sample_plan("dashed")
    sums = [action.budget.total for _, _, action in plan.actions() if action.budget]
    assert lines[0].startswith("Voorbeeldegem")
    assert lines[0].endswith(f"€ {sum(sums):,.0f}".replace(",", "."))
    (action,) = [line for line in lines if "ACT-1.1.2" in line]
    assert "Aanleg" in action
    assert action.endswith("€ 672.000")
    assert len({len(line) for line in lines}) == 1


def test_json_has_the_fields_of_the_truth(plan_pdf: Path) -> None:
    data = json.loads(run(plan_pdf, "--format", "json"))
    assert data["municipality"] == "Voorbeeldegem"
    true = truth_of(sample_plan("dashed"))
    assert [{name: row[name] for name in true[0]} for row in data["actions"]] == true
    assert data["actions"][1]["amounts"]["2027"] == 111000
    assert data["actions"][1]["pages"]


def test_csv_has_a_column_per_year_and_appears_whole(plan_pdf: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "plan.csv"
    run(plan_pdf, "--format", "csv", "-o", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert len(rows) == 13
    assert rows[1]["action_code"] == "ACT-1.1.1"
    assert float(rows[1]["2028"]) == 222000
    assert sum(float(rows[1][str(year)]) for year in range(2026, 2032)) == float(
        rows[1]["total_eur"]
    )
    assert [path.name for path in out.parent.iterdir()] == ["plan.csv"]


def test_several_municipalities_are_a_list(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("gemeente,bd,ap,ac\nA,b,c,d\nB,b,c,d\n", encoding="utf-8")
    assert [each["municipality"] for each in json.loads(run(path, "--format", "json"))] == [
        "A",
        "B",
    ]


def test_a_document_that_is_no_plan_is_an_error(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(["Wij werken aan een betere buurt."])])
    result = RUNNER.invoke(app, ["plan", str(path)])
    assert isinstance(result.exception, InputError)
    assert "sdgalign analyze" in str(result.exception)
