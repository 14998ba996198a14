"""The title that a file declares, when it is one."""

from __future__ import annotations

_FILE_ENDINGS = (".indd", ".doc", ".docx", ".pdf", ".odt", ".pptx", ".xlsx", ".rtf", ".pub")
_EMPTY = frozenset({"untitled", "naamloos", "word document", "document", "document1"})


def declared_title(text: str) -> str:
    """Return a title with single spaces; empty when it names a file or says nothing."""
    title = " ".join(text.split())
    small = title.casefold()
    is_file_name = small.endswith(_FILE_ENDINGS) or small.startswith("microsoft ")
    return "" if is_file_name or small in _EMPTY else title
