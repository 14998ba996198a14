from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sdgalign.errors import InputError, ModelError
from sdgalign.model import AlignmentModel, Classification, load_model
from tests.model.tiny import tiny_model

TEXTS = [
    "We leggen een fietspad aan in de Lindelaan.",
    "We bouwen sociale woningen tegen 2028.",
    "",
    "   \n",
    "42 %",
    "zzz qqq",
    "We planten bomen in het bos. " * 300,
]


def rounded(found: list[Classification]) -> list[dict[str, object]]:
    return [one.as_row() for one in found]


def test_probabilities_and_consistency() -> None:
    for one in tiny_model().classify(TEXTS):
        assert len(one.goals) == 17
        assert len(one.targets) == 169
        assert all(0 <= p <= 1 for p in (*one.goals.values(), *one.targets.values(), one.none))
        assert sum(one.commitment_probabilities) == pytest.approx(1)
        assert one.commitment_probabilities[one.commitment] == max(one.commitment_probabilities)
        for code, probability in one.targets.items():
            assert one.goals[code.partition(".")[0]] >= probability
        assert {c.partition(".")[0] for c in one.targets_predicted} <= set(one.goals_predicted)
        ranked = [one.targets[code] for code in one.targets_predicted]
        assert ranked == sorted(ranked, reverse=True)


def test_it_learns() -> None:
    path, homes, *_ = tiny_model().classify(TEXTS)
    assert path.targets_predicted[0] == "11.2"
    assert homes.targets_predicted[0] == "11.1"


@pytest.mark.parametrize("text", ["", "   \n", "42 %", "—"])
def test_texts_without_words(text: str) -> None:
    (one,) = tiny_model().classify([text], contexts=["Fietspaden aanleggen"])
    assert one.none == 1
    assert one.commitment == 0
    assert one.goals_predicted == one.targets_predicted == ()
    assert one.as_row()["targets"] == {}


def test_batches_do_not_matter() -> None:
    model = tiny_model()
    contexts = ["", "Wonen en leven", "x", "", "", "Bossen", ""]
    together = model.classify(TEXTS * 90, contexts=contexts * 90)
    alone = [model.classify([t], contexts=[c])[0] for t, c in zip(TEXTS, contexts, strict=True)]
    for i, one in enumerate(together):
        assert replace(one, id="0") == alone[i % len(TEXTS)]


def test_context_takes_part() -> None:
    model = tiny_model()
    bare, guided = model.classify(["Uitvoeren werken"] * 2, contexts=["", "Wonen en leven"])
    assert bare.targets != guided.targets


def test_as_row() -> None:
    row = tiny_model().classify(["We leggen een fietspad aan."], ids=["a"])[0].as_row()
    assert list(row) == [
        "id", "goals", "targets", "goals_predicted", "targets_predicted", "none", "commitment",
        "commitment_probabilities", "against", "against_predicted",
    ]  # fmt: skip
    assert row["id"] == "a"
    assert json.loads(json.dumps(row)) == row
    assert all(p >= 0.01 for p in row["targets"].values())


def test_lists_of_different_length() -> None:
    with pytest.raises(InputError, match="2 texts, 1 contexts"):
        tiny_model().classify(["a", "b"], contexts=["c"])
    assert tiny_model().classify([]) == []


def test_basis() -> None:
    model = tiny_model()
    assert model.info.examples["16.5"] == 1
    assert model.basis["16.5"] == "description"
    assert model.basis["14.3"] == "description"
    assert set(model.assessed_targets) == {"11.1", "11.2", "15.2", "4.1", "7.2", "1.2"}


def test_save_and_load(tmp_path: Path) -> None:
    model = tiny_model()
    saved = model.save(tmp_path / "copy")
    assert saved.info == model.info
    assert saved.info.digest == model.info.digest
    assert rounded(saved.classify(TEXTS)) == rounded(model.classify(TEXTS))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("weights.safetensors", b"nonsense", "weights cannot be read"),
        ("weights.safetensors", None, "missing"),
        ("vocabulary.json", b"{", "cannot be read"),
        ("vocabulary.json", b"{}", "incomplete"),
        ("vocabulary.json", None, "missing"),
        ("config.json", b"[]", "not a JSON object"),
        ("config.json", b"{}", "no format number"),
        ("config.json", b'{"format": 99}', "Update sdgalign"),
        ("config.json", b'{"format": 1}', "Train it again"),
        ("config.json", b'{"format": 2}', "incomplete"),
        ("encoder/model.safetensors", b"x", "static encoder cannot be read"),
        ("encoder/model.safetensors", None, "encoder"),
    ],
)
def test_damaged_folders(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    tiny_model().save(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=message):
        load_model(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model folder"):
        AlignmentModel.load(tmp_path / "absent")


def test_imports_are_light() -> None:
    code = (
        "import sys, sdgalign.model;"
        "print([m for m in ('sklearn', 'torch', 'model2vec', 'scipy') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
