"""The known text of `layouts` as docx, printed by LibreOffice, which stands for Word."""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from layouts import RUNNING_TITLE, Layout, Piece, hyphenable

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SECONDS = 180
"""One document may take so long."""


def print_docx(layout: Layout, content: Sequence[Piece], path: Path) -> None:
    """Write a docx and print it to PDF."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        _write_docx(layout, content, source)
        options = {
            "UseTaggedPDF": {"type": "boolean", "value": str(layout.tagged).lower()},
            "ExportBookmarks": {"type": "boolean", "value": str(layout.outline).lower()},
        }
        subprocess.run(
            [
                "soffice",
                "--headless",
                # A profile of its own: an open LibreOffice would take the order and do nothing.
                f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
                "--convert-to",
                f"pdf:writer_pdf_Export:{json.dumps(options)}",
                "--outdir",
                str(path.parent),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
        )


def _write_docx(layout: Layout, content: Sequence[Piece], path: Path) -> None:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    docx: Any = Document()
    section = docx.sections[0]
    section.page_width, section.page_height = (
        (Mm(148), Mm(210)) if layout.spread else (Mm(210), Mm(297))
    )
    section.left_margin = section.right_margin = Pt(50)
    section.top_margin = section.bottom_margin = Pt(60)
    section.header.paragraphs[0].text = RUNNING_TITLE
    _add_page_number(section.footer.paragraphs[0], layout.page_number)
    section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(layout.columns))
    _set_styles(docx, layout)
    notes: list[str] = []
    for piece in content:
        _add(docx, piece, layout, notes)
    _add_notes(docx, notes)
    docx.save(str(path))


def _set_styles(docx: Any, layout: Layout) -> None:  # noqa: ANN401 (python-docx has no types)
    from docx.oxml.ns import qn
    from docx.shared import Pt

    font = "Liberation Serif" if layout.ligatures else "Liberation Sans"
    sizes = {"Normal": 0.0, "Heading 1": 6.0, "Heading 2": 2.5, "Heading 3": 0.0, "Caption": -1.5}
    for name, more in sizes.items():
        style = docx.styles[name]
        style.font.name, style.font.size = font, Pt(layout.size + more)
        fonts = style.element.rPr.rFonts
        for key in list(fonts.attrib):
            if "heme" in key:
                del fonts.attrib[key]
    docx.styles["Header"].font.size = docx.styles["Footer"].font.size = Pt(7.5)
    docx.styles["Caption"].font.italic, docx.styles["Caption"].font.bold = True, False
    docx.styles["Heading 3"].font.bold = True
    # Word's mark of a nested item is the letter o in Courier.
    level = "//w:lvl[w:pStyle/@w:val='ListBullet2']"
    numbering = docx.part.numbering_part.element
    numbering.xpath(f"{level}/w:lvlText")[0].set(qn("w:val"), "o")
    for name in ("ascii", "hAnsi", "cs"):
        numbering.xpath(f"{level}/w:rPr/w:rFonts")[0].set(qn(f"w:{name}"), "Courier New")


def _add(docx: Any, piece: Piece, layout: Layout, notes: list[str]) -> None:  # noqa: ANN401
    from docx.shared import Pt

    text = hyphenable(piece.text, layout)
    match piece.kind:
        case "heading":
            docx.add_heading(text, piece.level)
        case "item":
            docx.add_paragraph(text, style="List Bullet")
        case "nested":
            docx.add_paragraph(text, style="List Bullet 2")
        case "caption":
            docx.add_picture(_picture(), height=Pt(50))
            docx.paragraphs[-1].paragraph_format.keep_with_next = True
            docx.add_paragraph(text, style="Caption")
        case "box":
            _frame(docx.add_paragraph().add_run(text), layout.size + 1.5)
        case "footnote":
            notes.append(text)
            run = docx.paragraphs[-1].add_run()
            run.font.superscript = True
            run._r.append(_xml(f'<w:footnoteReference {_W} w:id="{len(notes)}"/>'))
        case _:
            docx.add_paragraph(text)


def _frame(run: Any, size: float) -> None:  # noqa: ANN401
    from docx.shared import Pt

    run.font.size = Pt(size)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="4" w:color="444466"/>'
        for side in ("top", "left", "bottom", "right")
    )
    run._parent.paragraph_format.keep_together = True
    run._parent._p.get_or_add_pPr().append(_xml(f"<w:pBdr {_W}>{edges}</w:pBdr>"))


def _picture() -> io.BytesIO:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (160, 60), (200, 200, 220)).save(stream, "PNG")
    stream.seek(0)
    return stream


def _add_page_number(paragraph: Any, form: str) -> None:  # noqa: ANN401
    paragraph.alignment = 1
    for part in re.split(r"(\{\w+\})", form):
        field = {"{n}": "PAGE", "{total}": "NUMPAGES"}.get(part)
        if field is None:
            paragraph.add_run(part)
        else:
            paragraph._p.append(
                _xml(f'<w:fldSimple {_W} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
            )


def _add_notes(docx: Any, notes: Sequence[str]) -> None:  # noqa: ANN401
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    if not notes:
        return
    marks = (("-1", "separator"), ("0", "continuationSeparator"))
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for number, kind in marks
    )
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        '<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="14"/></w:rPr>'
        f'<w:t xml:space="preserve"> {html.escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {_W}>{rules}{texts}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob.encode(), docx.part.package)
    docx.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _xml(text: str) -> Any:  # noqa: ANN401
    from docx.oxml import parse_xml

    return parse_xml(text)
