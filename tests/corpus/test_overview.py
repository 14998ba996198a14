"""The overview counts what it says it counts, and never across kinds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdgalign.corpus.assessed import Euro
from sdgalign.corpus.overview import overview, that_count
from tests.corpus.assessments import GOALS, TARGETS, document, small


def of_kind(documents, kind):
    return next(each for each in overview(documents, TARGETS).kinds if each.kind == kind)


def test_kinds_are_never_counted_together():
    found = overview(small(), TARGETS)
    assert [(each.kind, each.documents) for each in found.kinds] == [
        ("manifesto", 7),
        ("plan", 3),
        ("other", 1),
    ]
    for kind in found.kinds:
        assert {each.kind for unit in kind.units for each in unit.current} == {kind.kind}
        ranked = [unit.ranks.worst for unit in kind.units if unit.ranks]
        assert max(ranked, default=0) in (0, len(kind.units))


def test_only_the_latest_document_of_a_maker_counts_and_the_earlier_one_makes_a_trend():
    found = of_kind(small(), "manifesto")
    zandvliert = next(u for u in found.units if u.name == "Zandvliert – Groene Lijst")
    assert (zandvliert.year, zandvliert.group.score.value) == (2024, 47.0)
    assert found.whole.documents == 6
    (trend,) = found.trends
    assert [year for year, _ in trend.years] == [2018, 2024]
    assert trend.change.value == 22.0
    assert trend.is_clear
    assert [(group.name, group.documents) for group in found.years] == [("2018", 1), ("2024", 6)]


def test_a_change_within_the_doubt_is_not_clear():
    rows = [document("A", 30.0, year=2019), document("A", 33.0, year=2025)]
    (trend,) = of_kind(rows, "manifesto").trends
    assert not trend.is_clear


def test_parties_and_municipalities_are_means_of_their_documents():
    found = of_kind(small(), "manifesto")
    assert [(g.name, g.documents) for g in found.parties] == [
        ("Groene Lijst", 3),
        ("Dorpspartij", 3),
    ]
    assert found.parties[1].score.value == pytest.approx((41 + 38 + 20) / 3)
    assert [(g.name, g.documents) for g in found.municipalities] == [
        ("Zandvliert", 2),
        ("Moerbroek", 2),
        ("Lindebeke", 2),
    ]


def test_a_municipality_with_one_plan_needs_no_group_beside_its_own_row():
    assert of_kind(small(), "plan").municipalities == ()


def test_targets_say_how_many_documents_are_at_each_status():
    shares = {each.code: each for each in of_kind(small(), "manifesto").targets}
    assert shares["1.1"].taken_up == 1.0
    assert shares["11.2"].by_status == {"action": 2, "absent": 4}
    assert shares["11.2"].taken_up == pytest.approx(1 / 3)
    found = of_kind(small(), "manifesto")
    assert found.least_covered[0].taken_up == 0
    assert found.most_covered[0].code == "1.1"


def test_the_money_of_all_plans_is_the_sum_with_what_goes_nowhere():
    money = of_kind(small(), "plan").money
    assert money.total == 6_000_000
    assert money.by_goal == {"3": 300_000, "11": 3_000_000}
    assert money.without_goal == 2_700_000
    assert money.documents == 3
    assert of_kind(small(), "manifesto").money is None


def test_a_copy_of_a_plan_counts_once():
    money = Euro(100.0, {"11": 60.0})
    rows = [
        document("A", 30.0, kind="plan", euro=money, path=path, content="k1")
        for path in ("plan.pdf", "copy/plan.pdf")
    ]
    found = of_kind(rows, "plan")
    assert found.documents == 1
    assert found.money.total == 100.0


def test_documents_without_maker_stand_alone():
    rows = [
        document("", 30.0, kind="other", path=path, title=title)
        for path, title in (("a.pdf", "Nota A"), ("b.pdf", ""))
    ]
    assert [unit.name for unit in of_kind(rows, "other").units] == ["Nota A", "b.pdf"]


def test_a_document_without_a_score_has_no_rank_but_is_there():
    rows = [document("A", 30.0), document("B", 20.0), document("C", 10.0)]
    rows[2] = type(rows[2])(path="c.pdf", kind="manifesto", municipality="C", year=2024)
    units = of_kind(rows, "manifesto").units
    assert [(unit.name, unit.ranks and unit.ranks.rank) for unit in units] == [
        ("A", 1),
        ("B", 2),
        ("C", None),
    ]


def test_a_badly_read_document_stands_out_by_its_words():
    rows = [document(f"G{n}", 30.0 + n % 5, words=4000 + 100 * n) for n in range(12)]
    rows.append(document("Leeg", 31.0, words=40))
    (found,) = of_kind(rows, "manifesto").outliers
    assert (found.unit.name, found.measure, round(found.value)) == ("Leeg", "words", 40)
    assert found.found.distance < -3.5


def test_an_outlier_whose_doubt_reaches_the_others_is_none():
    rows = [document(f"G{n}", 30.0 + n % 5) for n in range(12)]
    sure, doubtful = document("X", 60.0), document("Y", 60.0, half=40.0)
    names = {each.unit.name for each in of_kind([*rows, sure, doubtful], "manifesto").outliers}
    assert names == {"X"}


def test_nothing_analysed_is_an_empty_overview():
    found = overview([], TARGETS, {"waiting": 4})
    assert (found.kinds, found.documents, found.states) == ((), 0, {"waiting": 4})


@st.composite
def corpora(draw):
    places, parties = st.sampled_from("ABC"), st.sampled_from(["", "P", "Q"])
    rows = []
    for number in range(draw(st.integers(1, 25))):
        money = Euro(draw(st.floats(0, 1e6)), {"11": draw(st.floats(0, 1e5))})
        rows.append(
            document(
                draw(places),
                draw(st.floats(0, 96)),
                party=draw(parties),
                kind=draw(st.sampled_from(["plan", "manifesto"])),
                year=draw(st.sampled_from([None, 2018, 2024])),
                taken_up=draw(st.integers(0, 6)),
                euro=draw(st.sampled_from([None, money])),
                path=f"{number}.pdf",
            )
        )
    return rows


@settings(deadline=None)  # the first call imports
@given(corpora())
def test_invariants(rows):
    found = overview(rows, TARGETS)
    assert found.documents == len(rows)
    current = [each for kind in found.kinds for unit in kind.units for each in unit.current]
    assert {each.path for each in that_count(rows)} == {each.path for each in current}
    for kind in found.kinds:
        assert len({id(each) for unit in kind.units for each in unit.current}) == (
            kind.whole.documents
        )
        for unit in kind.units:
            assert set(unit.goals) <= set(GOALS)
            if unit.ranks:
                assert unit.ranks.best <= unit.ranks.rank <= unit.ranks.worst
        for target in kind.targets:
            assert sum(target.shares.values()) == pytest.approx(1)
            assert 0 <= target.taken_up <= 1
        for group in (kind.whole, *kind.parties, *kind.years, *kind.goals.values()):
            assert group.lowest - 1e-9 <= group.score.value <= group.highest + 1e-9
            assert group.score.low <= group.score.value <= group.score.high
        for each in kind.outliers:
            assert abs(each.found.distance) > 3.5
        if kind.money:
            whole = kind.money.without_goal + sum(kind.money.by_goal.values())
            assert whole == pytest.approx(kind.money.total, abs=1e-3)
