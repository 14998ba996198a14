"""What a text says in so many words: an SDG, an amount, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from sdgalign.segmentation.nlp import load_spacy

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Span

MentionKind = Literal["sdg", "quantity", "date"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a text that names an SDG, a quantity or a date."""

    kind: MentionKind
    text: str
    start: int
    """Offset of its first character in the text."""
    end: int
    codes: tuple[str, ...] = ()
    """For an SDG: goals (``11``) and targets (``11.7``); empty when none is named."""


_MAY_HOLD = re.compile(r"\d|sdg|ontwikkelingsdoel|sustainable development", re.IGNORECASE)
"""Texts without these have no mention; most texts are spared the tokenizer."""
_NEAR = re.compile(
    r"\bsdg|duurzam|sustainable|agenda 2030|2030.agenda|verenigde naties|\bvn\b|\bun\b",
    re.IGNORECASE,
)
_NEAR_REACH = 100
_SDG_NAME = r"(?i)(?:.*[\d\W])?sdg(?:['’]?s|-?doel(?:stelling)?(?:en)?)?[-:]?"
_GOALS_NAME = (
    r"(?i)(?:duurzame|vn|verenigde)?-?ontwikkelings?-?doel(?:stelling)?(?:en)?"
    r"|duurzaamheids-?doel(?:stelling)?(?:en)?"
)
_CODE = r"(?:1[0-7]|0?[1-9])(?:\.(?:\d{1,2}|[a-d]))?"
_JOINER = r",|;|&|/|\+|en|and|of|or|t/m|tot|met|to|-|–|t\.e\.m\."
_BETWEEN = (
    r"(?i)['’]s?|s|:|-|–|nr\.?|no\.?|nummers?|targets?|goals?|\("
    r"|(?:sub)?doel(?:stelling)?(?:en)?"
)
_CODES = re.compile(rf"(?<![\d.]){_CODE}(?![\d])")
_RANGE = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:-|–|t/m|tot(?: en met)?|t\.e\.m\.|to)\s*(\d{1,2})(?![\d.])"
)
_JOINED_CODE = re.compile(r"(?i)sdg[-:]?(\d{1,4})(?:\.(\d{1,2}|[a-d]))?$")
_TARGETS = (5, 5, 9, 7, 6, 6, 3, 10, 5, 7, 7, 8, 3, 7, 9, 10, 19)
_LETTERED = (2, 3, 4, 3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 0)
"""Targets per goal with a number and with a letter, 169 together."""

_NUMBER = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_YEAR = r"(?:19|20)\d{2}"
_MAGNITUDE = r"(?i)miljoen|miljard|duizend|million|billion|thousand|mln\.?|mld\.?|bn|m|k"
_CURRENCY = r"(?i)€|eur|euro|£|\$|pond|pounds?"
_PERCENT = r"(?i)%|procent|percent|procentpunt(?:en)?"
_MONTHS = (
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
_NO_COUNT = re.compile(
    r"(?i)(?:sdg|doel(?:stelling)?(?:en)?|goals?|targets?|artikel|art\.?|nr\.?|no\.?|nummer"
    r"|hoofdstuk|deel|pagina|p\.|blz\.?|page|chapter|section|fase|phase|lijn|bus|tram|box|versie"
    r"|version|covid|co|area|zone|wet)[\s-]*$"
)


_PLURAL = re.compile(r"(?:doel(?:stelling)?en|goals|sdg['’]?s):?(?:\s*\d{1,2})?$", re.IGNORECASE)


def find_mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Find what a text names: SDGs, quantities and dates.

    Args:
        text: One segment.
        language: Its language; decides how words are told apart.

    Returns:
        The mentions in the order of the text, none overlapping.
    """
    if not _MAY_HOLD.search(text):
        return ()
    doc = load_spacy(language)(text)
    found = [
        mention
        for match in _matcher(language)(doc, as_spans=True)
        if (mention := _mention(match, text))
    ]
    found.extend(_joined_codes(text))
    return tuple(_without_overlap(found))


@cache
def _matcher(language: str) -> Matcher:
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
    code = rf"{_CODE}|\d{{1,2}}[-–]\d{{1,2}}"
    codes = [_is(code), _is(rf"{code}|{_JOINER}", "*")]
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
    number, magnitude = _is(_NUMBER), _is(_MAGNITUDE, "?")
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
        [_is(rf"(?:{_NUMBER})%|[€£$](?:{_NUMBER})(?:[mk]|bn|mln)?"), magnitude],
    ]


def _date_patterns() -> list[list[dict[str, Any]]]:
    year, month, day = _is(_YEAR), _is(_MONTHS, "?"), _is(r"[0-3]?\d", "?")
    tail = _is(_DEADLINE_TAIL, "{0,3}")
    return [
        [_is(_DEADLINE), tail, day, month, year],
        [day, _is(_MONTHS), year],
        [year, _is("-|–|/|t/m"), year],
        [_is(rf"{_YEAR}[-–/]{_YEAR}")],
    ]


def _mention(match: Span, text: str) -> Mention | None:
    start, end = match.start_char, match.end_char
    if match.label_ == "sdg":
        return _sdg(match.text, start, text)
    if match.label_ == "date":
        return Mention("date", match.text, start, end)
    number = re.match(_NUMBER, match.text)
    is_year = number is not None and re.fullmatch(_YEAR, number[0])
    if is_year or _NO_COUNT.search(text[:start]) or _is_month(match):
        return None
    return Mention("quantity", match.text, start, end)


def _is_month(match: Span) -> bool:
    return any(re.fullmatch(f"(?:{_MONTHS[4:]})", token.text, re.IGNORECASE) for token in match)


def _sdg(matched: str, start: int, text: str) -> Mention | None:
    trimmed = matched.rstrip()
    while codes_end := re.search(rf"(?:\s|^)(?:{_JOINER}|\()$|[,;/&+–-]$", trimmed):
        trimmed = trimmed[: codes_end.start()].rstrip()
    codes = _codes(re.sub(r"(?i)agenda|2030", "", trimmed))
    codes = tuple(dict.fromkeys((*codes, *_titled(text, start, start + len(trimmed)))))
    is_plain = re.match(r"(?i)(?:sub)?(?:doel|goal|target)", trimmed) is not None
    if is_plain and not _is_near(text, start, start + len(trimmed), trimmed):
        return None
    if re.search(r"\d", trimmed) and not codes and "2030" not in trimmed:
        return None
    return Mention("sdg", trimmed, start, start + len(trimmed), codes)


def _titled(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the goals of a list with titles: ``doelstellingen: 1. Geen armoede 2. Geen honger``."""
    if not re.search(
        r"(?i)(?:doel(?:stelling)?en|goals|sdg['’]?s):?(?:\s*\d{1,2})?$", text[start:end]
    ):
        return
    rest = text[end - 3 : end + 600]
    if not re.match(r"[^\d]*\d{1,2}\.\s+[A-ZÀ-Ý]", rest):
        return
    last = 0
    for match in re.finditer(r"(?<![\d.])(\d{1,2})\.\s+(?=[A-ZÀ-Ý])", rest):
        if last < int(match[1]) <= len(_TARGETS):
            last = int(match[1])
            yield match[1]


def _is_near(text: str, start: int, end: int, matched: str) -> bool:
    """Whether a plain "goal 3" is one of the SDGs: they are named close by."""
    around = text[max(start - _NEAR_REACH, 0) : start] + " " + text[end : end + _NEAR_REACH]
    if _NEAR.search(around):
        return True
    # An English text writes the SDGs with a capital also inside a sentence.
    return matched.startswith("Goal ") and bool(re.search(r"[a-z,]\s$", text[:start]))


def _codes(text: str) -> tuple[str, ...]:
    codes: list[str] = []
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if 1 <= first < last <= 17:
            codes.extend(map(str, range(first, last + 1)))
    codes.extend(code for match in _CODES.finditer(text) if (code := _valid(match[0])))
    return tuple(dict.fromkeys(codes))


def _valid(code: str) -> str | None:
    """Return the code as the framework writes it, or None when there is no such goal or target."""
    goal, _, target = code.partition(".")
    number = int(goal)
    if not 1 <= number <= 17:
        return None
    if not target:
        return str(number)
    if target.isdigit():
        return f"{number}.{int(target)}" if 1 <= int(target) <= _TARGETS[number - 1] else None
    return f"{number}.{target}" if ord(target) - ord("a") < _LETTERED[number - 1] else None


def _joined_codes(text: str) -> Iterator[Mention]:
    """Yield codes written as one word: ``SDG11``, ``SDG1107`` (11.7), ``D09-4SDG16``."""
    for word in re.finditer(r"[\w.:-]*sdg[-:]?\d[\d.a-d]*", text, re.IGNORECASE):
        matched = word[0].rstrip(".")
        parts = _JOINED_CODE.search(matched)
        if parts is None:
            continue
        digits, target = parts[1], parts[2]
        if len(digits) == 4:
            digits, target = digits[:2], digits[2:]
        elif len(digits) == 3:
            continue
        code = _valid(f"{digits}.{target}" if target and target != "00" else digits)
        if code:
            yield Mention("sdg", matched, word.start(), word.start() + len(matched), (code,))


def _without_overlap(found: Sequence[Mention]) -> list[Mention]:
    """Keep SDGs before dates before quantities, the longest of each."""
    ranks = {"sdg": 0, "date": 1, "quantity": 2}
    kept: list[Mention] = []
    for mention in sorted(
        found, key=lambda item: (ranks[item.kind], -len(item.codes), item.start - item.end)
    ):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)
