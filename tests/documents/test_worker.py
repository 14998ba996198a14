from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from sdgalign.documents import Limits, Reading, read_document
from sdgalign.errors import DocumentError, LimitError, NotFoundError
from tests.shared import CORPORA, SHARED, needs_shared

MANIFESTO = CORPORA / "lindebeke-verkiezingsprogramma-2024.pdf"


def test_reads_a_document_and_tells_its_pages() -> None:
    seen: list[tuple[int, int]] = []
    document = read_document(MANIFESTO, on_page=lambda done, total: seen.append((done, total)))
    assert len(document.pages) == 13
    assert seen == [(page, 13) for page in range(1, 14)]


def test_a_missing_file_is_told_before_a_process_starts(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"none\.pdf: there is no such file\. Check"):
        Reading(tmp_path / "none.pdf")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="folder"):
        Reading(tmp_path)


def test_a_document_with_too_many_pages_is_refused() -> None:
    with pytest.raises(LimitError, match="13 pages, more than 5"):
        read_document(MANIFESTO, limits=Limits(pages=5))


def test_a_page_with_too_many_characters_is_refused() -> None:
    with pytest.raises(LimitError, match="more than 100 characters"):
        read_document(MANIFESTO, limits=Limits(characters_per_page=100))


def test_a_reader_that_stands_still_is_ended() -> None:
    with pytest.raises(LimitError, match="stood still"):
        read_document(MANIFESTO, limits=Limits(stall_seconds=0.001))


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux")
def test_a_reader_that_needs_too_much_memory_is_ended(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.pdf"
    write_bomb(bomb, mebibytes=400)
    assert bomb.stat().st_size < 2**20
    with pytest.raises(LimitError, match="more than 200 MiB of memory"):
        read_document(bomb, limits=Limits(memory_mib=200))


def write_bomb(path: Path, mebibytes: int) -> None:
    """Write a small PDF whose page unfolds to so many MiB of drawing operators."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream.set_data(b"q Q " * (mebibytes * 2**18))
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.write(path)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_process_is_left_behind() -> None:
    with Reading(MANIFESTO) as reading:
        pid = reading._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_works_in_a_script_without_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from sdgalign.documents import read_document\n"
        f"print(len(read_document(Path({str(MANIFESTO)!r})).pages))\n"
    )
    result = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["13"]


READABLE = {
    "bitflip300.pdf",
    "bomb_ops_2M.pdf",
    "enc_owner_only.pdf",
    "no_tounicode_cid.pdf",
    "pagetree_loop.pdf",
    "truncated_tail.pdf",
}


@needs_shared
@pytest.mark.parametrize(
    "path", sorted((SHARED / "pdf" / "bad").glob("*")), ids=lambda path: path.name
)
def test_a_hostile_file_is_read_or_refused_in_one_line(path: Path) -> None:
    start = time.monotonic()
    try:
        document = read_document(path)
    except DocumentError as error:
        assert str(error).startswith(f"{path}: ")
        assert "\n" not in str(error)
        assert error.hint
        assert path.name not in {"enc_owner_only.pdf", "truncated_tail.pdf"}
    else:
        assert path.name in READABLE
        assert any(not page.is_empty for page in document.pages)
    # Not a measure of speed: a hostile file may cost a bounded time, and 40 s is far beyond it.
    assert time.monotonic() - start < 40
