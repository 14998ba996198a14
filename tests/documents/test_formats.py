"""Which reader a file gets, and what bad files get: one line, soon, with what to do next."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sdgalign.documents import Limits, read_document
from sdgalign.documents.formats import read_file
from sdgalign.errors import DocumentError, EncryptedError, FormatError, LimitError, NoTextError
from tests.office import empty_docx, repack, save_docx, write_odt
from tests.pdfs import column, write_pdf

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def docx(path: Path) -> Path:
    made = empty_docx()
    made.add_paragraph(PROSE)
    return save_docx(made, path)


def odt(path: Path) -> Path:
    return write_odt(path, f"<text:p>{PROSE}</text:p>")


def pdf(path: Path) -> Path:
    return write_pdf(path, [column([PROSE])])


def html(path: Path) -> Path:
    path.write_text(f"<html><body><p>{PROSE}</p></body></html>", "utf-8")
    return path


def plain(path: Path) -> Path:
    path.write_text(PROSE, "utf-8")
    return path


@pytest.mark.parametrize("make", [docx, odt, pdf, html, plain])
def test_what_is_in_a_file_decides_when_its_name_does_not(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    document = read_file(make(tmp_path / "stdin"))
    assert [line.text for line in document.pages[0].lines] == [PROSE]


@pytest.mark.parametrize("make", [docx, odt, pdf])
@pytest.mark.parametrize("name", ["plan.docx", "plan.pdf", "plan.odt", "plan.txt", "plan.bin"])
def test_a_wrong_name_does_not_matter(
    tmp_path: Path, make: Callable[[Path], Path], name: str
) -> None:
    document = read_file(make(tmp_path / name))
    assert [line.text for line in document.pages[0].lines] == [PROSE]


def zipped(path: Path, **parts: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def bomb(path: Path) -> None:
    docx(path)
    repack(path, {"word/document.xml": b"<a>" + b" " * 2**27 + b"</a>"})


def deep(path: Path) -> None:
    docx(path)
    repack(path, {"word/document.xml": b"<a>" * 100_000})


def entities(path: Path) -> None:
    docx(path)
    text = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    repack(path, {"word/document.xml": text.encode()})


def external(path: Path) -> None:
    docx(path)
    text = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    repack(path, {"word/document.xml": text.encode()})


def cut(path: Path) -> None:
    path.write_bytes(docx(path).read_bytes()[:-2000])


def flipped(path: Path) -> None:
    data = bytearray(docx(path).read_bytes())
    at = data.find(b"word/document.xml")
    data[at + 60 : at + 160] = bytes(100)
    path.write_bytes(bytes(data))


def unreadable_name(path: Path) -> None:
    """Spoil the name of a part where it stands before the part; found by `make fuzz`."""
    data = bytearray(odt(path).read_bytes())
    at = data.find(b"content.xml")
    listed = data.find(b"content.xml", at + 1)
    data[at : at + 2] = b"\xe9c"
    for flags in (at - 30 + 6, listed - 46 + 8):
        data[flags + 1] |= 8  # the name says to be UTF-8
    path.write_bytes(bytes(data))


def locked_zip(path: Path) -> None:
    data = bytearray(odt(path).read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))


BAD: list[tuple[str, Callable[[Path], object], type[DocumentError], str]] = [
    ("empty.docx", lambda path: path.write_bytes(b""), FormatError, "empty"),
    ("text.docx", plain, FormatError, "not a docx file"),
    ("text.odt", plain, FormatError, "not a odt file"),
    ("text.pdf", plain, FormatError, "not a PDF"),
    ("other.zip", lambda path: zipped(path, a="x"), FormatError, "no document"),
    ("empty.zip", lambda path: zipped(path), FormatError, "no document"),
    ("cut.docx", cut, FormatError, "damaged"),
    ("flipped.docx", flipped, FormatError, "damaged"),
    ("name.odt", unreadable_name, FormatError, "damaged"),
    ("bomb.docx", bomb, LimitError, "unpacks to more than"),
    ("deep.docx", deep, FormatError, "damaged"),
    ("entities.docx", entities, FormatError, "entities"),
    ("external.docx", external, FormatError, "entities"),
    (
        "locked.docx",
        lambda path: path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le")),
        EncryptedError,
        "password",
    ),
    ("locked.odt", locked_zip, EncryptedError, "password"),
    ("old.doc", lambda path: path.write_bytes(OLE + b"x" * 99), FormatError, "old Office file"),
    ("plan.rtf", lambda path: path.write_bytes(b"{\\rtf1 x}"), FormatError, "RTF"),
    (
        "sheet.xlsx",
        lambda path: zipped(path, **{"[Content_Types].xml": "<x>spreadsheetml</x>"}),
        FormatError,
        "a spreadsheet",
    ),
    ("slides.odp", lambda path: zipped(path, mimetype="application/vnd.oasis.opendocument."
                                       "presentation"), FormatError, "a presentation"),
    ("data.csv", plain, FormatError, r"\.csv"),
    ("photo.txt", lambda path: path.write_bytes(b"\x89PNG\0\0\0"), FormatError, "not a text file"),
    ("blank.txt", lambda path: path.write_text(" \n\f\n"), NoTextError, "no text"),
    ("blank.md", lambda path: path.write_text("\n"), NoTextError, "no text"),
    ("blank.html", lambda path: path.write_text("<script>x</script>"), NoTextError, "no text"),
    ("space.html", lambda path: path.write_text(" "), FormatError, "not a web page"),
    ("deep.html", lambda path: path.write_text("<div>" * 900 + "x"), LimitError, "too deeply"),
    ("deeper.html", lambda path: path.write_text("<b>" * 50_000 + "x"), LimitError, "too deeply"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "kind", "says"), BAD, ids=[case[0] for case in BAD])
def test_a_bad_file_gets_one_line_that_says_what_to_do(
    tmp_path: Path,
    name: str,
    make: Callable[[Path], object],
    kind: type[DocumentError],
    says: str,
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(kind, match=says) as raised:
        read_file(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)
    assert raised.value.hint


def test_a_bomb_is_refused_in_the_worker_too(tmp_path: Path) -> None:
    bomb(tmp_path / "bomb.docx")
    with pytest.raises(LimitError, match="unpacks to more than"):
        read_document(tmp_path / "bomb.docx")


def test_too_long_a_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("\n\n".join([PROSE] * 3))
    with pytest.raises(LimitError, match="it holds more than 100 characters"):
        read_document(path, limits=Limits(characters=100))
    with pytest.raises(LimitError, match="a paragraph holds more than 50 characters"):
        read_document(path, limits=Limits(characters_per_page=50))
    seen: list[tuple[int, int]] = []
    document = read_document(
        path,
        limits=Limits(characters_per_page=100),
        on_page=lambda done, total: seen.append((done, total)),
    )
    assert document.name == "plan.md"
    assert seen == [(1, 1)]
