from __future__ import annotations

import time

import pytest

from sdgalign.documents.document import Document, LineRole
from sdgalign.documents.pdf import read_pdf
from sdgalign.segmentation import Segment, SegmentKind, segment_document
from tests.segmentation.build import Spec, make_document, make_line
from tests.shared import CORPORA, SHARED, needs_shared

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen, ook in de winter en op de drukke",
    "wegen rond het station.",
]
JOINED = " ".join(PROSE)
HEADING = SegmentKind.HEADING
PARAGRAPH = SegmentKind.PARAGRAPH
ITEM = SegmentKind.LIST_ITEM


def _segments(*pages: list[Spec], **options: object) -> list[Segment]:
    """Return the segments after the first page."""
    document = make_document(*pages, **options)  # type: ignore[arg-type]
    return [segment for segment in segment_document(document) if segment.pages[-1] > 1]


def _pairs(segments: list[Segment]) -> list[tuple[SegmentKind, str]]:
    return [(segment.kind, segment.text) for segment in segments]


def test_lines_become_paragraphs_at_white_space() -> None:
    found = _segments([*PROSE, None, *PROSE])
    assert _pairs(found) == [(PARAGRAPH, JOINED)] * 2


def test_a_paragraph_runs_on_over_a_page() -> None:
    (found,) = _segments(PROSE[:2], [PROSE[2]])
    assert found.text == JOINED
    assert [box.page for box in found.boxes] == [2, 3]


def test_a_paragraph_runs_on_over_columns_past_the_footer() -> None:
    footer = make_line("Programma", 800, page=2, role=LineRole.FOOTER)
    right = make_line(PROSE[2], 100, page=2, x=310, column=1)
    (found,) = _segments([*PROSE[:2], footer, right])
    assert found.text == JOINED
    assert len(found.boxes) == 2
    assert found.pages == (2,)


def test_a_footnote_does_not_cut_the_paragraph_above_it() -> None:
    note = make_line("1 Zie het vorige plan van de gemeente.", 700, page=2, size=7)
    found = _segments([*PROSE[:2], note], [PROSE[2]])
    assert [segment.text for segment in found] == [JOINED, note.text]


def test_a_sentence_that_ended_starts_anew_on_the_next_page() -> None:
    assert len(_segments(PROSE, PROSE)) == 2


def test_a_heading_by_its_size_stands_above_what_follows() -> None:
    found = _segments(
        [("Wonen", 20, True), ("Betaalbaar wonen", 14, True), *PROSE, None, ("Zorg", 20, True)],
        [*PROSE],
    )
    assert [(s.kind, s.heading_path) for s in found] == [
        (HEADING, ()),
        (HEADING, ("Wonen",)),
        (PARAGRAPH, ("Wonen", "Betaalbaar wonen")),
        (HEADING, ()),
        (PARAGRAPH, ("Zorg",)),
    ]
    assert found[2].context == "Wonen > Betaalbaar wonen"


def test_a_bold_line_of_the_size_of_the_text_is_a_heading() -> None:
    found = _segments([("Wonen", 20, True), ("Sociale huur", 10, True), *PROSE])
    assert found[1].kind is HEADING
    assert found[2].heading_path == ("Wonen", "Sociale huur")


@pytest.mark.parametrize(
    "text",
    [
        "Wij willen dat wonen betaalbaar blijft voor iedereen die hier geboren is, hier werkt of"
        " hier naar school gaat, en dat doen we samen met de inwoners van de drie dorpen.",
        "“Een dak boven het hoofd is geen beleggingsproduct voor enkelen.”",
    ],
)
def test_a_lead_or_quotation_in_a_large_font_is_text(text: str) -> None:
    found = _segments([("Wonen", 20, True), (text, 13, False), None, *PROSE])
    assert found[1].kind is PARAGRAPH


def test_a_large_quotation_at_the_foot_of_a_column_is_text() -> None:
    slogan = ("Samen bouwen wij vooruit", 13, False)
    found = _segments(
        [("Wonen", 16, False), *PROSE, None, slogan],
        [("Zorg", 16, False), *PROSE, None, slogan],
        [("Werk", 16, False), *PROSE],
    )
    assert [s.text for s in found if s.kind is HEADING] == ["Wonen", "Zorg", "Werk"]


def test_a_plain_line_between_bold_headings_is_a_box() -> None:
    chapter = [("Wonen", 16, True), *PROSE, None, ("Sociale huur", 10, True), *PROSE, None]
    slogan = ("Meer huizen in het dorp", 11.5, False)
    found = _segments([*chapter, slogan, None, *PROSE], [*chapter, slogan, None, *PROSE])
    assert [s.text for s in found if s.kind is HEADING] == ["Wonen", "Sociale huur"] * 2
    numbered = ("2.1 Meer huizen in het dorp", 11.5, False)
    found = _segments([*chapter, numbered, None, *PROSE], [*chapter, numbered, None, *PROSE])
    assert [s.text for s in found if s.kind is HEADING][2] == "2.1 Meer huizen in het dorp"


def test_a_title_on_a_page_of_its_own_is_a_heading() -> None:
    found = _segments([("Wonen", 26, False)], PROSE, [("Zorg", 26, False)], PROSE)
    assert [s.heading_path for s in found if s.kind is PARAGRAPH] == [("Wonen",), ("Zorg",)]


def test_numbers_set_the_level_of_headings() -> None:
    found = _segments(
        [
            ("1 Wonen", 12, True),
            *PROSE,
            None,
            ("1.1 Huren", 12, True),
            *PROSE,
            None,
            ("1.1.1 Sociaal huren", 12, True),
            *PROSE,
            None,
            ("1.2 Kopen", 12, True),
            *PROSE,
        ]
    )
    paths = [s.heading_path for s in found if s.kind is PARAGRAPH]
    assert paths == [
        ("1 Wonen",),
        ("1 Wonen", "1.1 Huren"),
        ("1 Wonen", "1.1 Huren", "1.1.1 Sociaal huren"),
        ("1 Wonen", "1.2 Kopen"),
    ]


def test_a_number_on_a_line_of_its_own_belongs_to_the_heading() -> None:
    found = _segments([("1.2.5", 13, False), ("Scholen", 13, False), None, *PROSE])
    assert (found[0].kind, found[0].text) == (HEADING, "1.2.5 Scholen")


def test_an_outline_makes_headings_of_plain_lines() -> None:
    page: list[Spec] = ["Wonen in het dorp", None, *PROSE]
    assert _segments(page)[0].kind is PARAGRAPH
    found = _segments(page, outline=[(1, "Wonen in het dorp", 2)])
    assert found[0].kind is HEADING
    assert found[1].heading_path == ("Wonen in het dorp",)


def test_a_label_stands_above_no_heading() -> None:
    found = _segments(
        [("Wonen", 20, True), ("Wij willen:", 14, True), *PROSE, None, ("Huren", 12, True), *PROSE]
    )
    assert found[2].heading_path == ("Wonen", "Wij willen")
    assert found[-1].heading_path == ("Wonen", "Huren")


def test_a_path_has_four_levels_at_most() -> None:
    page: list[Spec] = [(f"Kop {size}", size, True) for size in (30, 25, 21, 18, 15)]
    found = _segments([*page, *PROSE])
    assert found[-1].heading_path == ("Kop 30", "Kop 25", "Kop 18", "Kop 15")


@pytest.mark.parametrize("bullet", ["•", "▶", "–", "-", "\uf0b7", "✓"])
def test_list_items_lose_their_bullet(bullet: str) -> None:
    found = _segments(["Wij gaan:", f"{bullet} bomen planten;", f"{bullet} wegen herstellen."])
    assert _pairs(found)[1:] == [(ITEM, "bomen planten;"), (ITEM, "wegen herstellen.")]


def test_list_items_keep_their_number() -> None:
    found = _segments(
        ["Wij gaan:", "1. bomen planten in de", "straat;", "2. wegen herstellen.", "a) ook hier"]
    )
    assert _pairs(found)[1:] == [
        (ITEM, "1. bomen planten in de straat;"),
        (ITEM, "2. wegen herstellen."),
        (ITEM, "a) ook hier"),
    ]


def test_a_dash_or_a_year_at_a_line_start_does_not_break_a_sentence() -> None:
    page: list[Spec] = [
        "Wij bouwen samen met de woonmaatschappij zestig woningen voor het jaar",
        "2030. Dat doen we – zoals beloofd in het vorige programma van de partij",
        "– samen met de drie dorpen en hun inwoners.",
    ]
    assert len(_segments(page)) == 1


def test_a_table_row_is_a_segment_and_figures_are_no_evidence() -> None:
    found = _segments(
        [
            *PROSE,
            make_line("Wat 2026 2027 2028", 300, page=2, cells=("Wat", "2026", "2027", "2028")),
            make_line("Bomen 10 20 30", 313, page=2, cells=("Bomen", "10", "20", "30")),
            make_line("GBB-FIN 10 20 30", 326, page=2, cells=("GBB-FIN", "10", "20", "30")),
            make_line("€ 50.000", 400, page=2),
        ]
    )
    assert [segment.kind for segment in found] == [
        PARAGRAPH,
        SegmentKind.FIGURES,
        SegmentKind.TABLE_ROW,
        SegmentKind.FIGURES,
        SegmentKind.FIGURES,
    ]
    assert [segment.is_evidence for segment in found] == [True, False, True, False, False]


def test_the_amounts_of_an_action_are_no_second_evidence() -> None:
    cells = ("AC-1.1.1", "Uitgave", "10.000", "20.000")
    found = _segments(
        [
            ("AC-1.1.1 Bouw van 72 woningen", 10, True),
            *PROSE,
            make_line(" ".join(cells), 300, page=2, cells=cells),
            make_line(
                "AC-9 Een nieuwe brug 5", 313, page=2, cells=("AC-9", "Een nieuwe brug", "5")
            ),
        ]
    )
    assert [segment.is_evidence for segment in found] == [True, True, False, True]


def test_contents_are_no_evidence() -> None:
    entries: list[Spec] = [f"{n}. Hoofdstuk over thema {n} ......... {3 * n}" for n in range(1, 7)]
    found = _segments([("Inhoud", 18, True), *entries], [("Thema", 18, True), *PROSE])
    assert {segment.kind for segment in found if segment.pages == (2,)} == {SegmentKind.CONTENTS}
    assert found[-1].kind is PARAGRAPH
    assert found[-1].heading_path == ("Thema",)


def test_contents_without_leaders_are_known_by_rising_page_numbers() -> None:
    names = ["Wonen", "Zorg", "Mobiliteit", "Klimaat", "Bestuur"]
    entries: list[Spec] = [f"{name} {4 * n}" for n, name in enumerate(names, 1)]
    found = _segments([("Inhoudsopgave", 18, True), *entries], PROSE)
    assert {segment.kind for segment in found[:-1]} == {SegmentKind.CONTENTS}


def test_shares_in_a_chart_are_no_contents() -> None:
    rows = [("Wonen", 38), ("Fietsen", 34), ("Zorg", 29), ("Groen", 26), ("Netheid", 17)]
    found = _segments([*PROSE, None, *(f"{name} {share}" for name, share in rows)])
    assert SegmentKind.CONTENTS not in {segment.kind for segment in found}


def test_a_colophon_is_no_evidence() -> None:
    found = _segments(
        PROSE, ["Verantwoordelijke uitgever: A. Maes, Kerkstraat 1", "Depotnummer D/2025/1"]
    )
    assert found[-1].kind is SegmentKind.CONTENTS


def test_an_action_stands_under_its_plan_and_above_its_description() -> None:
    found = _segments(
        [
            ("BD-1 Wonen voor iedereen", 14, True),
            ("AP-1.1 We maken huren betaalbaar", 12, True),
            ("AC-1.1.1 Bouw van 72 woningen", 10, True),
            *PROSE,
            ("AC-1.1.2 Leegstandsregister", 10, True),
            None,
            ("AP-1.2 We vernieuwen de kernen", 12, True),
            *PROSE,
        ]
    )
    plan = ("BD-1 Wonen voor iedereen", "AP-1.1 We maken huren betaalbaar")
    assert [(s.kind, s.heading_path) for s in found[2:]] == [
        (ITEM, plan),
        (PARAGRAPH, (*plan, "AC-1.1.1 Bouw van 72 woningen")),
        (ITEM, plan),
        (HEADING, plan[:1]),
        (PARAGRAPH, (*plan[:1], "AP-1.2 We vernieuwen de kernen")),
    ]
    assert found[4].is_evidence  # an action without description is an action


def test_the_cover_is_above_nothing() -> None:
    document = make_document([*PROSE])
    cover = Document(
        document.name, "", (make_document([("Programma", 40, True)]).pages[1], document.pages[1])
    )
    assert segment_document(cover)[-1].heading_path in ((), ("Programma",))


def test_an_empty_document_has_no_segments() -> None:
    assert segment_document(Document("a.pdf", "", ())) == ()


def test_the_plan_of_oevermeer() -> None:
    segments = segment_document(read_pdf(CORPORA / "oevermeer-meerjarenplan-2026-2031.pdf"))
    actions = [s for s in segments if s.text.startswith("AC-") and s.kind is ITEM]
    assert len(actions) == 64
    assert len({action.text.split()[0] for action in actions}) == 64
    assert all(len(action.heading_path) == 2 for action in actions)
    plans = [s.text[:6] for s in segments if s.kind is HEADING and s.text.startswith("AP-")]
    assert len(plans) == 14


def test_the_manifesto_of_lindebeke() -> None:
    segments = segment_document(read_pdf(CORPORA / "lindebeke-verkiezingsprogramma-2024.pdf"))
    chapters = [s.text for s in segments if s.kind is HEADING and s.text[:1].isdigit()]
    assert [chapter[:2] for chapter in chapters] == [f"{n}." for n in range(1, 10)]
    assert all(s.kind is SegmentKind.CONTENTS for s in segments if s.pages == (2,))
    assert all(s.language == "nl" for s in segments)


def test_the_spreads_of_the_agreement_are_read_in_order() -> None:
    segments = segment_document(read_pdf(CORPORA / "oevermeer-bestuursakkoord-2025-2030.pdf"))
    chapters = [s.text for s in segments if s.kind is HEADING and s.text[:1].isdigit()]
    assert [chapter[:2] for chapter in chapters] == [f"{n}." for n in range(1, len(chapters) + 1)]


@needs_shared
@pytest.mark.parametrize(
    ("name", "page", "path", "start"),
    [
        (
            "vlaams_regeerakkoord_2019",
            30,
            ("Vlaanderen schittert", "1 Onderwijs", "1.2.5 Scholen"),
            "Als Vlaamse regering hebben wij de ambitie",
        ),
        ("2023_JA21", 5, ("1. Democratie en Bestuur", "JA21 wil"), "Meer macht voor"),
        ("2021_VVD", 11, ("Economie en Ondernemen", "Een economie die werkt"), "Stimuleren van"),
        ("uk2017_conservative", 24, ("A MODERN INDUSTRIAL STRATEGY",), ""),
    ],
)
def test_headings_of_real_documents(
    name: str, page: int, path: tuple[str, ...], start: str
) -> None:
    segments = segment_document(read_pdf(SHARED / f"pdf/real/{name}.pdf"))
    found = [s for s in segments if page in s.pages and s.is_evidence and s.text.startswith(start)]
    assert found
    context = found[0].context
    assert all(part in context for part in path), context


@needs_shared
def test_a_long_agreement_takes_seconds() -> None:
    start = time.process_time()
    document = read_pdf(SHARED / "pdf/real/vlaams_regeerakkoord_2019.pdf")
    segments = segment_document(document)
    assert len(segments) > 2000
    # 5 s on a quiet machine; the margin is for shared ones.
    assert time.process_time() - start < 15


@needs_shared
def test_segments_have_a_readable_length() -> None:
    segments = segment_document(read_pdf(SHARED / "pdf/real/vlaams_regeerakkoord_2019.pdf"))
    words = [len(s.text.split()) for s in segments if s.is_evidence]
    assert sum(count > 80 for count in words) < 0.02 * len(words)
    assert sum(count < 5 for count in words) < 0.02 * len(words)
