"""The summary as Markdown (GitHub's tables), for whoever pastes it into another text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sdgalign.framework import Language
from sdgalign.reports.summary import summarize
from sdgalign.reports.summary_parts import Block, Paragraph, Run, Summary, Table

_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")
_START = re.compile(r"^(\s*)(\d+)([.)])(?=\s|$)|^(\s*)([-+=])")


def render_markdown(payload: Mapping[str, Any], language: Language) -> str:
    """Write the summary as Markdown.

    Args:
        payload: The report as `report-1.schema.json` describes it.
        language: Of the summary.
    """
    return "\n".join(_lines(summarize(payload, language))).rstrip() + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    yield f"# {_escape(summary.title)}"
    yield ""
    for line in summary.about:
        yield from (_plain(line), "")
    for section in summary.sections:
        yield from (f"## {_escape(section.heading)}", "")
        for block, following in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            yield from _block(block)
            if not (_is_item(block) and _is_item(following)):
                yield ""
    yield from ("---", "", _plain(summary.made))


def _is_item(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.is_item


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield _row(block.header)
        numbers = [cell.is_number for cell in block.rows[0]]
        yield _row(["---:" if is_number else "---" for is_number in numbers], escape=False)
        yield from (_row([cell.text for cell in row]) for row in block.rows)
        return
    text = "".join(map(_run, block.runs))
    yield f"- {text}" if block.is_item else _START.sub(_unmarked, text)


def _row(cells: Iterator[str] | list[str] | tuple[str, ...], *, escape: bool = True) -> str:
    return f"| {' | '.join(_escape(cell) if escape else cell for cell in cells)} |"


def _run(run: Run) -> str:
    text = _escape(run.text)
    if not run.bold:
        return text
    inner = text.strip()  # a mark before a space is no mark
    return text.replace(inner, f"**{inner}**", 1)


def _plain(text: str) -> str:
    return _START.sub(_unmarked, _escape(text))


def _escape(text: str) -> str:
    """Return words of a document in which nothing is taken for a mark."""
    return _MARKS.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))


def _unmarked(match: re.Match[str]) -> str:
    """Return the start of a line with a backslash before what would make it a list."""
    if match[2]:
        return f"{match[1]}{match[2]}\\{match[3]}"
    return f"{match[4]}\\{match[5]}"
