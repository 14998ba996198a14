"""``sdgalign overview`` and ``sdgalign show`` of a project."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.records import LedgerDocument
from sdgalign.reports.overview_write import report_path
from tests.corpus.projects import make_project
from tests.reports import payloads


@pytest.fixture
def project(tmp_path):
    plan = payloads.small()
    plan["plan"], plan["settings"]["kind"], plan["document"]["kind"] = (
        payloads.plan(),
        "plan",
        "plan",
    )
    failed = {
        "path": "dicht.pdf",
        "error_kind": "encrypted",
        "error": "dicht.pdf: needs a password. Give it with --password.",
    }
    return make_project(
        tmp_path / "project",
        [
            (
                {"path": "a/groen.pdf", "kind": "manifesto", "municipality": "Zandvliert",
                 "party": "Groen", "year": 2024, "language": "nl"},
                payloads.small(),
            ),
            (
                {"path": "a/rood.pdf", "kind": "manifesto", "municipality": "Zandvliert",
                 "party": "Rood", "year": 2024, "language": "nl"},
                payloads.small(),
            ),
            (
                {"path": "plannen.xlsx", "part": "99001", "kind": "plan", "year": 2026,
                 "municipality": "Moerbroek", "nis_code": "99001", "language": "nl"},
                plan,
            ),
            (failed, None),
        ],
    )  # fmt: skip


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_writes_three_files_in_the_project_in_the_language_of_the_documents(project, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    result = run("overview", project)
    assert result.exit_code == 0, result.output
    names = sorted(path.name for path in project.iterdir() if path.name.startswith("overview"))
    assert names == ["overview.html", "overview.json", "overview.xlsx"]
    html = (project / "overview.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in html
    assert "Zandvliert – Groen" in html
    assert "needs a password" in html
    book = openpyxl.load_workbook(project / "overview.xlsx")
    assert "Budget" in book.sheetnames


def test_reports_of_documents_are_written_and_linked(project, tmp_path):
    out = tmp_path / "out"
    result = run("overview", project, "-o", out, "--reports", "--format", "json", "--lang", "en")
    assert result.exit_code == 0, result.output
    kinds = json.loads((out / "overview.json").read_text(encoding="utf-8"))["kinds"]
    links = [d["report"] for kind in kinds for unit in kind["units"] for d in unit["documents"]]
    assert links == [
        "reports/a/groen.pdf.html",
        "reports/a/rood.pdf.html",
        "reports/plannen.xlsx-99001.html",
    ]
    assert all((out / link).is_file() for link in links)
    assert "#page=" not in (out / links[0]).read_text(encoding="utf-8"), "the PDF is gone"


def test_a_report_opens_its_document_at_the_page(project, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "groen.pdf").touch()
    with Ledger.open(project, write=True) as ledger:
        ledger.connection.execute("INSERT INTO project VALUES ('folder', ?)", [str(tmp_path)])
    run("overview", project, "--reports", "--format", "json")
    html = (project / "reports" / "a" / "groen.pdf.html").read_text(encoding="utf-8")
    assert 'href="../../../a/groen.pdf#page=4"' in html
    title = re.search("<title>(.+?)</title>", html)[1]
    assert "Zandvliert" in title, "whose it is"
    assert "Groen" in title


def test_without_reports_nothing_is_linked(project, tmp_path):
    run("overview", project, "-o", tmp_path / "out", "--format", "html")
    assert "reports/" not in (tmp_path / "out" / "overview.html").read_text(encoding="utf-8")


def test_money_comes_with_an_interval(project):
    run("overview", project, "--format", "json")
    kinds = json.loads((project / "overview.json").read_text(encoding="utf-8"))["kinds"]
    money = next(kind["money"] for kind in kinds if kind["kind"] == "plan")
    assert (money["total"], money["without_goal"]) == (120_000, 30_000)
    for each in money["intervals"].values():
        assert each["low"] <= each["value"] <= each["high"]


def test_show_tells_states_failures_and_scores(project):
    result = run("show", project, "--lang", "en")
    assert result.exit_code == 0, result.output
    for text in (
        "analysed 3",
        "failed 1",
        "Needs a password. (1)",
        "Give it with --password.",
        "Zandvliert – Groen",
        "1–2",
        "32 (26–37)",
    ):
        assert text in result.output


def test_what_is_no_project_is_one_line_with_what_to_do(tmp_path):
    for command in ("show", "overview"):
        result = run(command, tmp_path)
        assert result.exit_code != 0
        assert "is no project folder" in str(result.exception)


@pytest.mark.parametrize(("path", "part", "expected"), [
    ("a/plan.pdf", "", "a/plan.pdf.html"),
    ("bundle.zip!x/plan.pdf", "", "bundle.zip/x/plan.pdf.html"),
    ("mjp.jsonl", "11002", "mjp.jsonl-11002.html"),
    ("mjp.jsonl", "Sint/Pieter", "mjp.jsonl-Sint-Pieter.html"),
    ("../b/plan.pdf", "", "b/plan.pdf.html"),
])  # fmt: skip
def test_reports_of_documents_have_names_of_their_own(path, part, expected):
    assert str(report_path(LedgerDocument(1, path, part))) == expected
