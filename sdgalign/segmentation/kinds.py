"""What a block is that is no heading: text, an item, a row, figures, or nothing to classify."""

from __future__ import annotations

import re

from sdgalign.segmentation.block import Block
from sdgalign.segmentation.figures import is_figures
from sdgalign.segmentation.form_labels import without_labels
from sdgalign.segmentation.segment import SegmentKind
from sdgalign.segmentation.signatures import CONTACT

_CAPTION = re.compile(
    r"(?:foto(?:grafie|'s)?|photos?(?:graphy)?|beeld|credits?|bron|source)\s?:\s*\S"
    r"|(?:figuur|figure|fig\.|tabel|table|grafiek|kaart|afbeelding)\s+\d+(?:\.\d+)*\s?[:.–—-]\s"
    r"|©",
    re.IGNORECASE,
)
_MOST_CAPTION_WORDS, _MOST_CONTACT_WORDS = 40, 12
_LETTERS = re.compile(r"[^\W\d_]{3}")


def kind_of(block: Block, text: str, labels: frozenset[str]) -> SegmentKind:
    """Return the kind of a block that is no heading.

    Args:
        block: The block.
        text: Its joined text.
        labels: Of a form, see `form_labels.form_labels`.
    """
    if block.is_signature or _is_caption(block, text) or _is_contact(text):
        return SegmentKind.CONTENTS
    if is_figures(without_labels(text, labels), block.first.cells):
        return SegmentKind.FIGURES
    if block.is_row:
        return SegmentKind.TABLE_ROW
    return SegmentKind.PARAGRAPH if block.mark is None else SegmentKind.LIST_ITEM


def is_band(block: Block, following: Block | None) -> bool:
    """Return whether a row is the title of the rows after it: one bold cell across the table."""
    if following is None or len(block.first.cells) != 1 or not block.first.bold:
        return False
    cells = following.first.cells
    return len(cells) > 1 and not following.first.bold and bool(_LETTERS.search(cells[0]))


def row_title(block: Block) -> str:
    """Return the words of a row, without its amounts."""
    first, *others = block.first.cells
    return " ".join([first, *(cell for cell in others if _LETTERS.search(cell))])


def _is_contact(text: str) -> bool:
    """Whether a text says where to find somebody, and is no sentence."""
    is_short = len(text.split()) <= _MOST_CONTACT_WORDS
    return is_short and bool(CONTACT.search(text)) and not text.endswith((".", "!", "?", ":"))


def _is_caption(block: Block, text: str) -> bool:
    """Whether a text names a picture, a table or who made it."""
    is_short = len(text.split()) <= _MOST_CAPTION_WORDS
    is_text = block.mark is None and not block.is_row and block.declared is None
    return is_text and is_short and bool(_CAPTION.match(text))
