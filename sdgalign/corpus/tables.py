"""The tidy tables of a project: what they are called and what their columns mean.

Columns are defined here, once; ``docs/data.md`` repeats them for people, and a test keeps it equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sdgalign.reports.tidy import COLUMNS, Column

_TIDY = {column.name: column for column in COLUMNS}
_DOCUMENT_ID = Column(
    "document_id", "text", "Key of the document in this dataset: its path in the corpus, and after "
    "`#` which municipality of a data file."
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the dataset."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that tell its rows apart."""
    references: Mapping[tuple[str, ...], str]
    """Columns that are the key of another table, and its name."""


DOCUMENTS = Table("documents", "One row per document of the corpus, also those that failed.", (
    _DOCUMENT_ID,
    Column("path", "text", "Path in the folder of the run; `bundle.zip!inner.pdf` in an archive."),
    Column("part", "text", "NIS code or name of one municipality in a data file of several."),
    Column("state", "text", "`done`; `failed`; `waiting` for its turn in a run; `gone` from the "
           "folder. Only documents that are `done` have rows in the other tables."),
    Column("counts", "boolean", "Whether the overview counts it now: it is `done`, no copy of an "
           "earlier one (same maker, kind, year and content), and of the last year of its maker "
           "(municipality and party) in its kind."),
    Column("kind", "text", "`manifesto`, `agreement`, `memorandum`, `context-analysis`, `plan` or "
           "`other`."),
    Column("municipality", "text", "Its official name; a region or an institution where the "
           "manifest says so."),
    Column("nis_code", "text", "Of the municipality in the year of the document, five digits."),
    Column("nis_code_now", "text", "Of the municipality that it is part of today: join on this one "
           "to follow a municipality through the mergers of 2019 and 2025."),
    Column("province", "text", "Dutch name; `Brussel` for that region."),
    Column("party", "text", "Of a manifesto."),
    Column("year", "integer", "In which it was made, or begins to hold."),
    Column("language", "text", "`nl`, `en`, `fr` or `other`."),
    Column("title", "text", "Title of the document."),
    Column("sha256", "text", "SHA-256 of the file; of one municipality in a data file, of its "
           "plan alone. Two equal documents have the same."),
    Column("bytes", "integer", "Size of the file."),
    Column("pages", "integer", "Empty when the file has no pages."),
    Column("words", "integer", "In classified segments."),
    Column("segments", "integer", "Of all kinds, headings included."),
    Column("losses", "text", "Why much of it may be missing, codes with blanks between: `cut-off`, "
           "`salvaged`, `damaged-pages`, `no-text-pages`, `lost-letters`, `short` (fewer than 50 "
           "words). Empty when it was read whole."),
    Column("model", "text", "Id of the model. Do not mix models in one comparison."),
    Column("model_digest", "text", "SHA-256 of the model folder."),
    Column("tool_version", "text", "Version of sdgalign that made the result."),
    Column("analysed", "text", "When, as ISO 8601, UTC."),
    Column("error_kind", "text", "Why it failed, in one word that stays: `encrypted`, `no-text`, "
           "`limit`, …"),
    Column("error", "text", "Why it failed, as a sentence."),
), ("document_id",), {})  # fmt: skip

SEGMENTS = Table("segments", "One row per segment: what was read, in reading order.", (
    _DOCUMENT_ID,
    Column("segment", "text", "Id of the segment, unique in the document, in reading order."),
    Column("segment_kind", "text", "`paragraph`, `list_item`, `table_row`: these are classified; "
           "`heading`, `contents` and `figures` are not."),
    *(_TIDY[name] for name in ("page", "page_last", "page_label", "heading_path", "language",
                               "start", "end")),
    Column("words", "integer", "Number of words."),
    Column("classified", "boolean", "Whether the model was asked; it is not asked about headings, "
           "other languages, and lines that only name a goal."),
    Column("targets", "integer", "Number of targets that it addresses: its rows in `matches`."),
    Column("none", "number", "Probability that it addresses no target, 0–1; empty when not "
           "classified."),
    Column("commitment", "integer", "0 none, 1 ambition, 2 action, 3 measurable; empty when not "
           "classified."),
    Column("text", "text", "The segment, as it was classified; empty in a dataset without texts."),
), ("document_id", "segment"), {("document_id",): "documents"})  # fmt: skip

MATCHES = Table("matches", "One row per segment and target that it addresses.", (
    _DOCUMENT_ID,
    *(_TIDY[name] for name in ("segment", "goal", "target", "sdg", "relevance", "assessed",
                               "probability", "commitment", "status", "against",
                               "against_predicted", "rank")),
), ("document_id", "segment", "target"), {
    ("document_id", "segment"): "segments", ("target",): "targets",
})  # fmt: skip

ALIGNMENTS = Table("alignments", "What each document does: as a whole, per goal, per target.", (
    _DOCUMENT_ID,
    Column("level", "text", "`document`, `goal` or `target`: what the row is about. Always filter "
           "on it."),
    Column("code", "text", "`all` for the document, `11` for a goal, `11.2` for a target. Text, "
           "as 8.10 is not 8.1."),
    Column("goal", "text", "Code of the goal of a goal or target; empty for the document."),
    Column("score", "number", "0–100. Of a target: 100 times its expected depth."),
    Column("low", "number", "Lower end of the 90 % interval of the score; empty for a target."),
    Column("high", "number", "Upper end."),
    Column("status", "text", "Of a target: `measurable`, `action`, `ambition`, `mention`, `absent` "
           "or `not_assessed`; the first three are taken up."),
    Column("relevance", "text", "Of a target for a local authority: `core`, `shared` or `none`."),
    Column("assessed", "boolean", "Of a target: whether the model has learnt it from enough real "
           "segments. A target counts in a score when it is assessed and `core` or `shared`."),
    Column("matches", "integer", "Segments that address it; those against it are left out."),
    Column("share_words", "number", "Share of the classified words, 0–1: for a goal (words of "
           "several are divided), for the document those with any target; empty for a target."),
    Column("coverage", "number", "Share of the counting targets that are taken up, 0–1. Of a "
           "target: probability that it is taken up."),
    Column("depth", "number", "How firmly those taken up are: ambition 1/3, action 2/3, "
           "measurable 1; empty for a target."),
    Column("euro", "number", "Planned expenditure over all years; of an action with several "
           "targets an equal part. Of the document it is all of the plan, with what goes to no "
           "target. Empty where there is no plan with amounts."),
), ("document_id", "level", "code"), {("document_id",): "documents"})  # fmt: skip

CLAIMS = Table("claims", "Per document and goal: is it named, and is it taken up?", (
    _DOCUMENT_ID,
    Column("goal", "text", "Code of the goal."),
    Column("mentions", "integer", "How often the document names the goal or one of its targets as "
           "an SDG; naming is no part of any score."),
    Column("targets_covered", "integer", "Targets of the goal that it takes up."),
    Column("verdict", "text", "`both`; `claimed_only`: named, and no target of it is taken up; "
           "`supported_only`; `neither`."),
), ("document_id", "goal"), {("document_id",): "documents"})  # fmt: skip

ACTIONS = Table("actions", "One row per action of a plan and target that it addresses.", (
    _DOCUMENT_ID,
    Column("action", "integer", "Number of the action in its plan, from 1."),
    Column("target", "text", "Code of the target; `none` for an action without any."),
    Column("goal", "text", "Code of its goal; `none` likewise."),
    Column("probability", "number", "That the action addresses the target, 0–1; in a row with "
           "`none` that it addresses none."),
    Column("commitment", "integer", "Of the action: 0 none, 1 ambition, 2 action, 3 measurable."),
    Column("objective_code", "text", "As in the plan."),
    Column("action_plan_code", "text", "As in the plan."),
    Column("action_code", "text", "As in the plan. Codes are not unique, not even in one plan."),
    Column("page", "integer", "First page in the file; empty for a data file."),
    Column("euro_action", "number", "Expenditure of the action over all years: on every row of the "
           "action, so never add it up."),
    Column("euro", "number", "Its equal part for this target; this one may be added up."),
    Column("objective", "text", "Its short text; empty in a dataset without texts, as those "
           "below."),
    Column("action_plan", "text", "Likewise."),
    Column("text", "text", "Short and long text of the action."),
), ("document_id", "action", "target"), {("document_id",): "documents"})  # fmt: skip

SPENDING = Table("spending", "Planned euro per document, year and target, of plans with amounts.", (
    _DOCUMENT_ID,
    Column("year", "integer", "Of the expenditure."),
    Column("target", "text", "Code of the target; `none` for actions without any."),
    Column("goal", "text", "Code of its goal; `none` likewise."),
    Column("euro", "number", "Planned expenditure; of an action with several targets an equal "
           "part, so it may be added up. Plans that give totals only are not in this table."),
), ("document_id", "year", "target"), {("document_id",): "documents"})  # fmt: skip

TARGETS = Table("targets", "The 169 targets: their names, and what they ask of a municipality.", (
    Column("target", "text", "Code, such as `8.10`."),
    Column("goal", "text", "Code of its goal."),
    _TIDY["sdg"],
    Column("goal_title_nl", "text", "Short Dutch title of the goal."),
    Column("goal_title_en", "text", "Short English title of the goal."),
    _TIDY["target_title_nl"],
    _TIDY["target_title_en"],
    _TIDY["relevance"],
    Column("uri", "text", "Identifier of the United Nations."),
), ("target",), {})  # fmt: skip

TABLES = (DOCUMENTS, SEGMENTS, MATCHES, ALIGNMENTS, CLAIMS, ACTIONS, SPENDING, TARGETS)
WHOLE = "all"
"""Code of the document in `ALIGNMENTS`."""
NO_TARGET = "none"
"""Code in `ACTIONS` and `SPENDING` of what addresses no target."""
