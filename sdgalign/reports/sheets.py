"""The sheets of a workbook as plain data: tables, and pages to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Form = Literal["text", "goal", "integer", "percent", "share", "probability", "score", "euro"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    heading: str
    width: float
    """In characters."""
    form: Form = "text"
    """Texts are wrapped, numbers have their format; ``goal`` is a number on the goal's colour."""


@dataclass(frozen=True, slots=True)
class Colored:
    """A value on a colour of its own, with the text colour that reads on it."""

    value: str | int
    color: str
    """``#RRGGBB``."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A value that opens something."""

    value: str | int
    url: str
    """No link when empty."""
    tip: str = ""


Value = str | int | float | Colored | Linked | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with one table: headings on the first row, a filter on each."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    frozen: int = 0
    """Number of columns that stay when scrolling."""
    choices: tuple[tuple[str, Sequence[str]], ...] = ()
    """Headings of columns that are to be filled in, with what can be chosen."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to read: a title, then terms with what they are."""

    name: str
    title: str
    rows: Sequence[tuple[Value, Value] | str]
    """A single string is a heading."""
    forms: Sequence[Form] = ()
    """Of the second value, per row; text when empty."""
