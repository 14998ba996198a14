"""Training and evaluation: annotations in, a model folder and its figures out."""

from sdgalign.training.annotations import Annotation, read_annotations
from sdgalign.training.evaluate import EvaluationReport, evaluate
from sdgalign.training.fit import Settings
from sdgalign.training.splits import Splits, make_splits
from sdgalign.training.train import TrainingReport, train
from sdgalign.training.write import write_evaluation

__all__ = [
    "Annotation",
    "EvaluationReport",
    "Settings",
    "Splits",
    "TrainingReport",
    "evaluate",
    "make_splits",
    "read_annotations",
    "train",
    "write_evaluation",
]
