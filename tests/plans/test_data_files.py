from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sdgalign.errors import InputError, NotFoundError
from sdgalign.plans import Budget, Plan, read_plans
from tests.shared import SHARED, needs_shared

ROW = {
    "municipality": "Voorbeeldegem",
    "nis_code": "99999",
    "bd_code": "BD1",
    "bd_short": "Groen",
    "bd_long": "Een groene gemeente",
    "ap_code": "AP1",
    "ap_short": "Bomen",
    "ap_long": "",
    "ac_code": "AC1",
    "ac_short": "Planten",
    "ac_long": "Planten",
    "total_amount": 300.0,
    "yearly_amounts": {"2026": 100.0, "2027": 200.0},
}
CSV = (
    "Meerjarenplan 2026-2031;;;;;;;\n"
    "Gemeente;Code beleidsdoelstelling;Beleidsdoelstelling;Actieplan code;Actieplan;"
    "Actie (code);Omschrijving actie;Raming 2026;Raming 2027\n"
    "Voorbeeldegem;BD1;Een groene gemeente;AP1;Bomen;AC1;Planten;100,50;1.200\n"
    "Elders;BD1;Iets anders;AP1;Wegen;AC1;Herstellen;;-\n"
)


def _one(path: Path) -> Plan:
    (plan,) = read_plans(path)
    return plan


@pytest.mark.parametrize("is_packed", [False, True])
def test_lines_of_json(tmp_path: Path, is_packed: bool) -> None:
    data = (json.dumps(ROW) + "\n").encode() * 1
    path = tmp_path / ("a.jsonl.gz" if is_packed else "a.jsonl")
    path.write_bytes(gzip.compress(data) if is_packed else data)
    plan = _one(path)
    ((objective, action_plan, action),) = plan.actions()
    assert (plan.municipality, plan.nis_code) == ("Voorbeeldegem", "99999")
    assert (objective.title, objective.text) == ("Groen", "Een groene gemeente")
    assert (action_plan.title, action_plan.text) == ("", "Bomen")
    assert (action.title, action.text) == ("", "Planten")
    assert action.budget is not None
    assert action.budget.total == 300
    assert dict(action.budget.years) == {2026: 100, 2027: 200}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_table_with_a_title_and_dutch_names(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV, encoding=encoding)
    first, second = read_plans(path)
    ((objective, action_plan, action),) = first.actions()
    assert (objective.code, action_plan.code, action.code) == ("BD1", "AP1", "AC1")
    assert (objective.text, action_plan.text, action.text) == (
        "Een groene gemeente",
        "Bomen",
        "Planten",
    )
    assert action.budget is not None
    assert (action.budget.total, action.budget.years[2026]) == (1300.5, 100.5)
    ((_, _, other),) = second.actions()
    assert second.municipality == "Elders"
    assert other.budget is not None
    assert dict(other.budget.years) == {2027: 0}


def test_a_workbook_with_figures_for_codes(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    import pandas as pd

    rows = [["BD code", "BD", "AP code", "AP", "AC code", "AC", "2026", "Totaal"]]
    rows.append([1, "Groen", 1.1, "Bomen", 12, "Planten", 10.5, 10.5])
    path = tmp_path / "a.xlsx"
    with pd.ExcelWriter(path) as book:
        pd.DataFrame([["Uitleg"]]).to_excel(book, sheet_name="Uitleg", index=False, header=False)
        pd.DataFrame(rows).to_excel(book, sheet_name="Plan", index=False, header=False)
    ((objective, action_plan, action),) = _one(path).actions()
    assert (objective.code, action_plan.code, action.code) == ("1", "1.1", "12")
    assert action.budget is not None
    assert (action.budget.total, dict(action.budget.years)) == (10.5, {2026: 10.5})


def test_what_was_written_as_json_reads_back(tmp_path: Path) -> None:
    from sdgalign.plans.write import plan_data

    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ROW), encoding="utf-8")
    plan = _one(path)
    again = tmp_path / "b.json"
    again.write_text(json.dumps(plan_data(plan)), encoding="utf-8")
    assert _one(again) == plan


PRINTED = """Beleidsdoelstelling;Actieplan;Actie;Ontvangsten 2026;Uitgaven 2026;Saldo 2026
BD1 Groen;AP1 Bomen;AC1 Planten;50,25;"1.000,50";-950,25
Beleidsdoelstelling;Actieplan;Actie;Ontvangsten 2026;Uitgaven 2026;Saldo 2026
;;AC2 Snoeien;;€ 20;
;;;;;
;;Totaal AP1;50,25;1020,50;
;AP2 Water;AC3 Graven;;30;
;GBB-FIN;GBB-FIN;5;40;
"""


def test_a_printed_table_with_gaps_sums_and_its_head_again(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(PRINTED, encoding="cp1252")
    rows = [
        (one.code, two.code, three.code, three.budget.total, three.budget.receipts)
        for one, two, three in _one(path).actions()
        if three.budget
    ]
    assert rows == [
        ("BD1", "AP1", "AC1", 1000.5, 50.25),
        ("BD1", "AP1", "AC2", 20, 0),
        ("BD1", "AP2", "AC3", 30, 0),
        ("", "GBB-FIN", "GBB-FIN", 40, 5),
    ]


def test_rows_of_expenditure_and_receipts_are_one_action(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "bd,ap,ac code,ac,aard,2026,2027\n"
        "a,b,AC1,Planten,Exploitatie-uitgaven,1,2\n"
        "a,b,AC1,Planten,Investeringsuitgaven,10,20\n"
        "a,b,AC1,Planten,Ontvangsten,5,\n"
        "a,b,AC1,Planten,Saldo,-6,-22\n",
        encoding="utf-8",
    )
    ((_, _, action),) = _one(path).actions()
    assert action.budget == Budget(33, {2026: 11, 2027: 22}, 5, {2026: 5})


def test_receipts_are_written_and_read_back(tmp_path: Path) -> None:
    from sdgalign.plans.write import plan_data

    path = tmp_path / "a.csv"
    path.write_text("bd,ap,ac,uitgaven 2026,ontvangsten 2026\na,b,c,10,4\n", encoding="utf-8")
    again = tmp_path / "b.json"
    again.write_text(json.dumps(plan_data(_one(path))), encoding="utf-8")
    ((_, _, action),) = _one(again).actions()
    assert action.budget == Budget(10, {2026: 10}, 4, {2026: 4})


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("gemeente,actie,bedrag\nA,B,1\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"action plan \(ap_code.*columns: gemeente, actie, bedrag"
    ):
        read_plans(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", "{", "line 1: is not JSON"),
        ("a.json", "[1]", "item 1 is no object"),
        ("a.csv", "", "holds no rows"),
        ("a.csv", "bd,ap,ac,totaal\na,b,c,veel\n", "row 1: 'veel' is no amount"),
        ("a.csv", "bd,ap,ac\n,,\n", "holds no rows"),
        ("a.xlsx", "x", "cannot be read as a workbook|needs the package openpyxl"),
    ],
)
def test_what_cannot_be_used_says_why(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_plans(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_plans(tmp_path / "a.csv")


@needs_shared
def test_all_municipalities_of_the_open_data() -> None:
    plans = read_plans(SHARED / "data/mjp2026_actions.jsonl.gz")
    assert len(plans) > 200
    assert sum(1 for plan in plans for _ in plan.actions()) == 9976
    assert len({plan.nis_code for plan in plans}) == len(plans)
