"""The documents that a command is given: files, folders, zip files, standard input."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sdgalign.bundles import MOST_BYTES, is_bundle, unpack
from sdgalign.cli.console import fail, say
from sdgalign.errors import DocumentError, InputError, LimitError
from sdgalign.files import Source, find_sources

STANDARD_INPUT = "-"
_NAMED = 5
"""Files passed over that a note names; the others it counts."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command is to read."""

    sources: tuple[Source, ...]
    failed: int
    """Number of zip files that could not be unpacked; said already."""

    @property
    def total(self) -> int:
        """Return the number of documents, unreadable zip files included."""
        return len(self.sources) + self.failed


@contextmanager
def open_inputs(paths: Sequence[Path], *, out: Path | None = None) -> Iterator[Inputs]:
    """Find the documents in what the user named; copies that this needs last as long as it is open.

    Args:
        paths: Files, folders, zip files, and ``-`` for standard input.
        out: Folder of the reports, which are no documents.

    Raises:
        InputError: When nothing comes through standard input.
    """
    with tempfile.TemporaryDirectory(prefix="sdgalign-") as folder:
        yield _Collector(Path(folder)).collect(paths, out)


class _Collector:
    """Gathers the documents.

    Args:
        folder: Empty; for copies of what lies in no folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._origins: dict[Path, str] = {}
        """Name of each copy, or of the folder of copies."""
        self._others: list[str] = []

    def collect(self, paths: Sequence[Path], out: Path | None) -> Inputs:
        """Return the documents; say what is passed over and what fails."""
        places, failed = [], 0
        for number, path in enumerate(paths):
            try:
                places.append(self._place(path, self._folder / str(number)))
            except DocumentError as error:
                fail(str(error))
                failed += 1
        found = find_sources(
            places,
            out=out,
            on_other=lambda path: self._others.append(self._origin(path) or str(path)),
        )
        self._note_others()
        sources = (replace(source, origin=self._origin(source.path)) for source in found)
        return Inputs(tuple(sources), failed)

    def _place(self, path: Path, folder: Path) -> Path:
        """Return where the document or documents of an argument lie on disk."""
        name = str(path)
        if name == STANDARD_INPUT:
            name = "standard input"
            path = _saved_input(folder)
            self._origins[path] = name
        if not is_bundle(path):
            return path
        inner = folder / "unpacked"
        inner.mkdir(parents=True)
        self._origins[inner] = name
        self._others += [f"{name}/{other}" for other in unpack(path, inner, name)]
        return inner

    def _origin(self, path: Path) -> str:
        """Return how the user knows a copy; empty when it is none."""
        for place, name in self._origins.items():
            if path == place:
                return name
            if path.is_relative_to(place):
                return f"{name}/{path.relative_to(place).as_posix()}"
        return ""

    def _note_others(self) -> None:
        if self._others:
            more = len(self._others) - _NAMED
            names = ", ".join(self._others[:_NAMED]) + (f" and {more} more" if more > 0 else "")
            say(f"passed over, no documents: {names}")


def _saved_input(folder: Path) -> Path:
    """Write standard input to a file.

    Raises:
        InputError: When nothing is piped in.
        LimitError: When it does not end.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError("nothing to read: give a file, a folder, or a pipe. See --help.")
    folder.mkdir()
    path = folder / "stdin"
    left = MOST_BYTES
    with path.open("wb") as stream:
        while block := sys.stdin.buffer.read(min(2**20, left + 1)):
            left -= len(block)
            if left < 0:
                raise LimitError("standard input", "does not end after 1 GiB", "Give a file.")
            stream.write(block)
    return path
