from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sdgalign.errors import InputError, NotFoundError
from sdgalign.model import Classification
from sdgalign.texts_io import TextItem, parse_stream, read_texts, write_csv, write_jsonl

RESULT = Classification(
    id="7",
    goals={"11": 0.93},
    targets={"11.2": 0.91},
    goals_predicted=("11",),
    targets_predicted=("11.2",),
    none=0.02,
    commitment=2,
    commitment_probabilities=(0.1, 0.2, 0.6, 0.1),
)


def read(path: Path, content: str | bytes) -> list[TextItem]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_texts(path))


def test_txt_has_one_text_per_line(tmp_path: Path) -> None:
    items = read(tmp_path / "a.txt", "Eerste.\n\n  Tweede.  \n")
    assert items == [TextItem("1", "Eerste."), TextItem("2", "Tweede.")]


def test_csv_as_excel_writes_it_in_flanders(tmp_path: Path) -> None:
    content = 'id;Text;context\nA1;"Fietspaden; aanleg";Mobiliteit\n;Café één;\n'
    items = read(tmp_path / "a.csv", content.encode("cp1252"))
    assert items == [
        TextItem("A1", "Fietspaden; aanleg", "Mobiliteit"),
        TextItem("2", "Café één", ""),
    ]


def test_csv_with_byte_order_mark_and_line_breaks_in_a_cell(tmp_path: Path) -> None:
    items = read(tmp_path / "a.csv", b'\xef\xbb\xbftext,year\n"a\nb",2024\n')
    assert items == [TextItem("1", "a\nb")]


def test_csv_keeps_words_that_pandas_would_take_for_nothing(tmp_path: Path) -> None:
    assert [item.text for item in read(tmp_path / "a.csv", "text\nNA\nnull\n")] == ["NA", "null"]


def test_csv_without_text_column_names_those_it_has(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"one column 'text'.*actie, jaar"):
        read(tmp_path / "a.csv", "actie,jaar\nx,1\n")


def test_jsonl_with_id_and_context(tmp_path: Path) -> None:
    items = read(tmp_path / "a.jsonl", '{"id": 5, "text": "x", "context": "y"}\n{"text": "z"}\n')
    assert items == [TextItem("5", "x", "y"), TextItem("2", "z")]


@pytest.mark.parametrize(
    "line", ['{"id": 1}', "[1]", '{"text": 3}', "{", '{"text": "x", "id": []}']
)
def test_a_bad_json_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(InputError, match=r"a\.jsonl, line 3"):
        read(tmp_path / "a.jsonl", f'{{"text": "x"}}\n\n{line}\n')


def test_a_pipe_is_read_as_what_it_looks_like() -> None:
    assert list(parse_stream(b'{"text": "a"}\n')) == [TextItem("1", "a")]
    assert list(parse_stream(b"id,text\n7,a\n")) == [TextItem("7", "a")]
    assert list(parse_stream(b"a\nb\n")) == [TextItem("1", "a"), TextItem("2", "b")]
    assert list(parse_stream("Een context, een tekst.\n".encode("cp1252"))) == [
        TextItem("1", "Een context, een tekst.")
    ]
    assert list(parse_stream(b"caf\xe9\n")) == [TextItem("1", "café")]


def test_a_text_with_an_unquoted_comma_is_refused_and_never_cut(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"line 3.*need quotes"):
        read(tmp_path / "a.csv", "id,text\n1,goed\n2,Fietspaden, bomen en groen\n")


def test_unicode_text_of_excel(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "text\tid\nCafé\t3\n".encode("utf-16")) == [
        TextItem("3", "Café")
    ]


def test_half_a_character_does_not_end_the_run(tmp_path: Path) -> None:
    assert read(tmp_path / "a.jsonl", '{"text": "\\ud800 x"}') == [TextItem("1", "? x")]


def test_a_pdf_is_sent_to_the_right_command(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sdgalign analyze"):
        read(tmp_path / "a.pdf", b"%PDF-1.7\n\x00\xff\xfe")


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="cannot be opened"):
        list(read_texts(tmp_path / "none.csv"))


def test_jsonl_rows_have_the_documented_fields() -> None:
    stream = io.StringIO()
    write_jsonl([RESULT], stream)
    assert json.loads(stream.getvalue()) == {
        "id": "7",
        "goals": {"11": 0.93},
        "targets": {"11.2": 0.91},
        "goals_predicted": ["11"],
        "targets_predicted": ["11.2"],
        "none": 0.02,
        "commitment": 2,
        "commitment_probabilities": [0.1, 0.2, 0.6, 0.1],
        "against": 0.0,
        "against_predicted": False,
    }


def test_csv_rows_can_be_read_back() -> None:
    stream = io.StringIO()
    write_csv([RESULT], stream)
    (row,) = csv.DictReader(io.StringIO(stream.getvalue()))
    assert row["targets_predicted"] == "11.2"
    assert json.loads(row["targets"]) == {"11.2": 0.91}
    assert json.loads(row["commitment_probabilities"]) == [0.1, 0.2, 0.6, 0.1]
