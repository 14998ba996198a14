"""Patterns of words that name an SDG, a quantity or a date, for spaCy's matcher."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sdgalign.segmentation.nlp import load_spacy
from sdgalign.segmentation.sdg_codes import CODE

if TYPE_CHECKING:
    from spacy.matcher import Matcher

_SDG_NAME = r"(?i)(?:.*[\d\W])?sdg(?:['’]?s|-?doel(?:stelling)?(?:en)?)?[-:]?"
_GOALS_NAME = (
    r"(?i)(?:duurzame|vn|verenigde)?-?ontwikkelings?-?doel(?:stelling)?(?:en)?"
    r"|duurzaamheids-?doel(?:stelling)?(?:en)?"
)
JOINER = r",|;|&|/|\+|en|and|of|or|t/m|tot|met|to|-|–|t\.e\.m\."
_BETWEEN = (
    r"(?i)['’]s?|s|:|-|–|nr\.?|no\.?|nummers?|targets?|goals?|\("
    r"|(?:sub)?doel(?:stelling)?(?:en)?"
)
NUMBER = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
YEAR = r"(?:19|20)\d{2}"
_MAGNITUDE = r"(?i)miljoen|miljard|duizend|million|billion|thousand|mln\.?|mld\.?|bn|m|k"
_CURRENCY = r"(?i)€|eur|euro|£|\$|pond|pounds?"
_PERCENT = r"(?i)%|procent|percent|procentpunt(?:en)?"
MONTHS = (
    r"(?i)januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|january|february|march|may|june|july|august|october"
)
_DEADLINE = (
    r"(?i)tegen|voor|vóór|uiterlijk|eind|einde|begin|midden|medio|vanaf|in|sinds|tot|by|until|"
    r"before|from|since|during|after|na|end|start|najaar|voorjaar|zomer|autumn|spring|summer"
)
_DEADLINE_TAIL = r"(?i)in|of|van|op|het|the|eind|einde|begin|midden|end|late|early|voor|laatste"
_NO_UNIT = (
    r"(?i)(?:en|of|tot|in|op|van|voor|met|bij|aan|uit|om|is|zijn|was|wordt|worden|werd|die|dat|de"
    r"|het|een|te|er|als|dan|naar|door|over|we|wij|and|or|to|of|on|at|by|for|with|the|is|are|was"
    r"|will|that|which|who|this|per|t/m|tussen|onder|maar|ook|niet|heeft|hebben|kan|moet|zal|van)"
)


@cache
def matcher_of(language: str) -> Matcher:
    """Return the matcher for texts of a language; its labels are the kinds of mentions."""
    pipeline = load_spacy(language)
    from spacy.matcher import Matcher

    matcher = Matcher(pipeline.vocab)
    matcher.add("sdg", _sdg_patterns(), greedy="LONGEST")
    matcher.add("quantity", _quantity_patterns(), greedy="LONGEST")
    matcher.add("date", _date_patterns(), greedy="LONGEST")
    return matcher


def _is(pattern: str, operator: str = "{1}") -> dict[str, Any]:
    return {
        "TEXT": {
            "REGEX": rf"^(?:{pattern})$"
            if not pattern.startswith("(?i)")
            else rf"(?i)^(?:{pattern[4:]})$"
        },
        "OP": operator,
    }


def _sdg_patterns() -> list[list[dict[str, Any]]]:
    code = rf"{CODE}|\d{{1,2}}[-–]\d{{1,2}}"
    codes = [_is(code), _is(rf"{code}|{JOINER}", "*")]
    between = _is(_BETWEEN, "{0,2}")
    development = [_is("(?i)duurzame|sustainable"), _is("-", "?"), _is("(?i)development", "?")]
    goals = [*development, _is(rf"{_GOALS_NAME}|(?:doel(?:stelling)?(?:en)?|goals?)")]
    return [
        [_is(_SDG_NAME), between, *codes],
        [_is(_SDG_NAME)],
        [_is(_GOALS_NAME), between, *codes],
        [_is(_GOALS_NAME)],
        [*goals, between, *codes],
        goals,
        [_is("(?i)(?:sub)?doel(?:stelling)?(?:en)?|goals?|targets?"), *codes],
        [_is("(?i)agenda"), _is("2030")],
        [_is("2030"), _is("-|–", "?"), _is("(?i)agenda")],
        [_is("(?i)2030-agenda")],
    ]


def _quantity_patterns() -> list[list[dict[str, Any]]]:
    number, magnitude = _is(NUMBER), _is(_MAGNITUDE, "?")
    adjective = {
        "TEXT": {
            "REGEX": r"(?i)^(?:[a-zà-ÿ-]{3,}e|extra|meer|more|new|additional|social|affordable)$",
            "NOT_IN": ["die", "the"],
        },
        "OP": "{0,3}",
    }
    unit = {"TEXT": {"REGEX": rf"^(?!(?:{_NO_UNIT[4:]})$)[A-Za-zÀ-ÿ²³][\wÀ-ÿ²³.'’/-]*$"}}
    return [
        [_is(_CURRENCY), number, magnitude],
        [number, magnitude, _is(_CURRENCY)],
        [number, _is(_PERCENT)],
        [number, _is("(?i)per"), _is("(?i)cent")],
        [number, magnitude, adjective, unit],
        [_is(rf"(?:{NUMBER})%|[€£$](?:{NUMBER})(?:[mk]|bn|mln)?"), magnitude],
    ]


def _date_patterns() -> list[list[dict[str, Any]]]:
    year, month, day = _is(YEAR), _is(MONTHS, "?"), _is(r"[0-3]?\d", "?")
    tail = _is(_DEADLINE_TAIL, "{0,3}")
    return [
        [_is(_DEADLINE), tail, day, month, year],
        [day, _is(MONTHS), year],
        [year, _is("-|–|/|t/m"), year],
        [_is(rf"{YEAR}[-–/]{YEAR}")],
    ]
