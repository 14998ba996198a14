"""The source format of the demonstration documents (see `README.md`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TEXTS = Path(__file__).resolve().parent / "texts"


@dataclass
class Block:
    """One unit of a source text: a heading, a paragraph, a bullet, a box, a table, a chart."""

    kind: str
    text: str = ""
    attrs: str = ""
    blocks: list[Block] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Source:
    """A parsed source text: front matter, footnotes and blocks."""

    name: str
    meta: dict[str, str]
    notes: dict[str, str]
    blocks: list[Block]


def parse_blocks(lines: Iterator[str]) -> Iterator[Block]:
    """Parse lines until the end or until a closing `:::`."""
    table: Block | None = None
    for raw in lines:
        line = raw.strip()
        if table is not None and not line.startswith("|"):
            yield table
            table = None
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            table = table or Block("table")
            table.rows.append(cells)
        elif line == ":::":
            return
        elif line.startswith(":::"):
            kind, _, title = line[3:].strip().partition(" ")
            yield Block(kind, title, blocks=list(parse_blocks(lines)))
        elif match := re.match(r"(#{1,4}) (.*?)(?: \{(.*)\})?$", line):
            yield Block(f"h{len(match[1])}", match[2], match[3] or "")
        elif line:
            kind = {"- ": "li", "> ": "quote"}.get(line[:2], "p")
            yield Block(kind, line if kind == "p" else line[2:])
    if table is not None:
        yield table


def load(path: Path) -> Source:
    """Read one source text.

    Args:
        path: A file in the format that `README.md` describes.

    Returns:
        The parsed text.
    """
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    meta = {key: value for key, value in (row.split(": ", 1) for row in head.splitlines() if row)}
    note = re.compile(r"^\[\^(\d+)\]: (.*)$", re.M)
    return Source(
        path.stem,
        meta,
        {match[1]: match[2] for match in note.finditer(body)},
        list(parse_blocks(iter(note.sub("", body).splitlines()))),
    )


def hyphenator() -> Callable[[str], Iterator[tuple[str, str]]]:
    """Return a ReportLab hyphenator that knows the words of `texts/hyphenation-nl.txt`."""
    path = TEXTS / "hyphenation-nl.txt"
    words = {line.replace("-", ""): line for line in path.read_text("utf-8").split()}

    def split(word: str) -> Iterator[tuple[str, str]]:
        parts = words.get(word.lower(), "").split("-")
        for count in range(len(parts) - 1, 0, -1):
            cut = len("".join(parts[:count]))
            yield word[:cut], word[cut:]

    return split


def sections(blocks: list[Block], kind: str = "h1") -> Iterator[tuple[Block, list[Block]]]:
    """Split blocks at the headings of one level; what comes before the first is left out."""
    starts = [index for index, block in enumerate(blocks) if block.kind == kind]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        yield blocks[start], blocks[start + 1 : end]


def lead(blocks: list[Block], kind: str) -> list[Block]:
    """Return the blocks before the first heading of one level."""
    kinds = [block.kind for block in blocks]
    return blocks[: kinds.index(kind)] if kind in kinds else blocks
