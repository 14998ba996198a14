"""Labelled segments: reading a JSON-lines file and checking every line of it."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    sampling: str = ""
    """How it was chosen: ``random``, or ``diverse``, ``active``, ``uncertain``, ``rare``; may be
    empty."""
    round: int = 0
    """Of annotation; 0 when not told."""

    @property
    def goals(self) -> tuple[str, ...]:
        """Codes of the goals of its targets, in order, each once."""
        return tuple(dict.fromkeys(code.partition(".")[0] for code in self.targets))

    @property
    def slice(self) -> str:
        """The kind of text for reporting: ``plan-nl``, ``prose-nl`` or ``prose-en``."""
        return f"{'plan' if self.kind == 'action' else 'prose'}-{self.lang}"


def read_annotations(path: Path, *, texts: Sequence[Path] = ()) -> list[Annotation]:
    """Read labelled segments.

    Args:
        path: JSON lines with texts and labels; or, with ``texts``, a tab-separated table with the
            columns ``id``, ``targets`` (codes with a space between), ``commitment`` and
            ``against`` (0 or 1).
        texts: JSON lines (``.gz`` or not) that hold the texts of such a table.

    Raises:
        InputError: When a file cannot be read, a line is not valid or a text is missing.
    """
    known = known_codes()
    lines = _lines(path)
    if path.suffix == ".tsv":
        annotations = list(_join(path, lines, known, texts))
    else:
        annotations = list(_parse(path, lines, known))
    if not annotations:
        raise InputError(f"{path}: holds no annotations.")
    return annotations


def _lines(path: Path) -> list[str]:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error}).") from error


def _join(
    path: Path, lines: Sequence[str], known: frozenset[str], texts: Sequence[Path]
) -> Iterator[Annotation]:
    if not texts:
        raise InputError(f"{path}: holds labels only. Name the files with the texts (--texts).")
    labels: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t"), start=2):
        try:
            labels[row["id"]] = {
                "targets": row["targets"].split(),
                "commitment": int(row["commitment"]),
                "against": bool(int(row["against"])),
                "sampling": row.get("sampling") or "",
                "round": int(row.get("round") or 0),
            }
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"{path}, line {number}: is no row of labels ({error}).") from error
    found: dict[str, Annotation] = {}
    for file in texts:
        for number, line in enumerate(_lines(file), start=1):
            try:
                segment = json.loads(line)
                name = segment["id"]
            except (ValueError, TypeError, KeyError) as error:
                raise InputError(f"{file}, line {number}: is no segment ({error!r}).") from error
            if name not in labels:
                continue
            try:
                found[name] = _annotation({**segment, **labels[name]}, known)
            except (ValueError, TypeError, KeyError) as error:
                raise InputError(f"{path}, {name}: {error}.") from error
    missing = [name for name in labels if name not in found]
    if missing:
        raise InputError(
            f"{path}: {len(missing)} of {len(labels)} segments stand in none of the files with "
            f"texts, {missing[0]} among them."
        )
    yield from (found[name] for name in labels)


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
    targets, commitment, against = labels_of(row, known)
    sampling = row.get("sampling") or ""
    if not isinstance(sampling, str):
        raise ValueError("sampling must be a text")
    return Annotation(
        **strings,
        targets=targets,
        commitment=commitment,
        against=against,
        sampling=sampling,
        round=int(row.get("round") or 0),
    )


def labels_of(row: dict[str, Any], known: frozenset[str]) -> tuple[tuple[str, ...], int, bool]:
    """Return targets, commitment and stance of a row.

    Raises:
        ValueError: When one of them is not allowed.
        KeyError: When one is missing.
    """
    targets = _targets(row["targets"], known)
    commitment = row["commitment"]
    if isinstance(commitment, bool) or commitment not in (0, 1, 2, 3):
        raise ValueError(f"commitment {commitment!r} is none of 0, 1, 2, 3")
    against = row.get("against", False)
    if not isinstance(against, bool):
        raise ValueError("against must be true or false")
    return targets, int(commitment), against


def known_codes() -> frozenset[str]:
    """Return the codes of the framework's targets."""
    from sdgalign.framework import load_framework

    return frozenset(target.code for target in load_framework().targets)


def _targets(codes: object, known: frozenset[str]) -> tuple[str, ...]:
    if not isinstance(codes, list):
        raise ValueError("targets must be a list of codes")
    for code in codes:
        if not isinstance(code, str) or not _CODE.match(code) or code not in known:
            raise ValueError(f"there is no target {code!r}")
    if len(set(codes)) != len(codes):
        raise ValueError("a target occurs twice")
    return tuple(codes)
