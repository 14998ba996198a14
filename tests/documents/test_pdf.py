from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from sdgalign.documents.document import Doubt, LineRole, PageNote, PathCode
from sdgalign.documents.pdf import read_pdf
from sdgalign.errors import EncryptedError, FormatError, NoTextError, NotFoundError
from tests.pdfs import Put, column, write_pdf
from tests.shared import SHARED, needs_shared

LEFT = [f"linkse regel nummer {number} over de woningbouw" for number in range(12)]
RIGHT = [f"rechtse regel nummer {number} over het klimaat" for number in range(12)]


def texts(path: Path, page: int = 1) -> list[str]:
    return [line.text for line in read_pdf(path).pages[page - 1].lines]


def test_a_line_has_its_place_and_font(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [[Put(60, 100, "Meer groen", "Helvetica-Bold", 20)]])
    (line,) = read_pdf(path).pages[0].lines
    assert line.text == "Meer groen"
    assert line.size == 20
    assert line.bold
    assert not line.italic
    assert line.box.x0 == pytest.approx(61.5, abs=1.5)
    assert line.box.top < 100 < line.box.bottom + 1


def test_a_rotated_page_is_read_as_it_is_shown(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.rotate(90)  # upright on the page as shown
    canvas.drawString(100, -60, "Meer groen in de stad")
    canvas.drawString(100, -80, "en minder steen")
    canvas.save()
    writer = PdfWriter(clone_from=tmp_path / "a.pdf")
    writer.pages[0].rotate(90)
    writer.write(tmp_path / "a.pdf")
    (read,) = read_pdf(tmp_path / "a.pdf").pages
    assert (read.width, read.height) == pytest.approx((A4[1], A4[0]))
    first, second = read.lines
    assert first.text == "Meer groen in de stad"
    assert first.box.x0 == pytest.approx(second.box.x0, abs=2)
    assert first.box.x0 == pytest.approx(100, abs=2)
    assert second.box.top - first.box.top == pytest.approx(20, abs=1)
    assert first.role is LineRole.BODY


def test_upright_text_in_the_margin_of_all_pages_is_no_body(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for number in range(3):
        canvas.drawString(100, 700, f"Pagina met tekst over thema {number}")
        canvas.rotate(90)
        canvas.drawString(300, -580, "Programma 2030")
        canvas.showPage()
    canvas.save()
    for page in read_pdf(tmp_path / "a.pdf").pages:
        roles = {line.text[:9]: line.role for line in page.lines}
        assert roles == {"Pagina me": LineRole.BODY, "Programma": LineRole.MARGIN}


def test_a_spread_is_read_page_by_page(tmp_path: Path) -> None:
    width, height = landscape(A4)
    rows = [
        put
        for number in range(12)
        for put in (
            Put(width / 2 + 40, 100 + 14 * number, RIGHT[number]),
            Put(40, 100 + 14 * number, LEFT[number]),
        )
    ]
    path = write_pdf(tmp_path / "a.pdf", [rows], size=(width, height))
    assert texts(path) == LEFT + RIGHT
    page = read_pdf(path).pages[0]
    assert page.notes == (PageNote(PathCode.SPREAD),)
    assert {line.column for line in page.lines[:12]} != {line.column for line in page.lines[12:]}


def test_the_last_rows_of_a_wide_table_are_no_spread(tmp_path: Path) -> None:
    size = landscape(A4)
    rows = [
        Put(60, 80, "Code"),
        Put(500, 80, "2026"),
        Put(60, 100, "Het skatepark bij de vaart."),
        Put(500, 100, "300.000"),
    ]
    path = write_pdf(tmp_path / "a.pdf", [rows], size=size)
    assert PathCode.SPREAD not in {note.code for note in read_pdf(path).pages[0].path}


def test_columns_written_row_by_row_are_taken_apart(tmp_path: Path) -> None:
    rows = [
        put
        for number in range(12)
        for put in (
            Put(50, 100 + 14 * number, LEFT[number]),
            Put(310, 100 + 14 * number, RIGHT[number]),
        )
    ]
    assert texts(write_pdf(tmp_path / "a.pdf", [rows])) == LEFT + RIGHT


def test_the_right_column_first_is_put_right(tmp_path: Path) -> None:
    page = column(RIGHT, x=310) + column(LEFT, x=50)
    path = write_pdf(tmp_path / "a.pdf", [page])
    assert texts(path) == LEFT + RIGHT
    assert read_pdf(path).pages[0].notes == (PageNote(PathCode.RIGHT_FIRST),)


def test_a_heading_after_its_text_is_put_before_it(tmp_path: Path) -> None:
    page = [*column(LEFT, y=140), Put(60, 100, "Wonen", "Helvetica-Bold", 22)]
    path = write_pdf(tmp_path / "a.pdf", [page])
    assert texts(path) == ["Wonen", *LEFT]
    assert read_pdf(path).pages[0].notes == (PageNote(PathCode.LATE_HEADING),)


def test_good_columns_are_left_alone(tmp_path: Path) -> None:
    # The box at the foot of the left column belongs after it, the right column follows.
    page = [
        Put(50, 80, "Kop over twee kolommen", "Helvetica-Bold", 20),
        *column(LEFT, x=50),
        *column(["Een kader onder de kolom"], x=50, y=300),
        *column(RIGHT, x=310),
    ]
    document = read_pdf(write_pdf(tmp_path / "a.pdf", [page]))
    assert document.pages[0].notes == ()
    assert [line.text for line in document.pages[0].lines] == [put.text for put in page]


def test_a_raised_figure_stays_on_its_line(tmp_path: Path) -> None:
    page = [Put(60, 100, "De uitstoot van CO"), Put(146, 103, "2", size=6), Put(151, 100, "daalt")]
    assert texts(write_pdf(tmp_path / "a.pdf", [page])) == ["De uitstoot van CO2 daalt"]


def test_bullets_written_last_go_before_their_items(tmp_path: Path) -> None:
    page = [
        *column(["Meer bomen in de straat", "Minder auto's in het dorp"], x=80),
        *column(["•", "•"], x=66),
    ]
    assert texts(write_pdf(tmp_path / "a.pdf", [page])) == [
        "• Meer bomen in de straat",
        "• Minder auto's in het dorp",
    ]


def test_a_mark_of_a_symbol_font_is_a_bullet(tmp_path: Path) -> None:
    page = [Put(60, 100, "4", "ZapfDingbats"), Put(75, 100, "Meer bomen")]
    (line,) = texts(write_pdf(tmp_path / "a.pdf", [page]))
    assert line.endswith(" Meer bomen")
    assert not line[0].isalnum()


def test_outline_title_and_digest(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "a.pdf",
        [column(["Een"]), column(["Twee"])],
        outline=[("Wonen", 0, 1), ("Huren", 1, 2)],
        title="Programma 2030",
    )
    document = read_pdf(path)
    assert [(entry.level, entry.title, entry.page) for entry in document.outline] == [
        (1, "Wonen", 1),
        (2, "Huren", 2),
    ]
    assert document.title == "Programma 2030"
    assert len(document.sha256) == 64


def test_a_title_bookmark_or_page_label_with_half_a_letter_is_left_out(tmp_path: Path) -> None:
    """Half of a surrogate pair in UTF-16; found by `make fuzz`."""
    path = write_pdf(
        tmp_path / "a.pdf", [column(["Een"])], outline=[("Wonen", 0, 1)], title="Programma 2030"
    )
    half = b"<FEFFD8000041>"
    data = path.read_bytes().replace(b"/Title (Wonen)", b"/Title " + half)
    data = data.replace(b"/Title (Programma 2030)", b"/Title " + half)
    labels = b"/PageLabels << /Nums [0 << /P " + half + b" >>] >> /Type /Catalog"
    data = data.replace(b"/Type /Catalog", labels)
    assert data.count(half) == 3
    path.write_bytes(data)
    document = read_pdf(path)
    assert (document.title, document.outline, document.pages[0].label) == ("", (), "")
    assert [line.text for line in document.pages[0].lines] == ["Een"]


@pytest.mark.parametrize("title", ["programma.indd", "Microsoft Word - plan.docx", "untitled"])
def test_a_file_name_is_no_title(tmp_path: Path, title: str) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(["Een"])], title=title)
    assert read_pdf(path).title == ""


def test_progress_is_told_per_page(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = write_pdf(tmp_path / "a.pdf", [column(["Een"]), column(["Twee"])])
    read_pdf(path, on_page=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_pages_without_text_are_counted(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(["Een"]), [], [], [], []])
    assert read_pdf(path).doubts == (Doubt("no-text-pages", 4),)


def test_a_scan_is_refused_with_advice(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "scan.pdf", [[], []])
    with pytest.raises(NoTextError, match=r"no text on any of its 2 pages.*ocrmypdf"):
        read_pdf(path)


def test_an_encrypted_file_asks_for_its_password(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(["Geheim"])])
    writer = PdfWriter(clone_from=path)
    writer.encrypt("sesam", algorithm="RC4-128")
    writer.write(path)
    with pytest.raises(EncryptedError, match="needs a password"):
        read_pdf(path)
    with pytest.raises(EncryptedError, match="is not right"):
        read_pdf(path, password="fout")
    assert read_pdf(path, password="sesam").pages[0].lines[0].text == "Geheim"


def test_a_file_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(["Openbaar"])])
    writer = PdfWriter(clone_from=path)
    writer.encrypt("", owner_password="drukker", algorithm="RC4-128")
    writer.write(path)
    assert texts(path) == ["Openbaar"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", r"empty \(0 bytes\)"),
        (b"PK\x03\x04 a word processor file", "not a PDF file"),
        (b"%PDF-1.7\nnothing of the kind", "damaged beyond reading"),
    ],
)
def test_what_is_no_pdf_is_told_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=message) as caught:
        read_pdf(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_pdf(tmp_path / "none.pdf")


def test_a_cut_off_file_is_read_with_a_warning(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(LEFT)])
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"startxref")])
    document = read_pdf(path)
    assert [line.text for line in document.pages[0].lines] == LEFT
    assert document.doubts == (Doubt("cut-off"),)


def test_the_whole_pages_of_half_a_file_are_read(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(LEFT), column(RIGHT)])
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"\nxref")].replace(b"/Catalog", b"/Cut"))
    document = read_pdf(path, repair=True)
    assert document.doubts == (Doubt("salvaged", 0),)
    assert [line.text for line in document.pages[1].lines] == RIGHT


@needs_shared
def test_letters_without_codes_are_read_a_slower_way() -> None:
    document = read_pdf(SHARED / "pdf/bad/no_tounicode_cid.pdf")
    assert document.pages[0].lines[0].text == "1. Zorg dichtbij"
    assert document.doubts == (Doubt("slow-letters", len(document.pages)),)


def test_rows_of_two_columns_run_together(tmp_path: Path) -> None:
    """A producer that writes row by row: PDFium takes the end of one and the start of the next."""
    left = column([f"links regel {n} gaat over wonen in de stad" for n in range(14)])
    right = column(
        [f"rechts regel {n} gaat over bos en heide" for n in range(14)], x=320, y=96, size=9.5
    )
    right[3] = Put(320, right[3].y, "Een kop in vet", "Helvetica-Bold", 14)
    rows = sorted([*left, *right], key=lambda put: (put.y, put.x))
    page = read_pdf(write_pdf(tmp_path / "rows.pdf", [rows])).pages[0]
    texts = [line.text for line in page.lines]
    assert texts == [put.text for put in [*left, *right]]
    heading = next(line for line in page.lines if line.text == "Een kop in vet")
    assert (heading.bold, heading.size) == (True, 14)
    assert page.went(PathCode.INTERLEAVED)
    assert page.went(PathCode.UNFOLDED)


def test_three_columns_written_row_by_row_are_taken_apart(tmp_path: Path) -> None:
    """A line of PDFium can go back to the first column and on to the third."""
    left, middle, right = (
        column([f"{name} regel {n} over wonen" for n in range(14)], x, y, size=8.5, leading=11)
        for name, x, y in (("links", 50, 100), ("midden", 235, 103), ("rechts", 420, 103))
    )
    left[2] = Put(50, left[2].y + 1, "Een kop vooraan", "Helvetica-Bold", 14)
    right[2] = Put(420, right[2].y, "Nog een kop", "Helvetica-Bold", 14)
    rows = sorted([*left, *middle, *right], key=lambda put: (put.y, put.x))
    found = texts(write_pdf(tmp_path / "rows.pdf", [rows]))
    assert found == [put.text for put in [*left, *middle, *right]]


def test_a_picture_across_two_pages_is_no_spread_of_text(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(LEFT), []], size=landscape(A4))
    assert read_pdf(path).pages[1].path == (PageNote(PathCode.EMPTY),)
