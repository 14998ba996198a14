"""The material beside the checkout, which is not part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"
CORPORA = REPOSITORY / "corpora"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the test material in ../shared, which is not in the project"
)
