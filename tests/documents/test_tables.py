from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from sdgalign.documents.document import Line
from sdgalign.documents.drawing import has_rules
from sdgalign.documents.pdf import read_pdf
from tests.pdfs import Put, column, grid, write_pdf
from tests.shared import SHARED, needs_shared

ACTIONS = [
    ("AC-1.1", "Wij bouwen sociale", "12.000"),
    ("AC-1.2", "Wij planten bomen", "3.500"),
    ("AC-1.3", "Wij ruimen op", "0"),
]


def _table() -> list[Put]:
    puts = [Put(60, 90, "Wat wij de komende jaren doen staat in deze tabel.")]
    for number, cells in enumerate(ACTIONS):
        y = 132 + 40 * number
        puts += [Put(x, y, text) for x, text in zip((65, 135, 405), cells, strict=True)]
    return [*puts, Put(135, 145, "woningen in Zuid"), Put(60, 300, "Na de tabel.")]


RULES = grid([60, 130, 400, 480], [118, 158, 198, 238])


def _lines(path: Path) -> list[Line]:
    return list(read_pdf(path).pages[0].lines)


def test_a_row_is_one_line_with_its_cells(tmp_path: Path) -> None:
    lines = _lines(write_pdf(tmp_path / "a.pdf", [_table()], rules=[RULES]))
    rows = [line for line in lines if line.cells]
    assert [row.cells for row in rows] == [
        ("AC-1.1", "Wij bouwen sociale woningen in Zuid", "12.000"),
        *ACTIONS[1:],
    ]
    assert rows[0].text == "AC-1.1 Wij bouwen sociale woningen in Zuid 12.000"
    assert rows[0].box.x1 > 400


def test_the_text_around_a_table_stays_where_it_was(tmp_path: Path) -> None:
    lines = _lines(write_pdf(tmp_path / "a.pdf", [_table()], rules=[RULES]))
    assert lines[0].text.startswith("Wat wij")
    assert lines[-1].text == "Na de tabel."
    assert sum("woningen in Zuid" in line.text for line in lines) == 1


def test_figures_without_rules_are_a_row_too(tmp_path: Path) -> None:
    page = [Put(60, 100, "Actie"), *(Put(200 + 60 * n, 100, str(2026 + n)) for n in range(4))]
    page += [Put(60, 120, "Bomen"), *(Put(200 + 60 * n, 120, "1.500") for n in range(4))]
    rows = _lines(write_pdf(tmp_path / "a.pdf", [page]))
    assert [row.cells for row in rows] == [
        ("Actie", "2026", "2027", "2028", "2029"),
        ("Bomen", "1.500", "1.500", "1.500", "1.500"),
    ]


def test_a_box_around_text_is_no_table(tmp_path: Path) -> None:
    text = [f"regel {number} van een kader met gewone tekst" for number in range(8)]
    box = grid([50, 400], [90, 150, 220])
    lines = _lines(write_pdf(tmp_path / "a.pdf", [column(text)], rules=[box]))
    assert [line.text for line in lines] == text
    assert not any(line.cells for line in lines)


def test_underlined_headings_and_list_marks_are_no_grid(tmp_path: Path) -> None:
    marks = [(60, y, 66, y) for y in range(100, 700, 30)]
    lines = [(60, y + 3, 300, y + 3) for y in range(100, 700, 200)]
    path = write_pdf(tmp_path / "a.pdf", [column(["tekst"])], rules=[marks + lines])
    with pdfium.PdfDocument(path) as pdf:
        page = pdf[0]
        assert not has_rules(page)
        page.close()


@needs_shared
def test_a_long_agreement_is_spared_the_slow_reader() -> None:
    with pdfium.PdfDocument(SHARED / "pdf/real/vlaams_regeerakkoord_2019.pdf") as pdf:
        for number in range(0, len(pdf), 5):
            page = pdf[number]
            assert not has_rules(page), number + 1
            page.close()
