from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from sdgalign.corpus.municipalities import (
    find_municipality,
    municipalities,
    nearest_names,
    predecessors,
)
from sdgalign.errors import InputError
from tests.shared import REPOSITORY, SHARED, needs_shared


def code(name: str = "", nis_code: str = "", year: int | None = None) -> str:
    return find_municipality(name, nis_code, year).municipality.nis_code


@pytest.mark.parametrize(("year", "all_of_them", "flemish"), [
    (2018, 589, 308), (2019, 581, 300), (2024, 581, 300), (2025, 565, 285),
])  # fmt: skip
def test_as_many_as_there_were(year: int, all_of_them: int, flemish: int) -> None:
    valid = [each for each in municipalities().values() if each.is_valid(year)]
    provinces = {"Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen"}
    assert len(valid) == all_of_them
    assert sum(each.province in provinces for each in valid) == flemish


def test_every_code_that_ended_leads_to_one_in_use() -> None:
    for each in municipalities().values():
        assert (each.until is None) == (not each.successor)
        found = find_municipality(nis_code=each.nis_code)
        assert found.municipality.until is None
        assert bool(found.note) == (each.until is not None), "an obsolete code is told"


@pytest.mark.parametrize("name", [
    "Sint-Niklaas", "sint niklaas", "ST.-NIKLAAS", "St. Niklaas", "Stad Sint-Niklaas",
    "stadsbestuur Sint-Niklaas", "Gemeente en OCMW Sint-Niklaas", "Sint-Niklaas (stad)",
    "Sint–Niklaas",
])  # fmt: skip
def test_spellings(name: str) -> None:
    assert code(name) == "46021"


@pytest.mark.parametrize(("name", "expected"), [
    ("Liège", "62063"), ("liege", "62063"), ("Luik", "62063"), ("Ville de Liège", "62063"),
    ("Antwerp", "11002"), ("Ixelles", "21009"), ("Heist-o/d-Berg", "12014"),
    ("Saint-Nicolas", "62093"),
])  # fmt: skip
def test_languages_and_shorter_forms(name: str, expected: str) -> None:
    assert code(name) == expected


def test_a_merged_municipality_is_what_it_was_in_its_year() -> None:
    assert code("Borsbeek", year=2022) == "11007"
    merged = find_municipality("Borsbeek", year=2026)
    assert merged.municipality.name == "Antwerpen"
    assert merged.note == "Borsbeek (11007) is part of Antwerpen (11002) since 2025."
    assert code("Tielt", year=2024) == "37015"
    assert code("Tielt", year=2025) == "37022"
    assert {each.name for each in predecessors("37022")} == {"Tielt", "Meulebeke"}


def test_a_party_writes_for_the_municipality_to_come() -> None:
    assert code("Nazareth-De Pinte", year=2024) == "44086"
    assert code("Nazareth-De Pinte", "44048", 2024) == "44086"


def test_open_data_with_obsolete_codes_and_codes_of_villages() -> None:
    assert code("Beveren-Kruibeke-Zwijndrecht", "46003", 2026) == "46030"
    assert code("Aalter", "44001", 2026) == "44084"
    village = find_municipality("Kapellen", "24047", 2026)
    assert village.municipality.nis_code == "11023"
    assert "24047" in village.note


@pytest.mark.parametrize(("name", "nis_code", "said"), [
    ("Lier", "11002", "different municipalities"),
    ("Zoerzel", "", "Zoersel"),
    ("", "12345", "no NIS code"),
])  # fmt: skip
def test_what_cannot_be(name: str, nis_code: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        find_municipality(name, nis_code)


def test_near() -> None:
    assert nearest_names("Kortrik")[0] == "Kortrijk"


@needs_shared
def test_the_file_is_what_the_script_makes(tmp_path: Path) -> None:
    out = tmp_path / "municipalities.csv"
    script = REPOSITORY / "evaluation" / "municipalities.py"
    subprocess.run(
        [sys.executable, str(script), "--shared", str(SHARED), "--out", str(out)], check=True
    )
    packaged = REPOSITORY / "sdgalign" / "corpus" / "data" / "municipalities.csv"
    assert out.read_bytes() == packaged.read_bytes()


@needs_shared
def test_every_municipality_of_the_open_data_is_found() -> None:
    data = (SHARED / "data" / "mjp2026_actions.jsonl.gz").read_bytes()
    rows = map(json.loads, gzip.decompress(data).splitlines())
    given = {(row["municipality"], row["nis_code"]) for row in rows}
    found = {pair: find_municipality(*pair, 2026).municipality for pair in given}
    assert len({each.nis_code for each in found.values()}) == len(given) > 200
    assert all(each.is_valid(2026) and each.name == name for (name, _), each in found.items())
