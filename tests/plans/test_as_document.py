from __future__ import annotations

import dataclasses

import pytest

from sdgalign.plans import Action, ActionPlan, Objective, Plan
from sdgalign.plans.as_document import plan_as_document, plan_digest, segment_plan
from sdgalign.plans.plan import whole_text
from sdgalign.segmentation import SegmentKind
from sdgalign.segmentation.segment import cleaned_text

PLAN = Plan(
    (
        Objective(
            "BD1",
            "We maken van Lier een gemeente waar iedereen zich veilig verplaatst.",
            (
                ActionPlan(
                    "AP1",
                    "",
                    (
                        Action(
                            "A1", "We leggen fietspaden aan in de Lindelaan.", title="Fietspaden"
                        ),
                        Action("A2", ""),
                    ),
                    title="Fietsen",
                ),
                ActionPlan("", "", (Action("A3", "We plaatsen zonnepanelen."),)),
            ),
            title="Verkeer",
        ),
    ),
    "Lier",
    "12021",
)


@pytest.mark.parametrize(("title", "text", "whole"), [
    ("", "Fietspaden", "Fietspaden"),
    ("Fietspaden", "", "Fietspaden"),
    ("Districtswerking en decentrali", "Districtswerking en decentralisatie",
     "Districtswerking en decentralisatie"),
    ("Bomen planten…", "Bomen planten in de wijk", "Bomen planten in de wijk"),
    ("BOMEN PLANTEN", "Bomen planten.", "Bomen planten."),
    ("Bomen planten in de wijk", "Bomen planten", "Bomen planten in de wijk"),
    ("Bomen", "We planten er honderd.", "Bomen. We planten er honderd."),
    ("Meer bomen!", "We planten er honderd.", "Meer bomen! We planten er honderd."),
    ("Bomen", "Commentaar:", "Bomen"),
    ("Bomen", "Kwalitatieve omschrijving: We planten er honderd.",
     "Bomen. We planten er honderd."),
])  # fmt: skip
def test_short_and_long_text_say_nothing_twice(title: str, text: str, whole: str) -> None:
    assert whole_text(title, text) == whole


def test_every_action_is_a_segment_below_its_objective_and_plan() -> None:
    segments = segment_plan(PLAN)
    assert [(segment.kind, segment.text) for segment in segments] == [
        (SegmentKind.HEADING,
         "BD1 Verkeer. We maken van Lier een gemeente waar iedereen zich veilig verplaatst."),
        (SegmentKind.HEADING, "AP1 Fietsen"),
        (SegmentKind.LIST_ITEM, "Fietspaden. We leggen fietspaden aan in de Lindelaan."),
        (SegmentKind.FIGURES, "A2"),
        (SegmentKind.LIST_ITEM, "We plaatsen zonnepanelen."),
    ]  # fmt: skip
    assert [segment.heading_path for segment in segments] == [
        (), ("Verkeer",), ("Verkeer", "Fietsen"), ("Verkeer", "Fietsen"), ("Verkeer",),
    ]  # fmt: skip
    text = cleaned_text(segments)
    assert all(text[segment.start : segment.end] == segment.text for segment in segments)


def test_a_plan_has_no_pages_and_a_name_of_its_own() -> None:
    document = plan_as_document(PLAN, "plannen.xlsx")
    assert (document.name, document.has_pages) == ("Lier", False)
    assert plan_as_document(dataclasses.replace(PLAN, municipality=""), "a.csv").name == "a.csv"
    said = [line.text for line in document.pages[0].lines]
    assert said == [segment.text for segment in segment_plan(PLAN)]


def test_the_digest_changes_with_what_the_plan_says() -> None:
    other = dataclasses.replace(PLAN, municipality="Mol")
    assert plan_digest(PLAN) == plan_digest(dataclasses.replace(PLAN))
    assert plan_digest(PLAN) != plan_digest(other)
