"""Render the demonstration documents of sdgalign from `texts/*.md` to PDF.

Run `python corpora/render.py [--out DIR]`. ReportLab's invariant mode leaves dates and random
identifiers out, so that a second run with the same packages writes byte-identical files. Only
fonts that come with ReportLab are used: Bitstream Vera (embedded) and the standard 14 fonts.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from pieces import (
    Heading,
    Margin,
    Report,
    Style,
    boxed,
    flow,
    front,
    furniture,
    make_styles,
    markup,
    ruled,
    tint,
)
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)
from source import TEXTS, Block, Source, hyphenator, lead, load, sections

HERE = Path(__file__).resolve().parent
YEARS = [str(year) for year in range(2026, 2032)]
KINDS = {
    "E": "Exploitatie – uitgave",
    "EO": "Exploitatie – ontvangst",
    "I": "Investering – uitgave",
    "IO": "Investering – ontvangst",
}
SANS = ("Helvetica", "Helvetica-Bold", "Times-Italic")
GREENS = ["#2f6b3c", "#b3541e", "#1f6f78", "#8a2f4f", "#4b5d9a", "#9a6b12", "#2f6b3c", "#5a4a7d",
          "#b3541e", "#1f6f78", "#2f6b3c"]  # fmt: skip


def tree(canvas: Canvas, x: float, y: float, scale: float) -> None:
    """Draw a lime tree with its foot at a point."""
    canvas.setFillColor(HexColor("#6d4a2a"))
    canvas.rect(x, y, 7 * mm * scale, 60 * mm * scale, stroke=0, fill=1)
    crown = [(0, 0, 30), (-26, -8, 22), (26, -6, 23), (-15, 20, 22), (15, 22, 23), (0, 36, 17)]
    for index, (dx, dy, radius) in enumerate(crown):
        canvas.setFillColor(HexColor(["#3d8a4e", "#347a44", "#4a9a58", "#5aa964"][index % 4]))
        canvas.circle(x + (3.5 + dx) * mm * scale, y + (68 + dy) * mm * scale,
                      radius * mm * scale, stroke=0, fill=1)  # fmt: skip


def manifesto(source: Source, path: Path) -> None:
    """Render a two-column manifesto: a coloured band opens each chapter."""
    width, height = A4
    left, gap, column = 18 * mm, 7 * mm, (width - 36 * mm - 7 * mm) / 2
    green = HexColor(GREENS[0])
    body = {"alignment": TA_JUSTIFY, "hyphenationLang": hyphenator()}
    style = make_styles(SANS, 11.3, green, **body)
    doc = Report(path, source, A4, outline=True)

    def cover(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFillColor(HexColor("#1f4a2b"))
        canvas.rect(0, 0, width, height, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#d9c58a"))
        canvas.circle(width * 0.5, -62 * mm, 150 * mm, stroke=0, fill=1)
        tree(canvas, width * 0.64, 70 * mm, 1)
        for index, (x, high) in enumerate([(24, 22), (42, 30), (58, 20), (76, 26)]):
            canvas.setFillColor(HexColor(["#b3541e", "#f1e6cf", "#8a2f4f", "#f6efdd"][index]))
            roof = canvas.beginPath()
            roof.moveTo(x * mm, 74 * mm)
            top = 74 + high
            for px, py in ((x, top), (x + 8, top + 10), (x + 16, top), (x + 16, 74)):
                roof.lineTo(px * mm, py * mm)
            canvas.drawPath(roof, stroke=0, fill=1)

    head = furniture(source.meta["header"], "Helvetica", green, left, width - left)

    def content(canvas: Canvas, document: BaseDocTemplate) -> None:
        head(canvas, document)
        canvas.setFillColor(HexColor("#efe5c6"))
        canvas.rect(0, 0, width, 34 * mm, stroke=0, fill=1)
        tree(canvas, width - 62 * mm, 22 * mm, 0.55)
        canvas.setFillColor(green)
        canvas.drawRightString(width - left, 11 * mm, str(document.page))

    def opening(colour: Color, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFillColor(colour)
        canvas.rect(0, height - 46 * mm, width, 46 * mm, stroke=0, fill=1)
        canvas.setFillColor(tint(colour, 0.55))
        canvas.circle(width - 22 * mm, height - 4 * mm, 26 * mm, stroke=0, fill=1)
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(colour)
        canvas.drawRightString(width - left, 11 * mm, str(doc.page))

    def columns(high: float) -> list[Frame]:
        box = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        return [Frame(left + index * (column + gap), 17 * mm, column, high, **box)
                for index in (0, 1)]  # fmt: skip

    wide = Frame(left - 6, 14 * mm, width - 2 * left + 12, height - 34 * mm)
    doc.addPageTemplates(
        [
            PageTemplate("cover", [Frame(left, height - 110 * mm, 150 * mm, 90 * mm),
                                   Frame(left - 6, 4 * mm, width - 2 * left, 24 * mm)],
                         onPage=cover),
            PageTemplate("page", [wide], onPage=content),
        ]
    )  # fmt: skip
    story = front(source, style, 13)
    for number, (chapter, blocks) in enumerate(sections(source.blocks)):
        colour = HexColor(GREENS[number])
        own = make_styles(SANS, 11.3, colour, **body)
        top = Frame(left - 6, height - 46 * mm, 140 * mm, 31 * mm)
        doc.addPageTemplates(
            [
                PageTemplate(f"open{number}", [top, *columns(height - 71 * mm)],
                             onPage=partial(opening, colour)),
                PageTemplate(f"next{number}", columns(height - 36 * mm), onPage=head),
            ]
        )  # fmt: skip
        label = chapter.text if number in (0, 10) else f"{number}. {chapter.text}"
        story += [NextPageTemplate(f"open{number}"), PageBreak(),
                  Heading(label, own["band"], 0), FrameBreak(),
                  NextPageTemplate(f"next{number}")]  # fmt: skip
        story += flow(blocks, own, colour, column)
    doc.multiBuild(story)


VERA = ("Vera", "Vera-Bold", "Vera-Oblique")


def budget(title: str, actions: list[Block], style: Style, colour: Color) -> Table:
    """Make the ruled table of the yearly amounts of the actions of one plan.

    Args:
        title: The title of the plan; its code names the rows of totals.
        actions: Action headings; their attributes hold amounts in thousands of euro.
        style: The paragraph styles.
        colour: The colour of the ruling lines and the head.

    Returns:
        The table: a row per action and kind of amount, then the totals.
    """

    def row(label: str, kind: str, values: list[int]) -> list[str]:
        return [label, kind, *(f"{v:,}".replace(",", ".") for v in [*values, sum(values)])]

    rows = [["Code", "Aard", *YEARS, "Totaal"]]
    total = {"": [0] * 6, "O": [0] * 6}
    for action in actions:
        for part in filter(None, (item.strip() for item in action.attrs.split(";"))):
            if part == "P":
                continue
            kind, *numbers = part.split()
            values = [int(number) * 1000 for number in numbers]
            side = total["O" if kind.endswith("O") else ""]
            side[:] = [a + b for a, b in zip(side, values, strict=True)]
            rows.append(row(action.text.split()[0], KINDS[kind], values))
    code = title.split()[0]
    rows.append(row(f"**{code}**", "**Uitgaven**", total[""]))
    if any(total["O"]):
        rows.append(row(f"**{code}**", "**Ontvangsten**", total["O"]))
    table = ruled(rows, [18 * mm, 38 * mm, *[16.2 * mm] * 6, 18.8 * mm], style, colour)
    sums = len(rows) - (2 if any(total["O"]) else 1)
    table.setStyle([("BACKGROUND", (0, sums), (-1, -1), tint(colour, 0.15))])
    return table


def plan(source: Source, path: Path) -> None:
    """Render a multi-annual plan: objectives, action plans, actions and ruled tables."""
    width, height = A4
    left, navy = 17 * mm, HexColor("#173f6b")
    colours = [HexColor(c) for c in ("#173f6b", "#0f766e", "#3f7d20", "#9b2c4b", "#a85b0a")]
    style = make_styles(VERA, 9, navy, spaceBefore=0)
    room = width - 2 * left
    doc = Report(path, source, A4, outline=True)

    def cover(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFillColor(navy)
        canvas.rect(0, 100 * mm, width, height, stroke=0, fill=1)
        for index, (high, tone) in enumerate([(118, "#2b6cb0"), (98, "#4f97c9"), (80, "#9ccbe3")]):
            wave = canvas.beginPath()
            wave.moveTo(0, 0)
            wave.lineTo(0, high * mm)
            for step in range(3):
                x, swell = (step * 70 - index * 14) * mm, 11 * mm
                wave.curveTo(x + 24 * mm, high * mm + swell, x + 46 * mm, high * mm - swell,
                             x + 80 * mm, high * mm)  # fmt: skip
            wave.lineTo(width, high * mm)
            wave.lineTo(width, 0)
            canvas.setFillColor(HexColor(tone))
            canvas.drawPath(wave, stroke=0, fill=1)
        for index, colour in enumerate(colours):
            canvas.setFillColor(tint(colour, 0.8))
            canvas.rect(left + index * 22 * mm, 122 * mm, 19 * mm, (20 + 13 * index) * mm,
                        stroke=0, fill=1)  # fmt: skip

    head = furniture(source.meta["header"], "Vera", navy, left, width - left)
    doc.addPageTemplates(
        [
            PageTemplate("cover", [Frame(left, height - 82 * mm, room, 62 * mm),
                                   Frame(left, 8 * mm, room, 26 * mm)], onPage=cover),
            PageTemplate("page", [Frame(left - 6, 17 * mm, room + 12, height - 36 * mm)],
                         onPage=head),
        ]
    )  # fmt: skip
    story = front(source, style, 10)
    objectives = 0
    for chapter, blocks in sections(source.blocks):
        title = chapter.text
        story += [] if chapter.attrs == "same page" else [PageBreak()]
        if not title.startswith("BD-"):
            story.append(Heading(title, style["h1"], 0))
            story += flow(blocks, style, navy, room)
            continue
        colour = colours[objectives]
        objectives += 1
        own = make_styles(VERA, 9, colour, spaceBefore=0)
        story.append(Heading(title, own["bar"], 0))
        story += flow(lead(blocks, "h2"), own, colour, room)
        sdgs = "<br/>".join(escape(item.strip()) for item in chapter.attrs.split(";"))
        link = [Paragraph("Link met de SDG’s", own["h4"]), Paragraph(sdgs, own["small"])]
        story.append(boxed(link, room, tint(colour, 0.1), colour))
        for name, rest in sections(blocks, "h2"):
            story.append(Heading(name.text, own["h2"], 1))
            story += flow(lead(rest, "h3"), own, colour, room)
            actions = list(sections(rest, "h3"))
            for action, text in actions:
                mark = " · <i>prioritair</i>" if action.attrs.startswith("P") else ""
                story.append(KeepTogether([Paragraph(markup(action.text) + mark, own["h4"]),
                                           *flow(text, own, colour, room)]))  # fmt: skip
            story.append(KeepTogether([budget(name.text, [a for a, _ in actions], own, colour)]))
    doc.multiBuild(story)


def skyline(canvas: Canvas) -> None:
    """Draw a row of houses."""
    for index in range(13):
        canvas.setFillColor(HexColor(("#7a1f3d", "#1d4e6b", "#b9975b")[index * 7 % 3]))
        x, high = (8 + index * 15) * mm, (26 + 17 * (index * 5 % 7)) * mm / 2.2
        canvas.rect(x, 60 * mm, 14 * mm, high, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#f4efe6"))
        for row in range(int(high // (9 * mm))):
            canvas.rect(x + 3 * mm, (64 + 9 * row) * mm, 3 * mm, 4 * mm, stroke=0, fill=1)
            canvas.rect(x + 8 * mm, (64 + 9 * row) * mm, 3 * mm, 4 * mm, stroke=0, fill=1)


def programme(source: Source, path: Path) -> None:
    """Render a one-column programme with side boxes and footnotes."""
    width, height = A4
    left, room, side, ink = 22 * mm, 112 * mm, 48 * mm, HexColor("#7a1f3d")
    style = make_styles(("Times-Roman", "Helvetica-Bold", "Times-Italic"), 11, ink)
    sidebar = make_styles(SANS, 8.6, HexColor("#1d4e6b"))
    doc = Report(path, source, A4, outline=False)
    pending: list[str] = []

    def cover(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFillColor(HexColor("#f4efe6"))
        canvas.rect(0, 0, width, height, stroke=0, fill=1)
        canvas.setFillColor(ink)
        canvas.rect(0, height - 130 * mm, width, 130 * mm, stroke=0, fill=1)
        skyline(canvas)
        canvas.setFillColor(HexColor("#1d4e6b"))
        canvas.rect(0, 57 * mm, width, 3 * mm, stroke=0, fill=1)

    head = furniture(source.meta["header"], "Helvetica", ink, left, width - left)

    def page(canvas: Canvas, document: BaseDocTemplate) -> None:
        head(canvas, document)
        canvas.setNamedCB("footnote", lambda _canvas, _kind, label: pending.append(label))

    def notes(canvas: Canvas, _: BaseDocTemplate) -> None:
        if pending:
            canvas.setStrokeColor(ink)
            canvas.line(left, 31 * mm, left + 40 * mm, 31 * mm)
        for row, label in enumerate(pending):
            note = Paragraph(f"<super>{label}</super> {markup(source.notes[label])}", style["note"])
            _, high = note.wrapOn(canvas, room, 20 * mm)
            note.drawOn(canvas, left, 30 * mm - 4.4 * mm * row - high)
        pending.clear()

    doc.addPageTemplates(
        [
            PageTemplate("cover", [Frame(left, height - 116 * mm, 160 * mm, 90 * mm),
                                   Frame(left, 16 * mm, 160 * mm, 24 * mm)], onPage=cover),
            PageTemplate("page", [Frame(left - 6, 33 * mm, room + 12, height - 53 * mm)],
                         onPage=page, onPageEnd=notes),
        ]
    )  # fmt: skip
    story = front(source, style, 9)
    story.append(PageBreak())
    for chapter, blocks in sections(source.blocks):
        story.append(Heading(chapter.text, style["h1"], 0))
        for block in blocks:
            if block.kind == "box":
                table = next(flow([block], sidebar, HexColor("#1d4e6b"), side))
                story.append(Margin(table, room + 7 * mm, 20 * mm))
            elif block.kind == "h2":
                story.append(Heading(block.text, style["h2"], 1))
            else:
                story += flow([block], style, ink, room)
    doc.multiBuild(story)


def spread(source: Source, path: Path) -> None:
    """Render two A5 pages side by side on each landscape A4 page."""
    width, height = landscape(A4)
    half, edge, teal = width / 2, 15 * mm, HexColor("#0f766e")
    style = make_styles(VERA, 10.3, teal, hyphenationLang=hyphenator())
    doc = Report(path, source, (width, height), outline=False)

    def cover(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFillColor(teal)
        canvas.rect(0, 0, half, height, stroke=0, fill=1)
        for index, tone in enumerate(("#14938a", "#3fb3a6", "#8fd3ca", "#d8efe9")):
            canvas.setFillColor(HexColor(tone))
            radius = (112 - 26 * index) * mm
            canvas.wedge(-radius, -radius, radius, radius, 0, 90, stroke=0, fill=1)
        right(canvas, document)

    def number(canvas: Canvas, document: BaseDocTemplate, side: int) -> None:
        x = side * half
        canvas.setFillColor(tint(teal, 0.14))
        canvas.wedge(x + half - 34 * mm, -34 * mm, x + half + 34 * mm, 34 * mm, 90, 90, stroke=0,
                     fill=1)  # fmt: skip
        canvas.setFont("Vera", 7)
        canvas.setFillColor(teal)
        canvas.drawString(x + edge, height - 10 * mm, source.meta["header"])
        canvas.drawRightString(x + half - edge, 8 * mm, str(2 * document.page - 1 + side))

    def right(canvas: Canvas, document: BaseDocTemplate) -> None:
        number(canvas, document, 1)

    def both(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setStrokeColor(tint(teal, 0.25))
        canvas.line(half, 0, half, height)
        number(canvas, document, 0)
        number(canvas, document, 1)

    pages = [Frame(side * half + edge - 6, 13 * mm, half - 2 * edge + 12, height - 27 * mm)
             for side in (0, 1)]  # fmt: skip
    title = Frame(edge - 6, height - 85 * mm, half - 2 * edge + 12, 70 * mm)
    foot = Frame(edge - 6, height - 118 * mm, half - 2 * edge + 12, 24 * mm)
    doc.addPageTemplates([PageTemplate("cover", [title, foot, pages[1]], onPage=cover),
                          PageTemplate("page", pages, onPage=both)])  # fmt: skip
    style["note"] = ParagraphStyle("white", parent=style["note"], textColor=white)
    story = front(source, style)
    for chapter, blocks in sections(source.blocks):
        story += [] if chapter.attrs == "same page" else [FrameBreak()]
        story.append(Heading(chapter.text, style["bar"], 0))
        story += flow(blocks, style, teal, half - 2 * edge)
    doc.multiBuild(story)


LAYOUTS: dict[str, Callable[[Source, Path], None]] = {
    "lindebeke-verkiezingsprogramma-2024": manifesto,
    "oevermeer-meerjarenplan-2026-2031": plan,
    "harrowmere-council-programme-2025": programme,
    "oevermeer-bestuursakkoord-2025-2030": spread,
}


def main() -> None:
    """Render every source text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the PDF files")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, font in (("", "Vera"), ("-Bold", "VeraBd"), ("-Oblique", "VeraIt"),
                       ("-BoldOblique", "VeraBI")):  # fmt: skip
        registerFont(TTFont(f"Vera{name}", f"{font}.ttf"))
    registerFontFamily("Vera", "Vera", "Vera-Bold", "Vera-Oblique", "Vera-BoldOblique")
    for name, layout in LAYOUTS.items():
        path = out / f"{name}.pdf"
        layout(load(TEXTS / f"{name}.md"), path)
        sys.stdout.write(f"{path} ({path.stat().st_size // 1024} kB)\n")


if __name__ == "__main__":
    main()
