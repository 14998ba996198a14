from __future__ import annotations

import zipfile
from pathlib import Path

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdgalign.documents import Document, LineRole
from sdgalign.documents.document import Declared
from sdgalign.documents.formats import read_file
from sdgalign.segmentation import Segment, cleaned_text, segment_document
from tests.office import W, add_xml, empty_docx, repack, save_docx

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten."
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def texts(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def said(segments: tuple[Segment, ...]) -> list[tuple[str, str, str]]:
    return [(str(each.kind), each.context, each.text) for each in segments]


def test_what_word_declares_arrives_in_the_segments(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.add_heading("Ons plan", 0)
    docx.add_heading("Mobiliteit", 1)
    docx.add_heading("Fietsen", 2)
    docx.add_paragraph(PROSE)
    docx.add_paragraph("nieuwe zebrapaden", style="List Bullet")
    docx.add_paragraph("trager verkeer in de kern", style="List Number")
    docx.add_heading("Wonen", 1)
    table = docx.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Sociale woningen", "12", "2027"), strict=True):
        cell.text = text
    document = read_file(save_docx(docx, tmp_path / "plan.docx"))
    assert said(segment_document(document)) == [
        ("heading", "", "Ons plan"),
        ("heading", "", "Mobiliteit"),
        ("heading", "Mobiliteit", "Fietsen"),
        ("paragraph", "Mobiliteit > Fietsen", PROSE),
        ("list_item", "Mobiliteit > Fietsen", "nieuwe zebrapaden"),
        ("list_item", "Mobiliteit > Fietsen", "1. trager verkeer in de kern"),
        ("heading", "", "Wonen"),
        ("table_row", "Wonen", "Sociale woningen 12 2027"),
    ]


def test_tracked_changes_read_as_accepted(tmp_path: Path) -> None:
    docx = empty_docx()
    paragraph = docx.add_paragraph("We bouwen ")
    add_xml(paragraph, "<w:del><w:r><w:delText>geen</w:delText><w:t>geen</w:t></w:r></w:del>")
    add_xml(paragraph, "<w:ins><w:r><w:t>twaalf woningen</w:t></w:r></w:ins>")
    add_xml(paragraph, "<w:moveFrom><w:r><w:t> hier</w:t></w:r></w:moveFrom>")
    add_xml(docx, "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>en een </w:t></w:r></w:p>")
    docx.add_paragraph("school.")
    add_xml(
        docx,
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>weg</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>",
    )
    document = read_file(save_docx(docx, tmp_path / "plan.docx"))
    assert texts(document) == ["We bouwen twaalf woningen", "en een school."]


def test_the_last_paragraph_is_kept_when_its_end_is_deleted(tmp_path: Path) -> None:
    docx = empty_docx()
    add_xml(docx, "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Slot.</w:t></w:r></w:p>")
    assert texts(read_file(save_docx(docx, tmp_path / "plan.docx"))) == ["Slot."]


def test_a_footnote_stands_after_its_paragraph_and_not_in_it(tmp_path: Path) -> None:
    docx = empty_docx()
    paragraph = docx.add_paragraph("We planten bomen")
    add_xml(
        paragraph, '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t> in de kern.</w:t></w:r>'
    )
    docx.add_paragraph("Daarna onderhouden we ze.")
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Linden en eiken.</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    path = save_docx(
        docx,
        tmp_path / "plan.docx",
        {"word/footnotes.xml": (f"{WORD}.footnotes+xml", notes.encode())},
    )
    document = read_file(path)
    assert texts(document) == [
        "We planten bomen in de kern.",
        "Linden en eiken.",
        "Daarna onderhouden we ze.",
    ]
    assert document.pages[0].lines[1].declared is Declared.NOTE


def test_text_in_content_controls_and_text_boxes_is_read_once(tmp_path: Path) -> None:
    docx = empty_docx()
    add_xml(
        docx,
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In een veld.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    add_xml(
        docx,
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r>"
        "<w:t>Klik om tekst in te voeren.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    box = "<w:txbxContent><w:p><w:r><w:t>In een kader.</w:t></w:r></w:p></w:txbxContent>"
    paragraph = docx.add_paragraph("Ernaast.")
    add_xml(
        paragraph,
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:r><w:drawing>{box}</w:drawing></w:r></mc:Choice>"
        f"<mc:Fallback><w:r><w:pict>{box}</w:pict></w:r></mc:Fallback></mc:AlternateContent>",
    )
    document = read_file(save_docx(docx, tmp_path / "plan.docx"))
    assert texts(document) == ["In een veld.", "Ernaast.", "In een kader."]


def test_a_style_of_ones_own_is_a_heading_by_what_it_is_based_on(tmp_path: Path) -> None:
    docx = empty_docx()
    style = docx.styles.add_style("Stadskop", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = docx.styles["Heading 2"]
    docx.add_paragraph("Wonen", style="Stadskop")
    plain = docx.styles.add_style("Inhoud zonder niveau", WD_STYLE_TYPE.PARAGRAPH)
    plain.base_style = docx.styles["Heading 2"]
    add_level(plain.element, 9)
    docx.add_paragraph("Geen kop", style="Inhoud zonder niveau")
    lines = read_file(save_docx(docx, tmp_path / "plan.docx")).pages[0].lines
    assert [(line.declared, line.level) for line in lines] == [
        (Declared.HEADING, 2),
        (Declared.PARAGRAPH, 0),
    ]


def add_level(element: object, level: int) -> None:
    properties = element.get_or_add_pPr()
    outline = properties.makeelement(qn("w:outlineLvl"), {qn("w:val"): str(level)})
    properties.append(outline)


def test_headings_that_are_only_bold_are_found_by_their_looks(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.add_paragraph().add_run("Mobiliteit").bold = True
    docx.add_paragraph(PROSE)
    docx.add_paragraph(style="List Number").add_run("Wonen voor iedereen").bold = True
    docx.add_paragraph(PROSE)
    large = docx.add_paragraph().add_run("Groen en water")
    large.font.size = Pt(18)
    docx.add_paragraph(PROSE)
    segments = segment_document(read_file(save_docx(docx, tmp_path / "plan.docx")))
    assert [each.text for each in segments if each.kind == "heading"] == [
        "Mobiliteit",
        "1. Wonen voor iedereen",
        "Groen en water",
    ]


def test_a_bold_bullet_is_a_list_item(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.add_paragraph(PROSE)
    docx.add_paragraph(style="List Bullet").add_run("Een bibliotheek in elke kern").bold = True
    docx.add_paragraph(PROSE)
    kinds = [
        str(each.kind) for each in segment_document(read_file(save_docx(docx, tmp_path / "a.docx")))
    ]
    assert kinds == ["paragraph", "list_item", "paragraph"]


def test_headers_and_footers_are_furniture(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.sections[0].header.paragraphs[0].text = "Gemeente Zandvliert"
    docx.sections[0].footer.paragraphs[0].text = "Meerjarenplan"
    docx.add_paragraph(PROSE)
    document = read_file(save_docx(docx, tmp_path / "plan.docx"))
    roles = {line.text: line.role for line in document.pages[0].lines}
    assert roles["Gemeente Zandvliert"] is LineRole.HEADER
    assert roles["Meerjarenplan"] is LineRole.FOOTER
    assert [each.text for each in segment_document(document)] == [PROSE]


def test_the_table_of_contents_is_no_evidence(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.add_paragraph("Inhoudsopgave")
    docx.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    docx.add_paragraph("Mobiliteit\t2", style="toc 1")
    docx.add_paragraph("Wonen\t3", style="toc 1")
    docx.add_heading("Mobiliteit", 1)
    docx.add_paragraph(PROSE)
    segments = segment_document(read_file(save_docx(docx, tmp_path / "plan.docx")))
    assert [str(each.kind) for each in segments] == [
        *["contents"] * 3,
        "heading",
        "paragraph",
    ]


def test_a_table_that_sets_the_page_in_columns_is_read_column_by_column(tmp_path: Path) -> None:
    docx = empty_docx()
    left, right = docx.add_table(rows=1, cols=2).rows[0].cells
    left.paragraphs[0].text = "Mobiliteit"
    left.paragraphs[0].style = docx.styles["Heading 1"]
    left.add_paragraph(PROSE)
    right.paragraphs[0].text = "Hiernaast staat een kader."
    lines = read_file(save_docx(docx, tmp_path / "plan.docx")).pages[0].lines
    assert [line.declared for line in lines] == [
        Declared.HEADING,
        Declared.PARAGRAPH,
        Declared.PARAGRAPH,
    ]


def paged(path: Path, counted: int) -> Path:
    """Write a docx in which Word noted one page break, in the middle of a paragraph."""
    docx = empty_docx()
    docx.add_paragraph("Op de eerste pagina.")
    paragraph = docx.add_paragraph("We planten bomen ")
    add_xml(paragraph, "<w:r><w:lastRenderedPageBreak/><w:t>in de kern.</w:t></w:r>")
    docx.add_paragraph("Op de tweede pagina.")
    save_docx(docx, path)
    properties = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Pages>{counted}</Pages></Properties>"
    )
    return repack(path, {"docProps/app.xml": properties.encode()})


def test_pages_are_those_of_word_when_it_noted_them_all(tmp_path: Path) -> None:
    document = read_file(paged(tmp_path / "plan.docx", 2))
    assert document.has_pages
    assert [(each.text, each.pages) for each in segment_document(document)] == [
        ("Op de eerste pagina.", (1,)),
        ("We planten bomen in de kern.", (1, 2)),
        ("Op de tweede pagina.", (2,)),
    ]


def test_there_are_no_pages_when_some_breaks_are_missing(tmp_path: Path) -> None:
    document = read_file(paged(tmp_path / "plan.docx", 3))
    assert not document.has_pages
    assert len(document.pages) == 1
    assert texts(document)[1] == "We planten bomen in de kern."


def test_signs_that_are_not_printed_leave_no_trace(tmp_path: Path) -> None:
    docx = empty_docx()
    paragraph = docx.add_paragraph("ge\u00admeente\u00a0")
    add_xml(
        paragraph,
        "<w:r><w:t>be</w:t><w:softHyphen/><w:t>leid</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>verborgen</w:t></w:r>"
        "<w:r><w:tab/><w:t>CO2</w:t><w:noBreakHyphen/><w:t>arm- of\u2011</w:t></w:r>"
        "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>",
    )
    assert texts(read_file(save_docx(docx, tmp_path / "a.docx"))) == [
        "gemeente beleid CO2-arm- of-"
    ]


def test_of_a_field_only_the_result_is_read(tmp_path: Path) -> None:
    docx = empty_docx()
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin, middle, end = (field.format(kind) for kind in ("begin", "separate", "end"))
    run = "<w:r>{}</w:r>"
    # A question inside a question: the answer to the inner one is not printed either.
    inner = begin + run.format("<w:instrText> PAGE </w:instrText>") + middle
    inner += run.format("<w:t>7</w:t>") + end
    paragraph = docx.add_paragraph("Zie ")
    add_xml(
        paragraph,
        begin
        + run.format("<w:instrText> IF </w:instrText>")
        + inner
        + middle
        + run.format("<w:t>bijlage 2</w:t>")
        + end
        + run.format("<w:t xml:space='preserve'> en </w:t>")
        + "<w:fldSimple w:instr=' REF punt '><w:r><w:t>punt 3</w:t></w:r></w:fldSimple>"
        + "<w:hyperlink><w:r><w:t>.</w:t></w:r></w:hyperlink>",
    )
    docx.add_paragraph("Een veld dat nooit eindigt neemt niets mee.")
    add_xml(docx.paragraphs[-1], begin)
    docx.add_paragraph("Dit blijft.")
    assert texts(read_file(save_docx(docx, tmp_path / "a.docx"))) == [
        "Zie bijlage 2 en punt 3.",
        "Een veld dat nooit eindigt neemt niets mee.",
        "Dit blijft.",
    ]


def test_a_moved_paragraph_is_read_where_it_went(tmp_path: Path) -> None:
    docx = empty_docx()
    run = "<w:r><w:t>Verhuisd.</w:t></w:r>"
    add_xml(
        docx,
        f"<w:p><w:pPr><w:rPr><w:moveFrom/></w:rPr></w:pPr><w:moveFrom>{run}</w:moveFrom></w:p>",
    )
    docx.add_paragraph("Eerst.")
    add_xml(docx, f"<w:p><w:pPr><w:rPr><w:moveTo/></w:rPr></w:pPr><w:moveTo>{run}</w:moveTo></w:p>")
    assert texts(read_file(save_docx(docx, tmp_path / "a.docx"))) == ["Eerst.", "Verhuisd."]


def test_a_large_initial_belongs_to_its_word(tmp_path: Path) -> None:
    docx = empty_docx()
    add_xml(
        docx,
        '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>D</w:t></w:r></w:p>',
    )
    docx.add_paragraph("e gemeente bouwt.")
    assert texts(read_file(save_docx(docx, tmp_path / "a.docx"))) == ["De gemeente bouwt."]


def test_hidden_styles_signs_and_fractions(tmp_path: Path) -> None:
    docx = empty_docx()
    style = docx.styles.add_style("Verborgen", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    paragraph = docx.add_paragraph()
    paragraph.add_run("geheim", style="Verborgen")
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    add_xml(
        paragraph,
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> CO</w:t></w:r>'
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
        f"<m:oMath {math}><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
    )
    assert texts(read_file(save_docx(docx, tmp_path / "a.docx"))) == ["✓ CO≥1/2"]


def test_a_paragraph_before_a_table_stays_before_it_when_its_end_is_deleted(tmp_path: Path) -> None:
    docx = empty_docx()
    add_xml(docx, "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Eerst.</w:t></w:r></w:p>")
    docx.add_table(rows=1, cols=1).rows[0].cells[0].text = "Tabel."
    docx.add_paragraph("Slot.")
    assert texts(read_file(save_docx(docx, tmp_path / "a.docx"))) == ["Eerst.", "Tabel.", "Slot."]


def test_a_strict_file_reads_like_any_other(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.add_heading("Wonen", 1)
    docx.add_paragraph(PROSE)
    path = save_docx(docx, tmp_path / "plan.docx")
    ordinary = read_file(path).pages
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = {}
    with zipfile.ZipFile(path) as archive:
        for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
            data[name] = archive.read(name).replace(W.split('"')[1].encode(), strict)
    assert read_file(repack(path, data)).pages == ordinary


_WORDS = st.lists(
    st.sampled_from(
        "de gemeente bouwt 12 woningen – (zoals) CO2-neutraal energie- plan. é".split()
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
_BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["Heading 1", "Heading 3", "Normal", "List Bullet", "table"]), _WORDS
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(blocks=_BLOCKS)
def test_any_document_keeps_every_paragraph(tmp_path: Path, blocks: list[tuple[str, str]]) -> None:
    docx = empty_docx()
    for style, text in blocks:
        if style == "table":
            row = docx.add_table(rows=1, cols=2).rows[0]
            row.cells[0].text, row.cells[1].text = text, "2027"
        else:
            docx.add_paragraph(text, style=style)
    segments = segment_document(read_file(save_docx(docx, tmp_path / "made.docx")))
    expected = [text + " 2027" * (style == "table") for style, text in blocks]
    # Marks that are typed before the text of an item are no part of it.
    assert [each.text.lstrip("– ") for each in segments] == [text.lstrip("– ") for text in expected]
    whole = cleaned_text(segments)
    assert all(whole[each.start : each.end] == each.text for each in segments)
