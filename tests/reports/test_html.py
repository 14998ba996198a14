"""The HTML report as text: complete, escaped, self-contained.

After a wanted change, refresh the golden file and read its difference:
``SDGALIGN_UPDATE_GOLDEN=1 pytest tests/reports/test_html.py``.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import time
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
    references = [attrs["aria-labelledby"] for _, attrs in tree.tags if "aria-labelledby" in attrs]
    assert set(references) <= set(ids)
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
    assert len(tree.all("script")) == 1
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
    assert "url(" not in html
    assert "@import" not in html
    names = {name for _, attrs in tree.tags for name in attrs}
    assert not names & {"src", "srcset", "style", "action"}
    assert not [name for name in names if name.startswith("on")]
    assert not tree.all("link")
    policy = next(m["content"] for m in tree.all("meta") if m.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_every_gap_is_shown_with_title_description_and_reason():
    payload = payloads.small()
    html = render_html(payload, "nl")
    words = Tree(html).words()
    shown = set(re.findall(r'id="gap-([^"]+)"', html))
    assert shown == set(payload["summary"]["gaps"])
    for code in shown:
        for text in (f"Titel van {code}", f"Omschrijving van {code}.", f"Reden van {code}."):
            assert text in words


def test_own_competences_come_first():
    payload = payloads.small()
    relevance = {target["code"]: target["relevance"] for target in payload["targets"]}
    html = render_html(payload, "nl")
    order = [relevance[code] for code in re.findall(r'id="gap-([^"]+)"', html)]
    assert order == sorted(order)
    assert set(order) == {"core", "shared"}


def test_what_was_not_assessed_or_only_mentioned_is_never_called_a_gap():
    html = render_html(payloads.small(), "nl")
    gaps, _, rest = html.partition('<section id="mentioned"')
    assert 'id="unassessed-14.1"' in rest
    assert 'id="mentioned-13.1"' in rest
    for code in ("14.1", "13.1"):
        assert f'id="gap-{code}"' not in gaps
        assert f'href="#gap-{code}"' not in html


def test_national_targets_are_shown_where_found_and_listed_nowhere_else():
    html = render_html(payloads.small(), "nl")
    assert 'id="t-16.8"' in html
    assert 'id="mentioned-16.8"' not in html
    assert 'id="unassessed-14.7"' not in html


def test_quotes_carry_place_path_commitment_probability_and_language():
    html = render_html(payloads.small(), "en")
    figures = re.findall(r'<figure class="quote">.*?</figure>', html, re.DOTALL)
    quote = next(figure for figure in figures if "Molenweg" in figure)
    tree = Tree(quote)
    assert tree.all("a")[0]["href"] == "./zandvliert%202025.pdf#page=4"
    assert tree.all("blockquote")[0]["lang"] == "nl"
    words = tree.words()
    for part in ("p. 4–5", "Zandvliert beweegt", "measurable promise", "very likely · 97%"):
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
    return re.search(r'<figure class="quote">.*?</figure>', html, re.DOTALL)[0]


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
    quote = quote_of("Een fietspad.", payloads.reason("", "11.2", [], 0.5), language)
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


@pytest.mark.parametrize("likeness", [-0.2, 0.49])
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
    assert html.count('<figure class="quote">') == MAX_QUOTES
    assert texts("nl").count("evidence.left", 5) in html


def test_the_quote_that_gives_the_status_is_in_sight():
    texts = [f"Zin {index}." for index in range(6)]
    segments = [payloads.segment(index, text, 1) for index, text in enumerate(texts)]
    rows = [payloads.match(index, "11.2", 0.9, 1) for index in range(5)]
    payload = payloads.build(segments, [*rows, payloads.match(5, "11.2", 0.5, 3)])
    target = next(entry for entry in payload["targets"] if entry["code"] == "11.2")
    assert target["status"] == "measurable"
    target["evidence"] = [0, 1, 2, 3, 4, 5]
    shown = re.findall(r"Zin \d\.", render_html(payload, "nl"))
    assert shown == ["Zin 0.", "Zin 1.", "Zin 5.", "Zin 2.", "Zin 3.", "Zin 4."]


def test_mentions_are_counted_per_code():
    html = render_html(payloads.small(), "nl")
    words = Tree(html[html.index('id="mentions"') :].partition("</section>")[0]).words()
    assert "SDG's in het algemeen 1 6 SDG 3.6 1 5 SDG 11 2 4 , 6" in words


def test_the_conclusion_counts():
    words = Tree(render_html(payloads.small(), "nl")).words()
    assert "neemt dit document er 6 op met minstens een ambitie" in words
    assert "bij 1 een meetbare belofte, bij 3 een concrete actie en bij 2 een ambitie" in words


def test_a_document_about_nothing():
    words = Tree(render_html(payloads.empty(), "en")).words()
    assert "this document takes up none" in words
    assert "Most of the text" not in words


def test_a_long_document_is_fast_and_small():
    payload = payloads.large()
    start = time.perf_counter()
    html = render_html(payload, "nl")
    assert time.perf_counter() - start < 3
    assert len(html.encode()) < len(json.dumps(payload)) / 3


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
