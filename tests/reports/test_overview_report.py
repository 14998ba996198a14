"""The overview of a corpus as HTML, workbook and JSON: complete, escaped, self-contained.

After a wanted change, refresh the golden files and read their differences:
``SDGALIGN_UPDATE_GOLDEN=1 pytest tests/reports/test_overview_report.py``.
"""

from __future__ import annotations

import dataclasses
import io
import json

import openpyxl
import pytest

from sdgalign.corpus.overview import overview
from sdgalign.reports.overview_data import Partial, render_overview_json
from sdgalign.reports.overview_html import conclusion, millions, render_overview, shade
from sdgalign.reports.overview_workbook import render_overview_workbook
from sdgalign.reports.texts import texts
from tests.corpus import assessments
from tests.reports import overviews
from tests.reports.golden_files import assert_golden
from tests.reports.test_html import Tree, without_assets
from tests.reports.test_workbook import rows_of

HOSTILE = '<script>alert("x")</script>'


def opened(report, language="en"):
    return openpyxl.load_workbook(io.BytesIO(render_overview_workbook(report, texts(language))))


def test_golden_html():
    assert_golden("overview-nl.html", without_assets(render_overview(overviews.small(), "nl")))


def test_golden_workbook():
    lines = []
    for sheet in opened(overviews.small(), "nl"):
        lines.append(f"# {sheet.title}")
        for row in sheet.iter_rows(values_only=True):
            lines.append("\t".join("" if cell is None else str(cell) for cell in row).rstrip())
    assert_golden("overview-nl.txt", "\n".join(lines) + "\n")


def test_golden_json():
    data = json.loads(render_overview_json(overviews.small()))
    data["tool"]["version"] = "0"
    assert_golden("overview.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("build", [overviews.small, overviews.empty, overviews.large])
def test_well_formed_with_distinct_ids_and_links_that_lead_somewhere(build, language):
    tree = Tree(render_overview(build(), language))
    ids = [attrs["id"] for _, attrs in tree.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for link in tree.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids


def test_every_unit_stands_in_it_with_its_rank_range_and_the_link_to_its_report():
    words = Tree(render_overview(overviews.small(), "en")).words()
    for name in ("Zandvliert – Groene Lijst", "Lindebeke – Dorpspartij", "Nota"):
        assert name in words
    assert "1 1–2" in words  # the first cannot be told from the second
    assert 'href="reports/zandvliert%20plan.html"' in render_overview(overviews.small(), "en")


def test_names_of_strangers_are_escaped():
    report = overviews.small()
    rows = [*assessments.small(), assessments.document(HOSTILE, 30.0, party=HOSTILE)]
    report = dataclasses.replace(
        report, overview=overview(rows, assessments.TARGETS), title=HOSTILE
    )
    html = render_overview(report, "nl")
    assert HOSTILE not in html
    assert html.count("<script") == 2


def test_a_group_of_one_or_two_says_so():
    words = Tree(render_overview(overviews.small(), "en")).words()
    assert "2018 1 document" in words
    assert "Zandvliert only 2 documents" in words
    rows = rows_of(opened(overviews.small())["Groups"])
    basis = {(r["Group"], r["Name"]): r["What the interval comes from"] for r in rows}
    assert basis["Party", "Groene Lijst"].startswith("spread between documents")
    assert basis["Year", "2018"].startswith("one document")


def test_failures_stand_in_it_with_what_to_do():
    for language in ("nl", "en"):
        words = Tree(render_overview(overviews.small(), language)).words()
        assert "needs a password. Give it with --password." in words


def test_money_has_an_interval_and_what_goes_nowhere():
    words = Tree(render_overview(overviews.small(), "en")).words()
    assert "€2.7 m €2.5 m – €3.2 m" in words
    rows = rows_of(opened(overviews.small())["Budget"])
    assert rows[0]["Expenditure"] == 6_000_000
    assert rows[1]["Title"] == "Actions without an SDG target"
    assert (rows[1]["90% – from"], rows[1]["90% – to"]) == (2_500_000, 3_200_000)
    shares = [row["Share of the total"] for row in rows[1:]]
    assert sum(shares) == pytest.approx(1.0)


def test_sheets_without_money_or_years_are_left_out():
    assert opened(overviews.empty()).sheetnames == [
        "Overview", "Groups", "Municipalities", "Goals", "Targets", "Ranking", "Method",
    ]  # fmt: skip
    assert "Budget by municipality" in opened(overviews.small()).sheetnames


def test_an_empty_project_says_so():
    words = Tree(render_overview(overviews.empty(), "en")).words()
    assert "No document has been analysed yet." in words


def test_json_is_rounded_and_whole():
    data = json.loads(render_overview_json(overviews.small()))
    assert [kind["kind"] for kind in data["kinds"]] == ["manifesto", "plan", "other"]
    plan = data["kinds"][1]
    assert plan["units"][0]["ranks"] == {"rank": 1, "best": 1, "worst": 2}
    assert plan["money"]["intervals"]["without_target"]["high"] == 3_200_000
    assert plan["units"][0]["documents"][0]["report"] == "reports/zandvliert%20plan.html"
    assert data["documents"] == {"waiting": 0, "done": 11, "failed": 1, "gone": 0}


@pytest.mark.parametrize(("euro", "nl", "en"), [
    (1_433_700_000.0, "€ 1.434 mln", "€1,434 m"),
    (4_249_000.0, "€ 4,2 mln", "€4.2 m"),
    (950_000.0, "€ 950.000", "€950,000"),
    (-2_500_000.0, "€ -2,5 mln", "€-2.5 m"),
])  # fmt: skip
def test_large_amounts_are_written_in_millions(euro, nl, en):
    assert millions(texts("nl"), euro).replace("\u00a0", " ") == nl
    assert millions(texts("en"), euro).replace("\u00a0", " ") == en


def test_the_conclusion_gives_every_mean_with_its_interval():
    for sentence in conclusion(overviews.small().overview, texts("en")):
        assert "90% interval" in sentence or "expenditure" in sentence


def test_a_darker_shade_is_a_higher_score():
    shades = [shade(score) for score in range(101)]
    assert shades == sorted(shades)
    assert (shades[0], shades[100]) == (0, 9)


def test_a_corpus_beyond_all_measure_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr("sdgalign.reports.overview_html.MOST_UNITS", 200)
    tree = Tree(render_overview(overviews.large(), "en"))
    assert len({tag["data-unit"] for tag in tree.all("tr") if "data-unit" in tag}) == 200
    assert "And 85 more, to be found in the Excel file." in tree.words()


def test_an_overview_of_all_municipalities_stays_small():
    assert len(render_overview(overviews.large(), "nl").encode()) < 2_000_000


def test_what_was_read_in_part_and_copies_are_told_in_every_format():
    lost = Partial("Mol/groen.pdf", ("cut-off", "short"), 3, 41)
    report = dataclasses.replace(overviews.small(), partial=(lost,), copies=2)
    said = "het einde van het bestand ontbreekt en het telt maar 41 woorden"
    assert f"Mol/groen.pdf : {said}" in Tree(render_overview(report, "nl")).words()
    assert "Kopieën (tellen niet mee)" in render_overview(report, "nl")
    book = openpyxl.load_workbook(io.BytesIO(render_overview_workbook(report, texts("nl"))))
    cells = [cell.value for row in book["Overzicht"].iter_rows() for cell in row]
    assert said in cells
    data = json.loads(render_overview_json(report))
    assert (data["copies"], data["partial"][0]["losses"]) == (2, ["cut-off", "short"])
