"""Zip files of documents: what is in them, and unpacking it safely."""

from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from sdgalign.documents.formats import SUFFIXES
from sdgalign.documents.zips import UNPACK_ERRORS
from sdgalign.errors import EncryptedError, FormatError, LimitError
from sdgalign.files import is_hidden

MOST_BYTES = 2**30
"""Of a zip file unpacked: the plans of all Flemish municipalities."""
_MOST_FILES = 10_000
_BOMB_RATIO, _BOMB_BYTES = 100, 2**30 // 8
"""Documents shrink to a third at best, plain text to a tenth."""
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype"})
"""A zip file with one of these is one document (docx, odt)."""
_ENCRYPTED = 0x1
_LONGEST_NAME, _DEEPEST = 200, 12
"""Bytes of a name in a zip file, and folders around it: systems refuse longer paths."""
_KEPT, _KEPT_SUFFIX = 40, 10
"""Letters that are kept of a longer name."""


def is_bundle(path: Path) -> bool:
    """Whether a file is a zip of documents, and not a document that is a zip inside."""
    if path.suffix.lower() not in {".zip", ""} or not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _DOCUMENT_PARTS & set(archive.namelist())
    except UNPACK_ERRORS:
        return False  # reading it will say why


def list_members(path: Path, name: str) -> tuple[str, ...]:
    """Return the names of the documents in a zip file, as they stand there.

    Args:
        path: The zip file.
        name: How messages name it.

    Raises:
        FormatError: When it is damaged.
        LimitError: When it unpacks to too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            inside = _documents(archive, path, name)[0]
    except UNPACK_ERRORS:
        raise FormatError(name, "cannot be unpacked", "Pack the files again.") from None
    return tuple(info.filename for info, _ in inside)


def unpack_member(path: Path, member: str, folder: Path, name: str) -> Path:
    """Unpack one document of a zip file.

    Args:
        path: The zip file.
        member: As `list_members` gives it.
        folder: Where to.
        name: How messages name the document.

    Returns:
        The file.

    Raises:
        DocumentError: When it needs a password, is damaged or is no more there.
    """
    target = folder / _inner_path(member).name
    try:
        with zipfile.ZipFile(path) as archive:
            _unpack_one(archive, archive.getinfo(member), target, name, name)
    except (KeyError, *UNPACK_ERRORS):
        raise FormatError(name, "cannot be unpacked", "Pack the files again.") from None
    return target


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
    with zipfile.ZipFile(path) as archive:
        inside, others = _documents(archive, path, name)
        for info, inner in inside:
            what = f"{inner.as_posix()} in it"
            _unpack_one(archive, info, _free(folder / inner), name, what)
    return others


def _documents(
    archive: zipfile.ZipFile, path: Path, name: str
) -> tuple[list[tuple[zipfile.ZipInfo, Path]], list[str]]:
    """Return the documents in a zip file with their safe paths, and the names of what else is."""
    infos = [info for info in archive.infolist() if not info.is_dir() and not _is_link(info)]
    _check_size(path, infos, name)
    inside = [(info, inner) for info in infos if not is_hidden(inner := _inner_path(info.filename))]
    documents = [(info, inner) for info, inner in inside if inner.suffix.lower() in SUFFIXES]
    others = [inner.as_posix() for _, inner in inside if inner.suffix.lower() not in SUFFIXES]
    return documents, others


def _unpack_one(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, name: str, what: str
) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedError(name, "needs a password", "Unpack it and give the folder.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(info) as source, target.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    except UNPACK_ERRORS:
        raise FormatError(name, f"{what} cannot be unpacked", "Pack the files again.") from None


def _check_size(path: Path, infos: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Refuse a zip file that unpacks to too much; zipfile unpacks no more than the sizes say."""
    size = sum(info.file_size for info in infos)
    is_bomb = size > _BOMB_BYTES and size > _BOMB_RATIO * path.stat().st_size
    if len(infos) > _MOST_FILES or size > MOST_BYTES or is_bomb:
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
