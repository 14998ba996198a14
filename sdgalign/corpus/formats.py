"""Formats of a dataset; apart, because the command line needs the names and no more."""

from __future__ import annotations

from enum import StrEnum


class DatasetFormat(StrEnum):
    """Of the tables."""

    CSV = "csv"
    PARQUET = "parquet"
