"""Every error that sdgalign raises on purpose.

::

    SdgalignError               exit code 2: could not run
    ├── FrameworkError          the goals and targets data is inconsistent, or a code is unknown
    ├── ModelError              a model folder is missing, incomplete or from another version
    ├── InputError              texts or annotations given by the user cannot be used
    │   └── ManifestError       rows of a manifest cannot be used; one line for each
    └── DocumentError           one document cannot be read; a batch goes on without it
        ├── NotFoundError       there is no such file
        ├── FormatError         not a document of a kind that sdgalign reads, or damaged
        │   └── DamagedError    a PDF that does not open or of which no page can be read
        ├── EncryptedError      needs a password
        ├── NoTextError         pages without a text layer
        └── LimitError          took more time or memory than a document may

A message says what is wrong, where, and what to do next, in one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Self


class SdgalignError(Exception):
    """Base of the tree; catching it catches all that sdgalign raises on purpose."""

    exit_code: ClassVar[int] = 2

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what to tell the user, one line per thing that is wrong."""
        return (str(self),)


class FrameworkError(SdgalignError):
    """The framework data contradicts itself, or a goal or target code does not exist."""


class ModelError(SdgalignError):
    """A model folder cannot be loaded."""


class InputError(SdgalignError):
    """Texts, tables or annotations given by the user cannot be used."""


class ManifestError(InputError):
    """Rows of a manifest cannot be used.

    Args:
        path: The manifest.
        faults: What is wrong, where, and what to do next: a sentence for each.
    """

    def __init__(self, path: Path | str, faults: Sequence[str]) -> None:
        super().__init__(path, faults)
        self.path = path
        self.faults = tuple(faults)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return one line per fault."""
        return tuple(f"{self.path}: {fault}" for fault in self.faults)

    def __str__(self) -> str:
        more = f" (and {len(self.faults) - 1} more)" if len(self.faults) > 1 else ""
        return f"{self.path}: {self.faults[0]}{more}"


class DocumentError(SdgalignError):
    """One document cannot be read.

    Args:
        where: The path as the user gave it.
        what: What is wrong, without a full stop.
        hint: What the user can do next, a full sentence; may be empty.
    """

    reason: ClassVar[str] = "unreadable"
    """One word for ledgers and scripts; stable across versions."""

    def __init__(self, where: str, what: str, hint: str = "") -> None:
        super().__init__(where, what, hint)
        self.where = where
        self.what = what
        self.hint = hint

    def named(self, where: str) -> Self:
        """Return the same error about a file that the user knows by another name."""
        return type(self)(where, self.what, self.hint)

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}."
        return f"{sentence} {self.hint}" if self.hint else sentence


class NotFoundError(DocumentError):
    """There is no such file, or it cannot be opened."""

    reason: ClassVar[str] = "not-found"


class FormatError(DocumentError):
    """The file is not of a kind that sdgalign reads, or is damaged beyond reading."""

    reason: ClassVar[str] = "format"


class DamagedError(FormatError):
    """The PDF does not open, or none of its pages can be read; a repair may help."""


class EncryptedError(DocumentError):
    """The file needs a password to open."""

    reason: ClassVar[str] = "encrypted"


class NoTextError(DocumentError):
    """The pages hold pictures of text, no text."""

    reason: ClassVar[str] = "no-text"


class LimitError(DocumentError):
    """Reading took more time, memory or pages than one document may take."""

    reason: ClassVar[str] = "limit"
