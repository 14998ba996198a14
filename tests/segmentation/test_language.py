from __future__ import annotations

import pytest

from sdgalign.segmentation.language import language_of, main_language

DUTCH = "Wij willen dat de gemeente meer doet voor de mensen die een woning zoeken in het dorp."
ENGLISH = "We will build more homes for the people of this town and that is our first promise."
FRENCH = "Nous voulons que la commune fasse plus pour les habitants qui cherchent un logement."
GERMAN = "Wir werden mehr Wohnungen bauen und die Schulen in allen Ortsteilen grundlegend erneuern."


@pytest.mark.parametrize(("text", "code"), [(DUTCH, "nl"), (ENGLISH, "en"), (FRENCH, "fr")])
def test_a_segment_has_its_own_language(text: str, code: str) -> None:
    assert language_of(text, "nl") == code
    assert language_of(text, "en") == code


def test_a_short_segment_has_the_language_of_its_document() -> None:
    assert language_of("Smart city hub", "nl") == "nl"


def test_names_and_figures_do_not_change_the_language() -> None:
    names = "Jan Peeters Marie Jacobs Luc Maes Tom Claes Els Wouters An Goossens Piet Smet"
    assert language_of(names, "nl") == "nl"


def test_most_of_the_text_decides() -> None:
    assert main_language([DUTCH] * 9 + [ENGLISH] * 2) == "nl"
    assert main_language([ENGLISH] * 9) == "en"
    assert main_language([GERMAN] * 9) == "other"
    assert main_language([]) == "nl"
