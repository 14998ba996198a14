"""Finding the files to read and writing files whole."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sdgalign.documents.formats import HTML_SUFFIXES, SUFFIXES
from sdgalign.errors import InputError

_HIDDEN = (".", "~$", "__MACOSX", "$RECYCLE.BIN", "System Volume Information")
"""How names begin that systems and word processors give for themselves: ``._plan.pdf`` on shared
disks, ``~$plan.docx`` while Word has it open."""
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "icon\r"})
_TEMPORARY = (".tmp", ".part", ".crdownload", ".bak", "~")
ABOUT = frozenset({"readme", "leesmij", "license", "licence", "changelog", "contributing"})
"""Names of files that tell about a folder; analysed only when named by themselves."""
_RESOURCES = ("_files", "_bestanden", "-bestanden", ".files")
"""How browsers and Word name the folder of pictures and frames beside a saved page."""
REPORT_ENDINGS = (".annotated.pdf", ".summary.docx", ".summary.md", ".codes.csv", ".matches.csv")
"""Of names of our reports in formats that we read too; a web page is known by its content."""
_REPORT_MARK = b'<meta name="generator" content="sdgalign'
_REPORT_REACH = 4096


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and where its reports go."""

    path: Path
    stem: Path
    """Path of the reports below the output folder, without suffix."""
    origin: str = ""
    """How the user knows it, when ``path`` is a copy that will be gone (``plans.zip/a.pdf``)."""

    @property
    def name(self) -> str:
        """Return how messages name it."""
        return self.origin or str(self.path)


def find_sources(
    paths: Iterable[Path],
    *,
    out: Path | None = None,
    on_other: Callable[[Path], None] = lambda path: None,
) -> tuple[Source, ...]:
    """Find the documents that the user named, looking into folders.

    Args:
        paths: Files and folders. A missing file and a folder without documents stay in the
            result: reading them reports it. A file named by itself is tried whatever its suffix.
        out: Folder of the reports, which are no documents.
        on_other: Called with each file in a folder that is of no kind that is read.

    Returns:
        Each file once, with a report path that no other file has.
    """
    found: dict[Path, tuple[Path, Path]] = {}
    for path in paths:
        inside = _documents_in(path, out, on_other) if path.is_dir() else ()
        for each in inside:
            found.setdefault(each.resolve(), (each, each.relative_to(path).with_suffix("")))
        if not inside:
            found.setdefault(path.resolve(), (path, Path(path.stem)))
    stems = distinct(stem for _, stem in found.values())
    return tuple(Source(path, stem) for (path, _), stem in zip(found.values(), stems, strict=True))


def is_hidden(path: Path) -> bool:
    """Return whether a file, by its path in a folder, is there for a system and not for people."""
    return (
        any(part.startswith(_HIDDEN) for part in path.parts)
        or path.name.casefold() in _SYSTEM
        or path.name.casefold().endswith(_TEMPORARY)
    )


def _documents_in(
    folder: Path, out: Path | None, on_other: Callable[[Path], None]
) -> tuple[Path, ...]:
    skipped = None if out is None else out.resolve()
    found = []
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if is_hidden(inner) or not path.is_file() or is_resource(folder, inner):
            continue
        if skipped is not None and path.resolve().is_relative_to(skipped):
            continue
        if path.suffix.lower() not in SUFFIXES or path.stem.casefold() in ABOUT:
            on_other(path)
        elif not is_report(path):
            found.append(path)
    return tuple(found)


def is_resource(folder: Path, inner: Path) -> bool:
    """Return whether a file belongs to a saved page: ``p_files/frame.html`` beside ``p.html``."""
    for parent in inner.parents:
        for ending in _RESOURCES:
            page = folder / parent.parent / parent.name.removesuffix(ending)
            if parent.name.endswith(ending) and any(
                page.with_name(page.name + suffix).is_file() for suffix in HTML_SUFFIXES
            ):
                return True
    return False


def is_report(path: Path) -> bool:
    """Return whether a file is a report of ours: a folder analysed twice may hold them."""
    if path.name.lower().endswith(REPORT_ENDINGS):
        return True
    if path.suffix.lower() not in HTML_SUFFIXES:
        return False
    try:
        with path.open("rb") as stream:
            return _REPORT_MARK in stream.read(_REPORT_REACH)
    except OSError:
        return False  # reading it will say why


def distinct(stems: Iterable[Path]) -> Iterator[Path]:
    """Yield every path as one that no system takes for an earlier one."""
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
    with write_whole_bytes(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")
        try:
            yield text
        finally:
            text.detach()


@contextmanager
def write_whole_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Likewise, a file of bytes.

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
        with os.fdopen(descriptor, "wb") as stream:
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
