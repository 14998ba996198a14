"""The known text of `layouts` as PDFs of other producers: LibreOffice (from docx) and Chromium.

Each is skipped where the program is not installed; `missing` says why.
"""

from __future__ import annotations

import html
import io
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from layouts import (
    LIBREOFFICE,
    LIGATURE_FONTS,
    RUNNING_TITLE,
    UPRIGHT,
    Layout,
    Made,
    Piece,
    hyphenable,
)
from producers_docx import print_docx

CHROMIUM = Path("/usr/bin/chromium")
_CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
_STYLE = """
body {{ font: {size}pt/1.3 '{font}'; columns: {columns}; column-gap: 22px; margin: 0;
        hyphens: manual; padding-right: {edge}px }}
h1, h2, h3 {{ break-after: avoid; line-height: 1.2; margin: {size}pt 0 4pt }}
h1 {{ font-size: {h1}pt }} h2 {{ font-size: {h2}pt }} h3 {{ font-size: {size}pt }}
p {{ margin: 0 0 6pt }}
figure {{ margin: 8pt 0; break-inside: avoid }}
figure div {{ height: 60px; background: #ccd }}
figcaption {{ font-size: {small}pt; font-style: italic }}
aside {{ border: 1px solid #446; background: #eef; padding: 6pt; margin: 8pt 0;
         font-size: {box}pt; break-inside: avoid }}
.edge {{ position: fixed; right: 0; top: 200px; writing-mode: vertical-rl; font-size: 7pt }}
"""


def missing(layout: Layout) -> str:
    """Return why a layout cannot be made on this machine; empty when it can."""
    match layout.producer:
        case "ReportLab" if layout.ligatures and not LIGATURE_FONTS.is_dir():
            return f"the Liberation fonts are not in {LIGATURE_FONTS}"
        case "LibreOffice" if shutil.which("soffice") is None:
            return "LibreOffice (soffice) is not installed"
        case "Chromium" if not CHROMIUM.exists() or find_spec("playwright") is None:
            return "Chromium or playwright is not installed"
    return ""


def produce(layout: Layout, content: Sequence[Piece], path: Path) -> Made:
    """Write a PDF with the producer of a layout and return what stands in it."""
    made = Made(path, layout)
    _tell(content, layout, made)
    (print_docx if layout.producer == LIBREOFFICE else _print_html)(layout, content, path)
    with pypdfium2.PdfDocument(path) as pdf:
        pages = len(pdf)
    for number in range(1, pages + 1):
        made.furniture += [RUNNING_TITLE, layout.page_number.format(n=number, total=pages)]
        made.furniture += [UPRIGHT] if layout.margin else []
    if layout.spread:
        _impose(path)
    return made


def _tell(content: Sequence[Piece], layout: Layout, made: Made) -> None:
    for piece in content:
        if piece.kind == "heading":
            made.headings.append(piece.text)
        if piece.kind == "footnote":
            made.notes.append(piece.text)
            made.words[-1] += str(len(made.notes))
        else:
            made.words += piece.text.split()


def _impose(path: Path) -> None:
    """Put two pages side by side on one, as a print shop does."""
    from pypdf import PageObject, PdfReader, PdfWriter, Transformation

    pages = PdfReader(io.BytesIO(path.read_bytes())).pages
    writer = PdfWriter()
    for left in range(0, len(pages), 2):
        width, height = float(pages[left].mediabox.width), float(pages[left].mediabox.height)
        sheet = PageObject.create_blank_page(width=2 * width, height=height)
        for half, page in enumerate(pages[left : left + 2]):
            sheet.merge_transformed_page(page, Transformation().translate(half * width, 0))
        writer.add_page(sheet)
    with path.open("wb") as stream:
        writer.write(stream)


def _print_html(layout: Layout, content: Sequence[Piece], path: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=_CHROMIUM_FLAGS)
        page = browser.new_page()
        page.set_content(_html(layout, content))
        number = layout.page_number.format(
            n='<span class="pageNumber"></span>', total='<span class="totalPages"></span>'
        )
        edge = '<div style="font-size: 7.5pt; width: 100%; padding: 0 50px{}">{}</div>'
        page.pdf(
            path=str(path),
            width="148mm" if layout.spread else "210mm",
            height="210mm" if layout.spread else "297mm",
            display_header_footer=True,
            header_template=edge.format("", RUNNING_TITLE),
            footer_template=edge.format("; text-align: center", number),
            margin={"top": "60px", "bottom": "60px", "left": "50px", "right": "50px"},
            tagged=layout.tagged,
            outline=layout.outline,
        )
        browser.close()


def _html(layout: Layout, content: Sequence[Piece]) -> str:
    size = layout.size
    style = _STYLE.format(
        size=size,
        font="DejaVu Serif" if layout.ligatures else "Liberation Sans",
        columns=layout.columns,
        edge=30 if layout.margin else 0,
        # Chromium leaves out the letters of a word that is wider than its column.
        h1=1.6 * size,
        h2=size + 2.5,
        small=size - 1.5,
        box=size + 1.5,
    )
    body = [f'<div class="edge">{UPRIGHT}</div>'] if layout.margin else []
    depth = 0
    for piece in content:
        wanted = {"item": 1, "nested": 2}.get(piece.kind, 0)
        body.append("<ul>" * (wanted - depth) + "</ul>" * (depth - wanted))
        depth = wanted
        body.append(_element(piece, hyphenable(html.escape(piece.text), layout)))
    return (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><style>{style}</style>'
        f"<body>{''.join(body)}{'</ul>' * depth}</body></html>"
    )


def _element(piece: Piece, text: str) -> str:
    match piece.kind:
        case "heading":
            return f"<h{piece.level}>{text}</h{piece.level}>"
        case "item" | "nested":
            return f"<li>{text}</li>"
        case "caption":
            return f"<figure><div></div><figcaption>{text}</figcaption></figure>"
        case "box":
            return f"<aside>{text}</aside>"
        case _:
            return f"<p>{text}</p>"
