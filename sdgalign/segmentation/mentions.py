"""What a text says in so many words: an SDG, an amount, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sdgalign.segmentation.mention_patterns import JOINER, MONTHS, NUMBER, YEAR, matcher_of
from sdgalign.segmentation.nlp import load_spacy
from sdgalign.segmentation.sdg_codes import TARGETS, codes_in, valid_code

if TYPE_CHECKING:
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
_JOINED_CODE = re.compile(r"(?i)sdg[-:]?(\d{1,4})(?:\.(\d{1,2}|[a-d]))?$")
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
        for match in matcher_of(language)(doc, as_spans=True)
        if (mention := _mention(match, text))
    ]
    found.extend(_joined_codes(text))
    return tuple(_without_overlap(found))


def _mention(match: Span, text: str) -> Mention | None:
    start, end = match.start_char, match.end_char
    if match.label_ == "sdg":
        return _sdg(match.text, start, text)
    if match.label_ == "date":
        return Mention("date", match.text, start, end)
    number = re.match(NUMBER, match.text)
    is_year = number is not None and re.fullmatch(YEAR, number[0])
    if is_year or _NO_COUNT.search(text[:start]) or _is_month(match):
        return None
    return Mention("quantity", match.text, start, end)


def _is_month(match: Span) -> bool:
    return any(re.fullmatch(f"(?:{MONTHS[4:]})", token.text, re.IGNORECASE) for token in match)


def _sdg(matched: str, start: int, text: str) -> Mention | None:
    trimmed = matched.rstrip()
    while codes_end := re.search(rf"(?:\s|^)(?:{JOINER}|\()$|[,;/&+–-]$", trimmed):
        trimmed = trimmed[: codes_end.start()].rstrip()
    codes = codes_in(re.sub(r"(?i)agenda|2030", "", trimmed))
    codes = tuple(dict.fromkeys((*codes, *_titled(text, start, start + len(trimmed)))))
    is_plain = re.match(r"(?i)(?:sub)?(?:doel|goal|target)", trimmed) is not None
    if is_plain and not _is_near(text, start, start + len(trimmed), trimmed):
        return None
    if re.search(r"\d", trimmed) and not codes and "2030" not in trimmed:
        return None
    return Mention("sdg", trimmed, start, start + len(trimmed), codes)


def _titled(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the goals of a list with titles: ``doelstellingen: 1. Geen armoede 2. Geen honger``."""
    if not _PLURAL.search(text[start:end]):
        return
    rest = text[end - 3 : end + 600]
    if not re.match(r"[^\d]*\d{1,2}\.\s+[A-ZÀ-Ý]", rest):
        return
    last = 0
    for match in re.finditer(r"(?<![\d.])(\d{1,2})\.\s+(?=[A-ZÀ-Ý])", rest):
        if last < int(match[1]) <= len(TARGETS):
            last = int(match[1])
            yield match[1]


def _is_near(text: str, start: int, end: int, matched: str) -> bool:
    """Whether a plain "goal 3" is one of the SDGs: they are named close by."""
    around = text[max(start - _NEAR_REACH, 0) : start] + " " + text[end : end + _NEAR_REACH]
    if _NEAR.search(around):
        return True
    # An English text writes the SDGs with a capital also inside a sentence.
    return matched.startswith("Goal ") and bool(re.search(r"[a-z,]\s$", text[:start]))


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
        code = valid_code(f"{digits}.{target}" if target and target != "00" else digits)
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
