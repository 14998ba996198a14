"""Tables of codes and amounts: which entry a row is about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sdgalign.plans.codes import Level, code_level
from sdgalign.plans.entry import Entry
from sdgalign.plans.flows import Label

_LONG_CODE = 6
"""Letters from which a code may go on under its row."""


def entry_of(
    code: str, entries: Sequence[Entry], last: Entry | None, label: Label | None
) -> Entry | None:
    """Return the entry that a code in such a table means, or None when it takes no amounts.

    Entries of one code take a row each, in their order; the last takes more, for its receipts. An
    entry above others that have amounts already is what they stand under: its row is their sum.

    Args:
        code: As the row has it; a long one goes on under its row.
        entries: Those that the table may be about, in reading order.
        last: The entry of the row before.
        label: What the row says of its amounts.
    """
    above = {
        id(before)
        for before, after in pairwise(entries)
        if before.code == after.code and before.style != after.style
    }
    paid = max((n for n, entry in enumerate(entries) if entry.money is not None), default=-1)
    is_action = code_level(code) is Level.ACTION
    for number, entry in enumerate(entries):
        is_named = entry.code == code or (len(code) >= _LONG_CODE and entry.code.startswith(code))
        is_free = entry.level in (None, Level.ACTION) and id(entry) not in above
        is_after = number > paid or is_action or entry.level is Level.ACTION
        if is_named and is_free and is_after and entry.money is None:
            return entry
    if last is None or last.code != code:
        return None
    is_known = label is not None and label in [known for known, _ in last.ledger.labelled]
    is_sum = is_known and any(id(entry) in above and entry.code == code for entry in entries)
    return None if is_sum else last
