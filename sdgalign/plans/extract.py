"""The plan tree of a document, from the places of its words.

::

    Document → rows → rows taken apart → entries → what is no node → levels → tree
               rows   parsed, heads,      entries   overviews        levels   tree,
                      columns             starts                              pruning
"""

from __future__ import annotations

import dataclasses

from sdgalign.documents import Document
from sdgalign.documents.document import Doubt
from sdgalign.plans.doubts import is_plan, odd_pages
from sdgalign.plans.entries import find_entries
from sdgalign.plans.levels import find_levels
from sdgalign.plans.municipality import municipality_of
from sdgalign.plans.overviews import without_chapters, without_overviews
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
    rows = tuple(printed_rows(document))
    found, doubtful = find_entries(rows)
    entries = without_overviews(without_chapters(found))
    levels = find_levels(entries)
    if not is_plan(entries, levels, rows):
        return Plan((), municipality_of(document))
    joiner = LineJoiner(known_words(document.pages))
    objectives = build_tree(entries, levels, joiner)
    plan = Plan(objectives, municipality=municipality_of(document))
    if not any(True for _ in plan.actions()):
        return Plan((), plan.municipality)
    pages = doubtful | odd_pages(plan)
    doubts = (Doubt("uncertain-parents", len(pages)),) if pages else ()
    return dataclasses.replace(plan, doubts=doubts)
