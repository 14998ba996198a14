"""The catalogue of interface strings."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from sdgalign.reports.texts import texts

TEMPLATES = Path(__file__).parents[2] / "sdgalign" / "reports" / "templates"


def test_both_languages_have_the_same_keys():
    assert texts("nl").keys() == texts("en").keys()


@pytest.mark.parametrize("key", sorted(texts("nl").keys()))
def test_both_languages_fill_in_the_same_fields(key):
    def fields(text):
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    assert fields(texts("nl")[key]) == fields(texts("en")[key])


def test_every_key_that_a_template_names_exists():
    source = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.j2"))
    named = set(re.findall(r't\["([\w.-]+)"\]', source))
    named |= set(re.findall(r't\.fill\("([\w.-]+)"', source))
    counted = set(re.findall(r't\.count\("([\w.-]+)"', source))
    assert len(named) > 50
    assert named | {f"{key}_{n}" for key in counted for n in ("one", "many")} <= texts("nl").keys()


def test_a_missing_key_fails_loudly():
    with pytest.raises(KeyError, match="no nl text 'covrage'"):
        texts("nl")["covrage"]


def test_an_unknown_language_fails_loudly():
    with pytest.raises(ValueError, match="there are nl and en"):
        texts("fr")


@pytest.mark.parametrize(
    ("share", "dutch", "english"),
    [
        (0, "0\u00a0%", "0%"),
        (0.004, "<\u00a01\u00a0%", "<\u00a01%"),
        (0.834, "83\u00a0%", "83%"),
        (0.9951, ">\u00a099\u00a0%", ">\u00a099%"),
        (1, "100\u00a0%", "100%"),
    ],
)
def test_percent(share, dutch, english):
    assert texts("nl").percent(share) == dutch
    assert texts("en").percent(share) == english


def test_numbers_and_dates():
    assert texts("nl").number(12345) == "12.345"
    assert texts("en").number(12345) == "12,345"
    assert texts("nl").date("2025-03-09T08:30:00Z") == "9\u00a0maart 2025"


def test_enumerations():
    assert texts("nl").join([]) == ""
    assert texts("nl").join(["a"]) == "a"
    assert texts("en").join(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(("probability", "words"), [(0.95, "very likely"), (0.2, "uncertain")])
def test_likelihood(probability, words):
    assert texts("en").likelihood(probability) == words
