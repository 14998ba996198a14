"""The documents that a command is given: files, folders, zip files, standard input."""

from __future__ import annotations

import shutil
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sdgalign.cli.console import fail, say
from sdgalign.documents.formats import SUFFIXES
from sdgalign.documents.zips import UNPACK_ERRORS
from sdgalign.errors import DocumentError, EncryptedError, FormatError, InputError, LimitError
from sdgalign.files import Source, find_sources, is_hidden

STANDARD_INPUT = "-"
_GIBIBYTE = 2**30
_MOST_FILES = 10_000
_MOST_BYTES = _GIBIBYTE
"""Of a zip file unpacked, and of standard input: the plans of all Flemish municipalities."""
_BOMB_RATIO, _BOMB_BYTES = 100, _GIBIBYTE // 8
"""Documents shrink to a third at best, plain text to a tenth."""
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
"""A zip file with one of these is one document (docx, odt)."""
_ENCRYPTED = 0x1
_LONGEST_NAME, _DEEPEST = 200, 12
"""Bytes of a name in a zip file, and folders around it: systems refuse longer paths."""
_KEPT, _KEPT_SUFFIX = 40, 10
"""Letters that are kept of a longer name."""
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
        if not _is_bundle(path):
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
    left = _MOST_BYTES
    with path.open("wb") as stream:
        while block := sys.stdin.buffer.read(min(2**20, left + 1)):
            left -= len(block)
            if left < 0:
                raise LimitError("standard input", "does not end after 1 GiB", "Give a file.")
            stream.write(block)
    return path


def _is_bundle(path: Path) -> bool:
    """Whether a file is a zip of documents, and not a document that is a zip inside."""
    if path.suffix.lower() not in {".zip", ""} or not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _DOCUMENT_PARTS & set(archive.namelist())
    except UNPACK_ERRORS:
        return False  # reading it will say why


def unpack(path: Path, folder: Path, name: str) -> list[str]:
    """Unpack the documents of a zip file.

    Args:
        path: The zip file.
        folder: Where to.
        name: How messages name it.

    Returns:
        The names of the files in it that are no documents.

    Raises:
        DocumentError: When it needs a password, is damaged or unpacks to too much.
    """
    others = []
    with zipfile.ZipFile(path) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and not _is_link(info)]
        _check_size(path, infos, name)
        for info in infos:
            inner = _inner_path(info.filename)
            if is_hidden(inner):
                continue
            if inner.suffix.lower() not in SUFFIXES:
                others.append(inner.as_posix())
                continue
            if info.flag_bits & _ENCRYPTED:
                raise EncryptedError(name, "needs a password", "Unpack it and give the folder.")
            try:
                target = _free(folder / inner)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as source, target.open("xb") as copy:
                    shutil.copyfileobj(source, copy)
            except UNPACK_ERRORS:
                raise FormatError(
                    name, f"{inner.as_posix()} in it cannot be unpacked", "Pack the files again."
                ) from None
    return others


def _check_size(path: Path, infos: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Refuse a zip file that unpacks to too much; zipfile unpacks no more than the sizes say."""
    size = sum(info.file_size for info in infos)
    is_bomb = size > _BOMB_BYTES and size > _BOMB_RATIO * path.stat().st_size
    if len(infos) > _MOST_FILES or size > _MOST_BYTES or is_bomb:
        raise LimitError(
            name,
            f"unpacks to {len(infos)} files and {size / 2**20:.0f} MiB, more than is safe",
            "Unpack it yourself and give the folder.",
        )


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _inner_path(name: str) -> Path:
    """Return a name in a zip file as a path that stays inside a folder."""
    parts = PurePosixPath(name.replace("\\", "/").replace(":", "_").replace("\0", "")).parts
    kept = [part for part in parts if part not in {"/", "//", ".", ".."}] or ["unnamed"]
    *folders, file = [_short(part) for part in kept]
    return Path(*folders[:_DEEPEST], file)


def _short(part: str) -> str:
    """Return a name that every system can write, with its suffix."""
    if len(part.encode("utf-8", "replace")) <= _LONGEST_NAME:
        return part
    return part[:_KEPT] + PurePosixPath(part).suffix[:_KEPT_SUFFIX]


def _free(path: Path) -> Path:
    """Return a path that is not taken: a zip file may hold a name twice."""
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
