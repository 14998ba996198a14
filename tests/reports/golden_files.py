"""Compare an output with what was looked at and accepted.

After a wanted change, refresh and read the difference: ``SDGALIGN_UPDATE_GOLDEN=1 pytest …``.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, content: str) -> None:
    """Fail when ``content`` is not that of the golden file, to the byte."""
    path = FOLDER / name
    if os.environ.get("SDGALIGN_UPDATE_GOLDEN"):
        path.write_bytes(content.encode())
    assert content == path.read_bytes().decode(), f"{name}: see tests/reports/golden_files.py"
