"""The shipped model on clear sentences written for this test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

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
        ("We will raise the quality of lessons in primary and secondary schools.", "4.1"),
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
    def size(folder: Path) -> int:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    assert size(default_model_path() / "encoder") <= 35 * 2**20
    assert size(default_model_path()) <= 45 * 2**20


def test_a_match_says_why(model: AlignmentModel) -> None:
    text = "We leggen 5 km nieuwe fietspaden aan tegen 2027."
    (found,) = model.classify([text])
    reason = found.reasons["11.2"]
    assert "fietspaden" in [text[start:end] for start, end in reason.words]
    assert reason.nearest is not None
    assert reason.nearest.targets[0] == "11.2"
    assert reason.likeness > 0.3


def test_a_text_against_its_target(model: AlignmentModel) -> None:
    against, plain = model.classify(
        [
            "We schrappen de subsidie voor zonnepanelen en stoppen met het klimaatbeleid.",
            "We geven een subsidie voor zonnepanelen.",
        ]
    )
    assert against.against > 0.2
    assert against.against > 5 * plain.against


def test_both_languages_mean_the_same(model: AlignmentModel) -> None:
    encoder = model.featurizer.encoder
    assert encoder is not None
    dutch = encoder.encode(["sociale woningen bouwen", "bomen planten", "de politie", "de bus"])
    english = encoder.encode(["build social housing", "plant trees", "the police", "the bus"])
    assert (dutch @ english.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_every_target_has_a_head(model: AlignmentModel) -> None:
    assert "description" not in model.basis.values()
    assert len(model.assessed_targets) >= 115


def test_it_needs_no_torch() -> None:
    code = (
        "import sys; from sdgalign.model import load_model;"
        "load_model().classify(['Bomen planten']); print('torch' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_the_shipped_encoder_lies_as_sentence_transformers_looks_for_it() -> None:
    """Without optimum it cannot be loaded here: `docs/model.md` has how it was tried."""
    encoder = default_model_path() / "encoder"
    assert (encoder / "onnx" / "model.onnx").is_file()
    modules = json.loads((encoder / "modules.json").read_text(encoding="utf-8"))
    assert [module["type"].rpartition(".")[2] for module in modules] == [
        "Transformer",
        "Pooling",
        "Normalize",
    ]
