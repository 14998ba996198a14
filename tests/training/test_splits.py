from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sdgalign.errors import InputError
from sdgalign.training import Splits, make_splits, read_annotations
from sdgalign.training.splits import author, copies_across, near_copies
from tests.shared import REPOSITORY, SHARED, needs_shared
from tests.training.sentences import write_annotations

COMMITTED = REPOSITORY / "annotations" / "splits.json"
LABELLED = SHARED / "annotation" / "segments_labelled.jsonl"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("D66_2021", "D66_2023", True),
        ("uk-Manifesto2017", "uk-GE2017_Manifesto_A5_Scottish_DIGITAL", True),
        ("uk-Manifesto 2017", "uk-Labour Manifesto 2017", True),
        ("uk-Manifesto2017", "uk-Manifesto 2017", False),
        ("uk-greenguaranteepdf", "uk-Greens GE Manifesto 2017 for web", True),
        ("SP_2021", "SGP_2021", False),
        ("mjp2026-44012", "mjp2026-44048", True),
        ("mjp2026-44012", "mjp2026-44021", False),
    ],
)
def test_authors(one: str, other: str, same: bool) -> None:
    assert (author(one) == author(other)) is same


def test_splits_keep_authors_together(tmp_path: Path) -> None:
    items = read_annotations(write_annotations(tmp_path / "a.jsonl"))
    splits = make_splits(items, test=0.2, dev=0.2)
    parts = [set(splits.train), set(splits.dev), set(splits.test)]
    assert all(parts)
    assert sum(map(len, parts)) == len(set.union(*parts)) == 6
    assert splits == make_splits(items, test=0.2, dev=0.2)
    splits.save(tmp_path / "s.json")
    assert Splits.load(tmp_path / "s.json") == splits
    with pytest.raises(InputError, match="no part"):
        splits.part("other")
    with pytest.raises(InputError, match="no splits file"):
        Splits.load(tmp_path / "absent.json")


def test_near_copies(tmp_path: Path) -> None:
    items = read_annotations(write_annotations(tmp_path / "a.jsonl"))
    known = [replace(items[0], text="Wij bouwen een nieuwe sporthal naast de oude school.")]
    copy = replace(items[1], text="2. Wij bouwen een nieuwe sporthal naast de oude school")
    assert near_copies([copy, items[2]], known) == [copy.id]


def test_committed_splits_share_no_author() -> None:
    splits = Splits.load(COMMITTED)
    parts = [{author(doc) for doc in part} for part in (splits.train, splits.dev, splits.test)]
    assert not parts[0] & parts[1]
    assert not parts[0] & parts[2]
    assert not parts[1] & parts[2]


@needs_shared
@pytest.mark.shared
def test_committed_splits_are_those_that_the_code_makes() -> None:
    first_round = read_annotations(LABELLED)
    made = make_splits(first_round, seed=0, always_train=("vlaams-regeerakkoord-2019",))
    committed = Splits.load(COMMITTED)
    assert (made.train, made.dev, made.test) == (committed.train, committed.dev, committed.test)
    texts = [LABELLED, SHARED / "data" / "segments_unlabelled.jsonl.gz"]
    everything = read_annotations(COMMITTED.with_name("labels.tsv"), texts=texts)
    assert copies_across(committed, everything) == list(committed.excluded)
