"""The classifier: texts in, calibrated probabilities per goal, target and commitment out."""

from sdgalign.model.classification import Basis, Classification
from sdgalign.model.encoder import (
    Encoder,
    SentenceTransformerEncoder,
    StaticEncoder,
    TunedEncoder,
    load_encoder,
)
from sdgalign.model.explain import Reason
from sdgalign.model.model import AlignmentModel, ModelInfo, default_model_path, load_model

__all__ = [
    "AlignmentModel",
    "Basis",
    "Classification",
    "Encoder",
    "ModelInfo",
    "Reason",
    "SentenceTransformerEncoder",
    "StaticEncoder",
    "TunedEncoder",
    "default_model_path",
    "load_encoder",
    "load_model",
]
