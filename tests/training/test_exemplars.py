from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from sdgalign.errors import InputError
from sdgalign.framework import Relevance, load_framework
from sdgalign.segmentation.mentions import find_mentions
from sdgalign.training.exemplars import DOC, as_annotations, read_exemplars
from tests.model.tiny import EXEMPLAR, write_exemplars
from tests.shared import REPOSITORY

COMMITTED = REPOSITORY / "annotations" / "exemplars"


def test_two_annotations_an_exemplar(tmp_path: Path) -> None:
    exemplars = read_exemplars(write_exemplars(tmp_path))
    dutch, english = as_annotations(exemplars)
    assert (dutch.id, dutch.lang, dutch.text) == ("11.2-01-nl", "nl", EXEMPLAR["nl"])
    assert (english.lang, english.text, english.doc) == ("en", EXEMPLAR["en"], DOC)
    assert english.targets == ("11.2",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"targets": ["11.9"]}, "there is no target"),
        ({"voice": "speech"}, "voice"),
        ({"nl": " "}, "must be texts"),
        ({"commitment": 7}, "commitment"),
        ({}, "occurs twice"),
    ],
)
def test_faults_name_the_line(tmp_path: Path, change: dict[str, object], message: str) -> None:
    path = write_exemplars(tmp_path) / "goal-11.jsonl"
    other = {**EXEMPLAR, "id": "11.2-02", **change} if change else EXEMPLAR
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(other))
    with pytest.raises(InputError, match=f"line 2: .*{message}"):
        read_exemplars(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no exemplars"):
        read_exemplars(tmp_path)


def test_committed_ones_cover_every_target() -> None:
    exemplars = read_exemplars(COMMITTED)
    counts = Counter(one.targets[0] for one in exemplars if one.targets)
    for target in load_framework().targets:
        least = 5 if target.relevance is Relevance.NONE else 12
        assert counts[target.code] >= least, target.code
    for lang in ("nl", "en"):
        texts = [getattr(one, lang) for one in exemplars]
        assert len(set(texts)) == len(texts)
        named = [t for t in texts if any(m.kind == "sdg" for m in find_mentions(t, lang))]
        assert not named
