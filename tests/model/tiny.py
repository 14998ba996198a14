"""A model trained in a second on sentences written for the tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from sdgalign.model import AlignmentModel
from sdgalign.training import Settings, Splits, train
from sdgalign.training.static_encoder import save_static_encoder, train_tokenizer
from tests.training.sentences import write_annotations

SETTINGS = Settings(minimum_examples=4, hidden=16, epochs=3)
EXEMPLAR = {
    "id": "11.2-01", "voice": "plan", "targets": ["11.2"], "commitment": 2, "against": False,
    "nl": "Fietsstraten inrichten in elke wijk", "en": "Lay out cycle streets in every district",
}  # fmt: skip


def write_exemplars(folder: Path) -> Path:
    """Write one exemplar."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "goal-11.jsonl").write_text(json.dumps(EXEMPLAR) + "\n", encoding="utf-8")
    return folder


@cache
def tiny_model() -> AlignmentModel:
    """Train once per test session."""
    folder = Path(mkdtemp())
    annotations = write_annotations(folder / "annotations.jsonl")
    texts = annotations.read_text(encoding="utf-8").splitlines()
    tokenizer = train_tokenizer(texts, 300)
    weights = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 12))
    save_static_encoder(weights.astype(np.float32), tokenizer, folder / "static")
    everything = Splits(
        seed=0, train=tuple(f"plan-{i}" for i in range(4)), dev=("plan-4", "plan-5"), test=()
    )
    report = train(
        annotations,
        folder / "model",
        encoder=str(folder / "static"),
        exemplars=write_exemplars(folder / "exemplars"),
        splits=everything,
        settings=SETTINGS,
        model_id="tiny",
    )
    return report.model
