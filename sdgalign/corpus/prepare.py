"""Bring what is there, what a manifest says of it and what the ledger knows together."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sdgalign.clock import now
from sdgalign.corpus.derive import derive
from sdgalign.corpus.discover import MANIFEST, Choice, Finds, Found, base_of, find_documents
from sdgalign.corpus.events import OnNote
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.manifest import ManifestRow, read_manifest
from sdgalign.corpus.recording import note, register
from sdgalign.corpus.todo import Known
from sdgalign.errors import InputError

Rows = Mapping[tuple[str, str], ManifestRow]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run is about."""

    base: Path
    """Folder that paths in the ledger are relative to."""
    manifest: Path | None
    known: tuple[Known, ...]
    finds: Finds
    missing: tuple[str, ...]
    """Paths in the manifest at which there is nothing."""

    @property
    def untold(self) -> tuple[Known, ...]:
        """Return the documents of which no manifest says anything."""
        return tuple(each for each in self.known if not each.is_told)


def prepare(
    ledger: Ledger,
    paths: Sequence[Path],
    *,
    manifest: Path | None = None,
    choice: Choice | None = None,
    on_note: OnNote = lambda message: None,
) -> Prepared:
    """Find the documents and what is known of them; nothing is written.

    Args:
        ledger: Of the project.
        paths: Folders and files.
        manifest: That of the last run, or the one in the folder, when None.
        choice: Which documents are wanted.
        on_note: Told in a line about what is odd in the manifest.

    Raises:
        NotFoundError: When a path is not there.
        ManifestError: When a manifest cannot be used.
        InputError: When the manifest of the last run is no more there.
    """
    finds = find_documents(paths, ledger.project, choice)
    base = base_of(paths)
    chosen = manifest or _usual_manifest(ledger, paths)
    rows: Rows = {}
    if chosen is not None:
        rows = {(row.path, row.part): row for row in read_manifest(chosen, on_note=on_note)}
    known = tuple(_known(found, rows) for found in finds.documents)
    there = {found.path for found in finds.documents} | {each.path for each in finds.troubles}
    missing = tuple(sorted({path for path, _ in rows} - there))
    return Prepared(base, chosen, known, finds, missing)


def begin(ledger: Ledger, prepared: Prepared) -> int:
    """Write down what the run is about.

    Returns:
        The number of documents that are gone since the last run.
    """
    note(ledger, "folder", str(prepared.base))
    if prepared.manifest is not None:
        note(ledger, "manifest", str(prepared.manifest.resolve()))
    started = now().isoformat(timespec="seconds")
    run = {"process": os.getpid(), "host": platform.node(), "started": started}
    note(ledger, "run", json.dumps(run))
    return register(ledger, prepared.known, prepared.finds.troubles)


def holder_of(project: Path) -> str:
    """Return who works on a project, for people; empty when nobody knows."""
    try:
        with Ledger.open(project) as ledger:
            run = json.loads(ledger.note("run") or "{}")
        return f"process {run['process']} on {run['host']}, since {run['started']}"
    except (InputError, ValueError, KeyError):
        return ""


def _usual_manifest(ledger: Ledger, paths: Sequence[Path]) -> Path | None:
    """Return the manifest of the last run, else the one in the folder.

    Raises:
        InputError: When that of the last run is no more there: what it told would get lost.
    """
    noted = ledger.note("manifest")
    if noted is not None:
        if Path(noted).is_file():
            return Path(noted)
        raise InputError(
            f"{noted}: the manifest of the last run is no more there. Give it with --manifest."
        )
    folders = [path / MANIFEST for path in paths if path.is_dir()]
    return next((path for path in folders if path.is_file()), None)


def _known(found: Found, rows: Rows) -> Known:
    exact = rows.get((found.path, found.part))
    if exact is not None:
        return Known(found, exact, is_told=True)
    derived = derive(found.path, part=found.part, plan=found.plan).row
    whole = rows.get((found.path, ""))
    if whole is None:
        return Known(found, derived, is_told=False)
    # What is said of a data file holds for each of its plans, but whose they are they say.
    said = {name: getattr(whole, name) for name in ("kind", "party", "year", "language")}
    return Known(
        found, replace(derived, **{name: value for name, value in said.items() if value}), True
    )
