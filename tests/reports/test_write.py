"""The files that an analysis leaves in a folder."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path

import openpyxl
import pytest

from sdgalign.coding import code_plan
from sdgalign.files import Source, find_sources
from sdgalign.framework import Language
from sdgalign.pipeline import Analysis
from sdgalign.reports.payload import build_payload
from sdgalign.reports.write import write_reports
from tests.model.tiny import tiny_model
from tests.reports.test_payload import analysis
from tests.test_coding import PLAN

TABLES = ("xlsx", "csv", "parquet", "codes")


def written(made: Analysis, folder: Path, *formats: str) -> list[str]:
    source = Source(folder / "in" / "plan.pdf", Path("sub/plan"))
    paths = write_reports(made, source, folder / "out", formats, Language.NL)
    assert all(path.is_file() for path in paths)
    return [path.relative_to(folder / "out").as_posix() for path in paths]


def test_tables_are_named_after_what_they_hold(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    made = dataclasses.replace(analysis("=Fietsen", {}), plan=code_plan(PLAN, tiny_model()))
    names = ["plan.xlsx", "plan.matches.csv", "plan.matches.parquet", "plan.codes.csv"]
    assert written(made, tmp_path, *TABLES) == [f"sub/{name}" for name in names]
    out = tmp_path / "out" / "sub"
    assert "Plan" in openpyxl.load_workbook(out / "plan.xlsx").sheetnames
    text = (out / "plan.matches.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["text"] == "'=Fietsen"
    assert (out / "plan.codes.csv").read_text(encoding="utf-8-sig").startswith("gemeente;")


def test_only_a_plan_has_codes(tmp_path: Path) -> None:
    assert written(analysis("Fietsen", {}), tmp_path, "codes", "json") == ["sub/plan.json"]


def test_the_workbook_opens_the_document_where_it_lies(tmp_path: Path) -> None:
    written(analysis("Fietsen", {}), tmp_path, "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "sub" / "plan.xlsx")["Bewijs"]
    (link,) = [cell.hyperlink.target for cell in sheet[2] if cell.hyperlink]
    assert link == "../../in/plan.pdf#page=1"


def test_a_folder_of_reports_holds_no_documents(tmp_path: Path) -> None:
    made = dataclasses.replace(analysis("Fietsen", {}), plan=code_plan(PLAN, tiny_model()))
    written(made, tmp_path, "html", "json", "xlsx", "csv", "codes", "docx", "md")
    (tmp_path / "out" / "sub" / "Plan.Annotated.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "out" / "summary.md").write_text("Fietspaden tegen 2028.", encoding="utf-8")
    assert [source.path.name for source in find_sources([tmp_path / "out"])] == ["summary.md"]


def test_the_json_report_is_the_payload(tmp_path: Path) -> None:
    made = analysis("Fietsen\u2028naar school", {})
    written(made, tmp_path, "json")
    text = (tmp_path / "out" / "sub" / "plan.json").read_text(encoding="utf-8")
    payload = build_payload(made, Language.NL)
    differing = {name for name, value in json.loads(text).items() if value != payload[name]}
    assert differing <= {"created", "document"}  # its link leads to the file
    assert len(text.splitlines()) > 169
