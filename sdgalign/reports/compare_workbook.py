"""A comparison as an Excel workbook: a pure function of its payload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sdgalign.reports import compare_parts as parts
from sdgalign.reports.html import PageLinks
from sdgalign.reports.html_parts import STATUSES
from sdgalign.reports.sheets import Colored, Column, Form, Linked, Page, Table, Value
from sdgalign.reports.texts import Texts, texts
from sdgalign.reports.xlsx import write_workbook

Entry = Mapping[str, Any]
Row = tuple[Value, Value] | str

_QUOTE = 70
_FILLS = {
    "firmer": "#10305A",
    "kept": "#B9D3EC",
    "weaker": "#FFF3D6",
    "dropped": "#FCEEEC",
    "new": "#FFFFFF",
}


def render_compare_workbook(payload: Entry, language: str) -> bytes:
    """Write a comparison as an xlsx file.

    Args:
        payload: As `compare-1.schema.json` describes it.
        language: ``nl`` or ``en``, of sheets and headings; quotes keep their own.
    """
    view = _View(payload, texts(language))
    sheets: list[Table | Page] = [_overview(view), _goals(view), _targets(view)]
    if payload["lineage"]:
        sheets.append(_lineage(view))
    sheets.append(_method(view))
    return write_workbook(
        sheets, title=parts.title(payload), created=payload["created"], language=language
    )


class _View:
    def __init__(self, payload: Entry, words: Texts) -> None:
        self.payload = payload
        self.words = words
        self.documents = payload["documents"]
        self.goals = {goal["code"]: goal for goal in payload["goals"]}
        self.titles = {each["code"]: each["title"] for each in payload["targets"]}
        self.segments = parts.segments_by_id(payload)
        # Excel opens no relative link to a file whose place is unknown.
        self.links = [PageLinks({"link": "", **each}) for each in self.documents]

    def goal(self, code: str) -> Colored:
        return Colored(int(code), self.goals[code]["color"])

    def page(self, at: int, segment: Entry | None) -> Value:
        if segment is None or not self.documents[at]["paged"]:
            return None
        page = segment["pages"][0]
        tip = self.words.fill("page.open", page=str(page), name=self.documents[at]["name"])
        return Linked(page, self.links[at](page), tip)

    def difference(self, entry: Entry | None) -> tuple[Value, Value]:
        if entry is None:
            return None, None
        return entry["value"], self.words["column.yes" if entry["clear"] else "column.no"]


def _overview(view: _View) -> Page:
    t = view.words
    rows: list[tuple[Row, Form]] = [(t["conclusion"], "text")]
    rows += [(("", sentence), "text") for sentence in parts.conclusion(view.payload, t)]
    for at, each in enumerate(view.documents):
        rows.append((f"{parts.letter(at)} – {each['title']}", "text"))
        rows.append(((t["technical.file"], each["name"]), "text"))
        rows.append(((t["technical.kind"], t[f"kind.{each['kind']}"]), "text"))
        rows.append(((t["column.score_of_100"], each["score"]), "score"))
        if each["score"] is not None:
            interval = t.fill(
                "column.from_to", low=t.score(each["score_low"]), high=t.score(each["score_high"])
            )
            rows.append(((t["reading.interval_term"], interval), "text"))
        rows.append(((t["coverage"], each["coverage"]), "percent"))
        rows.append(((t["column.depth"], each["depth"]), "percent"))
        rows.append(((t["column.commitments"], each["commitments"]), "integer"))
        rows += [((t["column.warning"], warning), "text") for warning in each["warnings"]]
    for step in view.payload["lineage"]:
        before, after = (parts.letter(step[end]) for end in ("before", "after"))
        rows.append((f"{t['lineage']}: {before} → {after}", "text"))
        rows += [((t[f"fate.{fate}"], step["counts"][fate]), "integer") for fate in parts.FATES]
    rows += [(t["notice"], "text"), (("", t["compare.notice"]), "text")]
    if view.payload["lineage"]:
        rows.append((("", t["compare.notice_lineage"]), "text"))
    title = f"{t['compare']}: {parts.title(view.payload)}"
    return Page(t["sheet.overview"], title, [row for row, _ in rows], [form for _, form in rows])


def _goals(view: _View) -> Table:
    t, first = view.words, parts.letter(0)
    columns = [Column(t["goal"], 7, "goal"), Column(t["title"], 34)]
    for at in range(len(view.documents)):
        name = parts.letter(at)
        columns += [
            Column(f"{name}: {t['score']}", 10, "score"),
            Column(f"{name}: {t['column.low']}", 11, "score"),
            Column(f"{name}: {t['column.high']}", 11, "score"),
            Column(f"{name}: {t['coverage']}", 10, "percent"),
            Column(f"{name}: {t['attention']}", 11, "percent"),
        ]
        if at:
            differs = t.fill("column.difference", first=first)
            columns += [
                Column(f"{name}: {differs}", 13, "score"),
                Column(f"{name}: {t['column.clear']}", 12),
            ]
    rows = []
    for goal in view.payload["goals"]:
        row: list[Value] = [view.goal(goal["code"]), goal["title"][t.language]]
        for at, own in enumerate(goal["documents"]):
            row += [own[name] for name in ("score", "score_low", "score_high")]
            row += [own["coverage"], own["attention"]]
            row += view.difference(own["difference"]) if at else ()
        rows.append(row)
    return Table(t["sheet.goals"], columns, rows, frozen=2)


def _targets(view: _View) -> Table:
    t = view.words
    columns = [
        Column(t["goal"], 7, "goal"),
        Column(t["target"], 9),
        Column(t["title"], 40),
        Column(t["relevance"], 18),
    ]
    for at in range(len(view.documents)):
        name = parts.letter(at)
        columns.append(Column(f"{name}: {t['status']}", 15))
        if at:
            columns.append(Column(f"{name}: {t['column.clear']}", 12))
        columns += [
            Column(f"{name}: {t['column.page']}", 9, "integer"),
            Column(f"{name}: {t['column.quote']}", 50),
        ]
    rows = []
    for target in view.payload["targets"]:
        row: list[Value] = [
            view.goal(target["goal"]),
            target["code"],
            target["title"][t.language],
            t[f"relevance_{target['relevance']}"],
        ]
        for at, own in enumerate(target["documents"]):
            segment = view.segments[at][own["segment"]] if own["segment"] else None
            row.append(t[f"status.{own['status']}"])
            if at:
                row.append(t["column.yes" if own["clear"] else "column.no"])
            row += [view.page(at, segment), segment["text"] if segment else None]
        rows.append(row)
    return Table(t["sheet.targets"], columns, rows, frozen=3)


def _lineage(view: _View) -> Table:
    t = view.words
    columns = [
        Column(t["lineage.step"], 10),
        Column(t["column.fate"], 15),
        Column(t["column.doubtful"], 10),
        Column(t["column.figures_differ"], 10),
        Column(t["targets"], 30),
        Column(t["column.firm_before"], 18),
        Column(t["column.quote_before"], _QUOTE),
        Column(t["column.page_before"], 10, "integer"),
        Column(t["column.firm_after"], 18),
        Column(t["column.quote_after"], _QUOTE),
        Column(t["column.page_after"], 10, "integer"),
        Column(t["column.likeness"], 11, "probability"),
        Column(t["column.nearest_other"], 50),
        Column(t["column.page"], 10, "integer"),
    ]
    rows = [
        _lineage_row(view, step, trace)
        for step in view.payload["lineage"]
        for trace in step["traces"]
    ]
    return Table(t["sheet.lineage"], columns, rows, frozen=2)


def _lineage_row(view: _View, step: Entry, trace: Entry) -> list[Value]:
    t = view.words
    before, after = step["before"], step["after"]
    one = trace["before"] and view.segments[before][trace["before"]]
    other = trace["after"] and view.segments[after][trace["after"]]
    at = before if trace["fate"] == "new" else after
    near = trace["nearest"] and view.segments[at][trace["nearest"]]
    codes = [f"{code} {view.titles[code][t.language]}" for code in trace["targets"]]
    return [
        f"{parts.letter(before)} → {parts.letter(after)}",
        Colored(t[f"fate.{trace['fate']}"], _FILLS[trace["fate"]]),
        t["column.yes"] if trace["doubtful"] else None,
        t["column.yes"] if trace["figures_differ"] else None,
        "\n".join(codes),
        one and t[f"commitment.{one['commitment']}"],
        one and one["text"],
        view.page(before, one),
        other and t[f"commitment.{other['commitment']}"],
        other and other["text"],
        view.page(after, other),
        trace["likeness"],
        near and near["text"],
        view.page(at, near),
    ]


def _method(view: _View) -> Page:
    t, payload = view.words, view.payload
    rows: list[Row] = []
    if payload["lineage"]:
        rows += [
            t["lineage"],
            *((t[f"fate.{fate}"], t[f"reading.fate.{fate}"]) for fate in parts.FATES),
            (t["column.doubtful"], t["reading.doubtful"]),
            (t["column.figures_differ"], t["reading.figures_differ"]),
            (t["lineage.how_term"], t["lineage.how"]),
        ]
    rows += [
        t["reading.figures"],
        (t["column.clear"], t["compare.clear_about"]),
        (t["score"], t["method.score"]),
        (t["reading.interval_term"], t["reading.interval"]),
        t["status"],
        *((t[f"status.{each}"], t[f"reading.status.{each}"]) for each in STATUSES),
        (t["column.page"], t["method.page"]),
        (t["reading.limits_term"], t["compare.limits"]),
        t["reading.technical"],
        *(
            (f"{parts.letter(at)}: {t['technical.sha256']}", each["sha256"])
            for at, each in enumerate(view.documents)
        ),
        (t["technical.tool"], f"sdgalign {payload['tool']['version']}"),
        (t["technical.model"], payload["model"]["id"]),
        (t["technical.digest"], payload["model"]["digest"]),
        (t["technical.created"], t.date(payload["created"])),
        (t["technical.schema"], payload["schema_version"]),
    ]
    return Page(t["sheet.method"], t["method.title"], rows)
