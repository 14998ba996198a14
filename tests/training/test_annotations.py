from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from sdgalign.errors import InputError
from sdgalign.training import read_annotations
from sdgalign.training.annotations import known_codes
from tests.shared import REPOSITORY
from tests.training.sentences import write_annotations

LABELS = REPOSITORY / "annotations" / "labels.tsv"
READINGS = REPOSITORY / "annotations" / "readings.tsv"
GOOD = {
    "id": "a", "kind": "manifesto", "lang": "nl", "doc": "d", "context": "", "text": "Fietsen",
    "targets": ["11.2", "3.a"], "commitment": 1, "against": True,
}  # fmt: skip


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_reading(tmp_path: Path) -> None:
    (one,) = read_annotations(write(tmp_path / "a.jsonl", GOOD))
    assert one.targets == ("11.2", "3.a")
    assert one.goals == ("11", "3")
    assert one.slice == "prose-nl"
    assert one.against
    assert len(read_annotations(write_annotations(tmp_path / "b.jsonl"))) == 55


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"targets": ["11.99"]}, "there is no target '11.99'"),
        ({"targets": ["18.1"]}, "there is no target"),
        ({"targets": [11.2]}, "there is no target 11.2"),
        ({"targets": ["11.2", "11.2"]}, "occurs twice"),
        ({"targets": "11.2"}, "must be a list"),
        ({"commitment": 4}, "commitment 4"),
        ({"commitment": True}, "commitment True"),
        ({"kind": "speech"}, "kind 'speech'"),
        ({"text": "  "}, "text must be"),
        ({"against": "no"}, "against must be"),
        ({"id": "a"}, "occurs twice"),
    ],
)
def test_faults_name_the_line(tmp_path: Path, change: dict[str, object], message: str) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, {**GOOD, "id": "b", **change})
    with pytest.raises(InputError, match=f"line 2: .*{message}"):
        read_annotations(path)


def test_missing_field_and_broken_json(tmp_path: Path) -> None:
    short = {key: value for key, value in GOOD.items() if key != "doc"}
    with pytest.raises(InputError, match="line 1: no field 'doc'"):
        read_annotations(write(tmp_path / "a.jsonl", short))
    (tmp_path / "b.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_annotations(tmp_path / "b.jsonl")
    with pytest.raises(InputError, match="no annotations"):
        read_annotations(write(tmp_path / "c.jsonl"))
    with pytest.raises(InputError, match="cannot be read"):
        read_annotations(tmp_path / "absent")


def labels(path: Path, *rows: str) -> Path:
    lines = ["id\ttargets\tcommitment\tagainst\tsampling", *rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_labels_are_joined_with_their_texts(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl.gz"
    bare = {key: GOOD[key] for key in ("id", "kind", "lang", "doc", "context", "text")}
    texts.write_bytes(gzip.compress(json.dumps(bare).encode()))
    path = labels(tmp_path / "l.tsv", "a\t11.2 3.6\t3\t0\trandom")
    (one,) = read_annotations(path, texts=[texts])
    assert (one.text, one.targets, one.commitment) == ("Fietsen", ("11.2", "3.6"), 3)
    assert (one.against, one.sampling) == (False, "random")
    with pytest.raises(InputError, match=r"Name the files with the texts"):
        read_annotations(path)
    other = labels(tmp_path / "m.tsv", "a\t\t0\t0\t", "b\t\t0\t0\t")
    with pytest.raises(InputError, match=r"1 of 2 segments .* b among them"):
        read_annotations(other, texts=[texts])
    wrong = labels(tmp_path / "w.tsv", "a\t11.2\tx\t0\t")
    with pytest.raises(InputError, match="line 2"):
        read_annotations(wrong, texts=[texts])
    unknown = labels(tmp_path / "u.tsv", "a\t11.99\t0\t0\t")
    with pytest.raises(InputError, match=r"a: there is no target '11\.99'"):
        read_annotations(unknown, texts=[texts])


def test_committed_labels_are_well_formed() -> None:
    rows = list(csv.DictReader(LABELS.read_text("utf-8").splitlines(), delimiter="\t"))
    codes = known_codes()
    assert len(rows) >= 13_000
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row["targets"].split()) <= codes
        assert row["commitment"] in "0123"
        assert row["against"] in "01"
    twice = list(csv.DictReader(READINGS.read_text("utf-8").splitlines(), delimiter="\t"))
    assert len(twice) >= 0.1 * sum(row["round"] in "23" for row in rows)
    assert {row["id"] for row in twice} <= {row["id"] for row in rows}


def test_what_was_read_again_stands_among_the_labels() -> None:
    again = LABELS.with_name("again.tsv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(again, delimiter="\t"))
    known = {line.partition("\t")[0] for line in LABELS.read_text("utf-8").splitlines()}
    assert rows
    assert {row["id"] for row in rows} <= known
    for row in rows:
        assert set(row["targets_first"].split()) <= known_codes()
        assert set(row["targets_second"].split()) <= known_codes()
