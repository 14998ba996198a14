"""What comparable documents do, and what gaps say of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdgalign.corpus.peers import comparable, peer_targets, peers_of
from sdgalign.errors import InputError
from sdgalign.kinds import DocumentKind
from sdgalign.scoring import Status
from tests.corpus.assessments import TARGETS, document, small
from tests.corpus.projects import make_project
from tests.reports import payloads
from tests.scoring.test_align import aligned


def test_only_the_latest_of_the_same_kind_are_comparable():
    found = comparable(small(), "manifesto")
    assert len(found) == 6
    assert {(each.kind, each.year) for each in found} == {("manifesto", 2024)}


def test_peers_can_be_of_one_province_and_without_the_own_municipality():
    codes = {"99000", "99001"}
    assert [d.municipality for d in comparable(small(), "plan", nis_codes=codes)] == [
        "Zandvliert",
        "Moerbroek",
    ]
    found = comparable(small(), "plan", without={"99000"})
    assert [each.municipality for each in found] == ["Moerbroek", "Lindebeke"]


def test_counts_and_medians_per_target():
    documents = [
        replace(document(name, 30.0), statuses={"11.2": status}, target_scores={"11.2": score})
        for name, status, score in (
            ("A", "measurable", 90.0),
            ("B", "ambition", 30.0),
            ("C", "absent", 0.0),
            ("D", "absent", 10.0),
        )
    ]
    found = peer_targets(documents)["11.2"]
    assert (found.documents, found.taken_up, found.with_action) == (4, 2, 1)
    assert found.median is Status.ABSENT  # the less firm of the middle two
    assert found.median_score == 20.0
    assert found.share == 0.5


@settings(deadline=None)
@given(st.lists(st.sampled_from(list(Status)[:5]), min_size=1, max_size=12))
def test_a_median_lies_within_the_statuses_and_halves_them(statuses):
    rows = [replace(document(f"G{n}", 1.0), statuses={"1.1": s}) for n, s in enumerate(statuses)]
    found = peer_targets(rows)["1.1"]
    levels = sorted(status.level for status in statuses)
    assert levels[0] <= found.median.level <= levels[-1]
    assert 2 * sum(level < found.median.level for level in levels) <= len(levels)
    assert 2 * sum(level > found.median.level for level in levels) <= len(levels)
    assert found.with_action <= found.taken_up <= found.documents == len(statuses)


def test_a_document_is_no_peer_of_itself(tmp_path):
    project = make_project(
        tmp_path,
        [
            ({"path": f"{n}.pdf", "kind": "manifesto", "party": n, "sha256": n}, payloads.small())
            for n in ("a", "b", "c")
        ],
    )
    notes = []
    find = peers_of(project, on_none=notes.append)

    class Asked:
        name, sha256, title = "a.pdf", "a", ""

    assert find(Asked(), DocumentKind.MANIFESTO)["11.2"].documents == 2
    assert find(Asked(), DocumentKind.PLAN) == {}
    assert "no document of the kind plan" in notes[0]


def test_an_unknown_province_is_refused_with_the_names(tmp_path):
    with pytest.raises(InputError, match="Limburg"):
        peers_of(make_project(tmp_path, []), province="Limborg")


def test_gaps_carry_what_peers_do():
    from sdgalign.scoring import find_gaps

    peers = peer_targets([document(f"G{n}", 30.0, taken_up=4) for n in range(3)])
    gaps = {each.target_code: each for each in find_gaps(aligned(), [], peers=peers)}
    assert gaps["11.2"].peers.taken_up == 3
    assert gaps["13.1"].peers.taken_up == 0
    assert all(gap.peers is None for code, gap in gaps.items() if code not in TARGETS)
