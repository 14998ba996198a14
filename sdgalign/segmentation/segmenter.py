"""From a document to its segments: read `segment_document` first."""

from __future__ import annotations

from sdgalign.documents.document import Document
from sdgalign.segmentation.builder import SegmentBuilder
from sdgalign.segmentation.headings import HeadingFinder
from sdgalign.segmentation.joining import LineJoiner, breaks_of, known_words
from sdgalign.segmentation.language import main_language
from sdgalign.segmentation.running_text import running_text
from sdgalign.segmentation.segment import Segment


def segment_document(document: Document) -> tuple[Segment, ...]:
    """Cut a document into segments.

    Every character of the body of the document lands in one segment, in reading order; only white
    space, line-end hyphens and bullets differ.

    Args:
        document: As read.

    Returns:
        Its segments.
    """
    text = running_text(document)
    if not text.lines:
        return ()
    words = known_words(document.pages)
    builder = SegmentBuilder(
        LineJoiner(words, breaks_of(text.lines, words)),
        HeadingFinder(text.style, text.bookmarks, text.texts),
        main_language([line.text for line in text.lines]),
        text,
    )
    for is_contents, blocks in text.runs:
        if is_contents:
            builder.add_contents(blocks)
        else:
            builder.add_text(blocks)
    return tuple(builder.segments)
