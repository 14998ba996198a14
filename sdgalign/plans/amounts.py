"""Amounts of money as plans print them: Belgian figures, dashes for nothing, thousands."""

from __future__ import annotations

import re

_SIGNS = "-–—−"
_DASH = re.compile(rf"^[{_SIGNS}]{{1,2}}$")
_CURRENCY = re.compile(r"€|\b(?:eur|euro)\b\.?", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_FIGURE = re.compile(
    r"""^(?P<whole>[1-9]\d{0,2}(?:[.'’ ]\d{3})+ | \d{1,3}(?:,\d{3}){2,} | \d+)
         (?:[,.](?P<cents>\d{1,2}|[-–—]))?$""",
    re.VERBOSE,
)
_GROUPED = re.compile(r"^\d{1,3},\d{3}$")
"""``1,234``: nobody prints three decimals of a euro, so the comma marks thousands."""
_UNITS = (
    (
        re.compile(
            r"[x×*]\s*1[.\s]?000(?![.\s]?000)|\bin\s+(?:k€|keur\b)|\(\s*k\s?€\s*\)"
            r"|\bin\s+duizend(?:en|tallen)?(?:\s+(?:euro|eur|€)|\s*\)|$)|\bin\s+thousands?\b.*\beuros?",
            re.IGNORECASE,
        ),
        1e3,
    ),
    (
        re.compile(
            r"[x×*]\s*1[.\s]?000[.\s]?000|\bin\s+miljoen(?:en)?(?:\s+(?:euro|eur|€)|\s*\))", re.I
        ),
        1e6,
    ),
    (
        re.compile(r"\(\s*(?:in\s+)?(?:euro|eur|€)\s*\)|^(?:alle\s+)?bedragen in (?:euro|€)", re.I),
        1.0,
    ),
)
"""What a head or a line above a table says; "tien duizend euro" in a sentence says nothing."""


def parse_amount(text: str) -> float | None:
    """Return the euros that a cell holds.

    Args:
        text: ``1.234.567,89``, ``€ 1 234``, ``(500)``, ``-500``, ``1'000``, ``–``, …

    Returns:
        The amount, 0 for a dash; None when the text is no amount.
    """
    bare = _SPACES.sub(" ", _CURRENCY.sub("", text)).strip()
    if _DASH.match(bare):
        return 0.0
    is_negative = False
    if bare.startswith("(") and bare.endswith(")"):
        is_negative, bare = True, bare[1:-1].strip()
    if bare[:1] and bare[0] in _SIGNS:
        is_negative, bare = not is_negative, bare[1:].strip()
    elif len(bare) > 1 and bare[-1] in _SIGNS and bare[-2].isdigit():
        is_negative, bare = not is_negative, bare[:-1].strip()  # 500-: how ledgers print it
    elif bare.startswith("+"):
        bare = bare[1:].strip()
    if _GROUPED.match(bare):
        bare = bare.replace(",", ".")
    match = _FIGURE.match(bare)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["whole"])
    cents = match["cents"] or "0"
    value = float(f"{whole}.{cents if cents.isdigit() else 0}")
    return -value if is_negative else value


def has_currency(text: str) -> bool:
    """Return whether a text names the euro."""
    return bool(_CURRENCY.search(text))


def has_letters(text: str) -> bool:
    """Return whether a text has letters beside the name of the euro, so that it is no amount."""
    return bool(_LETTER.search(_CURRENCY.sub("", text)))


def is_grouped(text: str) -> bool:
    """Return whether a text is an amount that no year and no number of things looks like."""
    return parse_amount(text) is not None and bool(re.search(r"\d[.'’ ]\d{3}(?!\d)", text))


def unit_in(text: str) -> float | None:
    """Return in how many euro a heading says that amounts are; None when it does not say."""
    return next((unit for pattern, unit in _UNITS if pattern.search(text)), None)
