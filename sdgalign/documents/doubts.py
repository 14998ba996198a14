"""What could not be read as it should: doubts for the reports, errors where no text is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sdgalign.documents import ocr
from sdgalign.documents.document import Doubt, Page, PathCode
from sdgalign.documents.opening import DAMAGE_HINT
from sdgalign.errors import DamagedError, NoTextError

_TAIL_REACH = 1024
_SCAN_HINT = "Recognise the text first (for example with ocrmypdf) and give the result."


def check_text(path: Path, pages: Sequence[Page], *, is_damaged: bool) -> None:
    """Refuse a file without any text.

    Raises:
        DamagedError: When damage is the reason.
        NoTextError: When it is not.
    """
    if any(not page.is_empty for page in pages):
        return
    if is_damaged:
        raise DamagedError(str(path), "the PDF is damaged and no text is left", DAMAGE_HINT)
    if any(page.went(PathCode.LOST_LETTERS) for page in pages):
        raise NoTextError(
            str(path), "the fonts do not say which letters the pages hold", _SCAN_HINT
        )
    raise NoTextError(
        str(path),
        f"no text on any of its {len(pages)} pages (a scan, or text as drawing)",
        _SCAN_HINT if ocr.languages() else ocr.how_to_install(),
    )


def doubts_of(pages: Sequence[Page]) -> Iterator[Doubt]:
    """Yield a doubt for each group of pages that could not be read as they should."""
    for code, path in (
        ("lost-letters", PathCode.LOST_LETTERS),
        ("slow-letters", PathCode.SLOW_LETTERS),
        ("recognised-pages", PathCode.RECOGNISED),
    ):
        if count := sum(page.went(path) for page in pages):
            yield Doubt(code, count)
    empty = sum(page.went(PathCode.EMPTY) for page in pages)
    if is_much(empty, len(pages)):
        yield Doubt("no-text-pages", empty)


def is_much(empty: int, pages: int) -> bool:
    """Return whether so many pages have no text that they are no covers and photographs."""
    return empty == pages or empty > max(2, 0.1 * pages)


def damage_of(data: bytes, pages: Sequence[Page], missing: int, *, is_second: bool) -> list[Doubt]:
    """Return what is known of the damage to a file.

    Args:
        data: What is in the file.
        pages: As read.
        missing: Pages that a repair did not find again.
        is_second: Whether another look at a damaged file read them.
    """
    lost = sum(page.went(PathCode.DAMAGED) for page in pages)
    if is_second:
        return [Doubt("salvaged", lost + missing)]
    is_cut_off = b"%%EOF" not in data[-_TAIL_REACH:]
    damage = [Doubt("cut-off")] if is_cut_off else []
    return [*damage, Doubt("damaged-pages", lost)] if lost else damage
