"""One run at a time on a project.

The lock is a transaction held open on a small SQLite file: it works on every system and shared
disk on which the ledger itself works, needs no library, and ends with the process, however that
ends.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sdgalign.errors import InputError

FILE = "run.lock"
_PATIENCE = 1.0
"""Seconds between two tries; a key press is heard in between."""


@contextmanager
def run_alone(
    project: Path,
    *,
    wait: bool = False,
    holder: Callable[[], str] = lambda: "",
    on_wait: Callable[[str], None] = lambda holder: None,
) -> Iterator[None]:
    """Hold the lock of a project.

    Args:
        project: Its folder, made when it is not there.
        wait: Whether to wait for a run that holds it, instead of refusing.
        holder: Says who holds it, for the message.
        on_wait: Called once, with the holder, when it has to wait.

    Raises:
        InputError: When another run holds it, or the folder cannot be written.
    """
    try:
        project.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(project / FILE, isolation_level=None, timeout=0.0)
    except (OSError, sqlite3.Error) as error:
        raise _cannot_write(project, error) from error
    try:
        told = False
        while not _taken(connection, project):
            if not wait:
                raise InputError(
                    f"{project}: another run is working on this project{_by(holder())}. "
                    "Wait until it is done, give --wait, or choose another folder with -o."
                )
            if not told:
                on_wait(holder())
                told = True
            time.sleep(_PATIENCE)
        yield
    finally:
        connection.close()


def _taken(connection: sqlite3.Connection, project: Path) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return False
        raise _cannot_write(project, error) from error
    return True


def _by(holder: str) -> str:
    return f" ({holder})" if holder else ""


def _cannot_write(project: Path, error: Exception) -> InputError:
    return InputError(
        f"{project}: cannot be written ({error}). Choose another folder with -o, "
        "or check your rights on it."
    )
