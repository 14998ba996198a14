"""Numbers that Word makes: as its reader sees them."""

from __future__ import annotations

from pathlib import Path

from docx.oxml import parse_xml

from sdgalign.documents.document import Declared
from sdgalign.documents.formats import read_file
from sdgalign.plans import read_plans
from sdgalign.segmentation import segment_document
from tests.office import W, add_xml, empty_docx, repack, save_docx

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten."


def level(number: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def a_list(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(text: str, depth: int = 0, number: int = 1, properties: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        f"{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def save(docx: object, path: Path, *lists: str) -> Path:
    save_docx(docx, path)
    return repack(
        path, {"word/numbering.xml": f"<w:numbering {W}>{''.join(lists)}</w:numbering>".encode()}
    )


def read(tmp_path: Path, body: str, *lists: str) -> list[str]:
    docx = empty_docx()
    add_xml(docx, body)
    document = read_file(save(docx, tmp_path / "a.docx", *lists))
    return [line.text for line in document.pages[0].lines]


def test_headings_are_numbered_by_the_list_of_their_style(tmp_path: Path) -> None:
    docx = empty_docx()
    for number in (1, 2):
        # Word ignores the level that the style of a heading names: the list names the style.
        docx.styles[f"Heading {number}"].element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:numId w:val="1"/></w:numPr>')
        )
    for text, depth in (
        ("Mobiliteit", 1),
        ("Fietsen", 2),
        ("Bussen", 2),
        ("Wonen", 1),
        ("Huren", 2),
    ):
        docx.add_heading(text, depth)
        docx.add_paragraph(PROSE)
    levels = [
        level(0, "decimal", "%1", '<w:pStyle w:val="Heading1"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="Heading2"/>'),
    ]
    path = save(docx, tmp_path / "a.docx", definition(0, *levels), a_list(1, 0))
    segments = segment_document(read_file(path))
    assert [each.context for each in segments if each.kind == "paragraph"] == [
        "1 Mobiliteit",
        "1 Mobiliteit > 1.1 Fietsen",
        "1 Mobiliteit > 1.2 Bussen",
        "2 Wonen",
        "2 Wonen > 2.1 Huren",
    ]


def test_every_form_counts_and_starts_anew_below_its_own(tmp_path: Path) -> None:
    levels = [
        level(0, "upperRoman", "%1."),
        level(1, "lowerLetter", "%2)", start=26),
        level(2, "decimalZero", "(%3)", '<w:lvlRestart w:val="1"/>'),
        level(3, "decimal", "%1-%4", "<w:isLgl/>"),
        level(4, "bullet", "o"),
        level(5, "decimal", "Actie %6:", '<w:suff w:val="nothing"/>'),
    ]
    depths = [0, 1, 1, 2, 1, 2, 0, 2, 1, 3, 4, 5]
    found = read(
        tmp_path,
        "".join(item("x", depth) for depth in depths),
        definition(0, *levels),
        a_list(1, 0),
    )
    assert found == [
        *("I. x", "z) x", "aa) x", "(01) x", "bb) x", "(02) x", "II. x", "(01) x", "z) x"),
        *("2-1 x", "x", "Actie 1:x"),
    ]


def test_lists_of_one_definition_count_on_unless_one_starts_anew(tmp_path: Path) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "punt %1")}</w:lvlOverride>'
    body = "".join(item("x", number=number) for number in (1, 2, 3, 3, 1, 4, 9))
    found = read(
        tmp_path,
        body,
        definition(0, level(0, "decimal", "%1.")),
        *(a_list(1, 0), a_list(2, 0), a_list(3, 0, anew), a_list(4, 0, other)),
    )
    assert found == ["1. x", "2. x", "5. x", "6. x", "7. x", "punt 8 x", "x"]


def test_a_list_by_the_name_of_a_style(tmp_path: Path) -> None:
    owner = f'<w:styleLink w:val="Lijst"/>{level(0, "decimal", "%1)")}'
    found = read(
        tmp_path,
        item("x", number=2) + item("x", number=1),
        definition(0, '<w:numStyleLink w:val="Lijst"/>'),
        definition(1, owner),
        *(a_list(1, 0), a_list(2, 1)),
    )
    assert found == ["1) x", "2) x"]


def test_what_is_deleted_or_hidden_is_not_counted(tmp_path: Path) -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    gone = item("x", properties=deleted).replace("<w:t>x</w:t>", "<w:delText>x</w:delText>")
    hidden = item("x", properties="<w:rPr><w:vanish/></w:rPr>").replace(
        "<w:t>", "<w:rPr><w:vanish/></w:rPr><w:t>"
    )
    found = read(
        tmp_path,
        item("een") + gone + hidden + item("", properties="") + item("drie"),
        definition(0, level(0, "decimal", "%1.")),
        a_list(1, 0),
    )
    # An empty paragraph has a number, though it says nothing.
    assert found == ["1. een", "3. drie"]


def test_a_number_stands_on_the_page_of_its_text(tmp_path: Path) -> None:
    body = item("x") + item("x").replace("<w:t>", "<w:lastRenderedPageBreak/><w:t>")
    docx = empty_docx()
    add_xml(docx, body)
    path = save(docx, tmp_path / "a.docx", definition(0, level(0, "decimal", "%1.")), a_list(1, 0))
    app = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    repack(path, {"docProps/app.xml": f"{app}<Pages>2</Pages></Properties>".encode()})
    assert [[line.text for line in page.lines] for page in read_file(path).pages] == [
        ["1. x"],
        ["2. x"],
    ]


def test_large_numbered_lines_may_be_headings_and_small_ones_are_items(tmp_path: Path) -> None:
    docx = empty_docx()
    large = item("Mobiliteit").replace("<w:t>", '<w:rPr><w:sz w:val="36"/></w:rPr><w:t>')
    add_xml(docx, large + item("fietspaden"))
    path = save(docx, tmp_path / "a.docx", definition(0, level(0, "decimal", "%1.")), a_list(1, 0))
    lines = read_file(path).pages[0].lines
    assert [line.declared for line in lines] == [Declared.PARAGRAPH, Declared.ITEM]


def test_a_plan_is_read_by_the_codes_that_word_makes(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.add_paragraph("Meerjarenplan 2026-2031 van de gemeente Zandvliert")
    codes = [level(0, "decimal", "BD %1"), level(1, "decimal", "AP %1.%2")]
    codes.append(level(2, "decimal", "Actie %1.%2.%3"))
    for objective in ("Een bereikbare gemeente", "Een groene gemeente"):
        add_xml(docx, item(objective) + item("Veilige routes", 1))
        for action in ("We leggen fietspaden aan.", "We verlichten de zebrapaden."):
            add_xml(docx, item(action, 2))
            docx.add_paragraph("Dat doen we met de buren.")
    path = save(docx, tmp_path / "plan.docx", definition(0, *codes), a_list(1, 0))
    (plan,) = read_plans(path)
    assert [(one.code, each.code, action.code) for one, each, action in plan.actions()] == [
        ("BD 1", "AP 1.1", "1.1.1"),
        ("BD 1", "AP 1.1", "1.1.2"),
        ("BD 2", "AP 2.1", "2.1.1"),
        ("BD 2", "AP 2.1", "2.1.2"),
    ]
    assert plan.objectives[0].text == "Een bereikbare gemeente"


def test_amounts_of_a_plan_stay_in_their_column(tmp_path: Path) -> None:
    docx = empty_docx()
    docx.add_paragraph("Actieplan AP-1: Groen")
    rows = [
        ["Code", "Omschrijving", "2026", "2027", "2028", "Totaal"],
        ["AC-1.1", "We planten bomen langs de vaart en in de straten", "10.000", "", "", "10.000"],
        ["AC-1.2", "We kopen bos", "", "250.000", "50.000", "300.000"],
        ["AC-1.3", "We maaien minder", "", "", "2.500", "2.500"],
    ]
    table = docx.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    (plan,) = read_plans(save_docx(docx, tmp_path / "plan.docx"))
    budgets = {action.code: action.budget for _, _, action in plan.actions()}
    assert {
        code: ({year: euro for year, euro in budget.years.items() if euro}, budget.total)
        for code, budget in budgets.items()
        if budget is not None
    } == {
        "AC-1.1": ({2026: 10_000}, 10_000),
        "AC-1.2": ({2027: 250_000, 2028: 50_000}, 300_000),
        "AC-1.3": ({2028: 2_500}, 2_500),
    }
