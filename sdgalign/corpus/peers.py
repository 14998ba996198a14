"""What comparable documents of a corpus do for each target: a yardstick for gaps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from sdgalign.corpus.assessed import TAKEN_UP, Assessed, assessed_of
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.municipalities import municipalities, spell
from sdgalign.corpus.overview import that_count
from sdgalign.corpus.records import State
from sdgalign.documents import Document
from sdgalign.errors import InputError
from sdgalign.kinds import DocumentKind
from sdgalign.scoring import PeerTarget, Status

if TYPE_CHECKING:
    from sdgalign.pipeline import PeersOf

_WITH_ACTION = frozenset({"action", "measurable"})


def comparable(
    documents: Iterable[Assessed],
    kind: str,
    *,
    nis_codes: Collection[str] | None = None,
    without: Collection[str] = (),
) -> tuple[Assessed, ...]:
    """Choose the documents that one of a kind can be compared with.

    Args:
        documents: Of a corpus.
        kind: That they are to have.
        nis_codes: Of the municipalities that they are to be of, such as those of a province; of
            any when None.
        without: Result keys, NIS codes and names of municipalities that are left out, such as
            those of the document itself.

    Returns:
        The most recent documents of every maker.
    """
    chosen = [
        each
        for each in documents
        if each.kind == kind
        and (nis_codes is None or each.nis_code in nis_codes)
        and not ({each.content, each.nis_code, each.municipality} - {""}) & set(without)
    ]
    return tuple(that_count(chosen))


def peer_targets(documents: Sequence[Assessed]) -> Mapping[str, PeerTarget]:
    """Count per target what documents do for it.

    Args:
        documents: To compare with, as `comparable` gives them.

    Returns:
        Per target that at least one of them assesses.
    """
    statuses: dict[str, list[str]] = {}
    scores: dict[str, list[float]] = {}
    for document in documents:
        for code, status in document.statuses.items():
            statuses.setdefault(code, []).append(status)
        for code, score in document.target_scores.items():
            scores.setdefault(code, []).append(score)
    return {
        code: PeerTarget(
            documents=len(found),
            taken_up=sum(status in TAKEN_UP for status in found),
            with_action=sum(status in _WITH_ACTION for status in found),
            median=_median(found),
            median_score=median(scores[code]) if code in scores else None,
        )
        for code, found in statuses.items()
    }


def peers_of(
    project: Path, *, province: str = "", on_none: Callable[[str], None] = lambda message: None
) -> PeersOf:
    """Return what tells how the documents of a project do, as `pipeline.analyze` asks for it.

    The document itself and the others of its municipality are left out.

    Args:
        project: Folder that ``sdgalign run`` made.
        province: Only of municipalities in this one, by its Dutch name; of all when empty.
        on_none: Told, in a line, of a document that there is nothing comparable with.

    Raises:
        InputError: When there is no project, or no municipality is in such a province.
    """
    codes = _codes_of(province) if province else None
    with Ledger.open(project) as ledger:
        documents = tuple(assessed_of(ledger))
        known = [(each.sha256, each.result_key) for each in ledger.documents(State.DONE)]

    def find(document: Document, kind: DocumentKind) -> Mapping[str, PeerTarget]:
        own = {key for sha256, key in known if key and sha256 == document.sha256}
        makers = {m for each in documents if each.content in own for m in _maker(each)}
        left_out = own | makers | {document.title}
        found = comparable(documents, kind, nis_codes=codes, without=left_out)
        if not found:
            where = f" in the province {province}" if province else ""
            on_none(
                f"{document.name}: {project} has no document of the kind {kind}{where} to compare "
                "it with. If that is not its kind, give it with --kind."
            )
        return peer_targets(found)

    return find


def _maker(document: Assessed) -> tuple[str, ...]:
    """Return what a plan is of; manifestos of one municipality are each other's peers."""
    return () if document.party else (document.nis_code, document.municipality)


def _codes_of(province: str) -> frozenset[str]:
    wanted = spell(province)
    found = {m.nis_code for m in municipalities().values() if spell(m.province) == wanted}
    if not found:
        names = sorted({m.province for m in municipalities().values() if m.province})
        raise InputError(f"{province}: is no province. Provinces are {', '.join(names)}.")
    return frozenset(found)


def _median(statuses: Sequence[str]) -> Status:
    ordered = sorted(map(Status, statuses), key=lambda status: status.level)
    return ordered[(len(ordered) - 1) // 2]
