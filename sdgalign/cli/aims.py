"""What the gaps of a document are measured by: the user's priorities and a reference document."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdgalign.errors import FrameworkError, InputError
from sdgalign.framework import load_framework

if TYPE_CHECKING:
    from sdgalign.model import AlignmentModel
    from sdgalign.scoring import Alignment

_CODE = re.compile(r"(?:SDG\s*)?(\d{1,2})(?:\s*\.\s*(\d{1,2}|[a-d]))?", re.IGNORECASE)
_PLANNING_CODE = re.compile(r"SDG(\d{2})(\d{2}|0?[A-D])", re.IGNORECASE)
_DELIMITERS = re.compile(r"[,;\t]")
_MOST_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Aims:
    """What makes a gap pressing, besides whose competence it is."""

    priorities: tuple[str, ...] = ()
    """Codes of goals and targets."""
    reference: Alignment | None = None


def read_priorities(given: str) -> tuple[str, ...]:
    """Return the codes of goals and targets that the user gave, or that stand in a file.

    Args:
        given: Codes with commas (``3,11.2``, ``SDG1102``), or the name of a text or csv file. Of
            a line in a file only codes count; a heading, and lines with ``#``, are passed over.

    Raises:
        InputError: When it is neither, when a code does not exist, or when the file has none.
    """
    path = Path(given)
    if not path.is_file():
        return _checked(_inline(given), "--priorities")
    codes = [code for line in _lines(path) for code in line]
    if not codes:
        raise InputError(f"{path}: has no codes of goals or targets, such as 3 or 11.2.")
    return _checked(codes, str(path))


def _inline(given: str) -> list[str]:
    codes = []
    for part in _DELIMITERS.split(given):
        code = _code(part.strip())
        if code is None:
            raise InputError(
                f"--priorities {given!r}: is no file, and no list of goals and targets. "
                "Write them as 3,11.2 or give a text or csv file."
            )
        codes.append(code)
    return codes


def _lines(path: Path) -> Iterable[list[str]]:
    from sdgalign.tables_io import decode

    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from None
    if len(data) > _MOST_BYTES or b"\0" in data.replace(b"\xff\xfe", b"")[:2]:
        raise InputError(f"{path}: is no list of codes. Give a text or csv file.")
    for number, line in enumerate(decode(data).splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        codes = _codes_in(line)
        if not codes and number > 1:
            raise InputError(
                f"{path}, line {number}: has no goal or target. Write 3, 11.2 or SDG1102."
            )
        yield codes


def _codes_in(line: str) -> list[str]:
    """Return the codes of a line: all when it is a list, else the first cell that is one."""
    delimiter = max(";\t,", key=line.count)
    cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter)) if cell.strip()]
    codes = [code for cell in cells if (code := _code(cell))]
    return codes if len(codes) == len(cells) else codes[:1]


def _code(text: str) -> str | None:
    if planned := _PLANNING_CODE.fullmatch(text):
        goal, part = planned.groups()
    elif plain := _CODE.fullmatch(text):
        goal, part = plain.groups()
    else:
        return None
    part = (part or "").lstrip("0").lower()
    return f"{int(goal)}.{part}" if part else str(int(goal))


def _checked(codes: Iterable[str], where: str) -> tuple[str, ...]:
    framework = load_framework()
    for code in codes:
        try:
            framework.target(code) if "." in code else framework.goal(code)
        except FrameworkError as error:
            raise InputError(f"{where}: {error}") from None
    return tuple(dict.fromkeys(codes))


def read_reference(
    path: Path, model: Callable[[], AlignmentModel], password: str | None = None
) -> Alignment:
    """Return the alignment of the document that others are measured against.

    Args:
        path: A document, or the JSON report that `analyze` wrote of it.
        model: Gives the model that the others are classified with.
        password: Opens a PDF that is encrypted.

    Raises:
        InputError: When a JSON report is unusable or was made with another model.
        DocumentError: When the document cannot be read.
    """
    from sdgalign.pipeline import analyze
    from sdgalign.reports.saved import alignment_of, is_saved_report, read_report, require_model

    if not is_saved_report(path):
        return analyze(path, model, password=password).alignment
    report = read_report(path)
    require_model(report, str(path), model().info)
    return alignment_of(report)
