from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.errors import InputError, NotFoundError

RUNNER = CliRunner()
FIELDS = {
    "id",
    "goals",
    "targets",
    "goals_predicted",
    "targets_predicted",
    "none",
    "commitment",
    "commitment_probabilities",
    "against",
    "against_predicted",
}


def rows(*arguments: str, **options: str) -> list[dict]:
    result = RUNNER.invoke(app, ["classify", *arguments], **options)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_texts_as_arguments() -> None:
    (row,) = rows("We leggen tegen 2028 elf kilometer nieuwe fietspaden aan.")
    assert set(row) == FIELDS
    assert "11.2" in row["targets_predicted"]
    assert "11" in row["goals_predicted"]
    assert len(row["goals"]) == 17
    assert sum(row["commitment_probabilities"]) == pytest.approx(1, abs=0.001)


def test_a_pipe() -> None:
    found = rows(input="We planten bomen.\nDe rommelmarkt is op zondag.\n")
    assert [row["id"] for row in found] == ["1", "2"]


def test_csv_in_and_csv_out(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id,text\nA,We planten 500 bomen tegen 2027.\nB,\n", encoding="utf-8")
    rows(str(source), "-o", str(tmp_path / "out.csv"))
    found = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text())))
    assert [row["id"] for row in found] == ["A", "B"]
    assert "15.2" in found[0]["targets_predicted"].split()
    assert found[1]["targets_predicted"] == ""


def test_jsonl_keeps_ids_and_order(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"id": "z", "text": "Uitvoeren werken", "context": "Fietspaden"}\n'
        '{"id": "a", "text": "x"}\n'
    )
    assert [row["id"] for row in rows(str(source))] == ["z", "a"]


def test_context_helps_a_text_that_says_nothing_by_itself() -> None:
    def probability(context: str) -> float:
        items = json.dumps({"text": "Uitvoeren van de werken", "context": context})
        (row,) = rows("-", input=items)
        return row["targets"].get("11.2", 0.0)

    assert probability("Veilige en comfortabele fietspaden") > probability("")


@pytest.mark.parametrize("name", ["acties.csv", "plan.pdf", "/nergens/plan", "."])
def test_a_file_that_is_not_there_is_not_taken_for_a_text(name: str) -> None:
    result = RUNNER.invoke(app, ["classify", name])
    assert isinstance(result.exception, NotFoundError)


@pytest.mark.parametrize("content", ["", "id,text\n", "\n\n"])
def test_nothing_to_classify_is_said(tmp_path: Path, content: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text(content)
    result = RUNNER.invoke(app, ["classify", str(source), "-o", str(tmp_path / "out.jsonl")])
    assert isinstance(result.exception, InputError)
    assert not (tmp_path / "out.jsonl").exists()


def test_a_failed_run_writes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"text": "x"}\n{"text": 3}\n')
    result = RUNNER.invoke(app, ["classify", str(source), "-o", str(tmp_path / "out.jsonl")])
    assert isinstance(result.exception, InputError)
    assert not (tmp_path / "out.jsonl").exists()
