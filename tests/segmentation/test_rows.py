"""Rows of tables: titles of bands, rows cut by the page, forms that were left open."""

from __future__ import annotations

from sdgalign.segmentation import Segment, SegmentKind
from tests.segmentation.build import Spec, make_line, segments_of

PROSE = [
    "De gemeente werkt aan een dorp waar iedereen goed kan wonen en waar",
    "kinderen veilig naar school fietsen.",
]
AMOUNTS = ("10.000", "20.000", "30.000")


def _row(y: float, *cells: str, bold: bool = False, x: float = 60, page: int = 2) -> Spec:
    return make_line(" ".join(cells), y, page=page, x=x, cells=cells, bold=bold)


def _of(found: list[Segment], start: str) -> Segment:
    return next(s for s in found if s.text.startswith(start))


def test_a_bold_row_of_one_cell_is_the_title_of_the_rows_after_it() -> None:
    found = segments_of(
        [
            *PROSE,
            _row(150, "Groen in de straat", bold=True),
            _row(165, "Nieuwe bomen", *AMOUNTS),
            _row(180, "Veilig naar school", bold=True),
            _row(195, "Fietspaden", *AMOUNTS),
            make_line("Dit is de tekst na de tabel.", 230, page=2),
        ]
    )
    assert _of(found, "Veilig").kind is SegmentKind.HEADING
    assert _of(found, "Nieuwe").heading_path == ("Groen in de straat",)
    assert _of(found, "Fietspaden").heading_path == ("Veilig naar school",)
    assert found[-1].heading_path == ()


def test_the_text_of_a_row_goes_on_past_the_amounts_beside_it() -> None:
    cut = [
        make_line("ACT-0102 Wij vernieuwen de straat bij de kerk samen met de", 700, page=2),
        make_line("rioolbeheerder, en in ons ontwerp streven we in alle straten", 713, page=2),
        _row(700, *AMOUNTS, x=450),
    ]
    rest = make_line("naar een groene inrichting met bomen.", 100, page=3)
    found = segments_of(["AP-01 Straten", None, *PROSE, None, *cut], [rest])
    action = _of(found, "ACT-0102")
    assert action.text.endswith("in alle straten naar een groene inrichting met bomen.")
    assert action.pages == (2, 3)
    assert _of(found, "10.000").kind is SegmentKind.FIGURES


def test_text_on_the_next_page_belongs_to_the_action_whose_row_comes_last() -> None:
    page = [
        "AP-01 Straten",
        None,
        "ACT-0101 Wij planten bomen langs de straat.",
        _row(150, "ACT-0102", *AMOUNTS),
    ]
    found = segments_of([*page], ["Wij vernieuwen het dak van de school."])
    assert found[-1].heading_path == ("AP-01 Straten", "ACT-0102")


def test_the_open_labels_of_a_form_are_no_evidence() -> None:
    entries = [
        spec
        for code in ("ABC", "DEF", "GHI")
        for spec in (None, (f"GBB-{code}", 12.0, True), None, "Toelichting:")
    ]
    found = segments_of([*PROSE, *entries, None, ("Wonen", 12.0, True), *PROSE])
    assert {s.is_evidence for s in found if s.text == "Toelichting:"} == {False}
    assert found[-1].is_evidence


def test_a_label_above_text_is_no_open_form() -> None:
    entries = [spec for _ in range(4) for spec in (None, "Toelichting:", None, *PROSE)]
    assert all(s.is_evidence for s in segments_of([*PROSE, *entries]))
