"""The matches of a document as one tidy table, csv or parquet: one row per match.

For statistics and for tables of many documents. Names of columns are English and stay;
``docs/data.md`` tells what they mean, and a test keeps it equal to `COLUMNS`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal

from sdgalign.coding import planning_code
from sdgalign.errors import InputError
from sdgalign.reports.cells import csv_text

Row = dict[str, Any]
Type = Literal["text", "integer", "number", "boolean"]

PATH_MARK = " > "
"""Between the headings of a path."""

_ARROW: Mapping[Type, str] = {
    "text": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool_",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    name: str
    type: Type
    meaning: str


COLUMNS = (
    Column("document", "text", "Name of the file."),
    Column("document_sha256", "text", "SHA-256 of the file: the key when you join documents."),
    Column("document_kind", "text", "`manifesto`, `agreement`, `memorandum`, `context-analysis`, "
           "`plan` or `other`."),
    Column("model", "text", "Id of the model. Do not mix models in one comparison."),
    Column("segment", "text", "Id of the segment, unique in the document. A segment with three "
           "targets has three rows."),
    Column("segment_kind", "text", "`paragraph`, `list_item`, `table_row` or `figures`."),
    Column("page", "integer", "Page in the file on which the segment begins, from 1; empty when "
           "the file has no pages."),
    Column("page_last", "integer", "Page on which it ends."),
    Column("page_label", "text", "Page number as printed on the first page; that of the file "
           "where nothing else is printed."),
    Column("heading_path", "text", "Headings above the segment, outermost first, with ` > ` "
           "between them."),
    Column("language", "text", "Of the segment: `nl`, `en`."),
    Column("start", "integer", "Where the segment begins in the cleaned text (all segments of the "
           "JSON report, joined by line breaks), in characters from 0."),
    Column("end", "integer", "Where it ends."),
    Column("text", "text", "The segment, as it was classified."),
    Column("goal", "text", "Code of the goal, `1` to `17`."),
    Column("target", "text", "Code of the target, such as `8.10`. Read it as text: as a number, "
           "8.10 becomes 8.1, another target."),
    Column("sdg", "text", "The same as planning software writes it (`SDG0810`), which no program "
           "takes for a number."),
    Column("target_title_nl", "text", "Short Dutch title of the target."),
    Column("target_title_en", "text", "Short English title of the target."),
    Column("relevance", "text", "Of the target for a local authority: `core`, `shared` or `none`."),
    Column("assessed", "boolean", "Whether the model has learnt the target from enough real "
           "segments. Where false, read the probability as a ranking."),
    Column("probability", "number", "That the segment addresses the target, 0–1, calibrated."),
    Column("commitment", "integer", "Of the segment: 0 none, 1 ambition, 2 action, 3 measurable."),
    Column("status", "text", "What the match says by itself: `mention`, `ambition`, `action` or "
           "`measurable`."),
    Column("against", "number", "Probability that the segment moves against what it addresses, "
           "0–1."),
    Column("against_predicted", "boolean", "Whether it is taken to; then it gives no more than a "
           "mention."),
    Column("target_status", "text", "Status of the target in the whole document."),
    Column("rank", "integer", "Of the match among the evidence of its target, 1 is the strongest; "
           "matches against the target are ranked apart."),
)  # fmt: skip


def match_rows(payload: Mapping[str, Any]) -> list[Row]:
    """Return one row per match, by target in UN order and strongest first.

    Args:
        payload: The report as `report-1.schema.json` describes it.
    """
    segments = {segment["id"]: segment for segment in payload["segments"]}
    document = payload["document"]
    about = {
        "document": document["name"],
        "document_sha256": document["sha256"],
        "document_kind": document["kind"],
        "model": payload["model"]["id"],
    }
    rows = []
    for target in payload["targets"]:
        for found in (target["evidence"], target.get("against", [])):
            for rank, index in enumerate(found, start=1):
                match = payload["matches"][index]
                segment = segments[match["segment"]]
                rows.append(
                    {
                        **about,
                        **segment_row(segment, document),
                        **about_target(target),
                        "target_status": target["status"],
                        **_match(match),
                        "rank": rank,
                    }
                )
    return rows


def segment_row(segment: Mapping[str, Any], document: Mapping[str, Any]) -> Row:
    """Return the columns that tell of a segment."""
    paged = document.get("paged", True)
    first, last = segment["pages"][0], segment["pages"][-1]
    return {
        "segment": segment["id"],
        "segment_kind": segment["kind"],
        "page": first if paged else None,
        "page_last": last if paged else None,
        "page_label": document.get("page_labels", {}).get(str(first), str(first)) if paged else "",
        "heading_path": PATH_MARK.join(segment["heading_path"]),
        "language": segment["language"],
        "start": segment["start"],
        "end": segment["end"],
        "text": segment["text"],
    }


def about_target(target: Mapping[str, Any]) -> Row:
    """Return the columns that tell which target a row is about."""
    return {
        "goal": target["goal"],
        "target": target["code"],
        "sdg": planning_code(target["code"]),
        "target_title_nl": target["title"]["nl"],
        "target_title_en": target["title"]["en"],
        "relevance": target["relevance"],
        "assessed": target["basis"] == "classifier",
    }


def _match(match: Mapping[str, Any]) -> Row:
    return {
        "probability": match["probability"],
        "commitment": match["commitment"],
        "status": match["status"],
        "against": match.get("against"),
        "against_predicted": match.get("against_predicted"),
    }


def render_csv(payload: Mapping[str, Any]) -> str:
    """Write the matches as csv for programs.

    Comma, decimal point, UTF-8 without a byte order mark: what pandas, R and DuckDB read without
    being told. Who works in Excel takes the workbook, whose sheet of evidence has the same rows.
    """
    names = [column.name for column in COLUMNS]
    rows = match_rows(payload)
    return csv_text([names, *([row[name] for name in names] for row in rows)])


def require_parquet() -> None:
    """Check that parquet can be written.

    Raises:
        InputError: When pyarrow is not installed; says how to get it.
    """
    if find_spec("pyarrow") is None:
        raise InputError(
            "parquet: writing it needs the package pyarrow. "
            "Run `pip install 'sdgalign[parquet]'`, or choose csv."
        )


def arrow_schema(columns: Sequence[Column]) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the types of columns for pyarrow, with their meanings."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(each.name, getattr(pa, _ARROW[each.type])(), metadata={"about": each.meaning})
            for each in columns
        ]
    )


def render_parquet(payload: Mapping[str, Any]) -> bytes:
    """Write the matches as parquet, with the types of `COLUMNS` and texts untouched.

    Raises:
        InputError: When pyarrow is not installed.
    """
    require_parquet()
    import pyarrow as pa
    from pyarrow import parquet

    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(match_rows(payload), arrow_schema(COLUMNS)), buffer)
    return buffer.getvalue()
