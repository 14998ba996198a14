"""The framework's own words per target as texts to compare with."""

from __future__ import annotations

from sdgalign.framework import Language, load_framework


def described() -> list[list[str]]:
    """Return, per language, title, description and keywords of every target as one text."""
    return [
        [
            f"{t.title[language]}. {t.description[language]} {', '.join(t.keywords[language])}"
            for t in load_framework().targets
        ]
        for language in (Language.NL, Language.EN)
    ]
