"""From an analysis to the payload, the HTML and the terminal, with the reasons of matches."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from sdgalign.documents import Document
from sdgalign.documents.document import Box, Page
from sdgalign.framework import load_framework
from sdgalign.kinds import DocumentKind
from sdgalign.model import Classification, ModelInfo, Reason
from sdgalign.model.explain import WrittenSentence
from sdgalign.pipeline import Analysis, analyze
from sdgalign.reports.html import render_html
from sdgalign.reports.payload import build_payload, language_of, load_schema
from sdgalign.reports.terminal import QUOTE_LENGTH, print_alignment
from sdgalign.scoring import align, claims, find_gaps
from sdgalign.segmentation import Segment
from sdgalign.segmentation.segment import SegmentKind
from tests.model.tiny import tiny_model
from tests.pdfs import Put, write_pdf
from tests.reports.golden_files import assert_golden

TEXT = "Café & coöperatie: <fietsen> voor wie het nodig heeft."
EXAMPLE = WrittenSentence("11.2-01", ("11.2",), "Fietsen voor <iedereen>", "Bikes for <all>")


def spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(word), text.index(word) + len(word)) for word in words)


def analysis(text: str, reasons: dict[str, Reason], against: float = 0.0) -> Analysis:
    """One paragraph that addresses target 11.2."""
    framework = load_framework()
    box = Box(1, 70, 80, 500, 110)
    segment = Segment(
        "s00001", SegmentKind.PARAGRAPH, text, 0, len(text), (box,), ("Straat",), "nl"
    )
    found = Classification(
        id=segment.id,
        goals={"11": 0.9},
        targets={"11.2": 0.9},
        goals_predicted=("11",),
        targets_predicted=("11.2",),
        none=0.1,
        commitment=2,
        commitment_probabilities=(0.0, 0.1, 0.9, 0.0),
        against=against,
        reasons=reasons,
    )
    learnt = frozenset(target.code for target in framework.targets)
    alignment = align(framework, [found], {segment.id: 9}, learnt)
    return Analysis(
        document=Document(name="plan.pdf", sha256="ab" * 32, pages=(Page(1, 595, 842, ()),)),
        kind=DocumentKind.PLAN,
        segments=(segment,),
        classifications=(found,),
        mentions=((),),
        alignment=alignment,
        gaps=find_gaps(alignment, [found]),
        claims=claims(alignment, []),
        framework=framework,
        model=ModelInfo("hand-made", "1", ("nl", "en"), {}, {}, digest="cd" * 32),
    )


def only_match(made: Analysis) -> dict:
    payload = build_payload(made, "nl")
    jsonschema.validate(payload, load_schema())
    assert payload["schema_version"] == "1.2"
    (match,) = payload["matches"]
    return match


def test_a_match_tells_its_reason():
    words = spans(TEXT, "coöperatie", "fietsen")
    made = analysis(TEXT, {"11.2": Reason(words, EXAMPLE, 0.83456)}, against=0.123456)
    match = only_match(made)
    assert match["against"] == 0.1235
    assert match["reason"] == {
        "words": ["coöperatie", "fietsen"],
        "spans": [list(span) for span in words],
        "nearest": {"id": "11.2-01", "nl": "Fietsen voor <iedereen>", "en": "Bikes for <all>"},
        "likeness": 0.83,
    }


def test_golden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741509000")
    reason = Reason(spans(TEXT, "fietsen"), EXAMPLE, 0.7)
    payload = build_payload(analysis(TEXT, {"11.2": reason}), "nl")
    payload["tool"]["version"] = "0"
    # One of each will do: the others differ by what the framework says of them.
    for name, key, kept in (
        ("goals", "code", ("1", "11")),
        ("targets", "code", ("1.1", "11.2")),
        ("gaps", "target", ("1.2",)),
        ("claims", "goal", ("1", "11")),
    ):
        payload[name] = [each for each in payload[name] if each[key] in kept]
    content = json.dumps(payload, ensure_ascii=False, indent=1) + "\n"
    assert_golden("report.json", content)


def test_a_target_that_the_model_compares_with_its_description_has_an_example_only():
    reason = only_match(analysis(TEXT, {"11.2": Reason((), EXAMPLE, 1.0000001)}))["reason"]
    assert reason["words"] == reason["spans"] == []
    assert reason["likeness"] == 1


def test_a_dutch_document_is_reported_in_dutch_when_nobody_asks():
    assert language_of(analysis(TEXT, {})) == "nl"


def test_a_printed_page_number_is_in_the_payload():
    made = analysis(TEXT, {})
    assert "page_labels" not in build_payload(made, "nl")["document"]
    pages = (Page(1, 595, 842, (), label="iv"),)
    payload = build_payload(replace(made, document=replace(made.document, pages=pages)), "nl")
    jsonschema.validate(payload, load_schema())
    assert payload["document"]["page_labels"] == {"1": "iv"}
    assert "p. 1 (gedrukt iv)" in render_html(payload, "nl")


def test_a_model_without_exemplars_has_words_only():
    reason = only_match(analysis(TEXT, {"11.2": Reason(spans(TEXT, "fietsen"))}))["reason"]
    assert reason == {"words": ["fietsen"], "spans": [[20, 27]]}


@pytest.mark.parametrize("reasons", [{}, {"11.2": Reason(())}, {"11.2": Reason(((900, 907),))}])
def test_without_a_reason_there_is_none_in_any_report(reasons: dict[str, Reason]):
    made = analysis(TEXT, reasons)
    assert "reason" not in only_match(made)
    html = render_html(build_payload(made, "nl"), "nl")
    assert "<mark" not in html
    assert 'class="like"' not in html


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("nl", "Lijkt op onze voorbeeldzin: “Fietsen voor &lt;iedereen&gt;”"),
        ("en", "Resembles our example sentence: “Bikes for &lt;all&gt;”"),
    ],
)
def test_the_html_report_shows_words_and_example(language, line):
    made = analysis(TEXT, {"11.2": Reason(spans(TEXT, "Café", "fietsen"), EXAMPLE, 0.7)})
    html = render_html(build_payload(made, language), language)
    assert line in html
    assert (
        '<mark class="word">Café</mark> &amp; coöperatie: '
        '&lt;<mark class="word">fietsen</mark>&gt; voor'
    ) in html


def test_the_terminal_marks_only_words_that_it_shows():
    text = f"Veilig fietsen {'door de straten ' * 10}en parkeren."
    assert text.index("parkeren") > QUOTE_LENGTH
    made = analysis(text, {"11.2": Reason(spans(text, "fietsen", "parkeren"))})
    console = Console(width=400, force_terminal=True, color_system="standard", record=True)
    with console.capture() as shown:
        print_alignment(made, "nl", console)
    bold = re.findall(r"\x1b\[1m(\w+)\x1b\[0m", shown.get())
    assert "fietsen" in bold
    assert not [word for word in bold if word.startswith("park")]


def test_a_real_run_explains_its_matches(tmp_path: Path):
    lines = [
        "We leggen een fietspad aan in de Lindestraat & de Kaai.",
        "We bouwen sociale woningen in de Kapelstraat tegen 2028.",
        "De school in de Kerkstraat krijgt betere lessen.",
    ]
    puts = [Put(60, 80 + 60 * row, line) for row, line in enumerate(lines)]
    made = analyze(write_pdf(tmp_path / "plan.pdf", [puts]), tiny_model)
    payload = build_payload(made, "nl")
    jsonschema.validate(payload, load_schema())
    said = {segment["id"]: segment["text"] for segment in payload["segments"]}
    matches = [match for match in payload["matches"] if "reason" in match]
    reasons = [(said[match["segment"]], match["reason"]) for match in matches]
    assert reasons
    for text, reason in reasons:
        assert reason["words"] == [text[start:end] for start, end in reason["spans"]]
    html = render_html(payload, "nl")
    assert html.count('class="word') == sum(len(reason["words"]) for _, reason in reasons)
