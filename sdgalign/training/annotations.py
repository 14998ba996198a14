"""Labelled segments: reading a JSON-lines file and checking every line of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgalign.errors import InputError

_CODE = re.compile(r"^(1[0-7]|[1-9])\.([1-9][0-9]?|[a-d])$")
_KINDS = ("action", "manifesto", "agreement")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One labelled segment."""

    id: str
    """Unique in its file."""
    kind: str
    """``action`` (of a multi-annual plan), ``manifesto`` or ``agreement``."""
    lang: str
    """``nl`` or ``en``."""
    doc: str
    """The document it comes from; ``mjp2026-<NIS>`` for a municipality's plan."""
    context: str
    """Objective and action plan above it, or empty."""
    text: str
    targets: tuple[str, ...]
    """Codes of the targets it addresses, most important first; may be empty."""
    commitment: int
    """0 none, 1 ambition, 2 action, 3 measurable."""
    against: bool = False
    """Whether it moves against a labelled target."""

    @property
    def goals(self) -> tuple[str, ...]:
        """Codes of the goals of its targets, in order, each once."""
        return tuple(dict.fromkeys(code.partition(".")[0] for code in self.targets))

    @property
    def slice(self) -> str:
        """The kind of text for reporting: ``plan-nl``, ``prose-nl`` or ``prose-en``."""
        return f"{'plan' if self.kind == 'action' else 'prose'}-{self.lang}"


def read_annotations(path: Path, *, codes: Sequence[str] | None = None) -> list[Annotation]:
    """Read labelled segments, one JSON object a line.

    Args:
        path: The file.
        codes: Target codes that may occur; all 169 of the framework when None.

    Raises:
        InputError: When the file cannot be read or a line is not a valid annotation.
    """
    if codes is None:
        from sdgalign.framework import load_framework

        codes = [target.code for target in load_framework().targets]
    known = frozenset(codes)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    annotations = list(_parse(path, lines, known))
    if not annotations:
        raise InputError(f"{path}: holds no annotations.")
    return annotations


def _parse(path: Path, lines: Sequence[str], known: frozenset[str]) -> Iterator[Annotation]:
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            annotation = _annotation(json.loads(line), known)
        except (ValueError, TypeError, KeyError) as error:
            what = f"no field {error}" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{path}, line {number}: {what}.") from error
        if annotation.id in seen:
            raise InputError(f"{path}, line {number}: the id {annotation.id!r} occurs twice.")
        seen.add(annotation.id)
        yield annotation


def _annotation(row: object, known: frozenset[str]) -> Annotation:
    if not isinstance(row, dict):
        raise ValueError("is not a JSON object")
    strings = {name: row[name] for name in ("id", "kind", "lang", "doc", "text")}
    strings["context"] = row.get("context", "")
    for name, value in strings.items():
        if not isinstance(value, str) or (name != "context" and not value.strip()):
            raise ValueError(f"{name} must be a text that is not empty")
    if strings["kind"] not in _KINDS:
        raise ValueError(f"kind {strings['kind']!r} is none of {', '.join(_KINDS)}")
    targets = _targets(row["targets"], known)
    commitment = row["commitment"]
    if isinstance(commitment, bool) or commitment not in (0, 1, 2, 3):
        raise ValueError(f"commitment {commitment!r} is none of 0, 1, 2, 3")
    against = row.get("against", False)
    if not isinstance(against, bool):
        raise ValueError("against must be true or false")
    return Annotation(**strings, targets=targets, commitment=int(commitment), against=against)


def _targets(codes: object, known: frozenset[str]) -> tuple[str, ...]:
    if not isinstance(codes, list):
        raise ValueError("targets must be a list of codes")
    for code in codes:
        if not isinstance(code, str) or not _CODE.match(code) or code not in known:
            raise ValueError(f"there is no target {code!r}")
    if len(set(codes)) != len(codes):
        raise ValueError("a target occurs twice")
    return tuple(codes)
