"""Train, development and test documents: whole documents, whole parties, no near copies."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sdgalign.errors import InputError
from sdgalign.files import write_whole
from sdgalign.training.annotations import Annotation

_PARTIES: Mapping[str, tuple[str, ...]] = {
    "50PLUS": ("VijftigPLUS", "Verkiezingsprogramma_2025-2029_50PLUS"),
    "BBB": ("BBB", "BoerBurgerBeweging"),
    "BIJ1": ("BIJ1", "20250925_Programma_BIJ1"),
    "CDA": ("CDA",),
    "ChristenUnie": ("ChristenUnie", "CU_Verkiezingsprogramma"),
    "D66": ("D66",),
    "FVD-JA21-BVNL": ("FVD", "JA21", "BVNL", "Verkiezingsprogramma_TK_25_A4_v15"),
    "GroenLinks-PvdA": ("GroenLinksPvdA", "GroenLinks", "PvdA"),
    "PVV": ("PVV",),
    "PvdD": ("PvdD",),
    "SGP": ("SGP",),
    "SP": ("SP",),
    "VVD": ("VVD",),
    "Volt": ("Volt",),
    "uk-conservative": (
        "uk-Manifesto2017",
        "uk-Forward_Together",
        "uk-GE2017_Manifesto_A5",
    ),
    "uk-labour": ("uk-Labour", "uk-Manifesto 2017", "uk-co-operative"),
    "uk-green": ("uk-GPNI", "uk-Greens", "uk-greenguaranteepdf"),
}
"""Parties of which several documents are in the material, by the start of the file name;
the Conservative and Labour manifestos of the nations repeat each other by the page."""

_MERGED: Mapping[str, str] = {
    "11007": "11002", "23023": "23106", "23024": "23106", "23032": "23106", "37012": "37021",
    "37018": "37021", "37007": "37022", "37015": "37022", "44012": "44086", "44048": "44086",
    "44034": "44087", "44073": "44087", "46014": "46029", "44045": "46029", "44040": "44088",
    "44043": "44088", "46003": "46030", "46013": "46030", "11056": "46030", "73006": "73110",
    "73032": "73110", "73009": "73111", "73083": "73111", "71057": "71071", "71069": "71071",
    "71022": "71072", "73040": "71072",
}  # fmt: skip
"""Municipalities of the mergers of 2025: former NIS code to the code of the new one."""


@dataclass(frozen=True, slots=True)
class Splits:
    """Which documents train, which develop, which test."""

    seed: int
    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    """Ids of segments used nowhere: of test documents that stand nearly word for word in a train
    or dev document, and of dev documents that do in a train document."""

    def part(self, doc: str) -> str:
        """Return ``train``, ``dev`` or ``test``.

        Raises:
            InputError: When no part holds the document.
        """
        for name in ("train", "dev", "test"):
            if doc in getattr(self, name):
                return name
        raise InputError(f"{doc}: the document is in no part of the splits; make new splits.")

    def select(self, annotations: Iterable[Annotation], *parts: str) -> list[Annotation]:
        """Return the annotations of these parts, those excluded left out."""
        docs = {doc for part in parts for doc in getattr(self, part)}
        left_out = frozenset(self.excluded)
        return [a for a in annotations if a.doc in docs and a.id not in left_out]

    def save(self, path: Path) -> None:
        """Write as JSON."""
        with write_whole(path) as stream:
            stream.write(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")

    @classmethod
    def load(cls, path: Path) -> Splits:
        """Read what :meth:`save` wrote.

        Raises:
            InputError: When the file is missing or is no splits file.
        """
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            parts = {k: tuple(row[k]) for k in ("train", "dev", "test", "excluded")}
            return cls(seed=int(row["seed"]), **parts)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: is no splits file ({error!r}).") from error


def author(doc: str) -> str:
    """Return the party or municipality behind a document; the document itself when unknown."""
    for party, starts in _PARTIES.items():
        if any(re.match(re.escape(start) + r"(?![A-Za-z])", doc) for start in starts):
            return party
    code = doc.removeprefix("mjp2026-")
    return f"mjp2026-{_MERGED[code]}" if doc != code and code in _MERGED else doc


def make_splits(
    annotations: Sequence[Annotation],
    *,
    seed: int = 0,
    test: float = 0.15,
    dev: float = 0.10,
    always_train: Sequence[str] = (),
) -> Splits:
    """Divide the documents by author, stratified by kind and language.

    Args:
        annotations: All of them.
        seed: Order in which authors are drawn.
        test: Share of the segments of each kind and language for the test.
        dev: Likewise for development.
        always_train: Documents that are the only one of their kind and must train.
    """
    strata: dict[str, dict[str, list[Annotation]]] = defaultdict(lambda: defaultdict(list))
    for item in annotations:
        name = "" if item.doc in always_train else item.slice
        strata[name][author(item.doc)].append(item)
    parts: dict[str, set[str]] = {"train": set(), "dev": set(), "test": set()}
    for name in sorted(strata):
        authors = sorted(strata[name])
        random.Random(f"{seed}-{name}").shuffle(authors)
        total = sum(len(items) for items in strata[name].values())
        wanted = {"test": test * total, "dev": dev * total} if name else {}
        for person in authors:
            items = strata[name][person]
            part = next((p for p, n in wanted.items() if 0 < len(items) <= n), "train")
            if part != "train":
                wanted[part] -= len(items)
            parts[part].update(item.doc for item in items)
    known = [a for a in annotations if a.doc not in parts["test"]]
    held_out = [a for a in annotations if a.doc in parts["test"]]
    return Splits(
        seed=seed,
        train=tuple(sorted(parts["train"])),
        dev=tuple(sorted(parts["dev"])),
        test=tuple(sorted(parts["test"])),
        excluded=tuple(sorted(near_copies(held_out, known))),
    )


def copies_across(splits: Splits, annotations: Sequence[Annotation]) -> list[str]:
    """Return ids of test segments that nearly stand in train or dev, and of dev ones in train."""
    train, dev, test = (
        [item for item in annotations if item.doc in frozenset(docs)]
        for docs in (splits.train, splits.dev, splits.test)
    )
    return sorted({*near_copies(test, train + dev), *near_copies(dev, train)})


def near_copies(
    held_out: Sequence[Annotation], known: Sequence[Annotation], *, share: float = 0.5
) -> list[str]:
    """Return ids of held-out segments of which half the five-word runs stand in one known one."""
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    runs = [_runs(item.text) for item in known]
    for position, own in enumerate(runs):
        for run in own:
            index[run].append(position)
    found = []
    for item in held_out:
        own = _runs(item.text)
        shared: dict[int, int] = defaultdict(int)
        for run in own:
            for position in index.get(run, ()):
                shared[position] += 1
        if any(n >= share * min(len(own), len(runs[p])) for p, n in shared.items()):
            found.append(item.id)
    return found


def _runs(text: str, size: int = 5) -> frozenset[tuple[str, ...]]:
    words = [w for w in re.findall(r"\w+", text.lower()) if not w.isdigit()]
    size = min(size, len(words))
    if size < 3:
        return frozenset()
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
