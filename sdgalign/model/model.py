"""The model as others use it: load, classify, save."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sdgalign.errors import InputError, ModelError
from sdgalign.model import storage
from sdgalign.model.calibration import Calibration, Softmax
from sdgalign.model.classification import Basis, Classification
from sdgalign.model.encoder import (
    Encoder,
    SentenceTransformerEncoder,
    StaticEncoder,
    TunedEncoder,
)
from sdgalign.model.explain import CarryingWords, ExemplarIndex, Reason
from sdgalign.model.features import TfidfBlock
from sdgalign.model.featurizer import Features, Featurizer
from sdgalign.model.heads import LinearHead, MeaningNetwork
from sdgalign.model.predictor import GOALS, Layout, Predictor, Probabilities

if TYPE_CHECKING:
    from sdgalign.model.storage import Arrays

_BATCH = 512
_GOAL_CODES = tuple(str(number) for number in range(1, GOALS + 1))


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a model is and what it learnt from."""

    id: str
    version: str
    languages: tuple[str, ...]
    trained_on: dict[str, int]
    """Number of segments per kind of text (``plan-nl``, ``prose-nl``, ``prose-en``)."""
    examples: dict[str, int]
    """Number of training segments per target code, those without any left out."""
    exemplars: dict[str, int] = field(default_factory=dict)
    """Number of written exemplars per target code, likewise."""
    minimum_examples: int = 10
    """Training segments that a target needs to count as assessed."""
    encoder: str = ""
    """Name of the encoder; empty when there is none."""
    digest: str = field(default="", compare=False)
    """sha256 over the files of the folder; empty for a model not saved yet."""


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """Classifies texts against the 17 goals and 169 targets."""

    info: ModelInfo
    featurizer: Featurizer
    predictor: Predictor
    exemplars: ExemplarIndex | None = None
    """Written sentences to explain matches with; None when the model has no encoder."""

    @property
    def target_codes(self) -> tuple[str, ...]:
        """All targets, UN order."""
        return self.predictor.layout.codes

    @property
    def basis(self) -> dict[str, Basis]:
        """How every target is judged."""
        trained = set(self.predictor.layout.trained)
        found: dict[str, Basis] = {}
        for position, code in enumerate(self.target_codes):
            real = self.info.examples.get(code, 0) >= self.info.minimum_examples
            headed: Basis = "classifier" if real else "exemplars"
            found[code] = headed if position in trained else "description"
        return found

    @property
    def assessed_targets(self) -> tuple[str, ...]:
        """The targets with a head that learnt from enough real segments."""
        return tuple(code for code, basis in self.basis.items() if basis == "classifier")

    def classify(
        self,
        texts: Sequence[str],
        *,
        contexts: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Classification]:
        """Classify texts; each gets the result that it would get alone.

        Args:
            texts: Segments of a policy document.
            contexts: The headings, or objective and action plan, above each; none when None.
            ids: Ids to put in the results; the position from 0 when None.

        Raises:
            InputError: When the lists differ in length.
        """
        above = list(contexts) if contexts is not None else [""] * len(texts)
        names = list(ids) if ids is not None else [str(i) for i in range(len(texts))]
        if not len(texts) == len(above) == len(names):
            raise InputError(
                f"{len(texts)} texts, {len(above)} contexts and {len(names)} ids: "
                "there must be one of each per text."
            )
        results: list[Classification] = []
        for start in range(0, len(texts), _BATCH):
            part = slice(start, start + _BATCH)
            results += self._classify(list(texts[part]), above[part], names[part])
        return results

    def _classify(
        self, texts: list[str], contexts: list[str], ids: list[str]
    ) -> list[Classification]:
        features = self.featurizer.transform(texts, contexts)
        found = self.predictor.probabilities(self.predictor.scores(features))
        for row, text in enumerate(texts):
            if not any(c.isalpha() for c in text):
                _silence(found, row)
        targets, goals = self.predictor.decide(found)
        results = []
        for row, name in enumerate(ids):
            target_p = dict(zip(self.target_codes, found.targets[row].tolist(), strict=True))
            goal_p = dict(zip(_GOAL_CODES, found.goals[row].tolist(), strict=True))
            c = found.commitment[row].tolist()
            predicted = _ranked(target_p, targets[row].tolist())
            results.append(
                Classification(
                    id=name,
                    goals=goal_p,
                    targets=target_p,
                    goals_predicted=_ranked(goal_p, goals[row].tolist()),
                    targets_predicted=predicted,
                    none=float(found.none[row]),
                    commitment=c.index(max(c)),
                    commitment_probabilities=(c[0], c[1], c[2], c[3]),
                    against=float(found.against[row]),
                    against_predicted=bool(
                        predicted and found.against[row] >= self.predictor.against_threshold
                    ),
                    reasons=self._reasons(texts[row], features, row, predicted),
                )
            )
        return results

    def _reasons(
        self, text: str, features: Features, row: int, codes: Sequence[str]
    ) -> dict[str, Reason]:
        if not codes:
            return {}
        words = CarryingWords.of(text, self.featurizer, features, row)
        output = {position: i for i, position in enumerate(self.predictor.layout.trained)}
        found: dict[str, Reason] = {}
        for code in codes:
            column = output.get(self.target_codes.index(code))
            spans = () if column is None else words.strongest(self.predictor.linear, column)
            near = self.exemplars.nearest(features.meaning[row], code) if self.exemplars else None
            found[code] = Reason(spans, *near) if near else Reason(spans)
        return found

    def save(self, path: Path) -> AlignmentModel:
        """Write the model folder and return the model with its digest.

        Raises:
            ModelError: When the encoder has no folder to copy and no name to note.
        """
        predictor, featurizer = self.predictor, self.featurizer
        vectors, rows = featurizer.descriptions
        arrays: Arrays = {
            **predictor.linear.to_arrays("linear"),
            **(predictor.network.to_arrays("network") if predictor.network else {}),
            **predictor.stance_head.to_arrays("stance_head"),
            **predictor.targets.to_arrays("targets"),
            **predictor.descriptions.to_arrays("descriptions"),
            **predictor.goals.to_arrays("goals"),
            **predictor.none.to_arrays("none"),
            **predictor.commitment.to_arrays("commitment"),
            **predictor.against.to_arrays("against"),
            "target_thresholds": predictor.target_thresholds,
            "goal_thresholds": predictor.goal_thresholds,
            "none_limits": np.array(predictor.none_limits),
            "against_threshold": np.array([predictor.against_threshold]),
            "description_vectors": vectors.astype(np.float16),
            "description_data": rows.data,
            "description_indices": rows.indices.astype(np.int32),
            "description_indptr": rows.indptr.astype(np.int32),
            **{f"idf.{name}": block.idf for name, block in featurizer.blocks.items()},
        }
        config: dict[str, Any] = asdict(self.info)
        del config["digest"]
        config["codes"] = list(self.target_codes)
        config["trained"] = [self.target_codes[i] for i in predictor.layout.trained]
        config["encoder_kind"] = _write_encoder(featurizer, path)
        vocabulary = {
            name: {"kind": block.kind, "terms": list(block.terms)}
            for name, block in featurizer.blocks.items()
        }
        if self.exemplars is not None:
            arrays |= self.exemplars.to_arrays()
            config["exemplar_sentences"] = self.exemplars.to_rows()
        storage.write(path, config, vocabulary, arrays)
        return AlignmentModel.load(path)

    @classmethod
    def load(cls, path: Path) -> AlignmentModel:
        """Read a model folder.

        Raises:
            ModelError: When it is missing, incomplete, damaged or of a newer format.
        """
        config, vocabulary, arrays = storage.read(path)
        try:
            info = ModelInfo(
                id=config["id"],
                version=config["version"],
                languages=tuple(config["languages"]),
                trained_on=dict(config["trained_on"]),
                examples=dict(config["examples"]),
                exemplars=dict(config["exemplars"]),
                minimum_examples=int(config["minimum_examples"]),
                encoder=config["encoder"],
                digest=storage.digest(path),
            )
            featurizer = _featurizer(config, vocabulary, arrays, path)
            index = None
            if "exemplar_sentences" in config:
                index = ExemplarIndex.from_parts(config["exemplar_sentences"], arrays)
            return cls(info, featurizer, _predictor(config, arrays), index)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ModelError(f"{path}: the model folder is incomplete ({error!r}).") from error


def load_model(path: Path | None = None) -> AlignmentModel:
    """Load a model folder, or the model shipped with sdgalign.

    Raises:
        ModelError: When it cannot be loaded.
    """
    return AlignmentModel.load(path if path is not None else default_model_path())


def default_model_path() -> Path:
    """Return the folder of the shipped model: in the package, else beside it in the repository."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_default_model"
    return installed if installed.is_dir() else package.parent / "models" / "default"


def _silence(found: Probabilities, row: int) -> None:
    found.targets[row] = 0.0
    found.goals[row] = 0.0
    found.none[row] = 1.0
    found.commitment[row] = (1.0, 0.0, 0.0, 0.0)
    found.against[row] = 0.0


def _ranked(probabilities: dict[str, float], chosen: list[bool]) -> tuple[str, ...]:
    codes = [code for code, yes in zip(probabilities, chosen, strict=True) if yes]
    return tuple(sorted(codes, key=lambda code: -probabilities[code]))


def _write_encoder(featurizer: Featurizer, path: Path) -> str:
    encoder = featurizer.encoder
    if encoder is None:
        return "none"
    if isinstance(encoder, SentenceTransformerEncoder):
        return "sentence-transformers"
    if not isinstance(encoder, StaticEncoder | TunedEncoder):
        raise ModelError(f"{encoder.name}: encoders of this type cannot be saved.")
    target = path / storage.ENCODER
    if encoder.path.resolve() != target.resolve():
        shutil.rmtree(target, ignore_errors=True)
        # The tuned heads become part of the model's own weights.
        shutil.copytree(encoder.path, target, ignore=shutil.ignore_patterns(TunedEncoder.HEADS))
    return "static" if isinstance(encoder, StaticEncoder) else "tuned"


def _featurizer(
    config: dict[str, Any], vocabulary: dict[str, Any], arrays: Arrays, path: Path
) -> Featurizer:
    from scipy.sparse import csr_matrix

    blocks = {}
    for name, part in vocabulary.items():
        terms = {term: i for i, term in enumerate(part["terms"])}
        idf = arrays[f"idf.{name}"].astype(np.float32)
        if len(terms) != len(idf):
            raise ValueError(f"{len(terms)} terms but {len(idf)} weights in {name}")
        blocks[name] = TfidfBlock(part["kind"], terms, idf)
    kind = config["encoder_kind"]
    encoder: Encoder | None = None
    if kind == "static":
        encoder = StaticEncoder(path / storage.ENCODER)
    elif kind == "tuned":
        encoder = TunedEncoder(path / storage.ENCODER)
    elif kind == "sentence-transformers":
        encoder = SentenceTransformerEncoder(config["encoder"])
    parts = (arrays[f"description_{name}"] for name in ("data", "indices", "indptr"))
    shape = (len(config["codes"]), len(blocks["char"].idf))
    rows = csr_matrix(tuple(parts), shape=shape)
    return Featurizer(blocks, encoder, (arrays["description_vectors"].astype(np.float32), rows))


def _predictor(config: dict[str, Any], arrays: Arrays) -> Predictor:
    codes = tuple(config["codes"])
    position = {code: i for i, code in enumerate(codes)}
    layout = Layout(codes, tuple(position[code] for code in config["trained"]))
    has_network = "network.hidden" in arrays
    return Predictor(
        layout=layout,
        linear=LinearHead.from_arrays(arrays, "linear"),
        network=MeaningNetwork.from_arrays(arrays, "network") if has_network else None,
        stance_head=LinearHead.from_arrays(arrays, "stance_head"),
        targets=Calibration.from_arrays(arrays, "targets"),
        descriptions=Calibration.from_arrays(arrays, "descriptions"),
        goals=Calibration.from_arrays(arrays, "goals"),
        none=Calibration.from_arrays(arrays, "none"),
        commitment=Softmax.from_arrays(arrays, "commitment"),
        against=Calibration.from_arrays(arrays, "against"),
        target_thresholds=arrays["target_thresholds"].astype(np.float64),
        goal_thresholds=arrays["goal_thresholds"].astype(np.float64),
        # The first models of this format had no threshold of their own.
        against_threshold=float(arrays.get("against_threshold", np.array([0.5]))[0]),
        none_limits=(float(arrays["none_limits"][0]), float(arrays["none_limits"][1])),
    )
