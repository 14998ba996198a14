"""The summary as a Word file: two A4 pages that a council file takes as they are."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sdgalign.framework import Language
from sdgalign.reports.html import ink_on
from sdgalign.reports.summary import summarize
from sdgalign.reports.summary_parts import Block, Cell, Paragraph, Summary, Table

_FONT = "Arial"
"""With the widths that LibreOffice has too (Liberation Sans), so that pages break alike."""
_BODY = 10.0
_SMALL = 8.8
_INK = "1B1F24"
_HEAD = "E8ECF0"
_LINE = "C3CAD1"
_LOCALES = {"nl": "nl-BE", "en": "en-GB", "fr": "fr-BE"}
_MARGIN = 2.0
"""Centimetres; an A4 page has 17 left between two."""


def render_docx(payload: Mapping[str, Any], language: Language) -> bytes:
    """Write the summary as docx.

    Args:
        payload: The report as `report-1.schema.json` describes it.
        language: Of the summary.
    """
    from docx import Document

    summary = summarize(payload, language)
    document = Document()
    _prepare(document, summary)
    document.add_paragraph(summary.title, style="Title")
    for line in summary.about:
        document.add_paragraph(line, style="Subtitle")
    for section in summary.sections:
        document.add_heading(section.heading, level=1)
        for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            paragraph = _add(document, block)
            if paragraph is not None and isinstance(following, Table):
                paragraph.paragraph_format.keep_with_next = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: Any, summary: Summary) -> None:  # noqa: ANN401 (python-docx is skipped)
    """Set page, styles, language, properties and footer."""
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(_MARGIN)
    page.top_margin, page.bottom_margin = Cm(1.6), Cm(1.6)
    page.header_distance = page.footer_distance = Cm(0.8)
    _style(document, "Normal", _BODY, after=4)
    _style(document, "Title", 17, bold=True, after=4)
    _style(document, "Subtitle", _SMALL + 0.5, after=2)
    _style(document, "Heading 1", 12, bold=True, before=8, after=3)
    _style(document, "List Bullet", _BODY, after=2)
    _style(document, "Footer", _SMALL)
    _unruled(document.styles["Title"])
    locale = _LOCALES[summary.language]
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(_w("val"), locale)
    about = document.core_properties
    about.title, about.language = summary.title, locale
    about.author, about.comments = "sdgalign", ""
    about.created = about.modified = datetime.fromisoformat(summary.created).replace(tzinfo=None)
    footer = page.footer.paragraphs[0]
    footer.add_run(f"{summary.made}  ·  ")
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")


def _style(
    document: Any,  # noqa: ANN401
    name: str,
    size: float,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
) -> None:
    from docx.shared import Pt, RGBColor

    style = document.styles[name]
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(_INK)
    # The fonts of a theme go before a name where both are given.
    fonts = style.element.rPr.rFonts
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_w(key), None)
    for spacing in style.element.rPr.findall(_w("spacing")):
        style.element.rPr.remove(spacing)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0


def _unruled(style: Any) -> None:  # noqa: ANN401
    """Take the line under a title away."""
    for border in style.element.findall(f".//{_w('pBdr')}"):
        border.getparent().remove(border)


def _add(document: Any, block: Block) -> Any:  # noqa: ANN401
    """Add a block, and return its paragraph; None for a table."""
    if isinstance(block, Table):
        _add_table(document, block)
        return None
    paragraph = document.add_paragraph(style="List Bullet" if block.is_item else "Normal")
    _add_runs(paragraph, block)
    return paragraph


def _add_runs(paragraph: Any, block: Paragraph) -> None:  # noqa: ANN401
    for each in block.runs:
        run = paragraph.add_run(_printable(each.text))
        run.bold = each.bold or None
        if each.language in _LOCALES:
            language = run._element.get_or_add_rPr()
            language.append(_element("lang", val=_LOCALES[each.language]))


def _add_table(document: Any, block: Table) -> None:  # noqa: ANN401
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1 + len(block.rows), cols=len(block.header))
    table.style = "Table Grid"
    table.autofit = False
    properties = table._tbl.tblPr
    _outline(properties)
    properties.append(_element("tblCaption", val=block.name))
    properties.append(_element("tblDescription", val=f"{block.name}: {', '.join(block.header)}"))
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Cm(width)  # LibreOffice goes by the columns, Word by the cells
    header = tuple(Cell(text) for text in block.header)
    for row, cells in zip(table.rows, (header, *block.rows), strict=True):
        is_header = cells is header
        marks = row._tr.get_or_add_trPr()
        marks.append(_element("cantSplit"))
        if is_header:
            marks.append(_element("tblHeader"))
        for at, (place, cell) in enumerate(zip(row.cells, cells, strict=True)):
            place.width = Cm(block.widths[at])
            is_number = block.rows[0][at].is_number
            _fill(place, cell, is_header=is_header, is_number=is_number)
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(4)


def _fill(place: Any, cell: Cell, *, is_header: bool, is_number: bool) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(_printable(cell.text))
    run.font.size = Pt(_SMALL)
    run.bold = is_header or bool(cell.color) or None
    fill = _HEAD if is_header else cell.color.removeprefix("#")
    if fill:
        ink = ink_on(f"#{fill}").removeprefix("#")
        run.font.color.rgb = RGBColor.from_string(ink.upper())
        place._tc.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=fill))


def _outline(properties: Any) -> None:  # noqa: ANN401
    """Give a table thin lines, and cells little room beside their text."""
    borders = _element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(side, val="single", sz="4", space="0", color=_LINE))
    margins = _element("tblCellMar")
    for side, width in (("top", "15"), ("left", "70"), ("bottom", "15"), ("right", "70")):
        margins.append(_element(side, w=width, type="dxa"))
    # Word wants the properties of a table in this order.
    layout, look = properties.find(_w("tblLayout")), properties.find(_w("tblLook"))
    for element in (_element("tblInd", w="70", type="dxa"), borders):
        layout.addprevious(element)
    look.addprevious(margins)


def _field(paragraph: Any, code: str) -> None:  # noqa: ANN401
    """Add a number that Word counts itself."""
    field = _element("fldSimple", instr=code)
    run = _element("r")
    text = _element("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(_w(key), value)
    return element


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _printable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return "".join(char for char in text if char >= " " and not "\ud800" <= char <= "\udfff")
