from __future__ import annotations

import json
from pathlib import Path

import pytest

from sdgalign.errors import InputError
from sdgalign.training import read_annotations
from tests.training.sentences import write_annotations

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
