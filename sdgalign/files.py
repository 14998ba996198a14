"""Finding the files to read and writing files whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sdgalign.errors import InputError

DOCUMENT_SUFFIXES = frozenset({".pdf"})
"""What is read from a folder; a file named by itself is tried whatever its suffix."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and where its reports go."""

    path: Path
    stem: Path
    """Path of the reports below the output folder, without suffix."""


def find_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Find the documents that the user named, looking into folders.

    Args:
        paths: Files and folders. A missing file and a folder without documents stay in the
            result: reading them reports it.

    Returns:
        Each file once, with a report path that no other file has.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    for path in paths:
        inside = _documents_in(path) if path.is_dir() else ()
        for each in inside:
            found.setdefault(each.resolve(), (each, each.relative_to(path).with_suffix("")))
        if not inside:
            found.setdefault(path.resolve(), (path, Path(path.stem)))
    stems = _distinct(stem for _, stem in found.values())
    return tuple(Source(path, stem) for (path, _), stem in zip(found.values(), stems, strict=True))


def _documents_in(folder: Path) -> tuple[Path, ...]:
    return tuple(
        sorted(
            path
            for path in folder.rglob("*")
            # A leading dot: macOS leaves "._plan.pdf" on shared disks, which is no PDF.
            if path.suffix.lower() in DOCUMENT_SUFFIXES
            and path.is_file()
            and not path.name.startswith(".")
        )
    )


def _distinct(stems: Iterable[Path]) -> Iterator[Path]:
    taken: set[str] = set()
    for stem in stems:
        name, number = stem, 2
        while str(name).casefold() in taken:  # casefold: Windows and macOS ignore case
            name, number = stem.with_name(f"{stem.name}-{number}"), number + 1
        taken.add(str(name).casefold())
        yield name


@contextmanager
def write_whole(path: Path) -> Iterator[IO[str]]:
    """Open a text file that appears under its name only when all of it is written.

    Raises:
        InputError: When the folder or file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise _cannot_write(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _cannot_write(path: Path, error: OSError) -> InputError:
    return InputError(
        f"{path}: cannot be written ({error.strerror or error}). Choose another place with -o."
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
