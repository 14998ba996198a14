from __future__ import annotations

from itertools import pairwise

import pytest

from sdgalign.segmentation import Mention, find_mentions


def _found(text: str, kind: str, language: str = "nl") -> list[Mention]:
    mentions = find_mentions(text, language)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
    return [mention for mention in mentions if mention.kind == kind]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Dit draagt bij aan SDG 11.", ("11",)),
        ("SDG1107 – Groene ruimte", ("11.7",)),
        ("SDG11: steden", ("11",)),
        ("SDG-11", ("11",)),
        ("D09-4SDG16 Beleidsdoelstelling", ("16",)),
        ("Link met SDG's 3 en 10", ("3", "10")),
        ("Link met SDG’s 3, 4 en 5 zoals gezegd", ("3", "4", "5")),
        ("SDG 3 t/m 5", ("3", "4", "5")),
        ("SDG 3–5", ("3", "4", "5")),
        ("SDG 11.7 en 3.a", ("11.7", "3.a")),
        ("SDG 3 – Goede gezondheid en welzijn", ("3",)),
        ("SDG-doelstelling 4 en 8", ("4", "8")),
        ("de duurzameontwikkelingsdoelstelling 6", ("6",)),
        ("de duurzame ontwikkelingsdoelen 3 en 4", ("3", "4")),
        ("duurzaamheidsdoelstelling 16: Vrede", ("16",)),
        ("bij de SDG’s, onder meer doelstelling 13", ("13",)),
        ("duurzaamheidsdoelstellingen: 1. Geen armoede 2. Geen honger 16. Vrede", ("1", "2", "16")),
        ("de Agenda 2030 van de VN", ()),
        ("de 2030-agenda", ()),
    ],
)
def test_goals_and_targets(text: str, codes: tuple[str, ...]) -> None:
    found = _found(text, "sdg")
    assert found, text
    assert tuple(code for mention in found for code in mention.codes) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("This supports Goal 13 and Goal 7.", ("13", "7")),
        ("Sustainable Development Goal 11", ("11",)),
        ("SDGs 3 and 10", ("3", "10")),
    ],
)
def test_english_goals(text: str, codes: tuple[str, ...]) -> None:
    found = _found(text, "sdg", "en")
    assert tuple(code for mention in found for code in mention.codes) == codes


@pytest.mark.parametrize(
    "text",
    [
        "Met doelstelling 13 gaan we verder.",
        "Beleidsdoelstelling 4: een warme gemeente",
        "Doel 4: samen leven",
        "SDG 18 bestaat niet",
        "SDG 3.99 ook niet",
        "in 2030 is alles beter",
    ],
)
def test_what_names_no_goal_has_no_code(text: str) -> None:
    assert not any(mention.codes for mention in _found(text, "sdg"))


def test_a_plan_may_number_its_own_goals() -> None:
    assert _found("Goal 1: more homes", "sdg", "en") == []


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("We bouwen 12 woningen", "12 woningen"),
        ("We bouwen 12 extra sociale huurwoningen in Zuid", "12 extra sociale huurwoningen"),
        ("Het kost € 1,5 miljoen", "€ 1,5 miljoen"),
        ("Het kost 20 miljoen euro", "20 miljoen euro"),
        ("een subsidie van 40.000 euro per jaar", "40.000 euro"),
        ("55 % minder uitstoot", "55 %"),
        ("55% minder uitstoot", "55%"),
        ("7,5 procent", "7,5 procent"),
        ("1.250 bomen", "1.250 bomen"),
    ],
)
def test_quantities(text: str, quantity: str) -> None:
    assert [mention.text for mention in _found(text, "quantity")] == [quantity]


@pytest.mark.parametrize(
    "text", ["artikel 12 van het decreet", "1. We doen iets", "in 2019 was er", "op 3 maart 2024"]
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert _found(text, "quantity") == []


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("60 woningen tegen 2030", "nl", "tegen 2030"),
        ("tegen eind 2028 klaar", "nl", "tegen eind 2028"),
        ("uiterlijk 31 december 2027", "nl", "uiterlijk 31 december 2027"),
        ("in de periode 2026-2031", "nl", "2026-2031"),
        ("done by 2028", "en", "by 2028"),
        ("by the end of 2027", "en", "by the end of 2027"),
        ("from April 2026", "en", "from April 2026"),
    ],
)
def test_dates(text: str, language: str, date: str) -> None:
    assert [mention.text for mention in _found(text, "date", language)] == [date]


def test_mentions_stand_in_order_and_apart() -> None:
    found = find_mentions("Tegen 2030 bouwen we 12 woningen (SDG 11) voor € 2 miljoen.", "nl")
    assert [mention.kind for mention in found] == ["date", "quantity", "sdg", "quantity"]
    assert all(a.end <= b.start for a, b in pairwise(found))
