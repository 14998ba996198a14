"""A cut-off PDF made openable: the pages that are whole get a new page tree.

PDFium rebuilds a lost cross-reference table by itself, but it needs a catalog, which many programs
write last. Objects packed in object streams cannot be found this way.
"""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(\d{1,7})\s+(\d{1,5})\s+obj\b")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_END = b"endobj"
_MOST_PAGES = 5000


def salvaged(data: bytes) -> bytes | None:
    """Return the file with a page tree of its whole pages, or None when it has none.

    Args:
        data: The bytes of a file that does not open.
    """
    numbers = [0]
    pages: list[tuple[int, int]] = []
    for match in _OBJECT.finditer(data):
        numbers.append(int(match[1]))
        # Only the dictionary: a stream can hold anything.
        end = data.find(_END, match.end(), match.end() + 4000)
        if end > 0 and _PAGE.search(data, match.end(), end):
            pages.append((int(match[1]), int(match[2])))
    if not pages:
        return None
    tree = max(numbers) + 1
    kids = b" ".join(b"%d %d R" % page for page in pages[:_MOST_PAGES])
    # A4 for pages whose size stood in the lost tree.
    return (
        data
        + b"\nendstream\nendobj\n"
        + b"%d 0 obj\n<< /Type /Pages /Count %d /MediaBox [0 0 595 842] /Kids [%s] >>\nendobj\n"
        % (tree, len(pages[:_MOST_PAGES]), kids)
        + b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (tree + 1, tree)
        + b"trailer\n<< /Root %d 0 R /Size %d >>\n%%%%EOF\n" % (tree + 1, tree + 2)
    )
