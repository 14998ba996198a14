"""Damaged PDFs: what is whole of them is read, in its place, and the document says what is lost."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter

from sdgalign.documents import Document, Limits, read_document
from sdgalign.documents.document import Doubt, PathCode
from sdgalign.documents.pdf import read_pdf
from sdgalign.documents.reading import Reading
from sdgalign.documents.salvage import salvaged
from sdgalign.documents.worker import Job, Worker
from sdgalign.errors import DamagedError, EncryptedError, FormatError, LimitError
from tests.pdfs import column, write_pdf

PAGES = 6


def sentences(page: int) -> list[str]:
    return [f"Pagina {page} regel {n} over wonen en werken in de stad." for n in range(8)]


def made(path: Path) -> Path:
    return write_pdf(path, [column(sentences(page)) for page in range(1, PAGES + 1)])


def packed(path: Path) -> Path:
    """Write the same PDF with its pages in an object stream, as Word and InDesign do."""
    data = made(path).read_bytes()
    objects = dict(re.findall(rb"(?s)(\d+) 0 obj\s(.*?)\sendobj", data))
    inner = {number: body for number, body in objects.items() if b"stream" not in body}
    places, bodies = [], b""
    for number, body in inner.items():
        places.append(b"%s %d" % (number, len(bodies)))
        bodies += body + b" "
    head = b" ".join(places) + b" "
    text = zlib.compress(head + bodies)
    stream = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n" % (
        len(inner),
        len(head),
        len(text),
    )
    out = b"%PDF-1.7\n900 0 obj\n" + stream + text + b"\nendstream\nendobj\n"
    for number, body in objects.items():
        if number not in inner:
            out += b"%s 0 obj\n%s\nendobj\n" % (number, body)
    path.write_bytes(out)
    return path


def texts(document: Document) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in document.pages]


def damage(path: Path, change: Callable[[bytes], bytes]) -> Path:
    path.write_bytes(change(path.read_bytes()))
    return path


def without_page(data: bytes, number: int) -> bytes:
    """Overwrite the dictionary of a page."""
    start, end = page_objects(data)[number - 1].span()
    return data[:start] + b" " * (end - start) + data[end:]


def page_objects(data: bytes) -> list[re.Match[bytes]]:
    objects = re.finditer(rb"(?s)\d+ 0 obj\s(?:(?!endobj).)*endobj", data)
    return [each for each in objects if re.search(rb"/Type /Page\b", each[0])]


DAMAGE = {
    "no-catalog": lambda data: data.replace(b"/Catalog", b"/Cut"),
    "no-root": lambda data: re.sub(rb"/Root \d+ 0 R", b"/Root 999 0 R", data),
    "no-header": lambda data: data[20:],
    "page-tree-names-itself": lambda data: re.sub(rb"/Kids \[[^\]]*\]", b"/Kids [ 1 0 R ]", data),
    "cut-after-pages": lambda data: data[: data.index(b"\nxref")].replace(b"/Catalog", b"/Cut"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_pages_of_a_damaged_file_have_the_text_that_they_had(tmp_path: Path, name: str) -> None:
    whole = texts(read_pdf(made(tmp_path / "whole.pdf")))
    path = damage(made(tmp_path / "a.pdf"), DAMAGE[name])
    assert texts(read_pdf(path, repair=True)) == whole
    assert texts(read_document(path)) == whole


def test_a_sound_file_is_read_the_same_after_a_repair(tmp_path: Path) -> None:
    path = made(tmp_path / "a.pdf")
    first, second = read_pdf(path), read_pdf(path, repair=True)
    assert first.pages == second.pages
    assert (first.doubts, second.doubts) == ((), (Doubt("salvaged", 0),))


def test_pages_in_an_object_stream_are_found(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.pdf")
    with pytest.raises(DamagedError):
        read_pdf(path)
    document = read_document(path)
    assert texts(document) == [sentences(page) for page in range(1, PAGES + 1)]
    assert document.doubts == (Doubt("salvaged", 0),)


def test_what_comes_before_the_damage_in_an_object_stream_is_found(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.pdf")

    def spoil(data: bytes) -> bytes:
        at = data.index(b"endstream") - 40
        return data[:at] + bytes(30) + data[at + 30 :]

    kept = salvaged(damage(path, spoil).read_bytes())
    assert kept is not None
    assert b"/Type /Page" in kept.data


def test_a_lost_page_keeps_its_place_and_is_counted(tmp_path: Path) -> None:
    path = damage(made(tmp_path / "a.pdf"), lambda data: without_page(data, 3))
    damage(path, DAMAGE["no-root"])
    document = read_document(path)
    assert [page.number for page in document.pages if page.is_empty] == [3]
    assert document.pages[2].went(PathCode.DAMAGED)
    assert texts(document)[3] == sentences(4)
    assert document.doubts == (Doubt("salvaged", 1),)


def test_a_repair_that_finds_no_more_is_not_used(tmp_path: Path) -> None:
    path = damage(made(tmp_path / "a.pdf"), lambda data: without_page(data, 3))
    document = read_document(path)
    assert [page.number for page in document.pages if page.is_empty] == [3]
    assert document.doubts == (Doubt("damaged-pages", 1),)


def test_a_page_that_is_gone_from_the_tree_too_is_counted(tmp_path: Path) -> None:
    path = damage(made(tmp_path / "a.pdf"), lambda data: without_page(data, PAGES))
    damage(path, lambda data: re.sub(rb"/Kids \[[^\]]*\]", b"/Kids [ ]", data))
    document = read_document(path)
    assert texts(document) == [sentences(page) for page in range(1, PAGES)]
    assert document.doubts == (Doubt("salvaged", 1),)


def test_a_page_that_was_changed_later_is_read_once(tmp_path: Path) -> None:
    path = made(tmp_path / "a.pdf")
    data = path.read_bytes()
    first = page_objects(data)[0][0]
    path.write_bytes(data.replace(b"/Catalog", b"/Cut") + b"\n" + first + b"\n%%EOF")
    assert len(read_document(path).pages) == PAGES


def test_a_damaged_file_keeps_its_password(tmp_path: Path) -> None:
    path = made(tmp_path / "a.pdf")
    writer = PdfWriter(clone_from=path)
    writer.encrypt("sesam", algorithm="RC4-128")
    writer.write(path)
    damage(path, lambda data: re.sub(rb"/Root \d+ 0 R", b"/Root 999 0 R", data))
    assert texts(read_document(path, password="sesam"))[0] == sentences(1)
    with pytest.raises((EncryptedError, DamagedError)):
        read_document(path)


def test_a_file_of_which_nothing_is_left_says_so(tmp_path: Path) -> None:
    path = damage(made(tmp_path / "a.pdf"), lambda data: data[:300])
    with pytest.raises(FormatError, match="damaged beyond reading"):
        read_document(path)


def test_hostile_counts_and_loops_end(tmp_path: Path) -> None:
    loop = (
        b"%PDF-1.4\n1 0 obj << /Type /Pages /Count 999999 /Kids [2 0 R 1 0 R 3 0 R] >> endobj\n"
        b"2 0 obj << /Type /Pages /Count 999999 /Kids [1 0 R 2 0 R] >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 1 0 R >> endobj\n"
    )
    kept = salvaged(loop)
    assert kept is not None
    assert kept.data.count(b"/Kids [3 0 R]") == 1
    bomb = zlib.compress(bytes(300 * 2**20), 9)
    stream = b"4 0 obj << /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode >>\nstream\n" + bomb
    kept = salvaged(loop + stream * 3)
    assert kept is not None
    assert len(kept.data) < 200 * 2**20


class CrashingWorker(Worker):
    """Ends without a word when it comes to page 3 (index 2), as a reader with a fault would."""

    jobs: list[Job] = []  # noqa: RUF012

    def __init__(self, job: Job) -> None:
        self.jobs.append(job)
        self._crashes = 2 not in job.avoid
        super().__init__(job)

    def frame(self, seconds: float):
        frame = super().frame(seconds)
        is_there = self._crashes and frame is not None and frame[:2] == ("page", 3)
        return None if is_there else frame


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch) -> type[CrashingWorker]:
    CrashingWorker.jobs = []
    monkeypatch.setattr("sdgalign.documents.reading.Worker", CrashingWorker)
    return CrashingWorker


def test_a_page_that_crashes_the_reader_is_left_out(
    tmp_path: Path, crashing: type[CrashingWorker]
) -> None:
    document = read_document(made(tmp_path / "a.pdf"))
    assert [page.number for page in document.pages if page.is_empty] == [3]
    assert texts(document)[5] == sentences(6)
    assert document.doubts == (Doubt("salvaged", 1),)
    assert [job.avoid for job in crashing.jobs] == [frozenset(), frozenset({2})]


def test_a_reader_that_always_crashes_ends_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sdgalign.documents.worker._PROGRAM", "import os; os.abort()")
    with pytest.raises(LimitError, match="reading crashed, or needed more than") as raised:
        read_document(made(tmp_path / "a.pdf"))
    assert "\n" not in str(raised.value)


def test_time_spent_before_a_crash_counts(tmp_path: Path, crashing: type[CrashingWorker]) -> None:
    with Reading(made(tmp_path / "a.pdf"), limits=Limits(stall_seconds=30)) as reading:
        reading.result()
        assert reading._patience < 30
