"""Find the documents of a corpus: in folders, data files with plans, and zip files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdgalign.bundles import is_bundle, list_members
from sdgalign.corpus.own_tables import is_own_table
from sdgalign.documents.formats import SUFFIXES
from sdgalign.errors import DocumentError, InputError, NotFoundError
from sdgalign.files import ABOUT, is_hidden, is_report, is_resource
from sdgalign.plans import Plan

if TYPE_CHECKING:
    from pathspec import PathSpec

IGNORE_FILE = ".sdgalignignore"
"""Names what is passed over, in the syntax of ``.gitignore``; one may lie in every folder."""
MEMBER_MARK = "!"
"""Between an archive and a name in it."""
MANIFEST = "manifest.csv"
_DATA_SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson"})
"""Of files that may hold plans; a plain text file is a document."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document that is there."""

    path: str
    """As the ledger has it."""
    file: Path
    part: str = ""
    member: str = ""
    """Name in the archive ``file``."""
    plan: Plan | None = None
    """Of a data file."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be looked into."""

    path: str
    """As the ledger would have it."""
    kind: str
    message: str
    is_folder: bool = False
    """Whether documents may lie below that are not seen now."""


@dataclass(slots=True)
class Finds:
    """What was found."""

    documents: list[Found] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Paths of files that are of no kind that is read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files of a folder are wanted, in the syntax of ``.gitignore``."""

    include: Sequence[str] = ()
    """All when empty."""
    exclude: Sequence[str] = ()


def find_documents(paths: Sequence[Path], project: Path, choice: Choice | None = None) -> Finds:
    """Find the documents below folders, and those named by themselves.

    Args:
        paths: Folders and files.
        project: Folder of the project, which is passed over.
        choice: Which are wanted.

    Raises:
        NotFoundError: When one of the paths is not there; nothing is done then, for a disk that
            is not mounted must not look like a corpus that was emptied.
    """
    for path in paths:
        if not path.exists():
            raise NotFoundError(
                str(path), "there is no such folder or file", "Check the spelling, or the disk."
            )
    base = base_of(paths)
    walk = _Walk(base, project.resolve(), choice or Choice())
    for path in paths:
        if path.is_dir():
            walk.folder(path.resolve())
        else:
            walk.file(path.resolve(), is_named=True)
    walk.finds.documents.sort(key=lambda found: (found.path, found.part))
    return walk.finds


def base_of(paths: Sequence[Path]) -> Path:
    """Return the folder that the paths in a ledger are relative to."""
    folders = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # other drives
        raise InputError(
            "the folders lie on different drives. Make a project for each drive."
        ) from None


class _Walk:
    def __init__(self, base: Path, project: Path, choice: Choice) -> None:
        self._base, self._project = base, project
        self._include = _spec(choice.include) if choice.include else None
        self._exclude = _spec(choice.exclude)
        self._ignores: dict[Path, PathSpec[Any]] = {}
        self._seen: set[Path] = set()
        self.finds = Finds()

    def folder(self, top: Path) -> None:
        """Look into a folder and those in it, in the order of names."""
        for name, folders, files in os.walk(top, onerror=self._unreadable):
            here = Path(name)
            if IGNORE_FILE in files:
                self._read_ignore(here / IGNORE_FILE)
            folders[:] = sorted(
                each for each in folders if self._is_wanted_folder(top, here / each)
            )
            for each in sorted(files):
                path = here / each
                inner = path.relative_to(top)
                if not (is_hidden(inner) or is_resource(top, inner)) and self._is_wanted(path):
                    self.file(path)

    def file(self, path: Path, *, is_named: bool = False) -> None:
        """Note a file for what it is.

        Args:
            path: The file.
            is_named: Whether the user named it; then it is tried whatever it looks like.
        """
        shown = self._shown(path)
        try:
            is_there = path.is_file()
        except OSError as error:
            message = f"{shown}: cannot be looked at ({error.strerror}). Check your rights on it."
            self.finds.troubles.append(Trouble(shown, NotFoundError.reason, message))
            return
        if path in self._seen or not is_there:
            return
        self._seen.add(path)
        if is_bundle(path):
            self._bundle(path, shown)
        elif _is_data(path):
            if is_named or not is_own_table(path):
                self._data(path, shown, is_named=is_named)
        elif is_named or self._is_document(path):
            self.finds.documents.append(Found(shown, path))
        elif not is_report(path) and path.name.casefold() != MANIFEST:
            self.finds.others.append(shown)

    def _is_document(self, path: Path) -> bool:
        is_kind = path.suffix.lower() in SUFFIXES and path.stem.casefold() not in ABOUT
        return is_kind and not is_report(path)

    def _data(self, path: Path, shown: str, *, is_named: bool) -> None:
        from sdgalign.plans import read_plans

        try:
            plans = read_plans(path)
        except DocumentError as error:
            self._trouble(shown, error)
        except InputError as error:
            # A table without plans is no failure in a folder full of other things.
            if is_named:
                message = str(error).replace(str(path), shown, 1)
                self.finds.troubles.append(Trouble(shown, "input", message))
            else:
                self.finds.others.append(shown)
        else:
            self.finds.documents += (
                Found(shown, path, part=part, plan=plan)
                for part, plan in zip(_parts(plans), plans, strict=True)
            )

    def _bundle(self, path: Path, shown: str) -> None:
        try:
            members = list_members(path, shown)
        except DocumentError as error:
            self._trouble(shown, error)
            return
        for member in members:
            name = f"{shown}{MEMBER_MARK}{member}"
            if self._is_wanted(path / member):
                self.finds.documents.append(Found(name, path, member=member))

    def _trouble(self, shown: str, error: DocumentError) -> None:
        self.finds.troubles.append(Trouble(shown, error.reason, str(error.named(shown))))

    def _unreadable(self, error: OSError) -> None:
        path = self._shown(Path(error.filename))
        message = (
            f"{path}: the folder cannot be opened ({error.strerror}). Check your rights on it."
        )
        self.finds.troubles.append(Trouble(path, NotFoundError.reason, message, is_folder=True))

    def _shown(self, path: Path) -> str:
        """Return the path as ledger and messages have it: text, which a name need not be."""
        inner = path.relative_to(self._base).as_posix()
        return os.fsencode(inner).decode("utf-8", "backslashreplace")

    def _is_wanted_folder(self, top: Path, path: Path) -> bool:
        return (
            path != self._project
            and not is_hidden(path.relative_to(top))
            and not self._is_ignored(path, is_folder=True)
        )

    def _is_wanted(self, path: Path) -> bool:
        shown = self._shown(path)
        if self._include is not None and not self._include.match_file(shown):
            return False
        return not self._is_ignored(path)

    def _is_ignored(self, path: Path, *, is_folder: bool = False) -> bool:
        mark = "/" if is_folder else ""
        if self._exclude.match_file(self._shown(path) + mark):
            return True
        return any(
            spec.match_file(path.relative_to(folder).as_posix() + mark)
            for folder, spec in self._ignores.items()
            if path.is_relative_to(folder)
        )

    def _read_ignore(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        except OSError as error:
            shown = self._shown(path)
            message = f"{shown}: cannot be opened ({error.strerror}); nothing is passed over by it."
            self.finds.troubles.append(Trouble(shown, NotFoundError.reason, message))
        else:
            self._ignores[path.parent] = _spec(lines)


def _spec(lines: Iterable[str]) -> PathSpec[Any]:
    import pathspec

    try:
        return pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise InputError(f"a pattern cannot be read: {error}. See gitignore's syntax.") from error


def _is_data(path: Path) -> bool:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if path.name.casefold() == MANIFEST:
        return False
    return suffixes[-1:] != [] and (
        suffixes[-1] in _DATA_SUFFIXES
        or (suffixes[-1] == ".gz" and len(suffixes) > 1 and suffixes[0] in _DATA_SUFFIXES)
    )


def _parts(plans: Sequence[Plan]) -> Iterator[str]:
    """Name the plans of a file: by NIS code, else by name; none when there is one plan."""
    if len(plans) == 1:
        yield ""
        return
    taken: set[str] = set()
    for number, plan in enumerate(plans, start=1):
        name = plan.nis_code or plan.municipality or str(number)
        if name in taken:
            name = f"{name}-{number}"
        taken.add(name)
        yield name
