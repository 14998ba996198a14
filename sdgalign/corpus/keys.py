"""What makes two results the same: content, settings, model and the way of reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sdgalign._version import __version__

READING = 2
"""Raised when the same file gives another payload (reading, segmenting, scoring): then every
project does its documents again."""


@dataclass(frozen=True, slots=True)
class ModelId:
    """Which model a run uses; known without loading it."""

    id: str
    digest: str
    path: Path


def identify_model(path: Path | None) -> ModelId:
    """Return id and digest of a model folder, or of the shipped one.

    Raises:
        ModelError: When there is no model.
    """
    from sdgalign.model import default_model_path, storage

    folder = path if path is not None else default_model_path()
    config, _, _ = storage.read(folder)
    return ModelId(str(config.get("id", "")), storage.digest(folder), folder.resolve())


def result_key(sha256: str, part: str, settings: Mapping[str, str | None], model: ModelId) -> str:
    """Return the key of the result of a content under settings.

    Args:
        sha256: Of the file, or of the plan in a data file (`plan_digest`).
        part: Of a data file.
        settings: What else decides the outcome.
        model: That classifies.
    """
    parts = [sha256, part, dict(sorted(settings.items())), model.digest, __version__, READING]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: When it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
