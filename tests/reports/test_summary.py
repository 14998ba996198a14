"""Two pages for a council file, in Word and in Markdown."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from sdgalign.reports.summary import GAPS, summarize
from sdgalign.reports.summary_docx import render_docx
from sdgalign.reports.summary_markdown import render_markdown
from sdgalign.reports.summary_parts import Paragraph, Table
from tests.reports import payloads
from tests.reports.golden_files import assert_golden


def with_plan():
    return {**payloads.small(), "plan": payloads.plan()}


def longest():
    """Return a report in which all is as long as it can be; actions as the longest that we have."""
    payload = with_plan()
    payload["document"].update(
        title="Meerjarenplan van de gemeente en het OCMW " * 6, name=f"{'plan ' * 20}.pdf"
    )
    payload["document"]["page_labels"] = {str(page): f"{page + 100}" for page in range(1, 30)}
    payload["warnings"] = [
        "Op 12 van 214 pagina's is de tekst herkend; kijk ze na voor u besluit."
    ] * 9
    for segment in payload["segments"]:
        segment["text"] = f"{segment['text']} " * 9
    for target in payload["targets"]:
        if target["evidence"]:
            target["status"] = "measurable"
    for number, match in enumerate(payload["matches"]):
        match["against"] = 0.9 if number > 6 else 0.0
    for number, target in enumerate(payload["targets"][:4]):
        target["against"] = [6 + number]
    for gap in payload["gaps"]:
        gap["priority"] = True
        gap["actions"] *= 3
        for text in (*gap["actions"], *gap["indicators"]):
            for language in ("nl", "en"):
                text[language] = ("Maak samen met bewoners een plan. " * 5)[:140]
    for claim in payload["claims"][:9]:
        claim["verdict"] = "claimed_only"
    return payload


def words_of_docx(payload, language="nl"):
    """Return the text in reading order, tables as rows, each with its style."""
    document = docx.Document(io.BytesIO(render_docx(payload, language)))
    lines = []
    for element in document.iter_inner_content():
        if hasattr(element, "rows"):
            lines += ["Row: " + " | ".join(c.text for c in row.cells) for row in element.rows]
        elif element.text:
            lines.append(f"{element.style.name}: {element.text}")
    lines.append(f"Footer: {document.sections[0].footer.paragraphs[0].text}")
    return "\n".join(lines) + "\n"


def test_golden():
    assert_golden("summary-nl.md", render_markdown(payloads.small(), "nl"))
    assert_golden("summary-plan-en.md", render_markdown(with_plan(), "en"))
    assert_golden("summary-nl.docx.txt", words_of_docx(payloads.small()))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_both_forms_say_the_same(language):
    def words(text):
        return Counter(re.findall(r"\w+", text.replace("\\", "")))

    plain = re.sub(r"^[\w ]+?: ", "", words_of_docx(with_plan(), language), flags=re.M)
    assert words(plain) == words(render_markdown(with_plan(), language))


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_longest_summary_has_two_a4_pages(tmp_path, language):
    (tmp_path / "note.docx").write_bytes(render_docx(longest(), language))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "note.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = pdfium.PdfDocument(tmp_path / "note.pdf")
    assert [tuple(round(side) for side in page.get_size()) for page in pages] == [(595, 842)] * 2


def test_a_screen_reader_finds_headings_tables_and_language():
    document = docx.Document(io.BytesIO(render_docx(with_plan(), "nl")))
    styles = Counter(paragraph.style.name for paragraph in document.paragraphs)
    assert styles["Title"] == 1
    assert styles["Heading 1"] == 6
    for table in document.tables:
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblDescription")).get(qn("w:val")).startswith(("Per", "Dring"))
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
    (language,) = document.styles.element.xpath("w:docDefaults//w:lang")
    assert language.get(qn("w:val")) == document.core_properties.language == "nl-BE"
    quote = next(run for each in document.paragraphs for run in each.runs if "14 kilo" in run.text)
    assert quote._element.rPr.find(qn("w:lang")).get(qn("w:val")) == "nl-BE"
    assert document.core_properties.title.startswith("Nota: de SDG's in")


def test_quotes_keep_their_marks_in_markdown():
    payload = payloads.small()
    payload["segments"][0]["text"] = (
        "1. *Wij* [bouwen](x) <b>veel</b> `a` | ~~b~~ _c_ # d\u2028- e \\"
    )
    payload["document"]["title"] = "# Plan *A*"
    html = MarkdownIt("gfm-like", {"linkify": False}).render(render_markdown(payload, "nl"))
    shown = "1. *Wij* [bouwen](x) &lt;b&gt;veel&lt;/b&gt; `a` | ~~b~~ _c_ # d - e \\"
    assert shown in " ".join(html.split())
    assert "# Plan *A*" in html
    assert html.count("<table>") == 2
    assert not re.search("<(em|a|b|code|s|del)[ >]", html)


def test_what_moves_against_a_target_is_no_strong_point():
    payload = payloads.small()
    payload["matches"][0]["against"] = 0.2
    text = render_markdown(payload, "nl")
    strongest, _, rest = text.partition("## Sterkste punten")[2].partition("## Dringendste")
    assert "14 kilometer" not in strongest
    assert "De toelage voor de sociale werkplaats schrappen we." in rest.partition("## Mogelijk")[2]


@pytest.mark.parametrize("between", ["Elke wijk krijgt een pad. ", "en daarbij ook nog "])
def test_a_long_quote_shows_the_figure_that_binds(between):
    payload = payloads.small()
    payload["segments"][0]["text"] = (
        f"Wij leggen paden aan {between * 20}Samen wordt dat 14 kilometer tegen het einde, "
        + "en dat is veel. " * 20
    )
    (quote,) = [line for line in render_markdown(payload, "nl").splitlines() if "14 kilom" in line]
    shown = re.search("“(.+)”", quote)[1]
    assert shown.startswith("Wij leggen paden aan")
    assert len(shown) <= 190
    words = {*payload["segments"][0]["text"].split(), "…"}
    assert words.issuperset(shown.split())


def test_the_columns_of_a_table_row_are_left_off():
    payload = payloads.small()
    payload["segments"][0]["text"] = "We leggen 14 kilometer aan. 0 10.000 5.000 € 0,50 15.000"
    assert "“We leggen 14 kilometer aan. …”" in render_markdown(payload, "nl").replace("\xa0", " ")


def test_the_strong_points_are_of_different_goals():
    strongest = summarize(payloads.large(300, 300), "nl").sections[2]
    goals = [block.runs[0].text.partition(".")[0] for block in strongest.blocks]
    assert len(goals) == len(set(goals)) == 5


def test_gaps_come_in_the_order_of_the_report_with_what_to_do():
    payload = payloads.small()
    (table,) = [b for b in summarize(payload, "nl").sections[3].blocks if isinstance(b, Table)]
    assert [row[0].text for row in table.rows] == [g["target"] for g in payload["gaps"][:GAPS]]
    assert table.rows[0][2].text == "Actie voor 4.1."
    assert table.rows[0][3].text == "Aantal bij 4.1 – bron: eigen telling"


def test_only_a_plan_has_euro():
    assert "€" not in render_markdown(payloads.small(), "nl")
    text = render_markdown(with_plan(), "nl")
    assert "| € 45.000 |" in text
    assert "€\u00a030.000 (25\u00a0%) naar acties" in text.replace("25 %", "25\u00a0%")


def test_an_empty_document_is_no_failure():
    text = render_markdown(payloads.empty(), "nl")
    assert "Het model vond geen enkele target" in text
    assert render_docx(payloads.empty(), "en")[:2] == b"PK"


def test_a_file_without_pages_has_no_page_numbers():
    payload = payloads.small()
    payload["document"]["paged"] = False
    assert "p.\u00a0" not in render_markdown(payload, "nl")
    assert "(p.\u00a04–5; gedrukt: 3)" in render_markdown(payloads.small(), "nl")


def test_letters_that_xml_cannot_hold_do_not_break_the_file():
    payload = payloads.small()
    payload["segments"][0]["text"] = "We leggen\x00 \x0bpaden\ud800 aan."
    assert "We leggen paden aan." in words_of_docx(payload)


def test_every_row_is_as_wide_as_the_page():
    for section in summarize(with_plan(), "nl").sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                continue
            assert sum(block.widths) == pytest.approx(17)
            assert {len(row) for row in block.rows} == {len(block.header)} == {len(block.widths)}
