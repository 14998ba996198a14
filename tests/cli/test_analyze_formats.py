"""Reports that a user asks for by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_analyze import MANIFESTO, sdgalign


def test_each_document_gets_the_reports_that_it_can_have(tmp_path: Path) -> None:
    pytest.importorskip("pikepdf")
    pytest.importorskip("pyoxigraph")
    note = tmp_path / "nota.md"
    note.write_text("# Mobiliteit\n\nWe leggen 14 kilometer fietspad aan tegen 2029.\n")
    wanted = [part for name in ("docx", "md", "linked", "pdf") for part in ("--format", name)]
    out = tmp_path / "out"
    done = sdgalign("analyze", MANIFESTO, note, "-o", out, "--lang", "nl", *wanted)
    assert done.returncode == 0, done.stderr
    endings = {"summary.docx", "summary.md", "annotations.jsonld", "annotations.ttl"}
    assert {path.name for path in out.iterdir()} == {
        *(f"{stem}.{ending}" for stem in (MANIFESTO.stem, "nota") for ending in endings),
        f"{MANIFESTO.stem}.annotated.pdf",
    }
    (line,) = [line for line in done.stderr.splitlines() if "annotated PDF" in line]
    assert line.startswith(str(note))
