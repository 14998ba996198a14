from __future__ import annotations

import pytest

from sdgalign.plans.codes import Level, code_level, depth, is_code, is_routine


@pytest.mark.parametrize(
    ("code", "level"),
    [
        *[(code, Level.OBJECTIVE) for code in "BD1 BD-9 SD-9 PBD-9 M9-BD9 OBS9 BDS BD-DEM".split()],
        *[(code, Level.PLAN) for code in "AP1 AP-9.9 AP_OND_SP BD9AP9 SD9BD9AP9 AP1701RB".split()],
        *[(code, Level.ACTION) for code in "AC1 ACT-9 A9 A-9.9.9 Actie12 AP9_AC9".split()],
        *[(code, Level.ACTION) for code in "1.1_1.1.2 D9/AP9_D9/AP9/9 S9B9AP9A9".split()],
        *[(code, None) for code in "1.2.3 9/9 GBB-FIN overigBeleid 3SBS07 RIOLERING".split()],
    ],
)
def test_letters_tell_the_level_where_they_do(code: str, level: Level | None) -> None:
    assert is_code(code)
    assert code_level(code) is level


@pytest.mark.parametrize(
    "word", ["Wij", "covid-19", "de", "", "•", "meerjarenplan", "(a)", "SDG", "SDG1107", "80+."]
)
def test_words_are_no_codes(word: str) -> None:
    assert not is_code(word)


@pytest.mark.parametrize("word", ["2026", "2026-2031", "2026/27", "2025."])
def test_years_are_no_codes(word: str) -> None:
    assert not is_code(word)
    assert is_code(word.replace("20", "90", 1).partition("-")[0].partition("/")[0])


def test_routine_policy_is_known_by_its_code() -> None:
    assert all(map(is_routine, ["GBB", "GBB-FIN", "AC-GBB-AMW", "overigBeleid_NIHIL", "2G.GBB"]))
    assert not any(map(is_routine, ["AP1", "BD-GROEN", "1.1"]))


@pytest.mark.parametrize(
    "codes", ["1 1.1 1.1.1", "1. 1.10. 1.10.2.", "3SBS07 3SBS0701 3SBS070101", "12 12/3 12/3/1"]
)
def test_figures_tell_the_depth(codes: str) -> None:
    depths = [depth(code) for code in codes.split()]
    assert depths == sorted(set(depths))
