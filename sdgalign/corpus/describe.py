"""What a dataset says of itself: ``datapackage.json`` for programs, ``README.md`` for people.

The first is a Data Package (https://datapackage.org): frictionless and its likes read and check it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sdgalign._version import __version__
from sdgalign.clock import now
from sdgalign.corpus.formats import DatasetFormat
from sdgalign.corpus.tables import TABLES, Table
from sdgalign.reports.tidy import Type

PACKAGE_FILE = "datapackage.json"
ABOUT_FILE = "README.md"

_TYPES: Mapping[Type, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
}
_PROVENANCE = (
    "Made by sdgalign, a computer model that estimates which SDG targets each passage addresses. "
    "Its answers are estimates with errors: see the model card for how many. Scores come with 90 % "
    "intervals; do not rank without them, and do not compare documents of different models."
)
_RIGHTS = (
    "The passages in `segments` and `actions` are quoted from documents that belong to their "
    "authors: pass them on only where you may, or export again with `--without-texts`. Everything "
    "else are facts and estimates about the documents, which sdgalign puts no conditions on."
)
_RIGHTS_WITHOUT = (
    "The dataset has no texts of the documents. It holds facts and estimates about them, which "
    "sdgalign puts no conditions on."
)


@dataclass(frozen=True, slots=True)
class Description:
    """What is told of a dataset besides its columns."""

    format: DatasetFormat
    rows: Mapping[str, int]
    """By table."""
    states: Mapping[str, int]
    """Documents by state."""
    models: Mapping[tuple[str, str], int]
    """Documents by id and digest of the model."""
    texts: bool
    """Whether segments say what they say."""


def file_name(table: Table, format: DatasetFormat) -> str:
    """Return the name of the file of a table."""
    return f"{table.name}.{format}"


def describe_for_programs(description: Description, folder: Path) -> str:
    """Return the Data Package descriptor of tables that lie in a folder."""
    package = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "data-package",
        "name": "sdgalign-dataset",
        "title": "What policy documents do for the Sustainable Development Goals",
        "description": f"{_PROVENANCE} {_rights(description)}",
        "created": now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": ["sustainable development goals", "policy documents", "text classification"],
        "sdgalign": {
            "version": __version__,
            "models": _models(description),
            "documents": dict(description.states),
            "texts": description.texts,
        },
        "resources": [_resource(table, description, folder) for table in TABLES],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def describe_for_people(description: Description) -> str:
    """Return what a stranger who finds the folder needs to know, as markdown."""
    lines = [
        "# Dataset of sdgalign",
        "",
        _PROVENANCE,
        "",
        _rights(description),
        "",
        f"- sdgalign {__version__}, {now():%Y-%m-%d}",
        *(
            f"- model {each['id']} ({each['documents']} documents), SHA-256 {each['digest']}"
            for each in _models(description)
        ),
        f"- documents: {', '.join(f'{n} {state}' for state, n in description.states.items() if n)}",
        "",
    ]
    for table in TABLES:
        name = file_name(table, description.format)
        lines += [f"## {name}", "", f"{table.about} {description.rows[table.name]:,} rows.", ""]
        lines += ["| Column | Type | Meaning |", "| --- | --- | --- |"]
        lines += [f"| `{each.name}` | {each.type} | {each.meaning} |" for each in table.columns]
        lines.append("")
    if description.format is DatasetFormat.CSV:
        lines.append(
            "Read codes as text (8.10 is not 8.1). A text that a spreadsheet could take for a "
            "formula has one apostrophe before it."
        )
    return "\n".join(lines).rstrip() + "\n"


def _rights(description: Description) -> str:
    return _RIGHTS if description.texts else _RIGHTS_WITHOUT


def _models(description: Description) -> list[dict[str, Any]]:
    return [
        {"id": name, "digest": digest, "documents": documents}
        for (name, digest), documents in sorted(description.models.items())
    ]


def _resource(table: Table, description: Description, folder: Path) -> dict[str, Any]:
    name = file_name(table, description.format)
    path = folder / name
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "name": table.name,
        "path": name,
        "description": table.about,
        **_FORMATS[description.format],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "sdgalign:rows": description.rows[table.name],
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": _TYPES[column.type],
                    "description": column.meaning,
                    **({"constraints": {"required": True}} if column.name in table.key else {}),
                }
                for column in table.columns
            ],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": list(columns), "reference": {"resource": other, "fields": list(columns)}}
                for columns, other in table.references.items()
            ],
        },
    }


_FORMATS: Mapping[DatasetFormat, Mapping[str, Any]] = {
    DatasetFormat.CSV: {
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
    },
    DatasetFormat.PARQUET: {
        "profile": "data-resource",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    },
}
