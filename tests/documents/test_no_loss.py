"""Every visible letter of a document comes out once and in order, whatever its format."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdgalign.documents.formats import read_file
from sdgalign.segmentation import cleaned_text, segment_document
from tests.office import W, add_xml, empty_docx, save_docx, write_odt

WORDPROCESSING = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass
class Block:
    """A heading, a paragraph, a list or a table."""

    kind: str
    texts: list[str]
    """One for each cell of a table, in rows of three; one for each item."""
    level: int = 1
    """Of a heading; of a list, how deep its second half is nested."""
    note: str = ""


_ODD = "ß ﬁets Ĳ 𝒳 e\u0301e\u0301n “aan” & < > | * _ ` [x] ½ m² € 5.000 (nl) ‘s é; a-b «q» 100% x=y"
_WORD = st.one_of(
    st.sampled_from("de gemeente bouwt woningen in 2027 voor iedereen plan.".split()),
    st.sampled_from(_ODD.split()),
    st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=8),
)
# A text starts with a word: marks before a text (dashes, numbers) are read as marks.
_TEXT = st.tuples(st.sampled_from(["We", "Wonen", "Ökologie"]), st.lists(_WORD, max_size=9)).map(
    lambda parts: " ".join([parts[0], *parts[1]])
)
_BLOCK = st.one_of(
    st.builds(
        Block, st.just("heading"), st.lists(_TEXT, min_size=1, max_size=1), st.integers(1, 4)
    ),
    st.builds(
        Block,
        st.just("paragraph"),
        st.lists(_TEXT, min_size=1, max_size=1),
        note=st.one_of(st.just(""), _TEXT),
    ),
    st.builds(
        Block,
        st.sampled_from(["bullets", "numbers"]),
        st.lists(_TEXT, min_size=1, max_size=5),
        st.integers(0, 2),
    ),
    st.builds(
        Block, st.just("table"), st.lists(st.one_of(_TEXT, st.just("")), min_size=3, max_size=9)
    ),
)
_BLOCKS = st.lists(_BLOCK, min_size=1, max_size=8)


@dataclass
class Made:
    """A file and what is seen in it."""

    path: Path
    seen: list[str] = field(default_factory=list)


def rows(block: Block) -> Iterator[list[str]]:
    for start in range(0, len(block.texts), 3):
        yield [*block.texts[start : start + 3], "", ""][:3]


def numbered(block: Block) -> list[str]:
    """Return the texts of a list as seen: the second half stands deeper and counts anew."""
    half = (len(block.texts) + 1) // 2 if block.level else len(block.texts)
    outer, inner = block.texts[:half], block.texts[half:]
    if block.kind == "bullets":
        return block.texts
    return [f"{n}. {text}" for part in (outer, inner) for n, text in enumerate(part, 1)]


def nested(block: Block, item: str, around: str) -> str:
    """Return a list of which the second half is nested in its last item of the first half."""
    half = (len(block.texts) + 1) // 2 if block.level else len(block.texts)
    inner = "".join(item.format(text) for text in map(escaped, block.texts[half:]))
    for _ in range(block.level if inner else 0):
        inner = around.format(inner)
    outer = [item.format(text) for text in map(escaped, block.texts[:half])]
    end = item.partition("{}")[2].rpartition("<")[2]
    last = outer[-1].removesuffix(f"<{end}")
    return around.format("".join(outer[:-1]) + last + inner + f"<{end}")


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def make_html(path: Path, blocks: list[Block]) -> Made:
    made, parts = Made(path), []
    for block in blocks:
        if block.kind in ("bullets", "numbers"):
            block.level = min(block.level, 1)
            tag = "ul" if block.kind == "bullets" else "ol"
            parts.append(nested(block, "<li>{}</li>", f"<{tag}>{{}}</{tag}>"))
            made.seen += numbered(block)
        elif block.kind == "table":
            cells = ["".join(f"<td>{escaped(t)}</td>" for t in row) for row in rows(block)]
            parts.append(f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>")
            made.seen += block.texts
        else:
            tag = f"h{block.level}" if block.kind == "heading" else "p"
            middle = len(block.texts[0]) // 2
            text = escaped(block.texts[0][:middle]) + f"<b>{escaped(block.texts[0][middle:])}</b>"
            parts.append(f"<{tag}>{text}</{tag}>")
            made.seen += block.texts
    path.write_text(f"<html><body>{''.join(parts)}</body></html>", "utf-8")
    return made


def make_markdown(path: Path, blocks: list[Block]) -> Made:
    made, parts = Made(path), []

    def plain(text: str) -> str:
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)

    for block in blocks:
        if block.kind in ("bullets", "numbers"):
            marks = ("-", "*") if block.kind == "bullets" else ("1.", "1.")
            half = (len(block.texts) + 1) // 2 if block.level else len(block.texts)
            lines = [f"{marks[0]} {plain(text)}" for text in block.texts[:half]]
            lines += [f"    {marks[1]} {plain(text)}" for text in block.texts[half:]]
            # Something between two lists, or they would be one.
            parts += ["\n".join(lines), "Tussen."]
            made.seen += [*numbered(block), "Tussen."]
        elif block.kind == "table":
            lines = [f"| {' | '.join(map(plain, row))} |" for row in rows(block)]
            parts.append("\n".join([lines[0], "| --- | --- | --- |", *lines[1:]]))
            made.seen += block.texts
        else:
            mark = "#" * block.level + " " if block.kind == "heading" else ""
            parts.append(mark + plain(block.texts[0]))
            made.seen += block.texts
    path.write_text("\n\n".join(parts), "utf-8")
    return made


def make_text(path: Path, blocks: list[Block]) -> Made:
    made = Made(path, [text for block in blocks for text in block.texts])
    path.write_text("\n\n".join(made.seen), "utf-8")
    return made


def make_docx(path: Path, blocks: list[Block]) -> Made:
    made, docx, notes, count = Made(path), empty_docx(), [], 0
    for block in blocks:
        if block.kind == "table":
            table = docx.add_table(rows=len(list(rows(block))), cols=3)
            for row, texts in zip(table.rows, rows(block), strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            made.seen += block.texts
        elif block.kind == "heading":
            docx.add_heading(block.texts[0], block.level)
            made.seen += block.texts
        elif block.kind == "paragraph":
            paragraph = docx.add_paragraph()
            middle = len(block.texts[0]) // 2
            paragraph.add_run(block.texts[0][:middle])
            paragraph.add_run(block.texts[0][middle:]).font.size = Pt(11)
            made.seen += block.texts
            if block.note:
                notes.append(block.note)
                add_xml(paragraph, f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>')
                made.seen.append(block.note)
        else:
            for text in block.texts:
                is_number = block.kind == "numbers"
                docx.add_paragraph(text, style="List Number" if is_number else "List Bullet")
                count += is_number
                made.seen.append(f"{count}. {text}" if is_number else text)
    texts = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{escaped(text)}</w:t></w:r></w:p></w:footnote>'
        for n, text in enumerate(notes, 1)
    )
    part = (f"{WORDPROCESSING}.footnotes+xml", f"<w:footnotes {W}>{texts}</w:footnotes>".encode())
    save_docx(docx, path, {"word/footnotes.xml": part})
    return made


def make_odt(path: Path, blocks: list[Block]) -> Made:
    made, parts = Made(path), []
    for block in blocks:
        text = escaped(block.texts[0])
        made.seen += numbered(block) if block.kind == "numbers" else block.texts
        if block.kind in ("bullets", "numbers"):
            block.level = min(block.level, 1)
            item = "<text:list-item><text:p>{}</text:p></text:list-item>"
            # The style is that of the outer list.
            whole = nested(block, item, "<text:list>{}</text:list>")
            style = f' text:style-name="{block.kind}"'
            parts.append(whole.replace("<text:list>", f"<text:list{style}>", 1))
        elif block.kind == "table":
            cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
            lines = ["".join(cell.format(escaped(t)) for t in row) for row in rows(block)]
            row = "<table:table-row>{}</table:table-row>"
            parts.append(f"<table:table>{''.join(map(row.format, lines))}</table:table>")
        elif block.kind == "heading":
            parts.append(f'<text:h text:outline-level="{block.level}">{text}</text:h>')
        else:
            note = f"<text:note><text:note-body><text:p>{escaped(block.note)}</text:p>"
            note = f"{note}</text:note-body></text:note>" if block.note else ""
            parts.append(f"<text:p>{text}{note}</text:p>")
            made.seen += [block.note] if block.note else []
    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="1" '
        'style:num-suffix="."/>'
        for n in (1, 2)
    )
    automatic = f'<text:list-style style:name="numbers">{levels}</text:list-style>'
    write_odt(path, "".join(parts), automatic=automatic)
    return made


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        (".docx", make_docx),
        (".odt", make_odt),
        (".html", make_html),
        (".md", make_markdown),
        (".txt", make_text),
    ],
)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(blocks=_BLOCKS)
def test_every_letter_comes_out_once_and_in_order(
    tmp_path: Path, suffix: str, make: Callable[[Path, list[Block]], Made], blocks: list[Block]
) -> None:
    if not any(text for block in blocks for text in block.texts):
        return
    made = make(tmp_path / f"made{suffix}", blocks)
    document = read_file(made.path, words=True)
    expected = letters("".join(made.seen))
    read = "".join(line.text for page in document.pages for line in page.lines)
    assert letters(read) == expected
    assert "".join(word.text for page in document.pages for word in page.words) == expected
    assert letters(cleaned_text(segment_document(document))) == expected
