"""The annotated PDF, opened with PDFium, which did not write it."""

from __future__ import annotations

import ctypes
import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from sdgalign.documents import ocr
from sdgalign.documents.pdf import read_pdf
from sdgalign.errors import DamagedError, FormatError, InputError
from sdgalign.files import Source
from sdgalign.framework import Language, load_framework
from sdgalign.kinds import DocumentKind
from sdgalign.model import Classification, ModelInfo
from sdgalign.pipeline import Analysis
from sdgalign.reports import annotated
from sdgalign.reports.annotated import render_annotated
from sdgalign.reports.annotated_drawing import STRENGTH
from sdgalign.reports.payload import build_payload
from sdgalign.reports.write import write_reports
from sdgalign.scoring import align, claims, find_gaps
from sdgalign.segmentation import segment_document
from tests.documents.test_ocr import TEXT as SCANNED
from tests.documents.test_ocr import needs_tesseract, picture
from tests.pdfs import column, write_pdf
from tests.reports.golden_files import assert_golden

pikepdf = pytest.importorskip("pikepdf")

LINES = (
    "We leggen veertien kilometer fietspad aan en beginnen met de Molenweg, die al jaren",
    "gevaarlijk is voor wie te voet of met de fiets naar school, naar de winkel of naar het",
    "station gaat. Daarna volgen de steenweg naar Houtem en de dreef langs het kanaal, waar",
    "vandaag nog geen plaats is. Op het einde van de rit is elke wijk veilig verbonden. In de",
    "Kouterwijk bouwen we een buurthuis met een sociaal restaurant waar iedereen welkom is,",
    "ook wie het niet breed heeft. Het krijgt een keuken, een tuin en een zaal voor feesten,",
    "en het blijft op zaterdag open voor al wie wil komen eten of een handje wil toesteken.",
)
"""A paragraph of more than one segment, which meet in the middle of a line."""
CODES = {"fietspad": ("11.2", "3.6"), "restaurant": ("2.1",), "schrappen": ("1.3",)}
"""Targets of the segments with these words."""


def analysed(
    path: Path, codes: Mapping[str, Sequence[str]] = CODES, password: str | None = None
) -> Analysis:
    """Read a PDF, and give the segments with some words their targets."""
    document = read_pdf(path, password=password)
    segments = segment_document(document)
    framework = load_framework()
    found = []
    for segment in segments:
        mine = tuple(code for word, each in codes.items() if word in segment.text for code in each)
        if not mine:
            continue
        found.append(
            Classification(
                id=segment.id,
                goals={},
                targets={code: 0.93 - 0.2 * at for at, code in enumerate(mine)},
                goals_predicted=tuple(code.partition(".")[0] for code in mine),
                targets_predicted=mine,
                none=0.0,
                commitment=2,
                commitment_probabilities=(0.0, 0.1, 0.9, 0.0),
                against=0.8 if "schrappen" in segment.text else 0.0,
                against_predicted="schrappen" in segment.text,
            )
        )
    words = {segment.id: len(segment.text.split()) for segment in segments}
    learnt = frozenset(target.code for target in framework.targets)
    alignment = align(framework, found, words, learnt)
    return Analysis(
        document=document,
        kind=DocumentKind.MANIFESTO,
        segments=segments,
        classifications=tuple(found),
        mentions=tuple(() for _ in segments),
        alignment=alignment,
        gaps=find_gaps(alignment, found),
        claims=claims(alignment, []),
        framework=framework,
        model=ModelInfo("hand-made", "1", ("nl", "en"), {}, {}, digest="cd" * 32),
    )


def annotate(path: Path, made: Analysis | None = None, password: str | None = None) -> bytes:
    made = made or analysed(path, password=password)
    return render_annotated(made, build_payload(made, "nl"), Language.NL, path, password)


def plain(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def highlighted(data: bytes, password: str | None = None) -> dict[str, str]:
    """Return per note the letters that lie inside its highlights, as PDFium finds them."""
    raw = pdfium.raw
    pdf = pdfium.PdfDocument(data, password=password)
    found: dict[str, str] = {}
    for page in pdf:
        letters = page.get_textpage()
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            note = raw.FPDFPage_GetAnnot(page, at)
            if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_HIGHLIGHT:
                continue
            text = "".join(_inside(letters, note))
            key = _value(note, b"Contents")
            found[key] = found.get(key, "") + plain(text)
            raw.FPDFPage_CloseAnnot(note)
    return found


def _inside(letters, note):
    raw = pdfium.raw
    for number in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
        quad = raw.FS_QUADPOINTSF()
        raw.FPDFAnnot_GetAttachmentPoints(note, number, quad)
        xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
        for index in range(letters.count_chars()):
            left, bottom, right, top = letters.get_charbox(index)
            if min(xs) < (left + right) / 2 < max(xs) and min(ys) < (bottom + top) / 2 < max(ys):
                yield letters.get_text_range(index, 1)


def _value(note, key: bytes) -> str:
    length = pdfium.raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.raw.FPDFAnnot_GetStringValue(
        note, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.raw.FPDF_WCHAR)), length
    )
    return buffer.raw.decode("utf-16-le").rstrip("\x00")


def matched(made: Analysis) -> Counter[str]:
    ids = {item.id for item in made.classifications}
    return Counter(plain(segment.text) for segment in made.segments if segment.id in ids)


def simple(path: Path) -> Path:
    return write_pdf(path, [column(LINES, size=11)], outline=[("Plan", 0, 1)])


def turned(path: Path, degrees: int) -> Path:
    """Write a page whose content lies turned, so that it is shown upright."""
    sides = (842, 595) if degrees % 180 else (595, 842)
    matrix = {
        0: "1 0 0 1 0 0",
        90: "0 1 -1 0 595 0",
        180: "-1 0 0 -1 595 842",
        270: "0 -1 1 0 0 842",
    }[degrees]
    write_pdf(path, [column(LINES, size=11)], size=sides)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.MediaBox, page.Rotate = pikepdf.Array([0, 0, 595, 842]), degrees
        page.contents_add(f"q {matrix} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        pdf.save()
    return path


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_highlights_lie_over_the_words_of_their_passage(tmp_path, degrees):
    path = turned(tmp_path / "a.pdf", degrees)
    made = analysed(path)
    assert len(made.classifications) == 2  # that share the first line
    assert Counter(highlighted(annotate(path, made)).values()) == matched(made)


def test_on_a_cropped_page_whose_corner_is_not_zero(tmp_path):
    path = simple(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].CropBox = pikepdf.Array([30, 400, 560, 800])
        pdf.save()
    made = analysed(path)
    assert Counter(highlighted(annotate(path, made)).values()) == matched(made)


def test_on_a_spread_and_over_a_page_break(tmp_path):
    left, right = column(LINES[:3], 40, size=8), column(LINES[3:], 460, size=8)
    more = column(("Elke school krijgt een eigen fietspad, ook de kleinste wijkschool en",), size=8)
    last = column(
        ("de academie in het centrum van onze gemeente, want ook dat hoort erbij.",), size=8
    )
    path = write_pdf(tmp_path / "a.pdf", [[*left, *right]], size=(842, 595))
    made = analysed(path)
    assert Counter(highlighted(annotate(path, made)).values()) == matched(made)
    path = write_pdf(tmp_path / "b.pdf", [more, last])
    made = analysed(path)
    assert {box.page for item in made.segments for box in item.boxes} == {1, 2}
    assert Counter(highlighted(annotate(path, made)).values()) == matched(made)


@needs_tesseract
@pytest.mark.parametrize("degrees", [0, 90])
def test_on_a_scan_that_may_lie_on_its_side(tmp_path, degrees):
    path = tmp_path / "scan.pdf"
    image = picture().rotate(degrees, expand=True)
    image.save(path, resolution=ocr.DPI)
    made = analysed(path, {"fietspaden": ("11.2",)})
    with pikepdf.open(pdfium_file(tmp_path, annotate(path, made))) as pdf:
        (note,) = [each for each in pdf.pages[0].Annots if each.Subtype == "/Highlight"]
        quads = [float(edge) for edge in note.QuadPoints]
    # The words are dark in the picture: what is highlighted holds ink, and nearly all of it.
    scale = ocr.DPI / 72
    ink = 0
    for at in range(0, len(quads), 8):
        xs, ys = quads[at : at + 8 : 2], quads[at + 1 : at + 8 : 2]
        box = (min(xs) * scale, image.height - max(ys) * scale)
        box += (max(xs) * scale, image.height - min(ys) * scale)
        cut = image.crop(tuple(map(round, box)))
        ink += sum(value < 128 for value in cut.get_flattened_data())
    blank = picture()
    body = blank.crop((0, int(1.3 * ocr.DPI), blank.width, blank.height))
    whole = sum(value < 128 for value in body.get_flattened_data())
    text = next(segment.text for segment in made.segments if "fietspaden" in segment.text)
    share = len(plain(text)) / len(plain("".join(SCANNED)))
    assert ink == pytest.approx(share * whole, rel=0.15)


def pdfium_file(folder: Path, data: bytes) -> Path:
    path = folder / "out.pdf"
    path.write_bytes(data)
    return path


def test_golden_notes_and_bookmarks(tmp_path):
    """What a reader sees beside the page: the notes, then the bookmarks."""
    other = ("Elke school krijgt een eigen fietspad, ook de kleinste.",)
    text = (*LINES, "De toelage voor de kringwinkel schrappen we tegen het einde van het jaar.")
    path = write_pdf(
        tmp_path / "a.pdf", [column(text, size=11), column(other, y=300)], outline=[("Plan", 0, 1)]
    )
    data = annotate(path)
    seen = [f"{note}\n  over: {letters}" for note, letters in highlighted(data).items()]
    for mark in pdfium.PdfDocument(data).get_toc():
        target = mark.get_dest()
        seen.append(
            "  " * mark.level
            + mark.get_title()
            + (f" -> {target.get_index() + 1}" if target else "")
        )
    assert_golden("annotated-nl.txt", "\n".join(seen) + "\n")


def test_the_file_keeps_its_bookmarks_links_and_bytes(tmp_path):
    path = simple(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 10, 50, 50]
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.save()
    before = path.read_bytes()
    data = annotate(path)
    assert path.read_bytes() == before
    titles = [mark.get_title() for mark in pdfium.PdfDocument(data).get_toc()]
    assert titles[:2] == ["Plan", "SDG's (sdgalign)"]
    with pikepdf.open(pdfium_file(tmp_path, data)) as pdf:
        assert next(str(each.Subtype) for each in pdf.pages[0].Annots) == "/Link"


def test_a_protected_file_stays_protected(tmp_path):
    path = simple(tmp_path / "a.pdf")
    for user in ("", "geheim"):
        with pikepdf.open(path) as pdf:
            rights = pikepdf.Permissions(modify_other=False)
            locked = tmp_path / f"locked-{user}.pdf"
            lock = pikepdf.Encryption(owner="baas", user=user, allow=rights)
            pdf.save(locked, encryption=lock)
        data = annotate(locked, password=user or None)
        assert Counter(highlighted(data, user or None).values()) == matched(analysed(path))
        with pikepdf.open(pdfium_file(tmp_path, data), password=user) as pdf:
            assert pdf.is_encrypted
            assert not pdf.allow.modify_other
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(data)


def test_the_same_report_gives_the_same_file(tmp_path):
    path = simple(tmp_path / "a.pdf")
    made = analysed(path)
    payload = build_payload(made, "nl")
    assert len({render_annotated(made, payload, Language.NL, path) for _ in range(2)}) == 1


def test_words_stay_readable_under_every_colour():
    """Black on the tint of each goal has the contrast that WCAG asks for at its strictest."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    for goal in load_framework().goals:
        parts = [part / 255 for part in bytes.fromhex(goal.color[1:])]
        tint = [linear(1 - STRENGTH + STRENGTH * part) for part in parts]
        light = sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), tint, strict=True))
        assert (light + 0.05) / 0.05 > 7, goal.code


def test_a_page_that_is_another_than_was_read_gets_no_highlights(tmp_path):
    path = simple(tmp_path / "a.pdf")
    made = analysed(path)
    page = dataclasses.replace(made.document.pages[0], width=300.0)
    other = dataclasses.replace(made, document=dataclasses.replace(made.document, pages=(page,)))
    data = annotate(path, other)
    assert highlighted(data) == {}
    assert [mark.get_title() for mark in pdfium.PdfDocument(data).get_toc()] == ["Plan"]


def test_a_file_whose_pages_are_lost_is_refused_in_one_line(tmp_path):
    path = simple(tmp_path / "a.pdf")
    made = analysed(path)
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(DamagedError, match="cannot be annotated"):
        annotate(path, made)


def test_of_a_text_file_all_other_reports_are_written(tmp_path):
    made = analysed(simple(tmp_path / "a.pdf"))
    blank = tuple(
        dataclasses.replace(
            each,
            boxes=tuple(dataclasses.replace(b, x0=0, top=0, x1=0, bottom=0) for b in each.boxes),
        )
        for each in made.segments
    )
    skipped: list[FormatError] = []
    written = write_reports(
        dataclasses.replace(made, segments=blank),
        Source(tmp_path / "a.docx", Path("a")),
        tmp_path / "out",
        ["pdf", "json"],
        Language.NL,
        on_skip=skipped.append,
    )
    assert [path.name for path in written] == ["a.json"]
    assert "only a PDF can be highlighted" in str(skipped[0])


def test_without_pikepdf_one_line_says_what_to_install(tmp_path, monkeypatch):
    path = simple(tmp_path / "a.pdf")
    made = analysed(path)
    monkeypatch.setattr(annotated, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"needs the package pikepdf.*sdgalign\[annotate\]"):
        annotate(path, made)
