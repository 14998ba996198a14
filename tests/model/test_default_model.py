"""The shipped model on clear sentences written for this test."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sdgalign.model import AlignmentModel, default_model_path, load_model


@pytest.fixture(scope="module")
def model() -> AlignmentModel:
    return load_model()


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("We leggen 5 km nieuwe fietspaden aan tegen 2027.", "11.2"),
        ("We planten 500 bomen en breiden het stadsbos uit.", "15.2"),
        ("Het OCMW kent het leefloon toe aan wie daar recht op heeft.", "1.3"),
        ("De woonmaatschappij bouwt veertig sociale woningen.", "11.1"),
        ("We plaatsen zonnepanelen op het dak van het zwembad.", "7.2"),
        ("De politie voert extra controles uit tegen inbraken.", "16.1"),
        ("We will build thousands of new council homes.", "11.1"),
        ("We will invest in buses, trains and cycling.", "11.2"),
        ("Every school will get more teachers and smaller classes.", "4.1"),
        ("We will end violence against women and girls and fund refuges.", "5.2"),
    ],
)
def test_clear_sentences(model: AlignmentModel, text: str, target: str) -> None:
    (found,) = model.classify([text])
    assert target in found.targets_predicted
    assert target.partition(".")[0] in found.goals_predicted


def test_commitments(model: AlignmentModel) -> None:
    firm, wish = model.classify(
        [
            "We leggen 5 km nieuwe fietspaden aan tegen 2027.",
            "We streven naar meer aandacht voor het klimaat.",
        ]
    )
    assert firm.commitment == 3
    assert wish.commitment == 1


def test_administration_is_empty(model: AlignmentModel) -> None:
    (found,) = model.classify(
        ["We vervangen de printers en de bureaustoelen van de administratie."]
    )
    assert found.targets_predicted == ()
    assert found.none > 0.5


def test_size() -> None:
    files = [path for path in default_model_path().rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 15 * 2**20


def test_it_needs_no_torch() -> None:
    code = (
        "import sys; from sdgalign.model import load_model;"
        "load_model().classify(['Bomen planten']); print('torch' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
