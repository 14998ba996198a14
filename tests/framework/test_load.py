from __future__ import annotations

import csv
import dataclasses
import itertools
import re

import pytest

from sdgalign.errors import FrameworkError
from sdgalign.framework import Framework, Language, Relevance, load_framework
from sdgalign.framework.load import MAX_TITLE, TARGETS_PER_GOAL, validate
from tests.shared import SHARED, needs_shared

OFFICIAL_COLORS = (
    "#E5243B #DDA63A #4C9F38 #C5192D #FF3A21 #26BDE2 #FCC30B #A21942 #FD6925 "
    "#DD1367 #FD9D24 #BF8B2E #3F7E44 #0A97D9 #56C02B #00689D #19486A"
).split()


def test_holds_every_goal_and_target_once() -> None:
    framework = load_framework()
    assert sum(TARGETS_PER_GOAL) == 169
    assert [goal.code for goal in framework.goals] == [str(number) for number in range(1, 18)]
    assert len({target.code for target in framework.targets}) == 169


def test_targets_stand_in_un_order() -> None:
    codes = [target.code for target in load_framework().goals[7].targets]
    assert codes == [
        *("8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "8.7", "8.8", "8.9", "8.10", "8.a", "8.b")
    ]


def test_goals_have_the_official_colours() -> None:
    assert [goal.color for goal in load_framework().goals] == OFFICIAL_COLORS


def test_uri_is_the_one_that_flemish_decisions_use() -> None:
    framework = load_framework()
    assert framework.target("11.2").uri == "http://metadata.un.org/sdg/11.2"
    assert framework.goal("11").uri == "http://metadata.un.org/sdg/11"


def test_local_relevance_follows_the_localised_reading() -> None:
    framework = load_framework()
    core = ("1.3", "3.6", "4.a", "6.3", "7.3", "11.2", "11.7", "12.5", "13.1", "16.7")
    none = ("1.1", "10.a", "14.6", "17.12")
    assert {framework.target(code).relevance for code in core} == {Relevance.CORE}
    assert {framework.target(code).relevance for code in none} == {Relevance.NONE}


def test_an_unknown_code_is_answered_with_near_ones() -> None:
    with pytest.raises(FrameworkError, match=r"11\.99.*did you mean"):
        load_framework().target("11.99")
    with pytest.raises(FrameworkError, match="goals are 1 to 17"):
        load_framework().goal("18")


def test_validation_names_every_fault() -> None:
    framework = load_framework()
    goal = framework.goals[0]
    spoiled = dataclasses.replace(goal.targets[0], code="1.z", title={"nl": "", "en": "x" * 99})
    goals = (
        dataclasses.replace(goal, color="red", targets=(spoiled, *goal.targets[1:-1])),
        *framework.goals[1:],
    )
    with pytest.raises(FrameworkError) as caught:
        validate(Framework(goals))
    for fault in ("6 targets instead of 7", "'red'", "1.z", "99 characters"):
        assert fault in str(caught.value)


def test_every_local_target_says_what_can_be_done_and_measured() -> None:
    for target in load_framework().targets:
        counts = len(target.actions), len(target.indicators)
        if not target.relevance.is_local:
            assert counts == (0, 0), target.code
            continue
        assert 2 <= counts[0] <= 3, target.code
        assert 1 <= counts[1] <= 3, target.code


@pytest.mark.parametrize("language", list(Language))
def test_actions_are_sentences_and_indicators_are_not(language: Language) -> None:
    for target in load_framework().targets:
        for action in target.actions:
            assert re.fullmatch(r"[A-Z].*[^.]\.", action[language]), target.code
        for indicator in target.indicators:
            text = indicator.text[language]
            assert text[0].isupper(), target.code
            assert not text.endswith("."), target.code
            assert 3 <= len(indicator.source[language]) <= MAX_TITLE, target.code


@pytest.mark.parametrize("language", list(Language))
def test_no_two_targets_ask_for_the_same(language: Language) -> None:
    asked = [
        (target.code, _content(action[language]))
        for target in load_framework().targets
        for action in target.actions
    ]
    for (code, words), (other_code, other) in itertools.combinations(asked, 2):
        assert len(words & other) < 0.6 * len(words | other), f"{code} {other_code} {words}"


@pytest.mark.parametrize("language", list(Language))
def test_no_action_copies_the_description(language: Language) -> None:
    for target in load_framework().targets:
        described = _runs(target.description[language], 6)
        for action in target.actions:
            assert not described & _runs(action[language], 6), target.code


def test_validation_names_faults_of_actions_and_indicators() -> None:
    framework = load_framework()
    goal = framework.goals[0]
    foreign, local = goal.targets[:2]
    indicator = dataclasses.replace(local.indicators[0], source={"nl": " ", "en": "Statbel"})
    spoiled = (
        dataclasses.replace(foreign, indicators=local.indicators),
        dataclasses.replace(
            local, actions=({"nl": "Doe iets.", "en": "Act."},), indicators=(indicator,)
        ),
        dataclasses.replace(goal.targets[2], actions=goal.targets[3].actions, indicators=()),
    )
    goals = (dataclasses.replace(goal, targets=(*spoiled, *goal.targets[3:])), *framework.goals[1:])
    with pytest.raises(FrameworkError) as caught:
        validate(Framework(goals))
    for fault in (
        "1.1: it is not local",
        "1.2: 1 actions",
        "'Doe iets.' has 2 words",
        "names no source",
        "1.3: 0 indicators",
        "stands twice",
    ):
        assert fault in str(caught.value)


@needs_shared
@pytest.mark.parametrize("language", list(Language))
def test_no_text_repeats_the_official_wording(language: Language) -> None:
    with (SHARED / "data" / "targets_official.csv").open(encoding="utf-8") as stream:
        official = {row["code"]: row[f"text_{language}"] for row in csv.DictReader(stream)}
    for target in load_framework().targets:
        own = _runs(target.description[language]) | _runs(target.title[language])
        for action in target.actions:
            own |= _runs(action[language])
        assert not own & _runs(official[target.code]), target.code


def _runs(text: str, length: int = 7) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _content(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3}
