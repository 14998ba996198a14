"""SDG codes per action, to import and to check."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest

from sdgalign.reports.codes import CODE_COLUMNS, confidence, render_codes
from sdgalign.reports.codes_workbook import render_codes_workbook
from sdgalign.reports.texts import texts
from tests.reports import payloads
from tests.reports.golden_files import assert_golden
from tests.shared import REPOSITORY


def rows_of(plans, language="en"):
    text = render_codes(plans, language).removeprefix("\ufeff")
    delimiter = ";" if language == "nl" else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_golden():
    assert_golden("codes-nl.csv", render_codes([payloads.plan()], "nl"))


def test_every_code_has_a_row_and_every_action_at_least_one():
    rows = rows_of([payloads.plan()])
    assert [(row["action_code"], row["sdg_code"], row["sdg_goal"]) for row in rows] == [
        ("AC-1", "SDG0306", "SDG03"),
        ("AC-1", "SDG1102", "SDG11"),
        ("AC-2", "", ""),
        ("AC-3", "SDG0407", "SDG04"),
    ]
    assert rows[2]["sdg_title"] == "no SDG code found"
    assert {row["accept"] + row["correction"] for row in rows} == {""}


def test_the_money_of_the_codes_adds_up_to_that_of_the_actions_with_a_code():
    rows = rows_of([payloads.plan()])
    shares = [float(row["euro_code"]) for row in rows if row["euro_code"]]
    assert sum(shares) == 90_000
    assert [row["euro_action"] for row in rows] == ["90000", "90000", "30000", ""]


def test_several_municipalities_stand_below_one_another():
    other = {**payloads.plan(), "municipality": "Houtem", "nis_code": "12345"}
    rows = rows_of([payloads.plan(), other])
    assert [row["municipality"] for row in rows] == ["Zandvliert"] * 4 + ["Houtem"] * 4
    assert rows[-1]["nis_code"] == "12345"


def test_excel_in_flanders_opens_it_by_a_double_click():
    text = render_codes([payloads.plan()], "nl")
    assert text.startswith("\ufeffgemeente;nis_code;doelstelling_code;")
    assert text.count("\r\n") == text.count("\n") == 5
    plan = payloads.plan()
    plan["actions"][0]["total"] = 1234.5
    assert rows_of([plan], "nl")[0]["euro_actie"] == "1234,5"


def test_confidence_in_words():
    assert [confidence(p) for p in (0.8, 0.79, 0.5, 0.49)] == ["high", "medium", "medium", "low"]


def test_the_documentation_describes_the_columns():
    text = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    section = text.partition("## SDG codes per action")[2]
    documented = re.findall(r"^\| `(\w+)` \| `(\w+)` \|", section, re.MULTILINE)
    nl, en = texts("nl"), texts("en")
    assert documented == [(nl[f"codes.{key}"], en[f"codes.{key}"]) for key in CODE_COLUMNS]


@pytest.mark.parametrize("code", ["1/2", "=1+1", "3-4"])
def test_the_workbook_keeps_codes_as_they_are_and_offers_answers(code):
    plan = payloads.plan()
    plan["actions"][0]["code"] = code
    data = render_codes_workbook([plan], "nl")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    headings = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, headings.index("actie_code") + 1)
    assert (cell.value, cell.data_type) == (code, "s")
    (offered,) = sheet.data_validations.dataValidation
    letter = sheet.cell(1, headings.index("akkoord") + 1).column_letter
    assert (str(offered.sqref), offered.formula1) == (f"{letter}2:{letter}5", '"ja,nee"')
