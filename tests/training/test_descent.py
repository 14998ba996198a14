"""Steps of gradient descent."""

from __future__ import annotations

import pytest

from sdgalign.training.descent import descent

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_steps_find_the_least_loss_and_their_rate_rises_and_falls():
    place = torch.nn.Parameter(torch.tensor([4.0, -2.0]))
    optimizer = torch.optim.AdamW([place], lr=0.4, weight_decay=0.0)
    learn = descent(optimizer, [place], steps=201, warming=0.1)
    rates = []
    for _ in range(200):
        rates.append(optimizer.param_groups[0]["lr"])
        learn((place**2).sum())
    assert place.detach().abs().max() < 0.1
    assert rates[0] < max(rates) > rates[-1]
    assert rates.index(max(rates)) < 40


def test_an_odd_batch_moves_little():
    place = torch.nn.Parameter(torch.tensor([1.0]))
    learn = descent(torch.optim.SGD([place], lr=0.1), [place], steps=10, warming=0.5)
    learn(1e6 * place.sum())
    assert 1.0 - place.item() <= 5.0 * 0.1
