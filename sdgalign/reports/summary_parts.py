"""What a summary is made of, whatever file it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from sdgalign.framework import Language


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one look."""

    text: str
    bold: bool = False
    language: str = ""
    """Of a quote; empty for that of the summary."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or an item of a list."""

    runs: tuple[Run, ...]
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    color: str = ""
    """Of the goal that it names."""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings."""

    name: str
    """What it holds, for those who do not see it."""
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    """Of the columns, in centimetres; 17 together."""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole summary, in order."""

    language: Language
    title: str
    about: tuple[str, ...]
    """What was read, in lines."""
    sections: tuple[Section, ...]
    made: str
    """With what, and when."""
    created: str
    """ISO 8601."""
