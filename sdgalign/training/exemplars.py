"""Exemplars: sentences written for sdgalign, in the voice of policy documents, per target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgalign.errors import InputError
from sdgalign.training.annotations import Annotation, known_codes, labels_of

DOC = "exemplars"
"""What stands for the document of an annotation made of an exemplar."""
LANGUAGES = ("nl", "en")
_KIND = {"plan": "action", "agreement": "agreement", "manifesto": "manifesto"}


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One invented sentence in two languages; it trains, and is never measured on."""

    id: str
    voice: str
    """``plan``, ``agreement`` or ``manifesto``."""
    targets: tuple[str, ...]
    """The first is the one that it exemplifies; empty for one that addresses none."""
    commitment: int
    against: bool
    nl: str
    en: str

    def annotations(self) -> tuple[Annotation, Annotation]:
        """Return it as two annotations, Dutch and English."""
        dutch, english = (
            Annotation(
                id=f"{self.id}-{lang}",
                kind=_KIND[self.voice],
                lang=lang,
                doc=DOC,
                context="",
                text=getattr(self, lang),
                targets=self.targets,
                commitment=self.commitment,
                against=self.against,
            )
            for lang in LANGUAGES
        )
        return dutch, english


def read_exemplars(folder: Path) -> list[Exemplar]:
    """Read every ``*.jsonl`` of a folder, in order of name.

    Raises:
        InputError: When there is none, or a line is not a valid exemplar.
    """
    codes = known_codes()
    found: dict[str, Exemplar] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                one = _exemplar(json.loads(line), codes)
                if one.id in found:
                    raise ValueError(f"the id {one.id!r} occurs twice")
            except (ValueError, TypeError, KeyError) as error:
                raise InputError(f"{path}, line {number}: {error}.") from error
            found[one.id] = one
    if not found:
        raise InputError(f"{folder}: holds no exemplars (*.jsonl).")
    return list(found.values())


def as_annotations(exemplars: Sequence[Exemplar]) -> list[Annotation]:
    """Return two annotations an exemplar."""
    return [annotation for one in exemplars for annotation in one.annotations()]


def _exemplar(row: dict[str, object], codes: frozenset[str]) -> Exemplar:
    voice = row["voice"]
    if voice not in _KIND:
        raise ValueError(f"voice {voice!r} is none of {', '.join(_KIND)}")
    texts = [row["id"], row["nl"], row["en"]]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError("id, nl and en must be texts that are not empty")
    targets, commitment, against = labels_of(row, codes)
    return Exemplar(
        str(row["id"]), str(voice), targets, commitment, against, str(row["nl"]), str(row["en"])
    )
