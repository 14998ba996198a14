"""One row per match, for statistics."""

from __future__ import annotations

import csv
import io
import re

import pytest

from sdgalign.errors import InputError
from sdgalign.reports import tidy
from sdgalign.reports.tidy import COLUMNS, match_rows, render_csv, render_parquet
from tests.reports import payloads
from tests.reports.golden_files import assert_golden
from tests.shared import REPOSITORY


def rows_of(payload):
    return list(csv.DictReader(io.StringIO(render_csv(payload), newline="")))


def test_golden():
    assert_golden("matches.csv", render_csv(payloads.small()))


def test_the_documentation_describes_the_columns():
    text = (REPOSITORY / "docs" / "data.md").read_text(encoding="utf-8")
    section = text.partition("## One row per match")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", section, re.MULTILINE)
    assert documented == [(each.name, each.type, each.meaning) for each in COLUMNS]


def test_every_match_has_a_row_with_what_the_payload_says():
    payload = payloads.small()
    rows = match_rows(payload)
    assert len(rows) == len(payload["matches"])
    said = {(match["segment"], match["target"]): match for match in payload["matches"]}
    for row in rows:
        match = said[row["segment"], row["target"]]
        assert (row["probability"], row["status"]) == (match["probability"], match["status"])
    (opposing,) = [row for row in rows if row["against_predicted"]]
    assert (opposing["target"], opposing["rank"]) == ("8.5", 1)


def test_targets_that_look_like_numbers_can_be_told_apart():
    payload = payloads.build(
        [payloads.segment(0, "Werk.", 1)],
        [payloads.match(0, "8.1", 0.9, 1), payloads.match(0, "8.10", 0.8, 1)],
    )
    assert [row["sdg"] for row in rows_of(payload)] == ["SDG0801", "SDG0810"]


def test_a_file_without_pages_has_no_page_numbers():
    payload = payloads.small()
    payload["document"]["paged"] = False
    assert {(row["page"], row["page_label"]) for row in rows_of(payload)} == {("", "")}


def test_the_printed_page_number_stands_beside_that_of_the_file():
    first = rows_of(payloads.small())
    assert ("4", "3") in {(row["page"], row["page_label"]) for row in first}
    assert ("5", "5") in {(row["page"], row["page_label"]) for row in first}


def test_a_quote_that_is_a_formula_runs_in_no_spreadsheet():
    payload = payloads.small()
    payload["segments"][0]["text"] = '=HYPERLINK("http://x.example","klik")'
    (row,) = [row for row in rows_of(payload) if row["segment"] == "s00001"]
    assert row["text"].startswith("'=")


def test_parquet_has_types_and_untouched_texts():
    parquet = pytest.importorskip("pyarrow.parquet")
    payload = payloads.small()
    payload["segments"][0]["text"] = "- fietspad"
    table = parquet.read_table(io.BytesIO(render_parquet(payload)))
    assert table.column_names == [column.name for column in COLUMNS]
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["target"], types["page"], types["probability"]) == ("string", "int64", "double")
    assert "- fietspad" in table.column("text").to_pylist()


def test_without_matches_both_have_only_columns():
    pytest.importorskip("pyarrow")
    assert rows_of(payloads.empty()) == []
    assert len(render_parquet(payloads.empty())) > 0


def test_without_pyarrow_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(tidy, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"needs the package pyarrow.*sdgalign\[parquet\]"):
        render_parquet(payloads.small())
