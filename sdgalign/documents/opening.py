"""Open a PDF with PDFium: as it is, or repaired when that was in vain."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from sdgalign.documents.salvage import salvaged
from sdgalign.errors import DamagedError, EncryptedError, FormatError, NotFoundError

DAMAGE_HINT = "Download it again, or print it to a new PDF."
_HEADER_REACH = 1024


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF that PDFium has open."""

    pdf: Any
    source: Path | BytesIO
    """The same for pdfplumber."""
    missing: int = 0
    """Pages that a repair did not find again, as far as can be told."""


def bytes_of(path: Path) -> bytes:
    """Return what is in a PDF file.

    Raises:
        NotFoundError: When it cannot be opened.
        FormatError: When it is empty or no PDF.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(
            str(path), f"cannot be opened ({error.strerror})", "Check the name and your rights."
        ) from None
    if not data:
        raise FormatError(str(path), "the file is empty (0 bytes)", "Download or copy it again.")
    # A file whose beginning is lost still has objects.
    if b"%PDF-" not in data[:_HEADER_REACH] and b"endobj" not in data:
        raise FormatError(
            str(path), "this is not a PDF file", "Save or print the document as PDF and give that."
        )
    return data


def open_pdf(path: Path, data: bytes, password: str | None, *, repair: bool) -> Opened:
    """Open a PDF.

    Args:
        path: The file.
        data: What is in it.
        password: Opens a file that is encrypted for its readers.
        repair: Whether to give its whole pages a new tree first, where that can be done.

    Raises:
        EncryptedError: When it needs a (different) password.
        DamagedError: When it does not open.
    """
    whole = salvaged(data) if repair else None
    try:
        if whole is not None:
            return Opened(_document(whole.data, password), BytesIO(whole.data), whole.missing)
    except pdfium.PdfiumError:
        pass  # as it is, it may still open
    try:
        return Opened(_document(data, password), path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedError(
                str(path),
                "needs a password" if password is None else "the password is not right",
                "Give it with --password, or save a copy without.",
            ) from None
    raise DamagedError(str(path), "the PDF is damaged beyond reading", DAMAGE_HINT)


def _document(data: bytes, password: str | None) -> Any:  # noqa: ANN401 (pypdfium2 has no types)
    pdf = pdfium.PdfDocument(data, password=password)
    if len(pdf) == 0:
        pdf.close()
        raise pdfium.PdfiumError("no pages")
    return pdf
