"""What people write in the cells of a manifest; None is what cannot be used."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from sdgalign.kinds import DocumentKind, guess_kind

LANGUAGES = ("nl", "en", "fr", "other")
"""As documents have them."""

_LANGUAGE_NAMES = {
    "nl": ("nl", "nld", "dut", "nederlands", "dutch"),
    "en": ("en", "eng", "engels", "english"),
    "fr": ("fr", "fra", "fre", "frans", "french"),
    "other": ("other", "andere", "de", "ger", "deu", "duits", "german"),
}
_OTHER_KINDS = ("ander", "andere", "anders", "overige", "geen")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?")
_NIS = re.compile(r"\d{5}")


def read_path(text: str) -> str | None:
    """Read a path inside the folder."""
    path = PurePosixPath(text.replace("\\", "/"))
    if not text or path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", text):
        return None
    return path.as_posix()


def read_kind(text: str) -> DocumentKind | None:
    """Read a kind, by its code or a word that a file is named with."""
    try:
        return DocumentKind(text.lower().replace(" ", "-").replace("_", "-"))
    except ValueError:
        if text.lower() in _OTHER_KINDS:
            return DocumentKind.OTHER
        guess = guess_kind(text)
        return None if guess is DocumentKind.OTHER else guess


def read_nis_code(text: str) -> str | None:
    """Read five digits."""
    return text if _NIS.fullmatch(text) else None


def read_year(text: str) -> int | None:
    """Read a year; of a period, such as 2026–2031, the first."""
    match = _YEAR.fullmatch(text)
    return int(match[1]) if match else None


def read_language(text: str) -> str | None:
    """Read a language, by its code or name."""
    return next((code for code, names in _LANGUAGE_NAMES.items() if text.lower() in names), None)
