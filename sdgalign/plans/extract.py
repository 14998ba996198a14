"""The plan tree of a PDF, from the places of its words.

::

    Document → rows → rows taken apart → entries → levels → tree
               rows   parsed, heads,      entries   levels   tree
                      columns
"""

from __future__ import annotations

from sdgalign.documents import Document
from sdgalign.plans.entries import find_entries
from sdgalign.plans.levels import find_levels
from sdgalign.plans.municipality import municipality_of
from sdgalign.plans.plan import Plan
from sdgalign.plans.rows import printed_rows
from sdgalign.plans.tree import build_tree
from sdgalign.segmentation.joining import LineJoiner, known_words


def extract_plan(document: Document) -> Plan:
    """Recover the tree that a document prints.

    Args:
        document: Read with its words (``read_document(path, words=True)``).

    Returns:
        The tree; without objectives when the document holds no plan.
    """
    entries = find_entries(tuple(printed_rows(document)))
    joiner = LineJoiner(known_words(document.pages))
    objectives = build_tree(entries, find_levels(entries), joiner)
    plan = Plan(objectives, municipality=municipality_of(document))
    return plan if any(True for _ in plan.actions()) else Plan((), plan.municipality)
