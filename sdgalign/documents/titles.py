"""The title that a file declares, when it is one."""

from __future__ import annotations

from pathlib import PurePath

_FILE_ENDINGS = (".indd", ".doc", ".docx", ".pdf", ".odt", ".pptx", ".xlsx", ".rtf", ".pub")
_EMPTY = frozenset({"untitled", "naamloos", "word document", "document", "document1"})


def declared_title(text: str) -> str:
    """Return a title with single spaces; empty when it names a file or says nothing."""
    title = " ".join(text.split())
    small = title.casefold()
    is_file_name = (
        small.endswith(_FILE_ENDINGS)
        or small.startswith("microsoft ")
        or ("_" in small and " " not in small)
    )
    return "" if is_file_name or small in _EMPTY else title


def title_from_name(name: str) -> str:
    """Return the name of a file as words: ``2021_Groenlinks.pdf`` is "2021 Groenlinks"."""
    return " ".join(PurePath(name).stem.replace("_", " ").split()) or name
