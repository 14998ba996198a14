"""What a document itself tells of what it is: used where no manifest and no path said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sdgalign.corpus.municipalities import find_municipality, is_municipality
from sdgalign.corpus.records import Payload, storable
from sdgalign.errors import InputError


@dataclass(frozen=True, slots=True)
class Told:
    """Columns of a document; the fields are named as in the ledger."""

    kind: str
    language: str
    title: str
    municipality: str | None = None
    """Official name of whose plan it is; None when it is no plan or names no municipality."""
    nis_code: str | None = None
    year: int | None = None
    """First year of the amounts of a plan."""


def told_by(payload: Payload) -> Told:
    """Return what a document tells of itself."""
    document, plan = payload["document"], payload.get("plan")
    kind, language, title = (storable(document[name]) for name in ("kind", "language", "title"))
    if plan is None:
        return Told(kind, language, title)
    year = min(map(int, plan["budget"]["years"]), default=None)
    return Told(kind, language, title, *_place(plan, year), year)


def _place(plan: Mapping[str, Any], year: int | None) -> tuple[str | None, str | None]:
    """Return name and code of the municipality, when what is printed is one and only one."""
    name = plan["municipality"]
    if not is_municipality(name):
        return None, None
    try:
        found = find_municipality(name, plan["nis_code"], year).municipality
    except InputError:
        return None, None
    return found.name, found.nis_code
