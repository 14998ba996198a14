"""What gaps say of comparable documents, in every report and on the command line."""

from __future__ import annotations

import io
import json

import jsonschema
import openpyxl
import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.reports.html import render_html
from sdgalign.reports.payload import load_schema
from sdgalign.reports.workbook import render_workbook
from tests.corpus.corpora import tiny_folder
from tests.corpus.projects import make_project
from tests.reports import payloads
from tests.reports.test_html import Tree


@pytest.fixture
def payload():
    payload = payloads.small()
    counted = {"documents": 21, "taken_up": 15, "with_action": 12, "median": "action"}
    payload["gaps"][1].update(peers=0.7143, peer_documents=counted)
    return payload


def test_the_payload_has_room_for_it(payload):
    jsonschema.validate(payload, load_schema())


@pytest.mark.parametrize(("language", "said"), [
    ("nl", "12 van 21 vergelijkbare documenten hebben voor deze target minstens een actie. "
           "De middelste status is: actie."),
    ("en", "12 of 21 comparable documents have at least an action for this target. "
           "The median status is: action."),
])  # fmt: skip
def test_the_html_says_how_many_have_an_action(payload, language, said):
    assert said in Tree(render_html(payload, language)).words()


def test_the_workbook_has_the_numbers_to_sort_by(payload):
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(payload, "en")))
    headings, _, row = list(book["Gaps"].iter_rows(max_row=3, values_only=True))
    found = dict(zip(headings, row, strict=True))
    assert found["Comparable with at least an action"] == 12
    assert found["Comparable documents"] == 21


def test_analyze_takes_a_project_as_yardstick(tmp_path):
    peers = [
        ({"path": f"{name}.pdf", "kind": "manifesto", "party": name}, payloads.small())
        for name in ("Groen", "Rood")
    ]
    project = make_project(tmp_path / "project", peers)
    text = tmp_path / "verkiezingsprogramma.txt"
    text.write_text("We leggen fietspaden aan in het hele dorp.", encoding="utf-8")
    arguments = ["analyze", str(text), "--peers", str(project), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(
        app, [*arguments, "--model", str(tiny_folder()), "--format", "json", "--lang", "en"]
    )
    assert result.exit_code == 0, result.output
    data = json.loads((tmp_path / "out" / "verkiezingsprogramma.json").read_text(encoding="utf-8"))
    counted = {gap["target"]: gap.get("peer_documents") for gap in data["gaps"]}
    assert any(each and each["documents"] == 2 for each in counted.values())
    other = CliRunner().invoke(app, [*arguments, "--model", str(tiny_folder()), "--kind", "plan"])
    assert other.exit_code == 0
    assert "has no document of the kind plan" in other.output
