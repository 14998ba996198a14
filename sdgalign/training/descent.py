"""One step of gradient descent, the same wherever torch learns here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

_LONGEST_STEP = 5.0


def descent(
    optimizer: torch.optim.Optimizer,
    bounded: Iterable[torch.nn.Parameter],
    *,
    steps: int,
    warming: float,
) -> Callable[[torch.Tensor], None]:
    """Return what takes one step for a loss, at a rate that rises once and then falls.

    Args:
        optimizer: Its rates are the highest ones.
        bounded: Parameters whose gradient is cut to length 5, so that no odd batch spoils them.
        steps: That will be taken at the most.
        warming: Share of them in which the rate rises.
    """
    import torch

    parameters = list(bounded)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=[group["lr"] for group in optimizer.param_groups],
        total_steps=steps,
        pct_start=warming,
    )

    def learn(loss: torch.Tensor) -> None:
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(parameters, _LONGEST_STEP)
        optimizer.step()
        schedule.step()

    return learn
