from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import random as random_matrix

from sdgalign.training.fit import solve_dual


@pytest.mark.parametrize("texts", [3, 400])
def test_conjugate_gradients_give_what_a_direct_solver_gives(texts: int) -> None:
    rng = np.random.default_rng(3)
    rows = random_matrix(texts, 900, 0.05, format="csr", dtype=np.float32, random_state=rng)
    rows.data += 1.0  # a large common direction, as words that stand in every text make
    wanted = rng.normal(size=(texts, 5)).astype(np.float32)
    found = solve_dual(rows, wanted, 0.4, precise=1e-4)
    kernel = (rows @ rows.T).toarray() + 0.4 * np.eye(texts)
    exact = np.linalg.solve(kernel, wanted)
    assert np.linalg.norm(found - exact) < 1e-2 * np.linalg.norm(exact)


def test_a_column_of_zeros_needs_nothing() -> None:
    rows = random_matrix(20, 30, 0.3, format="csr", dtype=np.float32, random_state=1)
    wanted = np.zeros((20, 2), dtype=np.float32)
    wanted[:, 1] = 1.0
    found = solve_dual(rows, wanted, 1.0)
    assert not found[:, 0].any()
    assert np.isfinite(found).all()
