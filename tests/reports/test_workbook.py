"""The workbook as a user opens it: with openpyxl, and with LibreOffice where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

from sdgalign.reports.texts import texts
from sdgalign.reports.workbook import render_workbook
from tests.reports import payloads
from tests.reports.golden_files import assert_golden

NL = ["Overzicht", "Doelen", "Targets", "Bewijs", "Leemtes", "Plan", "Budget", "Methode"]
EN = ["Overview", "Goals", "Targets", "Evidence", "Gaps", "Plan", "Budget", "Method"]


def small():
    payload = payloads.small()
    payload["document"]["link"] = "../pdf/zandvliert%202025.pdf"
    return payload


def with_plan():
    return {**small(), "plan": payloads.plan()}


def opened(payload, language="en"):
    return openpyxl.load_workbook(io.BytesIO(render_workbook(payload, language)))


def rows_of(sheet):
    names = [cell.value for cell in sheet[1]]
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]


def column(sheet, heading):
    at = [cell.value for cell in sheet[1]].index(heading) + 1
    return [sheet.cell(row, at) for row in range(2, sheet.max_row + 1)]


def test_golden():
    lines = []
    for sheet in opened(with_plan(), "nl"):
        lines.append(f"# {sheet.title}")
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if value is None else str(value).replace("\n", " | ") for value in row]
            lines.append("\t".join(cells).rstrip())
    assert_golden("workbook-nl.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(("language", "names"), [("nl", NL), ("en", EN)])
def test_sheets_have_names_in_the_language_and_the_plan_only_where_there_is_one(language, names):
    assert opened(with_plan(), language).sheetnames == names
    assert opened(small(), language).sheetnames == names[:5] + names[-1:]


def test_every_table_has_a_filter_over_all_of_it_and_a_heading_that_stays():
    for name in EN[1:7]:
        sheet = opened(with_plan())[name]
        assert sheet.auto_filter.ref == sheet.dimensions, name
        assert sheet.freeze_panes.endswith("2"), name
        assert all(sheet.column_dimensions[cell.column_letter].width > 6 for cell in sheet[1]), name


def test_numbers_are_numbers_with_their_format():
    book = opened(with_plan())
    probability = column(book["Evidence"], "Probability")[0]
    assert (type(probability.value), probability.number_format) == (float, "0.00")
    coverage = column(book["Goals"], "Coverage")[0]
    assert coverage.number_format == "0%"
    euro = column(book["Plan"], "Expenditure")[0]
    assert (euro.value, euro.number_format) == (90_000, '"€" #,##0')


def test_evidence_has_a_row_per_match_that_opens_the_page_of_the_quote():
    payload = small()
    sheet = opened(payload)["Evidence"]
    rows = rows_of(sheet)
    assert len(rows) == len(payload["matches"])
    (row,) = [row for row in rows if row["Target"] == "11.2" and row["Probability"] == 0.97]
    assert row["Quote"].startswith("We leggen 14 kilometer")
    assert row["Under the headings"] == "Zandvliert beweegt > Hoofdstuk 4"
    links = {cell.value: cell.hyperlink.target for cell in column(sheet, "Page")}
    assert links[4] == "../pdf/zandvliert%202025.pdf#page=4"
    (against,) = [row for row in rows if row["Moves against"]]
    assert against["Target"] == "8.5"


@pytest.mark.parametrize("change", [{"link": ""}, {"name": "a.docx", "link": "a.docx"}])
def test_without_a_pdf_to_open_there_are_no_links(change):
    payload = small()
    payload["document"].update(change)
    book = opened(payload)
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink]


def test_gaps_keep_the_order_of_the_payload_with_actions_and_indicators():
    payload = small()
    rows = rows_of(opened(payload)["Gaps"])
    assert [row["Target"] for row in rows] == [gap["target"] for gap in payload["gaps"]]
    assert rows[0]["Priority"] == "yes"
    assert rows[0]["What a local authority can do"] == "• Action for 4.1."
    assert rows[0]["What measures it locally (source)"] == "• Number for 4.1 (own count)"
    assert "Taken up by peers" not in rows[0], "nobody gave peers"


def test_the_plan_has_a_row_per_action_with_its_codes():
    rows = rows_of(opened(with_plan())["Plan"])
    assert [row["SDG code"] for row in rows] == ["SDG0306\nSDG1102", None, "SDG0407"]
    assert rows[1]["Targets (probability)"] == "no SDG code found"
    assert rows[2]["Targets (probability)"] == "SDG0407 Title of 4.7 (80%)"
    assert rows[0]["Confidence"] == "high\nhigh", "one for each code"
    assert (rows[0]["2026"], rows[2]["2026"]) == (90_000, None)


def test_the_money_of_the_goals_and_of_what_has_no_code_is_all_of_it():
    rows = rows_of(opened(with_plan())["Budget"])
    goals = [row for row in rows if row["Target"] == "all"]
    without = [row for row in rows if row["Title"] == "Actions without an SDG target"]
    total = rows[0]["Expenditure"]
    assert sum(row["Expenditure"] for row in goals + without) == total == 120_000


HOSTILE = [
    '=HYPERLINK("http://x.example","klik")',
    "+32 9 000 00 00",
    "-10 % verkeersdoden",
    "@gemeente",
    "#N/A",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_quote_is_never_a_formula(text):
    payload = small()
    payload["segments"][0]["text"] = text
    data = render_workbook(payload, "en")
    cells = column(openpyxl.load_workbook(io.BytesIO(data))["Evidence"], "Quote")
    (cell,) = [cell for cell in cells if cell.value == text]
    assert cell.data_type == "s"
    assert cell.quotePrefix or text[0] == "#"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
        assert not [name for name in sheets if b"<f>" in archive.read(name)]


def test_what_excel_refuses_is_left_out_and_what_is_too_long_is_cut_with_a_mark():
    payload = small()
    payload["segments"][0]["text"] = "veilig\x0b\x00 fietsen\ud83d"
    payload["segments"][1]["text"] = "a" * 40_000
    quotes = [cell.value for cell in column(opened(payload)["Evidence"], "Quote")]
    assert "veilig fietsen" in quotes
    assert max(map(len, quotes)) == 32_767
    assert [quote for quote in quotes if quote.endswith(" […]")]


def test_text_on_the_colour_of_a_goal_can_be_read():
    cells = column(opened(small())["Goals"], "Goal")
    assert cells[0].fill.fgColor.rgb.endswith("E5243B")
    for cell in cells:
        assert contrast(cell.fill.fgColor.rgb[-6:], cell.font.color.rgb[-6:]) >= 4.5


def contrast(one, other):
    def light(color):
        channels = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    low, high = sorted((light(one), light(other)))
    return high / low


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_method_explains_every_figure_and_says_with_what_it_was_made(language):
    payload, t = with_plan(), texts(language)
    sheet = opened(payload, language).worksheets[-1]
    said = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[1] is not None}
    for key in ("score", "reading.interval_term", "column.depth", "column.confidence"):
        assert said[t[key]]
    assert said[t["technical.model"]] == "test-1"
    assert said[t["technical.tool"]] == "sdgalign 0.1.0"


def test_a_document_about_nothing_gives_a_workbook_too():
    book = opened(payloads.empty())
    assert rows_of(book["Evidence"]) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
def test_libreoffice_opens_it_with_all_its_rows(tmp_path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(render_workbook(with_plan(), "nl"))
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4",
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = list((tmp_path / "out").glob("*.csv"))
    if not found:
        pytest.skip(f"this LibreOffice has no Calc: {done.stderr.strip()[-80:]}")
    (evidence,) = found
    lines = evidence.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(small()["matches"])
    assert "We leggen 14 kilometer" in evidence.read_text(encoding="utf-8")
