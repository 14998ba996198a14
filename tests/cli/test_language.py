"""In which language a report is written when nobody says so."""

from __future__ import annotations

import pytest

from sdgalign.cli.console import choose_language, language_of_environment
from sdgalign.framework import Language


@pytest.mark.parametrize(
    ("name", "language"),
    [("nl_BE.UTF-8", "nl"), ("en_GB.UTF-8", "en"), ("C.UTF-8", None), ("POSIX", None)],
)
def test_a_neutral_locale_asks_for_no_language(monkeypatch: pytest.MonkeyPatch, name, language):
    monkeypatch.setenv("LC_ALL", name)
    assert language_of_environment() == language
    assert choose_language(None) == (language or "en")
    assert choose_language(Language.NL) is Language.NL
