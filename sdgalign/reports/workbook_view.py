"""What all sheets of the workbook ask of a payload: goals in colour, quotes, links to pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sdgalign.reports.sheets import Colored, Linked, Value
from sdgalign.reports.texts import Texts

Entry = Mapping[str, Any]


class View:
    """A payload with its parts by code and id.

    Args:
        payload: The report as `report-1.schema.json` describes it.
        words: The catalogue of the language of the interface.
    """

    def __init__(self, payload: Entry, words: Texts) -> None:
        self.payload = payload
        self.words = words
        self.language = words.language
        self.document: Entry = payload["document"]
        self.goals: Mapping[str, Entry] = {goal["code"]: goal for goal in payload["goals"]}
        self.targets: Mapping[str, Entry] = {each["code"]: each for each in payload["targets"]}
        self.segments: Mapping[str, Entry] = {each["id"]: each for each in payload["segments"]}
        self.paged: bool = self.document.get("paged", True)
        self._labels: Mapping[str, str] = self.document.get("page_labels", {})
        is_pdf = self.document["name"].lower().endswith(".pdf")
        self._link: str = self.document.get("link", "") if is_pdf else ""

    def goal(self, code: str) -> Colored:
        """Return the number of a goal on its colour."""
        return Colored(int(code), self.goals[code]["color"])

    def title(self, code: str) -> str:
        """Return the title of a goal or target."""
        entry = self.targets[code] if "." in code else self.goals[code]
        return str(entry["title"][self.language])

    def page(self, page: int | None) -> Value:
        """Return a page number of the file that opens the file there; None without pages."""
        if page is None or not self.paged:
            return None
        url = f"{self._link}#page={page}" if self._link else ""
        tip = self.words.fill("page.open", page=str(page), name=self.document["name"])
        if label := self._labels.get(str(page)):
            tip = f"{tip} ({self.words.fill('column.printed', label=label)})"
        return Linked(page, url, tip)

    def quote(self, segment: str | None) -> tuple[Value, Value]:
        """Return the text of a segment and its first page."""
        if segment is None:
            return None, None
        entry = self.segments[segment]
        return entry["text"], self.page(entry["pages"][0])

    def status(self, entry: Entry) -> str:
        """Return the status of a target or match in words."""
        return self.words[f"status.{entry['status']}"]
