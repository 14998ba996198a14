"""Pictures of text; skipped where Tesseract is not installed."""

from __future__ import annotations

from typing import Any

import pytest

from sdgalign.documents import ocr

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


def test_bullets_and_doubtful_words() -> None:
    rows: dict[str, list[Any]] = {
        "level": [4, 5, 5, 5, 4, 5],
        "text": ["", "+", "Wonen", "|", "", " "],
        "conf": [-1, 80, 91, 12, -1, 95],
        "left": [100, 100, 130, 300, 0, 0],
        "top": [200] * 6,
        "width": [300, 10, 120, 5, 0, 0],
        "height": [40] * 6,
    }
    ((line, sure),) = ocr._lines(rows, 0.36)
    assert line.text == "• Wonen"
    assert (line.x0, line.top) == (36.0, 72.0)
    assert sure == [0.8, 0.91]


def test_what_to_do_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.sys, "platform", "darwin")
    assert "brew install tesseract" in ocr.how_to_install()
    assert "sdgalign[ocr]" in ocr.how_to_install()
