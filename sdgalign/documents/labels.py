"""The number that is printed on a page, which need not be its number in the file."""

from __future__ import annotations

import re

from sdgalign.documents.document import Document, LineRole, Page

_NUMBER = re.compile(r"\d{1,4}|[ivxl]{1,7}", re.IGNORECASE)


def printed_labels(document: Document) -> dict[int, str]:
    """Return the printed number of the pages where it is known and differs from the file's.

    What the file declares goes before what is printed. A spread has two: ``16–17``.

    Args:
        document: Of pages whose lines have roles.

    Returns:
        Page number in the file, from 1, to label.
    """
    labels = {page.number: page.label or _printed(page) for page in document.pages}
    return {number: label for number, label in labels.items() if label not in ("", str(number))}


def _printed(page: Page) -> str:
    lines = [line for line in page.lines if line.role is LineRole.PAGE_NUMBER]
    numbers = [
        line.text.strip(" -–—|·•")
        for line in sorted(lines, key=lambda line: line.box.x0)
        if _NUMBER.fullmatch(line.text.strip(" -–—|·•"))
    ]
    return "–".join(dict.fromkeys(numbers)) if len(numbers) <= 2 else ""
