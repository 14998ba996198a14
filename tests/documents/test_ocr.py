"""Pictures of text; skipped where Tesseract is not installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sdgalign.documents import ocr
from sdgalign.documents.ocr_lines import as_raw_line, found_lines
from sdgalign.documents.ocr_pictures import may_hold_text
from sdgalign.documents.pdf import read_pdf
from tests.pdfs import Put, write_pdf

TEXT = (
    "De gemeente bouwt nieuwe fietspaden",
    "langs de vaart en rond de scholen.",
    "Tegen 2030 is elke school veilig",
    "te bereiken met de fiets.",
)

needs_tesseract = pytest.mark.skipif(
    "nld" not in ocr.languages(), reason="Tesseract with Dutch is not installed"
)


def picture(dpi: int = ocr.DPI) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (int(8.27 * dpi), int(5.8 * dpi)), 255)
    draw = ImageDraw.Draw(page)
    fonts = {size: ImageFont.load_default(size * dpi / 72) for size in (11, 20)}
    draw.text((dpi, dpi * 0.7), "Veilig naar school", 0, fonts[20])
    for number, line in enumerate(TEXT):
        draw.text((dpi, dpi * (1.5 + 0.22 * number)), line, 0, fonts[11])
    return page


@needs_tesseract
def test_words_and_places() -> None:
    found = ocr.recognise(picture())
    assert [line.text for line in found.lines] == ["Veilig naar school", *TEXT]
    heading, *body = found.lines
    assert len({line.size for line in body}) == 1
    assert heading.size > 1.4 * body[0].size
    assert all(abs(line.x0 - 72) < 4 for line in found.lines)
    assert found.sureness > 0.8
    assert found.turned == 0


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_on_its_side(turn: int) -> None:
    found = ocr.recognise(picture().rotate(turn, expand=True))
    assert found.turned == turn
    assert TEXT[0] in [line.text for line in found.lines]


@needs_tesseract
def test_an_empty_page() -> None:
    from PIL import Image

    assert ocr.recognise(Image.new("L", (800, 1100), 255)).lines == []


def hocr(*paragraphs: list[tuple[int, str]]) -> bytes:
    """Return lines as Tesseract writes them: the height of a small letter in dots, the words."""
    found, top = "", 0
    for paragraph in paragraphs:
        found += "<p class='ocr_par'>"
        for x_height, text in paragraph:
            top += 100
            found += (
                f"<span class='ocr_line' title='bbox 100 {top} 900 {top + 60}; baseline 0.01 -20; "
                f"x_size {x_height + 16}; x_descenders 8; x_ascenders 8'>"
            )
            for place, word in enumerate(text.split()):
                sureness, _, letters = word.rpartition("~")
                left = 100 + 100 * place
                found += (
                    f"<span class='ocrx_word' title='bbox {left} {top} {left + 90} {top + 60}; "
                    f"x_wconf {sureness or 90}'>{letters}</span>"
                )
            found += "</span>"
        found += "</p>"
    return f"<html><body>{found}</body></html>".encode()


def test_bullets_and_doubtful_words() -> None:
    lines = found_lines(hocr([(20, "+ Wonen 12~|")], [(20, "12~||")], [(20, "e Bouwen")]), 0.36)
    first, nothing, last = (as_raw_line(line) for line in lines)
    assert first is not None
    assert last is not None
    assert (first.text, nothing, last.text) == ("• Wonen", None, "• Bouwen")
    assert first.x0 == pytest.approx(36)
    assert first.sureness == pytest.approx(0.9)
    # Where the letters stand, not where the highest and the lowest of them end.
    baseline = (160 - 20 + 0.01 * 400) * 0.36
    assert first.bottom == pytest.approx(baseline + 0.22 * first.size)


def test_the_lines_of_a_paragraph_have_one_size() -> None:
    page = hocr(
        [(36, "Een kop")],
        [(20, "de eerste regel van een tekst"), (24, "AAN"), (18, "en de laatste regel ervan")],
        [(21, "een andere alinea van die tekst")],
    )
    sizes = [line.size for line in found_lines(page, 0.36)]
    assert len(set(sizes[1:])) == 1
    assert sizes[0] == pytest.approx(36 / 20 * sizes[1], rel=0.02)


def photograph() -> Any:
    """Return a picture in which all greys are: hills, a sky and grain."""
    import numpy as np
    from PIL import Image

    height, width = 1100, 800
    down, across = np.mgrid[0:height, 0:width]
    hills = 90 * np.sin(across / 90) + 70 * np.cos(down / 60 + across / 200)
    grain = np.random.default_rng(1).normal(0, 20, (height, width))
    return Image.fromarray((128 + hills + grain).clip(0, 255).astype("uint8"))


def test_blank_pages_and_mere_shades_are_not_searched_for_text() -> None:
    from PIL import Image

    assert not may_hold_text(Image.linear_gradient("L").resize((800, 1100)))
    assert not may_hold_text(Image.new("L", (800, 1100), 235))
    assert may_hold_text(picture(100))
    assert may_hold_text(picture(100).point(lambda grey: 40 + grey * 0.7))


def test_signs_in_a_picture_are_no_text() -> None:
    def recognised(*paragraph: tuple[int, str]) -> ocr.Recognised:
        lines = [as_raw_line(line) for line in found_lines(hocr(list(paragraph)), 0.36)]
        return ocr.Recognised([line for line in lines if line is not None], sureness=0.7)

    assert recognised((20, "Wij bouwen 80 woningen")).is_text
    assert not recognised((20, "I e / M © 6) ad =")).is_text
    assert not ocr.Recognised([], 0.0).is_text


@needs_tesseract
def test_a_scanned_annex_is_read_and_a_photograph_is_not(tmp_path: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "plan.pdf"), pagesize=A4)
    for number in range(12):
        canvas.drawString(72, 700, f"Wij bouwen woningen in deelgemeente {number}.")
        canvas.showPage()
    for page in (picture(150), photograph()):
        canvas.drawImage(ImageReader(page.convert("RGB")), 0, 0, *A4)
        # The stamp of the registry is text.
        canvas.drawString(30, 20, "Bijlage 3")
        canvas.showPage()
    canvas.save()
    document = read_pdf(tmp_path / "plan.pdf", words=True)
    annex, photo = document.pages[12:]
    assert TEXT[0] in [line.text for line in annex.lines]
    assert "fietspaden" in [word.text for word in annex.words]
    assert [line.text for line in photo.lines] == ["Bijlage 3"]
    assert all(page.lines[0].sureness == 1 for page in document.pages[:12])


def test_one_thread_per_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    seen: list[str] = []

    def recognise(page: int) -> ocr.Recognised:
        seen.append(ocr.os.environ["OMP_THREAD_LIMIT"])
        return ocr.Recognised([], page)

    monkeypatch.setattr(ocr, "recognise", recognise)
    found = ocr.recognise_all(range(5), lambda: None)
    assert [each.sureness for each in found] == [0, 1, 2, 3, 4]
    assert seen == ["1"] * 5


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("win32", "winget install UB-Mannheim.TesseractOCR"),
        ("darwin", "brew install tesseract tesseract-lang"),
        ("linux", "apt install tesseract-ocr tesseract-ocr-nld"),
        ("freebsd", "apt install"),
    ],
)
def test_what_to_do_without_tesseract(
    monkeypatch: pytest.MonkeyPatch, platform: str, command: str
) -> None:
    monkeypatch.setattr(ocr.sys, "platform", platform)
    assert command in ocr.how_to_install()
    assert "sdgalign[ocr]" in ocr.how_to_install()


def test_the_program_is_found_where_windows_puts_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pytesseract import pytesseract

    program = tmp_path / "Tesseract-OCR" / "tesseract.exe"
    program.parent.mkdir()
    program.touch()
    monkeypatch.setattr(ocr.sys, "platform", "win32")
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    monkeypatch.setattr(pytesseract, "tesseract_cmd", "tesseract")
    ocr._find_program()
    assert pytesseract.tesseract_cmd == str(program)


def test_without_a_picture_no_library_for_scans_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded() -> tuple[str, ...]:
        raise AssertionError("a reader of text loads pandas, by way of pytesseract")

    monkeypatch.setattr("sdgalign.documents.ocr.languages", loaded)
    path = write_pdf(tmp_path / "a.pdf", [[Put(60, 80, "De gemeente plant duizend bomen.")]])
    assert read_pdf(path).pages[0].lines[0].text == "De gemeente plant duizend bomen."
