"""The reports of a comparison, from hand-made payloads and from two small analyses."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import numpy as np
import openpyxl
import pytest

from sdgalign.errors import InputError
from sdgalign.framework import Language
from sdgalign.kinds import DocumentKind
from sdgalign.pipeline import analyze
from sdgalign.reports.compare_html import render_compare_html
from sdgalign.reports.compare_parts import conclusion, letter, lines
from sdgalign.reports.compare_payload import Compared, build_comparison, load_compare_schema
from sdgalign.reports.compare_tidy import (
    LINEAGE_COLUMNS,
    TARGET_COLUMNS,
    render_lineage_csv,
    render_target_csv,
)
from sdgalign.reports.compare_workbook import render_compare_workbook
from sdgalign.reports.payload import build_payload
from sdgalign.reports.saved import alignment_of, is_saved_report, read_report, statements_of
from sdgalign.reports.texts import texts
from tests.model.tiny import tiny_model
from tests.pdfs import column, write_pdf
from tests.reports import comparisons, payloads
from tests.reports.golden_files import assert_golden


def encode(passages):
    """Give a text a vector of its letters, so that like texts have like vectors."""
    rows = np.array([[text.lower().count(letter) for letter in "abcdefghijklmnoprstuvwz"]
                     for text in passages], dtype=np.float32)  # fmt: skip
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def analysed(folder: Path, name: str, *sentences: str) -> Compared:
    path = write_pdf(folder / name, [column(list(sentences))])
    analysis = analyze(path, tiny_model)
    return Compared(build_payload(analysis, Language.NL), analysis.alignment)


@pytest.fixture
def pair(tmp_path: Path) -> list[Compared]:
    """A manifesto and an agreement that share a promise."""
    return [
        analysed(
            tmp_path,
            "manifest.pdf",
            "We leggen een veilig fietspad aan in de Lindelaan.",
            "Het zwembad blijft open op zondag.",
        ),
        analysed(
            tmp_path, "bestuursakkoord.pdf", "We leggen een veilig fietspad aan in de Lindelaan."
        ),
    ]


@pytest.mark.parametrize("build", [comparisons.side_by_side, comparisons.small, comparisons.chain])
def test_comparisons_are_as_the_schema_says(build) -> None:
    jsonschema.validate(build(), load_compare_schema())


def test_a_manifesto_is_followed_in_the_agreement(pair) -> None:
    payload = build_comparison(pair, Language.NL, encode)
    jsonschema.validate(payload, load_compare_schema())
    (step,) = payload["lineage"]
    assert (step["before"], step["after"]) == (0, 1)
    assert sum(step["counts"].values()) == len(step["traces"])
    said = {each["id"]: each["text"] for each in payload["segments"][0]}
    assert {said[each["before"]] for each in step["traces"] if each["before"]} <= set(said.values())


def test_manifestos_stand_side_by_side_unless_asked(pair) -> None:
    for each in pair:
        each.report["document"]["kind"] = str(DocumentKind.MANIFESTO)
    assert build_comparison(pair, Language.NL, encode)["lineage"] == []
    assert len(build_comparison(pair, Language.NL, encode, follow=True)["lineage"]) == 1
    assert build_comparison(pair, Language.NL, encode, follow=False)["lineage"] == []


def test_documents_of_other_models_are_not_compared(pair) -> None:
    pair[1].report["model"] = {"id": "other", "digest": "0" * 64}
    with pytest.raises(InputError, match="another model"):
        build_comparison(pair, Language.NL, encode)


def test_a_saved_report_gives_the_same_statuses_and_scores(pair, tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(pair[0].report), encoding="utf-8")
    assert is_saved_report(path)
    read = alignment_of(read_report(path))
    own = pair[0].alignment
    assert [each.status for each in read.targets] == [each.status for each in own.targets]
    assert read.score.value == pytest.approx(own.score.value, abs=0.05)
    assert [goal.attention for goal in read.goals] == pytest.approx(
        [goal.attention for goal in own.goals], abs=1e-4
    )
    matched = [[match.segment_id for match in each.matches] for each in own.targets]
    assert [[match.segment_id for match in each.matches] for each in read.targets] == matched


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "is no JSON"),
        ('{"schema_version": "1.0"}', "is no JSON report"),
        ('{"schema_version": "7.0", "document": {}, "segments": [], "model": {}}', "version '7.0'"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_one_line(tmp_path, content, message) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_report(path)


def test_an_incomplete_report_is_refused_by_name() -> None:
    report = payloads.small()
    del report["matches"][0]["probability"]
    with pytest.raises(InputError, match=r"zandvliert 2025\.pdf: its JSON report is incomplete"):
        alignment_of(report)


def test_actions_that_a_plan_lists_are_commitments_and_descriptions_are_none() -> None:
    report = comparisons.reports()[1]
    report["plan"] = {"actions": [{"code": "AC-1.1"}, {"code": "2025"}]}
    first, second, third = report["segments"]
    first["classification"]["commitment"] = 0
    second["text"] = "2025 was een goed jaar."
    second["classification"]["commitment"] = 0
    third["heading_path"] = ["2. Omgevingsanalyse"]
    assert [each.commitment for each in statements_of(report)] == [2, 0]


def test_the_conclusion_counts_and_tells_what_is_clear() -> None:
    sentences = conclusion(comparisons.small(), texts("nl"))
    assert sentences[0] == (
        "Van de 4 beloften van A is voor 2 een tegenhanger gevonden in B, waarvan 1 "
        "twijfelachtig: 1 ongeveer even stevig, 0 steviger, 1 zwakker. Voor 2 is er geen gevonden."
        " Nieuw in B: 1."
    )
    assert "verschil" in sentences[1]


def test_the_conclusion_tells_of_no_promises_and_of_other_languages() -> None:
    payload = comparisons.small()
    payload["documents"][1]["language"] = "en"
    (step,) = payload["lineage"]
    step["counts"] = {**dict.fromkeys(step["counts"], 0), "new": 3}
    sentences = conclusion(payload, texts("en"))
    assert sentences[0] == "A holds no commitments. New in B: 3."
    assert "different languages" in sentences[-1]


def test_three_documents_make_one_line_and_each_commitment_one_row() -> None:
    (line,) = lines(comparisons.chain())
    assert line.documents == (0, 1, 2)
    rows = [row for group in line.groups for row in group.rows]
    told = [tuple(cell.segment and cell.segment["id"] for cell in row.cells) for row in rows]
    assert sorted(told, key=str) == sorted(
        [
            ("s00001", "s00001", "s00001"),
            ("s00003", "s00002", None),
            ("s00002", None, None),
            ("s00004", None, None),
            (None, "s00003", "s00003"),
        ],
        key=str,
    )


def test_documents_have_letters_and_then_numbers() -> None:
    assert [letter(at) for at in (0, 25, 26)] == ["A", "Z", "27"]


def test_both_quotes_link_to_their_pages() -> None:
    html = render_compare_html(comparisons.small(), "nl")
    assert 'href="../pdf/zandvliert%202025.pdf#page=4"' in html
    assert 'href="../pdf/plan.pdf#page=7"' in html
    assert "&lt;Molenweg&gt;" in html
    assert "Geen tegenhanger gevonden." in html


def test_golden_html() -> None:
    html = render_compare_html(comparisons.small(), "nl")
    html = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.DOTALL)
    html = re.sub(r'content="default-src[^"]*"', 'content=""', html)
    assert_golden("compare-nl.html", html)


def test_golden_tables() -> None:
    lineage = render_lineage_csv(comparisons.small())
    assert lineage is not None
    assert_golden("compare.lineage.csv", lineage)
    rows = list(csv.DictReader(io.StringIO(render_target_csv(comparisons.small()))))
    assert len(rows) == 2 * 169
    found = next(row for row in rows if row["target"] == "11.2" and row["document"] == "plan.pdf")
    assert (found["sdg"], found["status"], found["page"]) == ("SDG1102", "measurable", "7")


def test_no_lineage_no_lineage_table() -> None:
    assert render_lineage_csv(comparisons.side_by_side()) is None
    html = render_compare_html(comparisons.side_by_side(), "en")
    assert 'id="lineage"' not in html


@pytest.mark.parametrize("language", ["nl", "en"])
def test_workbook(language) -> None:
    payload = comparisons.small()
    book = openpyxl.load_workbook(io.BytesIO(render_compare_workbook(payload, language)))
    t = texts(language)
    names = ["overview", "goals", "targets", "lineage", "method"]
    assert book.sheetnames == [t[f"sheet.{name}"] for name in names]
    sheet = book[t["sheet.lineage"]]
    assert sheet.max_row == 1 + 5
    heads = [cell.value for cell in sheet[1]]
    quote, page = heads.index(t["column.quote_after"]), heads.index(t["column.page_after"])
    assert sheet.cell(2, quote + 1).value == comparisons.PLAN_TEXTS[0]
    assert sheet.cell(2, page + 1).hyperlink.target == "../pdf/plan.pdf#page=7"
    assert sheet.cell(3, heads.index(t["column.fate"]) + 1).value == t["fate.dropped"]
    assert book[t["sheet.targets"]].max_row == 170


def test_golden_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_compare_workbook(comparisons.small(), "nl")))
    said = [
        f"{sheet.title}\t" + "\t".join("" if cell is None else str(cell) for cell in row)
        for sheet in book
        for row in sheet.iter_rows(values_only=True, max_row=30)
    ]
    assert_golden("compare-nl.txt", "\n".join(said) + "\n")


def test_columns_are_told_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "compare.md").read_text(encoding="utf-8")
    for name in (*LINEAGE_COLUMNS[:7], *TARGET_COLUMNS):
        assert f"`{name}`" in page, name
