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
    assert seen == [(page, 13) for page in range(14)]


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
    with pytest.raises(LimitError, match="it holds more than 5000 characters"):
        read_document(MANIFESTO, limits=Limits(characters=5000))


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
        pid = reading._worker.process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nobody_sees_the_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    writer = PdfWriter(clone_from=MANIFESTO)
    writer.encrypt("sesam", algorithm="RC4-128")
    writer.write(path)
    with Reading(path, password="sesam") as reading:
        process = Path(f"/proc/{reading._worker.process.pid}")
        assert b"sesam" not in (process / "cmdline").read_bytes()
        assert b"sesam" not in (process / "environ").read_bytes()
        assert len(reading.result().pages) == 13


def test_a_worker_that_was_taken_over_gets_nothing_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pickle may call anything when it is loaded: here, a frame that makes a file."""
    made = tmp_path / "made"
    evil = (
        "import os, pickle, struct, sys\n"
        "class Evil:\n"
        f"    def __reduce__(self): return (open, ({str(made)!r}, 'w'))\n"
        "data = pickle.dumps(('page', Evil()))\n"
        "os.write(1, struct.pack('>Q', len(data)) + data)\n"
    )
    monkeypatch.setattr("sdgalign.documents.worker._PROGRAM", evil)
    with pytest.raises(LimitError, match="crashed"):
        read_document(MANIFESTO)
    assert not made.exists()


@pytest.mark.parametrize("size", [2**40, 2**63])
def test_a_frame_of_any_size_is_not_waited_for(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    program = f"import os, time; os.write(1, {size}.to_bytes(8, 'big')); time.sleep(60)"
    monkeypatch.setattr("sdgalign.documents.worker._PROGRAM", program)
    with pytest.raises(LimitError, match="crashed"):
        read_document(MANIFESTO)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_programs_that_the_worker_started_end_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import os, pickle, struct, subprocess, time\n"
        "pid = subprocess.Popen(['sleep', '60']).pid\n"
        "data = pickle.dumps(('page', pid, pid))\n"
        "os.write(1, struct.pack('>Q', len(data)) + data)\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr("sdgalign.documents.worker._PROGRAM", program)
    with Reading(MANIFESTO) as reading:
        frame = reading._worker.frame(30)
    assert frame is not None
    status = Path(f"/proc/{frame[1]}/stat")
    deadline = time.monotonic() + 10
    while status.exists() and status.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.05)  # what is killed is not gone at once
    assert not status.exists() or status.read_text().split()[2] == "Z"


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
