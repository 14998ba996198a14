"""Sheets of the workbook to read: the overview and what the numbers mean."""

from __future__ import annotations

from sdgalign.reports.html_parts import STATUSES, conclusion
from sdgalign.reports.sheets import Form, Page, Value
from sdgalign.reports.workbook_view import View

Row = tuple[Value, Value] | str


def overview(view: View) -> Page:
    """Return the conclusion, the main figures and what the document is."""
    t, summary, document = view.words, view.payload["summary"], view.document
    written: list[tuple[Row, Form]] = [(t["conclusion"], "text")]
    written += [(("", sentence), "text") for sentence in conclusion(view.payload, t)]
    written += [
        (t["column.figures"], "text"),
        ((t["column.score_of_100"], _or_none(summary["score"], t["score.none"])), "score"),
    ]
    if summary["score"] is not None:
        interval = t.fill(
            "column.from_to", low=_say(view, "score_low"), high=_say(view, "score_high")
        )
        written.append(((t["reading.interval_term"], interval), "text"))
    written += [
        ((t["coverage"], summary.get("coverage")), "percent"),
        ((t["column.depth"], summary.get("depth")), "percent"),
        ((t["column.balance"], summary.get("balance")), "probability"),
        ((t["column.no_target"], summary["words_without_target"]), "percent"),
        (t["conclusion.status"], "text"),
    ]
    counted = summary["targets_by_status"]
    written += [((t[f"status.{each}"], counted.get(each, 0)), "integer") for each in STATUSES]
    written += [(row, "text") for row in _about(view)]
    return Page(
        t["sheet.overview"],
        f"{t['report']}: {document['title']}",
        [row for row, _ in written],
        [form for _, form in written],
    )


def _or_none(value: float | None, otherwise: str) -> Value:
    return otherwise if value is None else value


def _say(view: View, key: str) -> str:
    value = f"{view.payload['summary'][key]:.1f}"
    return value.replace(".", ",") if view.language == "nl" else value


def _about(view: View) -> list[Row]:
    t, document, payload = view.words, view.document, view.payload
    rows: list[Row] = [
        t["column.document"],
        (t["technical.file"], document["name"]),
        (t["technical.kind"], t[f"kind.{document['kind']}"]),
        (t["technical.language"], t[f"language.{document['language']}"]),
        (t["technical.created"], t.date(payload["created"])),
    ]
    if view.paged:
        rows.append((t["column.page_count"], document["pages"]))
    rows += [(t["column.warning"], warning) for warning in payload["warnings"]]
    return [*rows, t["notice"], ("", t["notice.text"])]


def method(view: View) -> Page:
    """Return what the words and figures mean, how to read the interval, and the provenance."""
    t, payload = view.words, view.payload
    rows: list[Row] = [
        t["status"],
        (t["status.measurable"], t["method.measurable"]),
        *((t[f"status.{each}"], t[f"reading.status.{each}"]) for each in STATUSES[1:]),
        t["reading.figures"],
        (t["score"], t["method.score"]),
        (t["reading.interval_term"], t["reading.interval"]),
        (t["coverage"], t["reading.coverage"]),
        (t["column.depth"], t["method.depth"]),
        (t["attention"], t["reading.attention"]),
        (t["column.balance"], t["method.balance"]),
        (t["reading.probability_term"], t["reading.probability"]),
        (t["column.taken_up"], t["method.taken_up"]),
        (t["column.against"], t["method.against"]),
        (t["relevance"], t["reading.local"]),
        (t["column.claim"], t["method.claim"]),
        (t["sheet.gaps"], t["method.gaps"]),
    ]
    if payload.get("plan"):
        rows += [
            (t["column.sdg"], t["method.sdg"]),
            (t["column.confidence"], t["method.confidence"]),
            (t["sheet.budget"], t["method.budget"]),
        ]
    rows += [
        (t["column.page"], t["method.page"]),
        (t["reading.limits_term"], t["reading.limits"]),
        t["reading.technical"],
        (t["technical.tool"], f"sdgalign {payload['tool']['version']}"),
        (t["technical.model"], payload["model"]["id"]),
        (t["technical.digest"], payload["model"]["digest"]),
        (t["technical.created"], t.date(payload["created"])),
        (t["technical.sha256"], view.document["sha256"]),
        (t["technical.schema"], payload["schema_version"]),
    ]
    return Page(t["sheet.method"], t["method.title"], rows)
