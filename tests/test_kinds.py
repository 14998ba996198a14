from __future__ import annotations

import pytest

from sdgalign.kinds import DocumentKind, guess_kind, is_descriptive


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("lindebeke-verkiezingsprogramma-2024.pdf", "manifesto"),
        ("vlaams_regeerakkoord_2019.pdf", "agreement"),
        ("Bestuursakkoord 2025-2030.pdf", "agreement"),
        ("Strategisch_meerjarenplan.pdf", "plan"),
        ("omgevingsanalyse_meerjarenplan.pdf", "context-analysis"),
        ("VVSG memorandum.pdf", "memorandum"),
        ("MJP_2026.pdf", "plan"),
        ("AMJP3-Lindebeke.pdf", "plan"),
        ("2031MJP.pdf", "plan"),
        ("aanpassing 3.pdf", "plan"),
        ("Strategische_nota.pdf", "plan"),
        ("doelstellingenboom 2026.pdf", "plan"),
        ("aanpassing reglement.pdf", "other"),
        ("notulen.pdf", "other"),
    ],
)
def test_kind_is_guessed_from_the_name(name: str, kind: str) -> None:
    assert guess_kind(name) == kind


def test_the_title_is_asked_when_the_name_is_silent() -> None:
    assert guess_kind("2024_def.pdf", "Verkiezingsprogramma 2024") == "manifesto"


@pytest.mark.parametrize(
    ("kind", "heading", "descriptive"),
    [
        ("plan", "2. Omgevingsanalyse", True),
        ("plan", "Kerncijfers", True),
        ("plan", "AP-1.1 We maken een omgevingsanalyse", False),
        ("plan", "BD-1 Wonen", False),
        ("context-analysis", "Wonen", True),
        ("manifesto", "Hier zijn we trots op", True),
        ("manifesto", "Wat hebben we bereikt?", True),
        ("manifesto", "1.2 Wat we hebben gerealiseerd", True),
        ("manifesto", "What we have achieved", True),
        ("agreement", "Onze realisaties", True),
        ("plan", "Beoogde resultaten", False),
        ("manifesto", "Trotse inwoners", False),
        ("manifesto", "Wat we willen bereiken", False),
        ("manifesto", "Our recordings archive", False),
    ],
)
def test_what_describes_or_looks_back_binds_nobody(
    kind: str, heading: str, descriptive: bool
) -> None:
    assert is_descriptive(DocumentKind(kind), [heading, "Bevolking"]) is descriptive
