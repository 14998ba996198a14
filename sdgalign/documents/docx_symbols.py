"""The letters that a docx names by their place in a font of signs."""

from __future__ import annotations

import re

_CODE = re.compile(r"[0-9A-Fa-f]{1,4}$")
_GREEK = (
    ("A", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    ("a", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
)
_SYMBOL = {
    **{ord(first) + place: sign for first, signs in _GREEK for place, sign in enumerate(signs)},
    **{0xA0: "€", 0xA3: "≤", 0xA7: "♣", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥"},
    **{0xB4: "×", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xDE: "⇒"},
}
_DINGBATS = {
    **{0x6F: "☐", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇒"},
    **{0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _DINGBATS}


def symbol(code: str, font: str) -> str:
    """Return the letter that a sign of a font stands for.

    Args:
        code: Its place in the font, in hexadecimal figures.
        font: The font's name.
    """
    if not _CODE.match(code):
        return ""
    number = int(code, 16)
    # Fonts of signs have theirs in a range of Unicode for private use, from F000.
    known = _FONTS.get(font.casefold(), {}).get(number & 0xFF)
    return known or chr(number)
