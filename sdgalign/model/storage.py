"""The model folder: plain JSON and arrays, nothing that runs when it is read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sdgalign.errors import ModelError

FORMAT = 2
"""Of the folder; any other is refused."""

CONFIG, VOCABULARY, WEIGHTS, ENCODER = (
    "config.json",
    "vocabulary.json",
    "weights.safetensors",
    "encoder",
)

Arrays = dict[str, NDArray[np.generic]]


def digest(folder: Path) -> str:
    """Return the sha256 over names and bytes of the folder's files, its README.md left out."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "README.md"):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read(folder: Path) -> tuple[dict[str, Any], dict[str, Any], Arrays]:
    """Return configuration, vocabulary and arrays of a model folder.

    Raises:
        ModelError: When a file is missing or damaged, or the format is newer.
    """
    if not folder.is_dir():
        raise ModelError(f"{folder}: there is no model folder. Train one, or name another path.")
    config = _json(folder / CONFIG)
    found = config.get("format")
    if not isinstance(found, int):
        raise ModelError(f"{folder / CONFIG}: says no format number; is it a model of sdgalign?")
    if found > FORMAT:
        raise ModelError(
            f"{folder}: has model format {found}, this sdgalign reads {FORMAT}. Update sdgalign."
        )
    if found < FORMAT:
        raise ModelError(
            f"{folder}: has model format {found}, this sdgalign reads {FORMAT}. Train it again."
        )
    vocabulary = _json(folder / VOCABULARY)
    path = folder / WEIGHTS
    if not path.is_file():
        raise ModelError(f"{path}: the file is missing; the model folder is incomplete.")
    try:
        from safetensors.numpy import load_file

        arrays: Arrays = dict(load_file(path))
    except Exception as error:  # safetensors raises its own and the system's errors
        raise ModelError(f"{path}: the weights cannot be read ({error}).") from error
    return config, vocabulary, arrays


def write(folder: Path, config: dict[str, Any], vocabulary: dict[str, Any], arrays: Arrays) -> None:
    """Write a model folder; the encoder is written by whoever has it."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"format": FORMAT, **config}, indent=1, ensure_ascii=False)
    (folder / CONFIG).write_text(text + "\n", encoding="utf-8")
    compact = json.dumps(vocabulary, ensure_ascii=False, separators=(",", ":"))
    (folder / VOCABULARY).write_text(compact + "\n", encoding="utf-8")
    save_file({name: np.ascontiguousarray(a) for name, a in arrays.items()}, folder / WEIGHTS)


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{path}: the file is missing; the model folder is incomplete.") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}).") from error
    if not isinstance(value, dict):
        raise ModelError(f"{path}: is not a JSON object.")
    return value
