"""Pages whose fonts do not say their letters; faults that `make fuzz` found there."""

from __future__ import annotations

from pathlib import Path

from sdgalign.documents.garbled import read_garbled_page

_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <ff> endcodespacerange
2 beginbfchar
<71> <0000>
<78> <0001>
endbfchar endcmap end end"""


def written(path: Path, text: bytes) -> Path:
    """Write a PDF whose font says that q is U+0000 and x is U+0001."""
    content = b"BT /F1 12 Tf 60 700 Td (%s) Tj ET" % text
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        *(
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(each), each)
            for each in (content, _CMAP)
        ),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer\n<< /Root 1 0 R /Size 7 >>\n%%EOF\n")
    return path


def test_letters_that_no_text_can_hold_become_a_mark(tmp_path: Path) -> None:
    (line,) = read_garbled_page(written(tmp_path / "a.pdf", b"het qplan xvoor de hele stad"), 0)
    assert line.text == "het \ufffdplan \ufffdvoor de hele stad"
    assert [word.text for word in line.words][1] == "\ufffdplan"


def test_a_page_of_unknown_letters_is_no_text(tmp_path: Path) -> None:
    assert read_garbled_page(written(tmp_path / "a.pdf", b"qqq plan qqq"), 0) == []
