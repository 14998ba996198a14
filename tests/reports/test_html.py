"""The HTML report as text: complete, escaped, self-contained.

After a wanted change, refresh the golden file and read its difference:
``SDGALIGN_UPDATE_GOLDEN=1 pytest tests/reports/test_html.py``.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from sdgalign.reports.html import INK, PAPER, ink_on, render_html
from sdgalign.reports.html_parts import MAX_QUOTES, page_ranges
from sdgalign.reports.texts import texts
from tests.reports import payloads

GOLDEN = Path(__file__).parent / "golden" / "report-nl.html"
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'
VOID = {"meta", "input"}


class Tree(HTMLParser):
    """Collects attributes, ids and text, and checks that elements nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def words(self):
        return " ".join(" ".join(self.text).split())


def without_assets(html: str) -> str:
    """Leave out style, script and their digests: they have no place in a difference of content."""
    html = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1…\3", html, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", html)


@pytest.mark.parametrize("build", [payloads.small, payloads.empty, payloads.large])
def test_the_payloads_of_these_tests_are_valid(build):
    schema = files("sdgalign.reports") / "schema" / "report-1.schema.json"
    jsonschema.validate(build(), json.loads(schema.read_text(encoding="utf-8")))


def test_golden():
    html = without_assets(render_html(payloads.small(), "nl"))
    if os.environ.get("SDGALIGN_UPDATE_GOLDEN"):
        GOLDEN.write_text(html, encoding="utf-8")
    assert html == GOLDEN.read_text(encoding="utf-8"), "see the docstring of this module"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("build", [payloads.small, payloads.empty])
def test_well_formed_with_unique_ids_and_working_links(build, language):
    tree = Tree(render_html(build(), language))
    ids = [attrs["id"] for _, attrs in tree.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [a["href"] for a in tree.all("a") if a["href"].startswith("#")]
    assert {link[1:] for link in links} <= set(ids)
    references = [attrs.get("aria-labelledby") or "" for _, attrs in tree.tags]
    assert set(" ".join(references).split()) <= set(ids)
    assert tree.all("html")[0]["lang"] == language


def test_headings_skip_no_level():
    tree = Tree(render_html(payloads.small(), "nl"))
    levels = [int(tag[1]) for tag, _ in tree.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_hostile_text_stays_text():
    payload = payloads.small()
    payload["document"]["title"] = HOSTILE
    payload["document"]["name"] = f'a"{HOSTILE}.pdf'
    payload["warnings"] = [HOSTILE]
    payload["model"]["id"] = HOSTILE
    for segment in payload["segments"]:
        segment.update(text=f"{HOSTILE} 14 kilometer {HOSTILE}", heading_path=[HOSTILE])
    for match in payload["matches"]:
        match["reason"] = payloads.reason(f"{HOSTILE} 14", "11.2", ["script", "alert"], 0.9)
        match["reason"]["nearest"] = {"id": HOSTILE, "nl": HOSTILE, "en": HOSTILE}
    for target in payload["targets"]:
        target["title"] = target["description"] = target["reason"] = {"nl": HOSTILE, "en": HOSTILE}
    for mention in payload["mentions"]:
        mention["codes"] = [HOSTILE]
    tree = Tree(render_html(payload, "nl"))
    assert tree.all("img") == []
    assert [attrs.get("type") for attrs in tree.all("script")] == ["application/json", None]
    assert HOSTILE in tree.words()
    assert all(attrs["href"].startswith(("#", "./")) for attrs in tree.all("a"))


def test_a_surrogate_from_a_damaged_pdf_can_be_written():
    payload = payloads.small()
    payload["segments"][0]["text"] = "kapot \ud800 teken"
    render_html(payload, "nl").encode("utf-8")


def test_a_colour_cannot_carry_a_style():
    payload = payloads.small()
    payload["goals"][3]["color"] = "red;} body {display: none"
    with pytest.raises(ValueError, match="goal 4"):
        render_html(payload, "nl")


def test_nothing_is_loaded_and_no_inline_style_breaks_the_policy():
    html = render_html(payloads.small(), "nl")
    tree = Tree(html)
    assert "http:" not in html
    assert "https:" not in html
    assert not re.search(r"url\((?!#)", html)
    assert "@import" not in html
    names = {name for _, attrs in tree.tags for name in attrs}
    assert not names & {"src", "srcset", "style", "action"}
    assert not [name for name in names if name.startswith("on")]
    assert not tree.all("link")
    policy = next(m["content"] for m in tree.all("meta") if m.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def gap_of(html: str, code: str) -> str:
    found = re.search(
        rf'<details class="gap[^>]*id="gap-{re.escape(code)}".*?</details>', html, re.S
    )
    assert found is not None
    return found[0]


def test_every_gap_says_why_what_comes_nearest_what_closes_and_what_measures_it():
    payload = payloads.small()
    html = render_html(payload, "nl")
    order = re.findall(r'id="gap-([^"]+)"', html)
    assert order == payload["summary"]["gaps"], "in the given order"
    for code in order:
        words = Tree(gap_of(html, code)).words()
        for text in (
            f"Titel van {code}",
            f"Omschrijving van {code}.",
            f"Reden van {code}.",
            f"Actie voor {code}.",
            f"Aantal bij {code} – bron: eigen telling",
        ):
            assert text in words
    assert "Kleine Beek" in gap_of(html, "13.1")
    assert "#page=8" in gap_of(html, "13.1")
    assert texts("nl")["gaps.nothing_near"] in gap_of(html, "4.1")


def test_gaps_stand_under_what_makes_them_pressing():
    payload = payloads.small()
    payload["gaps"][1].update(reference="action", peers=0.8)
    html = render_html(payload, "en")
    titles = [texts("en")[f"gaps.{name}"] for name in ("priority", "reference", "core", "shared")]
    places = [html.index(f'">{title} <span class="tally">') for title in titles]
    assert places == sorted(places)
    assert "priority" in Tree(gap_of(html, "4.1")).words()
    words = Tree(gap_of(html, payload["gaps"][1]["target"])).words()
    assert "reference: action" in words
    assert "in 80% of peers" in words


def test_what_was_not_assessed_is_never_called_a_gap():
    html = render_html(payloads.small(), "nl")
    assert 'id="unassessed-14.1"' in html
    assert 'id="gap-14.1"' not in html
    assert 'href="#gap-14.1"' not in html


def test_every_target_is_in_the_map_and_says_its_status():
    payload = payloads.small()
    html = render_html(payload, "nl")
    drawing = re.search(r'<svg class="map".*?</svg>', html, re.S)[0]
    titles = dict(re.findall(r"<title>([\d.a-d]+) [^:<]*: ([^<]*)</title>", drawing))
    assert len(titles) == 169
    said = {code: titles[code] for code in ("11.2", "13.1", "1.1", "14.1", "14.7", "16.8")}
    assert said == {
        "11.2": "meetbaar",
        "13.1": "vermelding",
        "1.1": "niet gevonden",
        "14.1": "niet beoordeeld",
        "14.7": "niet lokaal",
        "16.8": "vermelding",
    }
    links = {"#t-11.2", "#t-13.1", "#gap-1.1", "#unassessed-14.1", "#against-8.5", "#t-16.8"}
    shown = set(re.findall(r'<a href="(#[^"]*)"', drawing))
    assert links - {"#against-8.5"} <= shown
    assert not [link for link in shown if link.endswith("-14.7")]


def test_evidence_against_stands_apart_and_is_marked_with_care():
    html = render_html(payloads.small(), "en")
    quote = "sociale werkplaats schrappen"
    against = html[html.index('<section id="against"') : html.index('<section id="gaps"')]
    assert quote in against
    assert quote not in html[html.index('id="evidence"') : html.index('<section id="against"')]
    words = Tree(against).words()
    assert "About half of such flags are right" in words
    assert "possibly against" in words
    assert texts("en")["quote.gives"] not in words
    none = render_html(payloads.empty(), "en")
    assert texts("en")["against.none"] in none


def test_claims_stand_beside_what_is_taken_up():
    payload = payloads.small()
    words = Tree(render_html(payload, "nl")).words()
    assert "Doel 11 SDG 11: 2×, p. 4 , 6 2 1 genoemd en opgenomen" in words
    assert "Doel 2 0 1 alleen opgenomen" in words
    payload["claims"][12].update(mentions=3, verdict="claimed_only")
    assert "alleen genoemd (1): SDG 13" in Tree(render_html(payload, "nl")).words()


def test_a_plan_shows_codes_and_euro_per_goal_and_the_rule_of_division():
    payload = payloads.small()
    payload["plan"] = payloads.plan()
    html = render_html(payload, "nl")
    words = Tree(
        html[html.index('<section id="plan"') : html.index('<section id="reading"')]
    ).words()
    for text in (
        texts("nl")["plan.rule"],
        "Daarvan gaat € 30.000 (25 %) naar acties die geen enkele SDG-target raken",
        "11 Doel 11 € 45.000 38 %",
        "2026 € 120.000 € 30.000 25 %",
        "AC-1 Aanleg fietspad Molenweg SDG0306 80 % SDG1102 80 % € 90.000",
        "AC-2 Vernieuwing website geen target € 30.000",
    ):
        assert text in words.replace("\u00a0", " "), text
    assert 'id="plan"' not in render_html(payloads.small(), "nl")


def test_a_plan_without_amounts_shows_no_shares():
    payload = payloads.small()
    payload["plan"] = payloads.plan()
    payload["plan"]["budget"].update(total=0.0, without_target=0.0, by_goal={}, years={})
    words = Tree(render_html(payload, "nl")).words()
    assert "SDG1102" in words
    assert texts("nl")["plan.per_goal"] not in words


def test_national_targets_are_shown_where_found_and_listed_nowhere_else():
    html = render_html(payloads.small(), "nl")
    assert 'id="t-16.8"' in html
    assert 'id="mentioned-16.8"' not in html
    assert 'id="unassessed-14.7"' not in html


def test_quotes_carry_place_path_commitment_probability_and_language():
    html = render_html(payloads.small(), "en")
    figures = re.findall(r'<figure class="quote"[^>]*>.*?</figure>', html, re.DOTALL)
    quote = next(figure for figure in figures if "Molenweg" in figure)
    tree = Tree(quote)
    assert tree.all("a")[0]["href"] == "./zandvliert%202025.pdf#page=4"
    assert tree.all("blockquote")[0]["lang"] == "nl"
    words = tree.words()
    for part in (
        "p. 4–5 (printed 3)",
        "Zandvliert beweegt",
        "measurable promise",
        "very likely · 97%",
    ):
        assert part in words
    assert '<mark class="word">fietspad</mark> aan tegen <mark class="figure">2029</mark>' in quote
    both = '<mark class="figure">14 </mark><mark class="word figure">kilometer</mark>'
    assert both in quote


def quote_of(text, reason, language="nl", words=None):
    """The only quote of a report about one text."""
    more = {"reason": {**reason, **({"words": words} if words else {})}} if reason else {}
    row = payloads.match(0, "11.2", 0.9, 1, **more)
    payload = payloads.build([payloads.segment(0, text, 1)], [row])
    html = render_html(payload, language)
    return re.search(r'<figure class="quote"[^>]*>.*?</figure>', html, re.DOTALL)[0]


def test_marks_are_right_where_characters_are_escaped():
    text = "R&D <b>café</b> & coöperatie: \U0001f6b2 fietsen"
    reason = payloads.reason(text, "11.2", ["café", "coöperatie", "fietsen"], 0.2)
    quote = quote_of(text, reason)
    assert (
        'R&amp;D &lt;b&gt;<mark class="word">café</mark>&lt;/b&gt; &amp; '
        '<mark class="word">coöperatie</mark>: \U0001f6b2 <mark class="word">fietsen</mark>'
    ) in quote
    assert text in "".join(Tree(quote).text)


@pytest.mark.parametrize(
    ("language", "shown", "explained"),
    [
        ("nl", "Lijkt op onze voorbeeldzin: “Voorbeeld bij 11.2”", "verzonnen"),
        ("en", "Resembles our example sentence: “Example of 11.2”", "invented"),
    ],
)
def test_a_quote_names_the_example_that_it_resembles(language, shown, explained):
    quote = quote_of("Een fietspad.", payloads.reason("", "11.2", [], 0.6), language)
    tree = Tree(quote)
    assert shown in tree.words()
    (line,) = [attrs for attrs in tree.all("span") if attrs.get("class") == "like"]
    assert explained in line["title"]
    assert "<mark" not in quote


def test_a_long_example_is_cut_and_stands_whole_in_its_title():
    reason = payloads.reason("", "11.2", [], 0.9)
    whole = reason["nearest"]["nl"] = "Woonloket " * 10 + "& meer."
    tree = Tree(quote_of("Een fietspad.", reason))
    (line,) = [attrs for attrs in tree.all("span") if attrs.get("class") == "like"]
    assert f"“{whole}” Deze zin staat niet in het document" in line["title"]
    assert "Woonloket …”" in tree.words()
    assert "meer." not in tree.words()


@pytest.mark.parametrize("likeness", [-0.2, 0.59])
def test_an_example_that_is_not_alike_is_not_shown(likeness):
    text = "Een fietspad."
    quote = quote_of(text, payloads.reason(text, "11.2", ["fietspad"], likeness))
    assert "Voorbeeld" not in quote
    assert '<mark class="word">fietspad</mark>' in quote


def test_without_a_reason_nothing_is_shown():
    quote = quote_of("Een fietspad.", None)
    assert "<mark" not in quote
    assert "like" not in quote


def test_marks_that_do_not_fit_the_text_are_dropped():
    reason = payloads.reason("Een fietspad.", "11.2", ["fietspad"], 0.9)
    quote = quote_of("Dat fietspad.", reason, words=["fietsbad"])
    assert ">Dat fietspad.<" in quote


def test_a_target_found_by_description_says_so():
    html = render_html(payloads.small(), "nl")
    article = re.search(r'<article class="target" id="t-17.3".*?</article>', html, re.DOTALL)
    assert article is not None
    assert texts("nl")["evidence.description"] in article[0]
    assert html.count(texts("nl")["evidence.description"]) == 1


def test_a_document_that_is_no_pdf_has_no_page_links():
    payload = payloads.small()
    payload["document"]["name"] = "tekst.docx"
    assert "tekst.docx#" not in render_html(payload, "nl")


def test_many_quotes_are_capped_and_the_rest_counted():
    rows = [payloads.match(0, "11.2", 0.9, 2)] * (MAX_QUOTES + 5)
    payload = payloads.build(payloads.small()["segments"], rows)
    html = render_html(payload, "nl")
    assert html.count('<figure class="quote"') == MAX_QUOTES
    assert texts("nl").count("evidence.left", 5) in html


def test_the_quote_that_gives_the_status_comes_first_and_says_so():
    said = [f"Zin {index}." for index in range(6)]
    segments = [payloads.segment(index, text, 1) for index, text in enumerate(said)]
    rows = [payloads.match(index, "11.2", 0.9, 1) for index in range(5)]
    payload = payloads.build(segments, [*rows, payloads.match(5, "11.2", 0.5, 3)])
    target = next(entry for entry in payload["targets"] if entry["code"] == "11.2")
    assert target["status"] == "measurable"
    target["evidence"] = [0, 1, 2, 3, 4, 5]
    html = render_html(payload, "nl")
    assert re.findall(r"Zin \d\.", html) == [said[5], *said[:5]]
    assert html.count(texts("nl")["quote.gives"]) == 1
    assert html.index(said[5]) < html.index(texts("nl")["quote.gives"]) < html.index(said[0])


def test_a_status_that_no_quote_has_by_itself_is_explained():
    payload = payloads.build([payloads.segment(0, "Zin.", 1)], [payloads.match(0, "11.2", 0.4, 2)])
    next(entry for entry in payload["targets"] if entry["code"] == "11.2")["status"] = "mention"
    html = render_html(payload, "nl")
    assert texts("nl")["evidence.doubtful"] in html
    assert 'class="proof"' not in html


def test_the_conclusion_counts_the_targets_that_count():
    words = Tree(render_html(payloads.small(), "nl")).words()
    assert "Van de 81 SDG-targets die meetellen, neemt dit document er 5 op" in words
    assert "bij 1 een meetbare belofte, bij 2 een concrete actie en bij 2 een ambitie" in words
    assert "Daarvan tellen er 6 mee in de score" in words, "why the filter counts more targets"


def test_scores_are_rounded_halves_up_everywhere():
    payload = payloads.small()
    payload["summary"]["score"] = payload["goals"][0]["score"] = 44.5
    html = render_html(payload, "nl")
    assert "<strong>45</strong> <span>/ 100</span>" in html
    assert "45 op 100" in html
    assert "44 op 100" not in html
    assert [texts("nl").score(value) for value in (45.46, 45.5, 44.5, 44.44)] == [
        "46",
        "46",
        "45",
        "44",
    ]


def switched(html: str) -> tuple[list[str], list[int | str]]:
    found = re.search(r'<script type="application/json" id="switch">(.*?)</script>', html, re.S)
    data = json.loads(found[1])
    return data["texts"], data["places"]


@pytest.mark.parametrize("build", [payloads.small, payloads.empty, payloads.large])
def test_the_other_language_costs_little(build):
    html = render_html(build(), "nl")
    texts_, places = switched(html)
    assert "In short" in texts_
    assert not [text for text in texts_ if "Molenweg" in text and "zandvliert" not in text]
    assert len(json.dumps([texts_, places])) < len(html) / 4


def test_a_document_about_nothing():
    words = Tree(render_html(payloads.empty(), "en")).words()
    assert "this document takes up none" in words
    assert "Most of the text" not in words


def test_a_long_document_gives_a_small_file():
    payload = payloads.large()
    assert len(render_html(payload, "nl").encode()) < len(json.dumps(payload)) / 2


@pytest.mark.parametrize("color", payloads.COLORS)
def test_the_number_on_a_goal_colour_can_be_read(color):
    def luminance(hexadecimal):
        parts = [int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    assert ink_on(color) in (INK, PAPER)
    low, high = sorted((luminance(color) + 0.05, luminance(ink_on(color)) + 0.05))
    assert high / low >= 4.5


@pytest.mark.parametrize(
    ("pages", "written"),
    [([4], "4"), ([4, 5], "4–5"), ([9, 3, 4, 5], "3–5, 9"), ([2, 2], "2")],
)
def test_page_ranges(pages, written):
    assert page_ranges(pages) == written


def test_a_score_of_what_has_no_quote_is_explained():
    payload = payloads.small()
    (goal,) = [each for each in payload["goals"] if each["code"] == "4"]
    goal["score"], goal["score_low"], goal["score_high"] = 8.0, 0.0, 21.0
    said = "De score telt de passages mee die er misschien over gaan"
    assert render_html(payload, "nl").count(said) == 1
