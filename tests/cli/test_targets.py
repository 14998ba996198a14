from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.errors import FrameworkError

RUNNER = CliRunner()


def run(*arguments: str) -> str:
    result = RUNNER.invoke(app, ["targets", *arguments], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_all_targets_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv", "--lang", "nl"))))
    assert len(rows) == 169
    assert rows[0]["code"] == "1.1"
    assert rows[0]["goal_title"] == "Geen armoede"


def test_one_target_as_json_in_english() -> None:
    (row,) = json.loads(run("11.2", "--format", "json", "--lang", "en"))
    assert row["uri"] == "http://metadata.un.org/sdg/11.2"
    assert row["relevance"] == "core"
    assert row["goal_title"] == "Sustainable cities and communities"


@pytest.mark.parametrize("arguments", [("--goal", "13"), ("13",)])
def test_the_targets_of_a_goal(arguments: tuple[str, ...]) -> None:
    codes = [row["code"] for row in json.loads(run(*arguments, "--format", "json"))]
    assert codes == ["13.1", "13.2", "13.3", "13.a", "13.b"]


def test_table_speaks_the_language_asked_for() -> None:
    assert "Klimaatactie" in run("--goal", "13", "--lang", "nl")
    assert "Climate action" in run("--goal", "13", "--lang", "en")


@pytest.mark.parametrize(("language", "imperative"), [("nl", "Verbind kernen"), ("en", "Connect")])
def test_one_target_shows_what_can_be_done_and_measured(language: str, imperative: str) -> None:
    shown = run("11.2", "--lang", language)
    assert imperative in shown
    assert "Gemeente-Stadsmonitor" in shown
    (row,) = json.loads(run("11.2", "--lang", language, "--format", "json"))
    assert row["actions"][0].startswith(imperative)
    assert {"text", "source"} == set(row["indicators"][0])


def test_csv_keeps_every_action_of_a_target_in_one_cell() -> None:
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(run("--format", "csv")))}
    assert len(rows["11.2"]["actions"].split(" | ")) == 3
    assert rows["11.2"]["indicators"].count(" · ") == 2
    assert rows["1.1"]["actions"] == ""


def test_language_comes_from_the_environment() -> None:
    result = RUNNER.invoke(app, ["targets", "13"], env={"LC_ALL": "nl_BE.UTF-8", "COLUMNS": "160"})
    assert "Klimaatactie" in result.stdout


def test_an_unknown_target_is_an_error_with_a_hint() -> None:
    result = RUNNER.invoke(app, ["targets", "11.99"])
    assert isinstance(result.exception, FrameworkError)


def test_a_target_of_another_goal_is_refused() -> None:
    result = RUNNER.invoke(app, ["targets", "11.2", "--goal", "3"])
    assert isinstance(result.exception, FrameworkError)
    assert json.loads(run("13", "--goal", "13", "--format", "json"))
    assert json.loads(run("11.B", "--format", "json"))[0]["code"] == "11.b"
