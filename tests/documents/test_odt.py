from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.documents import Document, LineRole
from sdgalign.documents.document import Declared
from sdgalign.documents.formats import read_file
from sdgalign.errors import EncryptedError, FormatError, NoTextError
from sdgalign.plans import read_plans
from sdgalign.segmentation import segment_document
from tests.office import write_odt

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten."
BOLD = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
)


def texts(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def test_what_the_file_declares_arrives_in_the_segments(tmp_path: Path) -> None:
    body = f"""
      <text:sequence-decls><text:sequence-decl text:name="Tabel"/></text:sequence-decls>
      <text:h text:outline-level="1">Mobiliteit</text:h>
      <text:p>{PROSE}</text:p>
      <text:list><text:list-item><text:p>nieuwe <text:span>zebra</text:span>paden</text:p>
        <text:list><text:list-item><text:p>bij elke school</text:p></text:list-item></text:list>
      </text:list-item></text:list>
      <text:list><text:list-header><text:h text:outline-level="2">Trein</text:h></text:list-header>
      </text:list>
      <table:table><table:table-column table:number-columns-repeated="2"/>
        <table:table-header-rows><table:table-row><table:table-cell><text:p>Perron</text:p>
        </table:table-cell><table:covered-table-cell/><table:table-cell
          table:number-columns-repeated="9999999"><text:p>2027</text:p></table:table-cell>
        </table:table-row></table:table-header-rows></table:table>"""
    document = read_file(write_odt(tmp_path / "plan.odt", body))
    assert [(str(each.kind), each.context, each.text) for each in segment_document(document)] == [
        ("heading", "", "Mobiliteit"),
        ("paragraph", "Mobiliteit", PROSE),
        ("list_item", "Mobiliteit", "nieuwe zebrapaden"),
        ("list_item", "Mobiliteit", "bij elke school"),
        ("heading", "Mobiliteit", "Trein"),
        ("table_row", "Mobiliteit > Trein", "Perron 2027"),
    ]


def test_deleted_text_comments_and_fields_are_not_read(tmp_path: Path) -> None:
    body = """
      <text:tracked-changes><text:changed-region><text:deletion><text:p>Geschrapt.</text:p>
      </text:deletion></text:changed-region></text:tracked-changes>
      <text:p>We bouwen<office:annotation><text:p>Klopt dit?</text:p></office:annotation><text:s
        text:c="3"/>twaalf<text:tab/>woningen<text:line-break/>in de kern.</text:p>"""
    document = read_file(write_odt(tmp_path / "plan.odt", body))
    assert texts(document) == ["We bouwen twaalf woningen in de kern."]


def numbered(level: int, form: str, more: str = "") -> str:
    return f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" {more}/>'


def test_list_items_show_their_numbers(tmp_path: Path) -> None:
    levels = numbered(1, "I", 'style:num-suffix="."')
    levels += numbered(2, "a", 'style:num-prefix="(" style:num-suffix=")" text:start-value="3"')
    automatic = (
        f'<text:list-style style:name="L1">{levels}</text:list-style>'
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="x"/></text:list-style>'
    )
    body = """
      <text:list xml:id="een" text:style-name="L1"><text:list-item><text:p>x</text:p>
        <text:p>en verder</text:p><text:list><text:list-item><text:p>y</text:p></text:list-item>
        <text:list-item><text:p>y</text:p></text:list-item></text:list></text:list-item>
        <text:list-item><text:p>x</text:p></text:list-item></text:list>
      <text:list text:style-name="L2"><text:list-item><text:p>rond</text:p></text:list-item>
      </text:list>
      <text:list text:continue-list="een" text:style-name="L1"><text:list-item><text:p>x</text:p>
        </text:list-item><text:list-item text:start-value="9"><text:p>x</text:p></text:list-item>
        <text:list-header><text:p>kop</text:p></text:list-header></text:list>
      <text:list text:style-name="L1"><text:list-item><text:p>x</text:p></text:list-item>
      </text:list>"""
    document = read_file(write_odt(tmp_path / "a.odt", body, automatic=automatic))
    assert texts(document) == [
        *("I. x", "en verder", "(c) y", "(d) y", "II. x", "rond", "III. x", "IX. x", "kop"),
        "I. x",
    ]


def test_headings_show_the_numbers_of_the_outline(tmp_path: Path) -> None:
    # The second is how LibreOffice says it, the first how the standard does.
    levels = (
        '<text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2" '
        'text:num-list-format="Punt %1%.%2%"/>'
    )
    automatic = f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'
    body = """
      <text:h text:outline-level="1">Mobiliteit</text:h>
      <text:h text:outline-level="2"><text:number>1.1</text:number>Fietsen</text:h>
      <text:h text:outline-level="1" text:is-list-header="true">Bijlage</text:h>
      <text:h text:outline-level="1">Wonen</text:h><text:h text:outline-level="2">Huren</text:h>"""
    document = read_file(write_odt(tmp_path / "a.odt", body, automatic=automatic))
    assert texts(document) == [
        *("1 Mobiliteit", "Punt 1.1 Fietsen", "Bijlage", "2 Wonen", "Punt 2.1 Huren")
    ]


def test_what_is_hidden_is_not_read_and_what_is_shown_is(tmp_path: Path) -> None:
    automatic = (
        '<style:style style:name="T2" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    body = """
      <text:section text:display="none"><text:p>Weg.</text:p></text:section>
      <text:section text:display="condition" text:is-hidden="false"><text:p>Hier.</text:p>
      </text:section>
      <text:p>Weg.<text:hidden-paragraph text:is-hidden="true"/></text:p>
      <text:p>Zicht<text:span text:style-name="T2">weg</text:span>baar<text:hidden-text
        text:is-hidden="true">weg</text:hidden-text><text:conditional-text>.</text:conditional-text>
      <draw:custom-shape><text:p>In een vorm.</text:p></draw:custom-shape></text:p>"""
    document = read_file(write_odt(tmp_path / "a.odt", body, automatic=automatic))
    assert texts(document) == ["Hier.", "Zichtbaar.", "In een vorm."]


def test_a_covered_cell_keeps_the_others_in_their_column(tmp_path: Path) -> None:
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    head = "".join(map(cell.format, ("Code", "Omschrijving", "2026", "2027", "Totaal")))
    amounts = (
        cell.format("AC-1.1")
        + cell.format("We planten bomen")
        + '<table:table-cell table:number-columns-spanned="2"/>'
        + "<table:covered-table-cell><text:p>onzichtbaar</text:p></table:covered-table-cell>"
        + cell.format("5.000")
    )
    body = f"<table:table>{row.format(head)}{row.format(amounts)}</table:table>"
    path = write_odt(tmp_path / "a.odt", f"<text:p>Actieplan AP-1: Groen</text:p>{body}")
    ((_, _, action),) = read_plans(path)[0].actions()
    assert action.budget is not None
    assert (action.budget.total, sum(action.budget.years.values())) == (5000, 0)


def test_notes_and_text_boxes_stand_after_their_paragraph(tmp_path: Path) -> None:
    body = """<text:p>We planten bomen<text:note><text:note-citation>1</text:note-citation>
      <text:note-body><text:p>Linden en eiken.</text:p></text:note-body></text:note> in de kern.
      <draw:frame><draw:text-box><text:p>Een kader.</text:p></draw:text-box></draw:frame>
      </text:p>"""
    (page,) = read_file(write_odt(tmp_path / "plan.odt", body)).pages
    assert [(line.text, line.declared) for line in page.lines] == [
        ("We planten bomen in de kern.", Declared.PARAGRAPH),
        ("Linden en eiken.", Declared.NOTE),
        ("Een kader.", Declared.PARAGRAPH),
    ]


def test_headings_that_are_only_bold_are_found_by_their_looks(tmp_path: Path) -> None:
    title = '<text:p><text:span text:style-name="T1">Wonen</text:span></text:p>'
    body = f"{title}<text:p>{PROSE}</text:p>"
    segments = segment_document(read_file(write_odt(tmp_path / "a.odt", body, automatic=BOLD)))
    assert [str(each.kind) for each in segments] == ["heading", "paragraph"]


def test_contents_are_no_evidence_and_footers_are_furniture(tmp_path: Path) -> None:
    body = f"""<text:table-of-content><text:table-of-content-source><text:index-title-template>
      Inhoud</text:index-title-template></text:table-of-content-source><text:index-body>
      <text:index-title><text:p>Inhoud</text:p></text:index-title>
      <text:p>Mobiliteit<text:tab/>2</text:p></text:index-body></text:table-of-content>
      <text:p>{PROSE}</text:p>"""
    master = "<style:footer><text:p>Gemeente Zandvliert</text:p></style:footer>"
    document = read_file(write_odt(tmp_path / "plan.odt", body, master=master))
    assert document.pages[0].lines[0].role is LineRole.FOOTER
    assert [(str(each.kind), each.text) for each in segment_document(document)] == [
        ("contents", "Inhoud"),
        ("contents", "Mobiliteit 2"),
        ("paragraph", PROSE),
    ]


@pytest.mark.parametrize(("counted", "pages"), [(3, [1, 2, 3]), (7, [1])])
def test_pages_count_when_the_file_notes_them_all(
    tmp_path: Path, counted: int, pages: list[int]
) -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    body = (
        "<text:p>Een <text:soft-page-break/>zin.</text:p>"
        '<text:p text:style-name="P1">Op een nieuwe pagina.</text:p>'
    )
    meta = f'<meta:document-statistic meta:page-count="{counted}"/>'
    document = read_file(write_odt(tmp_path / "a.odt", body, automatic=automatic, meta=meta))
    assert document.has_pages is (len(pages) > 1)
    assert [page.number for page in document.pages] == pages
    assert [each.text for each in segment_document(document)] == [
        "Een zin.",
        "Op een nieuwe pagina.",
    ]


def test_the_title_is_the_one_declared(tmp_path: Path) -> None:
    path = write_odt(
        tmp_path / "a.odt", "<text:p>Tekst.</text:p>", meta="<dc:title>Ons plan</dc:title>"
    )
    assert read_file(path).title == "Ons plan"


def test_a_file_with_a_password_says_so(tmp_path: Path) -> None:
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = write_odt(tmp_path / "a.odt", "<text:p>Tekst.</text:p>", manifest=locked)
    with pytest.raises(EncryptedError, match="password"):
        read_file(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10 if number else "lol"}">'
        for number in range(9)
    )
    path = write_odt(tmp_path / "a.odt", "<text:p>&e8;</text:p>", doctype=f"<!DOCTYPE x [{bomb}]>")
    with pytest.raises(FormatError):
        read_file(path)


def test_a_file_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoTextError, match="no text"):
        read_file(write_odt(tmp_path / "a.odt", "<text:p> </text:p>"))
