from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from sdgalign.documents import Document, LineRole
from sdgalign.documents.document import Declared
from sdgalign.documents.formats import read_file
from sdgalign.segmentation import segment_document

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten."


def read(tmp_path: Path, body: str, head: str = "") -> Document:
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>", "utf-8")
    return read_file(path)


def body_of(document: Document) -> list[str]:
    return [line.text for line in document.pages[0].lines if line.role is LineRole.BODY]


def test_what_the_page_declares_arrives_in_the_segments(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        f"<h1>Ons plan</h1><h2>Mobiliteit</h2><p>{PROSE}</p><ul><li><p>nieuwe zebrapaden</p>"
        "<p>Bij elke school.</p><ol><li>ook in de dorpen</ol><li>trager verkeer</ul>"
        "<h2>Wonen</h2><table><caption>Per jaar</caption><tr><th>Actie<th>Jaar<tr><td>Sociale"
        "<br>woningen<td>2027</table>",
        "<title>Ons plan | Gemeente</title>",
    )
    assert document.title == "Ons plan | Gemeente"
    assert not document.has_pages
    assert [(str(each.kind), each.context, each.text) for each in segment_document(document)] == [
        ("heading", "", "Ons plan"),
        ("heading", "Ons plan", "Mobiliteit"),
        ("paragraph", "Ons plan > Mobiliteit", PROSE),
        ("list_item", "Ons plan > Mobiliteit", "nieuwe zebrapaden"),
        ("paragraph", "Ons plan > Mobiliteit", "Bij elke school."),
        ("list_item", "Ons plan > Mobiliteit", "1. ook in de dorpen"),
        ("list_item", "Ons plan > Mobiliteit", "trager verkeer"),
        ("heading", "Ons plan", "Wonen"),
        ("paragraph", "Ons plan > Wonen", "Per jaar"),
        ("table_row", "Ons plan > Wonen", "Actie Jaar"),
        ("table_row", "Ons plan > Wonen", "Sociale woningen 2027"),
    ]


def test_programs_and_what_is_struck_out_are_not_read(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<p>We <script>var x = '<p>';</script>bouwen <del>tien</del> <b>twaalf</b> "
        "wo&shy;ningen<!-- ? --> van 80 m<sup>2</sup>.<sup><a href='#1'>1</a></sup>"
        "<style>p {}</style></p><button>Sluit</button><noscript>Zet JavaScript aan</noscript>",
    )
    assert body_of(document) == ["We bouwen twaalf woningen van 80 m2."]


@pytest.mark.parametrize(
    "page",
    [
        "<header>Menu</header><main><h1>Wonen</h1>{}</main><div>Volg ons</div>",
        "<div><div>Menu</div><div role='main'><header><h1>Wonen</h1></header>{}</div></div>",
        "<nav>Menu</nav><h1>Wonen</h1>{}<footer>Contact</footer>",
        "<div role='banner'>Site</div><article><h1>Wonen</h1>{}</article><aside>Ook leuk</aside>",
        "<div id='cookie-bar'>Wij gebruiken koekjes</div><h1>Wonen</h1>{}",
        "<h1>Wonen</h1>{}<p style='display: none'>Verborgen</p>",
        "<main></main><nav>Menu</nav><h1>Wonen</h1>{}",
        "<a class='skip-link' href='#m'>Naar de inhoud</a><main id=m><h1>Wonen</h1>{}</main>",
        "<div id='hoofd-menu'><a>Start</a><a>Leven</a></div><h1>Wonen</h1>{}",
        "<main><h1>Wonen</h1>{}<div class='share-buttons'>Deel dit<a>Facebook</a></div></main>",
        "<table><tr><td><a>Een</a><a>Twee</a><a>Drie</a><a>Vier</a><td><h1>Wonen</h1>{}</table>",
        "<h1>Wonen</h1>{}<div class='nieuwsbrief'><h2>Nieuwsbrief</h2>Schrijf u in.</div>",
        "<main><h1>Wonen</h1>{}<h2 class='visually-hidden'>Gesproken</h2></main>",
    ],
)
def test_what_surrounds_the_text_is_furniture(tmp_path: Path, page: str) -> None:
    assert body_of(read(tmp_path, page.format(f"<p>{PROSE}</p>"))) == ["Wonen", PROSE]


@pytest.mark.parametrize(
    "page",
    [
        "<main><h1>Wonen</h1><section id='social-care'>{}</section></main>",
        "<div class='page has-sidebar cookie'><h1>Wonen</h1>{}</div>",
        "<h1>Wonen</h1>{}<article><a>Een bericht</a></article>",
        "<h1><button>Wonen</button></h1><div id=deel hidden>{}</div>",
        "<a href='#deel' hidden>Toon</a><h1>Wonen</h1><div id=deel style='display:none'>{}</div>",
    ],
)
def test_text_is_kept_whatever_its_element_is_called(tmp_path: Path, page: str) -> None:
    page = f"<a aria-controls='deel' hidden></a>{page.format(f'<p>{PROSE}</p>')}"
    assert body_of(read(tmp_path, page))[:2] == ["Wonen", PROSE]


def test_what_surrounds_the_text_is_marked_and_not_lost(tmp_path: Path) -> None:
    page = f"<div class='cookiebar'>Koekjes</div><h1>Wonen</h1><p>{PROSE}</p><p hidden>Later</p>"
    lines = read(tmp_path, page).pages[0].lines
    assert {line.text: line.role for line in lines} == {
        "Koekjes": LineRole.MARGIN,
        "Wonen": LineRole.BODY,
        PROSE: LineRole.BODY,
        "Later": LineRole.MARGIN,
    }


def test_titles_of_parts_that_unfold_are_read_and_other_buttons_are_not(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "<main><h2><button>Wonen</button></h2><button aria-expanded='false'>Huren</button>"
        "<p>Tekst <span hidden>weg</span><span class='sr-only'>gesproken</span>hier.</p>"
        "<button>Verzend</button></main>",
    )
    assert body_of(document) == ["Wonen", "Huren", "Tekst hier."]


def test_items_show_the_numbers_that_a_browser_gives_them(tmp_path: Path) -> None:
    item = "<li>x</li>"
    document = read(
        tmp_path,
        f"<ol start=3 type=a>{item}<li value=7>x<ul>{item}</ul></li>{item}</ol>"
        f"<ol reversed>{item}{item}</ol><ol style='list-style: upper-roman'>{item}</ol>"
        f"<ol style='list-style-type:none'>{item}</ol>",
    )
    assert body_of(document) == ["c. x", "g. x", "x", "h. x", "2. x", "1. x", "I. x", "x"]


def test_a_part_that_folds_out_is_read(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        f"<main><h1>Plan</h1><details><summary>Wonen</summary><div hidden>{PROSE}</div></details>"
        "</main>",
    )
    assert [(str(each.kind), each.text) for each in segment_document(document)] == [
        ("heading", "Plan"),
        ("heading", "Wonen"),
        ("paragraph", PROSE),
    ]


def test_news_in_several_articles_is_all_read(tmp_path: Path) -> None:
    page = "<article><p>Eerste bericht.</p></article><article><p>Tweede bericht.</p></article>"
    assert body_of(read(tmp_path, page)) == ["Eerste bericht.", "Tweede bericht."]


def test_line_breaks_part_paragraphs_and_typed_lists(tmp_path: Path) -> None:
    document = read(tmp_path, "Een zin<br>op twee regels.<br><br>Nog een.<br>- eerste<br>- tweede")
    assert [(str(each.kind), each.text) for each in segment_document(document)] == [
        ("paragraph", "Een zin op twee regels."),
        ("paragraph", "Nog een."),
        ("list_item", "eerste"),
        ("list_item", "tweede"),
    ]


def test_a_table_that_sets_the_page_is_no_table(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        f"<table><tr><td>Menu</td><td><h1>Wonen</h1><p>{PROSE}</p>"
        "<table><tr><td>Woningen<td>12</table></td></tr></table>",
    )
    assert [line.declared for line in document.pages[0].lines] == [
        Declared.PARAGRAPH,
        Declared.HEADING,
        Declared.PARAGRAPH,
        Declared.ROW,
    ]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", ""),
        ("utf-16", ""),
        ("cp1252", "ISO-8859-1"),
        ("iso8859-15", "iso-8859-15"),
        ("cp1252", ""),
        ("cp1252", "no-such-charset"),
        ("cp1252", "utf-8"),
        ("utf-8", "windows-1252"),
        ("utf-16-le", ""),
        ("utf-16-be", "utf-8"),
    ],
)
def test_letters_are_right_in_any_encoding(tmp_path: Path, encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = (
        f"<html><head>{meta if declared else ''}</head><body><p>Coöperatie, 5 €</p></body></html>"
    )
    path = tmp_path / "page.htm"
    path.write_bytes(page.encode(encoding))
    assert body_of(read_file(path)) == ["Coöperatie, 5 €"]


def test_a_few_strange_letters_do_not_spoil_the_others(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes("<p>Coöperatie, 5 €, één ".encode() + "café</p>".encode("cp1252"))
    assert body_of(read_file(path)) == ["Coöperatie, 5 €, één café"]


@pytest.mark.parametrize("name", ["pagina.mhtml", "pagina.mht", "pagina"])
def test_a_page_saved_in_one_file(tmp_path: Path, name: str) -> None:
    parts = [
        ("text/css", "style", b"p {}", ""),
        ("text/html", "frame", b"<p>Een venster van een ander.</p>", ""),
        ("text/html", "page", f"<main><p>Eén {PROSE}</p></main>".encode("utf-16-le"), "utf-16-le"),
    ]
    text = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://zandvliert.example/plan\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tstart="<page>";\r\n\tboundary="----grens"\r\n\r\n'
    )
    for kind, identity, data, encoding in parts:
        charset = f"; charset={encoding}" if encoding else ""
        text += (
            f"------grens\r\nContent-Type: {kind}{charset}\r\nContent-ID: <{identity}>\r\n"
            f"Content-Transfer-Encoding: base64\r\n\r\n{b64encode(data).decode()}\r\n"
        )
    path = tmp_path / name
    path.write_bytes((text + "------grens--\r\n").encode())
    assert body_of(read_file(path)) == [f"Eén {PROSE}"]


def test_a_page_that_never_closes_its_elements_is_read_to_the_end(tmp_path: Path) -> None:
    page = "".join(f"<font size=2>Zin {number}.<br><br>" for number in range(300))
    assert body_of(read(tmp_path, page))[-1] == "Zin 299."


def test_an_xhtml_page_that_names_its_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.xhtml"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        "<p>Eén zin.</p></body></html>",
        "utf-8",
    )
    assert body_of(read_file(path)) == ["Eén zin."]
