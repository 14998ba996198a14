"""Styles and flowables that the layouts of the demonstration documents share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents
from source import Block, Source

Style = dict[str, ParagraphStyle]
Draw = Callable[[Canvas, BaseDocTemplate], None]


def markup(text: str) -> str:
    """Turn `**bold**` and `[^1]` into ReportLab's paragraph markup."""
    text = re.sub(r'"(.*?)"', r"“\1”", text).replace("'", "’")
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
    text = re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)
    return re.sub(
        r"\[\^(\d+)\]", r'<super size="6.5">\1</super><onDraw name="footnote" label="\1"/>', text
    )


class Heading(Paragraph):
    """A heading that registers itself in the table of contents and in the outline."""

    def __init__(self, text: str, style: ParagraphStyle, level: int, entry: str = "") -> None:
        super().__init__(markup(text), style)
        self.level = level
        self.entry = entry or text


class Report(BaseDocTemplate):
    """A document with a table of contents, an optional outline and footnotes."""

    def __init__(
        self, path: Path, source: Source, size: tuple[float, float], outline: bool
    ) -> None:
        super().__init__(
            str(path),
            pagesize=size,
            title=f"{source.meta['title']} – {source.meta['subtitle']}",
            author="sdgalign demonstration corpus",
            subject=source.meta["note"],
            creator="corpora/render.py",
            lang={"nl": "nl-BE", "en": "en-GB"}[source.meta["lang"]],
            invariant=1,
            pageCompression=1,
        )
        self.outline = outline

    def afterFlowable(self, flowable: Flowable) -> None:
        """Register a heading that has just been drawn."""
        if not isinstance(flowable, Heading) or flowable.level > 1:
            return
        key = f"h{self.page}-{abs(hash_text(flowable.entry))}"
        self.canv.bookmarkPage(key)
        if self.outline:
            self.canv.addOutlineEntry(flowable.entry, key, flowable.level, closed=False)
        self.notify("TOCEntry", (flowable.level, markup(flowable.entry), self.page, key))


class Margin(Flowable):
    """A box in the margin beside the text, at the height where it stands in the text."""

    def __init__(self, box: Table, dx: float, floor: float) -> None:
        super().__init__()
        self.box, self.dx, self.floor = box, dx, floor

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take no room in the text column."""
        return 0, 0

    def draw(self) -> None:
        """Draw the box, moved up where it would run into the footer."""
        _, height = self.box.wrapOn(self.canv, 60 * mm, 250 * mm)
        below = self.canv.absolutePosition(0, 0)[1] - height
        self.box.drawOn(self.canv, self.dx, -height + max(0, self.floor - below))


class Bars(Flowable):
    """A small horizontal bar chart."""

    def __init__(self, block: Block, style: Style, colour: Color, width: float) -> None:
        super().__init__()
        self.bars = [(row[0], row[1]) for row in block.blocks[0].rows]
        self.style, self.colour, self.width = style["small"], colour, width
        self.height = 15 * len(self.bars) + 4

    def draw(self) -> None:
        """Draw label, bar and value of each row."""
        values = [float(re.sub(r"[^\d,]", "", value).replace(",", ".")) for _, value in self.bars]
        room = self.width - 180 - 60
        self.canv.setFont(self.style.fontName, self.style.fontSize)
        for row, ((label, shown), value) in enumerate(zip(self.bars, values, strict=True)):
            y = self.height - 15 * (row + 1) + 4
            length = room * value / max(values)
            self.canv.setFillColor(self.style.textColor)
            self.canv.drawString(0, y, label)
            self.canv.drawString(186 + length, y, shown)
            self.canv.setFillColor(self.colour)
            self.canv.rect(180, y - 2.5, length, 10, stroke=0, fill=1)


def hash_text(text: str) -> int:
    """Return a small number for a text that is the same in every run."""
    return sum((index + 1) * ord(char) for index, char in enumerate(text)) % 1_000_003


def make_styles(fonts: tuple[str, str, str], size: float, colour: Color, **body: object) -> Style:
    """Make the paragraph styles of one document or chapter.

    Args:
        fonts: Names of the body, heading and quotation fonts.
        size: The body size in points.
        colour: The accent colour.
        **body: Further attributes of the body style (alignment, hyphenation).

    Returns:
        The styles by the kind of block they are for.
    """
    text, bold, quote = fonts
    attributes: dict[str, object] = {
        "fontName": text,
        "fontSize": size,
        "leading": size * 1.38,
        "textColor": HexColor("#23272b"),
        "spaceBefore": size * 0.5,
        "spaceAfter": size * 0.62,
        "allowWidows": 0,
        "allowOrphans": 0,
        "hyphenationMinWordLength": 8,
        "uriWasteReduce": 0,
        **body,
    }
    base = ParagraphStyle("p", **attributes)

    def make(
        name: str,
        font: str = text,
        scale: float = 1,
        lead: float = 1.38,
        space: tuple[float, float] = (0, 0),
        **more: object,
    ) -> ParagraphStyle:
        attributes = {"alignment": 0, "hyphenationLang": "", **more}
        return ParagraphStyle(
            name,
            base,
            fontName=font,
            fontSize=size * scale,
            leading=size * lead,
            spaceBefore=size * space[0],
            spaceAfter=size * space[1],
            **attributes,
        )

    head = {"textColor": colour, "keepWithNext": 1}
    plate = {"backColor": colour, "borderPadding": (7, 3, 9, 9), "leftIndent": 9, "rightIndent": 3}
    bullet = {"leftIndent": 11, "bulletIndent": 1, "bulletColor": colour}
    flush: dict[str, Any] = {
        name: attributes.get(name) for name in ("alignment", "hyphenationLang") if name in body
    }
    return {
        "p": base,
        "li": make("li", space=(0, 0.36), **bullet, **flush),
        "small": make("small", scale=0.84, lead=1.16, space=(0, 0.62)),
        "note": make("note", scale=7.6 / size, lead=10 / size),
        "quote": make("quote", quote, 1.5, 1.9, textColor=colour),
        "h1": make("h1", bold, 2.1, 2.5, (1.2, 1), **head),
        "h2": make("h2", bold, 1.28, 1.6, (0.7, 0.4), **head),
        "h3": make("h3", bold, 1.1, 1.45, (0.8, 0.25), **head),
        "h4": make("h4", bold, 1, 1.4, (0.6, 0.15), keepWithNext=1),
        "title": make("title", bold, 40 / size, 44 / size, (0, 10 / size), textColor=white),
        "subtitle": make("subtitle", text, 15 / size, 20 / size, (0, 8 / size), textColor=white),
        "band": make("band", bold, 25 / size, 29 / size, textColor=white),
        "bar": make("bar", bold, 15 / size, 19 / size, (20 / size, 18 / size), textColor=white,
                    **plate),
        "cell": make("cell", scale=0.8, lead=1.08),
        "num": make("num", scale=0.8, lead=1.08, alignment=TA_RIGHT),
        "th": make("th", bold, 0.8, 1.08, textColor=white),
    }  # fmt: skip


def tint(colour: Color, share: float) -> Color:
    """Mix a colour with white; `share` is the share of the colour."""
    return Color(*(1 - share * (1 - part) for part in (colour.red, colour.green, colour.blue)))


def boxed(flowables: list[Flowable], width: float, fill: Color, edge: Color) -> Table:
    """Put flowables in a coloured box with a thick left edge."""
    table = Table([[flowables]], colWidths=[width])
    table.setStyle(
        [
            ("BACKGROUND", (0, 0), (-1, -1), fill),
            ("LINEBEFORE", (0, 0), (0, -1), 3, edge),
            ("LEFTPADDING", (0, 0), (-1, -1), 9),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    table.spaceBefore = table.spaceAfter = 7
    return table


def ruled(rows: list[list[str]], widths: list[float], style: Style, colour: Color) -> Table:
    """Make a table with ruling lines; columns of numbers are set flush right."""
    number = re.compile(r"^[-–]?[\d.,]+ ?%?$")
    columns = list(zip(*rows[1:], strict=True))
    pick = ["num" if all(number.match(c) for c in column) else "cell" for column in columns]
    cells = [[Paragraph(markup(cell), style["th"]) for cell in rows[0]]]
    for row in rows[1:]:
        cells.append([Paragraph(markup(c), style[k]) for c, k in zip(row, pick, strict=True)])
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, tint(colour, 0.5)),
            ("BACKGROUND", (0, 0), (-1, 0), colour),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *(("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4)),
            *(("TOPPADDING", (0, 0), (-1, -1), 2.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)),
        ]
    )
    table.spaceBefore, table.spaceAfter = 6, 10
    return table


def flow(blocks: list[Block], style: Style, colour: Color, width: float) -> Iterator[Flowable]:
    """Turn blocks into flowables; headings of level 1 are left to the caller."""
    for block in blocks:
        if block.kind == "li":
            yield Paragraph(markup(block.text), style["li"], bulletText="•")
        elif block.kind == "quote":
            quote = Table([[Paragraph(f"“{markup(block.text)}”", style["quote"])]], [width])
            quote.setStyle([("LINEABOVE", (0, 0), (-1, 0), 1.2, colour),
                            ("LINEBELOW", (0, -1), (-1, -1), 1.2, colour),
                            ("LEFTPADDING", (0, 0), (-1, -1), 0),
                            ("BOTTOMPADDING", (0, 0), (-1, -1), 9)])  # fmt: skip
            quote.spaceBefore = quote.spaceAfter = 8
            yield quote
        elif block.kind == "box":
            inner = [Paragraph(markup(block.text), style["h3"])]
            inner += flow(block.blocks, style, colour, width - 20)
            yield boxed(inner, width, tint(colour, 0.12), colour)
        elif block.kind == "bars":
            yield KeepTogether([Paragraph(markup(block.text), style["h4"]),
                                Bars(block, style, colour, width), Spacer(0, 8)])  # fmt: skip
        elif block.kind == "table":
            longest = [max(map(len, column)) for column in zip(*block.rows, strict=True)]
            shares = [min(length + 5, 50) for length in longest]
            widths = [width * share / sum(shares) for share in shares]
            yield ruled(block.rows, widths, style, colour)
        elif block.kind in ("h2", "h3", "h4"):
            yield Heading(block.text, style[block.kind], int(block.kind[1]))
        else:
            yield Paragraph(markup(block.text), style[block.kind])


def contents(style: Style, size: float = 11) -> TableOfContents:
    """Make a table of contents with dot leaders."""
    toc = TableOfContents(dotsMinLevel=0)
    toc.tableStyle = TableStyle(
        [
            *((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT")),
            *((f"{side}PADDING", (0, 0), (-1, -1), 1) for side in ("TOP", "BOTTOM")),
        ]
    )
    toc.levelStyles = [
        ParagraphStyle(
            "toc1",
            parent=style["h4"],
            fontSize=size,
            leading=size * 1.6,
            textColor=style["h1"].textColor,
        ),
        ParagraphStyle(
            "toc2",
            parent=style["small"],
            leftIndent=14,
            leading=size * 1.32,
            spaceBefore=0,
            spaceAfter=0,
        ),
    ]
    return toc


def front(source: Source, style: Style, size: float = 0) -> list[Flowable]:
    """Return the cover text and, when a size is given, the contents page."""
    meta = source.meta
    story: list[Flowable] = [
        Paragraph(meta["kicker"], style["subtitle"]),
        Paragraph(meta["title"], style["title"]),
        Paragraph(meta["subtitle"], style["subtitle"]),
        FrameBreak(),
        Paragraph(meta["note"], style["note"]),
        NextPageTemplate("page"),
    ]
    if size:
        story += [PageBreak(), Paragraph(meta["contents"], style["h1"]), contents(style, size)]
    return story


def furniture(header: str, font: str, colour: Color, left: float, right: float) -> Draw:
    """Return a page hook that draws a running header and the page number."""

    def draw(canvas: Canvas, doc: BaseDocTemplate) -> None:
        height = doc.pagesize[1]
        canvas.setFont(font, 8)
        canvas.setFillColor(colour)
        canvas.drawString(left, height - 12 * mm, header)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.6)
        canvas.line(left, height - 13.5 * mm, right, height - 13.5 * mm)
        canvas.drawRightString(right, 11 * mm, str(doc.page))

    return draw
