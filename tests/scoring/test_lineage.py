"""What became of commitments: verdicts, and which documents follow from which."""

from __future__ import annotations

import numpy as np
import pytest

from sdgalign.kinds import DocumentKind
from sdgalign.scoring import lineage
from sdgalign.scoring.lineage import Fate, Statement, steps, trace

M, A, P, X, C = (
    DocumentKind.MANIFESTO,
    DocumentKind.AGREEMENT,
    DocumentKind.PLAN,
    DocumentKind.OTHER,
    DocumentKind.CONTEXT_ANALYSIS,
)


def statement(name: str, commitment: int, *figures: str, sure: float = 1.0) -> Statement:
    rest = (1 - sure) / 3
    commitments = tuple(sure if level == commitment else rest for level in range(4))
    return Statement(name, name, {}, commitment, commitments, figures)


@pytest.fixture
def follow(monkeypatch: pytest.MonkeyPatch):
    """Trace statements with a given likeness."""

    def follow_(before, after, alike):
        monkeypatch.setattr(lineage, "likeness", lambda *_: np.array(alike, dtype=float))
        empty = np.zeros((0, 1), dtype=np.float32)
        return trace(before, after, (empty, empty))

    return follow_


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [(1, 2, Fate.FIRMER), (2, 2, Fate.KEPT), (3, 1, Fate.WEAKER), (2, 0, Fate.WEAKER)],
)
def test_a_counterpart_is_firmer_as_firm_or_weaker(follow, before, after, fate) -> None:
    (found,) = follow([statement("a", before)], [statement("b", after)], [[0.9]])
    assert (found.fate, found.before, found.after) == (fate, "a", "b")
    assert not found.is_doubtful


def test_without_a_counterpart_the_nearest_passage_is_told(follow) -> None:
    before = [statement("a", 2), statement("far", 2)]
    after = [statement("b", 2), statement("c", 0)]
    found = follow(before, after, [[0.35, 0.1], [0.02, 0.0]])
    assert [(each.fate, each.before, each.after, each.nearest) for each in found] == [
        (Fate.DROPPED, "a", None, "b"),
        (Fate.DROPPED, "far", None, None),
        (Fate.NEW, None, "b", "a"),
    ]
    assert found[0].is_doubtful
    assert not found[1].is_doubtful


def test_what_promises_nothing_is_neither_dropped_nor_new(follow) -> None:
    assert follow([statement("a", 0)], [statement("b", 0)], [[0.0]]) == ()


def test_a_commitment_with_an_earlier_mention_is_not_new(follow) -> None:
    assert follow([statement("a", 0)], [statement("b", 2)], [[0.8]]) == ()


def test_of_counterparts_that_are_as_like_the_firmest_speaks(follow) -> None:
    after = [statement("title", 2), statement("figures", 3), statement("other", 3)]
    found = follow([statement("a", 3)], after, [[0.9, 0.8, 0.45]])
    assert found[0].after == "figures"
    assert found[0].fate is Fate.KEPT


def test_close_calls_are_doubtful(follow) -> None:
    (unlike,) = follow([statement("a", 2)], [statement("b", 2)], [[0.5]])
    assert unlike.is_doubtful
    (unclear,) = follow([statement("a", 1, sure=0.4)], [statement("b", 2, sure=0.4)], [[0.9]])
    assert unclear.fate is Fate.FIRMER
    assert unclear.is_doubtful


@pytest.mark.parametrize(
    ("before", "after", "differ"),
    [
        (["14 kilometer", "tegen 2029"], ["10 kilometer"], True),
        (["14 kilometer"], ["14 km fietspad", "2030"], False),
        (["1,5 kilometer"], ["1,5 km"], False),
        (["14 kilometer"], [], False),
    ],
)
def test_other_figures_are_told(follow, before, after, differ) -> None:
    (found,) = follow([statement("a", 3, *before)], [statement("b", 3, *after)], [[0.9]])
    assert found.figures_differ is differ


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([M, M, M], ()),
        ([M, A], ((0, 1),)),
        ([P, M], ((1, 0),)),
        ([P, A, M], ((2, 1), (1, 0))),
        ([M, M, A, P], ((0, 2), (1, 2), (2, 3))),
        ([P, P], ((0, 1),)),
        ([X, P, A], ((0, 1), (1, 2))),
        ([M, C, P], ((0, 2),)),
        ([M, C], ()),
    ],
)
def test_documents_follow_each_other_by_kind_and_order(kinds, expected) -> None:
    assert steps(kinds) == expected
