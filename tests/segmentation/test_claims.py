from __future__ import annotations

import pytest

from sdgalign.segmentation import find_mentions, only_claims_goals


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("SDG 7 – Betaalbare en duurzame energie SDG 13 – Klimaatactie", True),
        ("SDG 17 – Partnerschap om doelstellingen te bereiken", True),
        ("SDG 3, 4 en 5", True),
        ("SDG 11: Sustainable cities and communities", True),
        ("Met dit actieplan dragen wij actief bij aan SDG 7: Betaalbare energie", True),
        ("Wij dragen bij aan SDG 7 met zonnepanelen op elk dak", False),
        ("SDG 11: we leggen elf kilometer fietspad aan", False),
        ("SDG1102 Aanleg fietspad Kerkstraat", False),
        ("Betaalbare en duurzame energie", False),
        ("Met SDG 6 als kompas koppelen we 90 woningen aan op de riolering.", False),
    ],
)
def test_a_claim_is_told_from_an_action(text: str, claims: bool) -> None:
    assert only_claims_goals(text, find_mentions(text, "nl")) is claims
