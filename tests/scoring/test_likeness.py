"""Which passages promise the same thing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sdgalign.scoring.likeness import likeness


@dataclass(frozen=True)
class Passage:
    text: str
    targets: dict[str, float] = field(default_factory=dict)


def alike(first: list[Passage], second: list[Passage], angle: float = 0.5) -> np.ndarray:
    """Compare passages whose meanings are all equally near."""
    one = np.array([[1.0, 0.0]] * len(first), dtype=np.float32)
    other = np.array([[angle, (1 - angle**2) ** 0.5]] * len(second), dtype=np.float32)
    return likeness(first, second, (one, other))


PLAN = [
    Passage("De trage wegen van de Kouter worden hersteld."),
    Passage("Elke school krijgt een warme maaltijd."),
    Passage("De belasting op leegstand gaat omhoog."),
    Passage("Het zwembad blijft open op zondag."),
]


def test_shared_rare_words_make_a_counterpart_stand_out() -> None:
    wish = [
        Passage("We herstellen de trage wegen rond de Kouter."),
        Passage("Cultuur voor iedereen."),
    ]
    found = alike(wish, PLAN)
    assert found[0].argmax() == 0
    assert found[0, 0] > 0.5
    assert found[0, 1:].max() < 0.2
    assert found[1].max() < 0.4


def test_a_passage_that_is_like_all_others_is_no_counterpart() -> None:
    same = [Passage(f"We bouwen woningen in wijk {name}.") for name in "ABCDEFG"]
    alone = [Passage("We bouwen woningen in het dorp."), Passage("De kermis blijft.")]
    crowded = alike(alone, same)[0].max()
    single = alike(alone, [same[0], *PLAN])[0, 0]
    assert crowded < single


def test_shared_targets_bring_passages_nearer() -> None:
    first = [Passage("Meer groen.", {"11.7": 0.9}), Passage("Iets anders.")]
    with_target = [Passage("Parken en bomen.", {"11.7": 0.9}), Passage("Wegen.")]
    without = [Passage("Parken en bomen."), Passage("Wegen.")]
    assert alike(first, with_target)[0, 0] > alike(first, without)[0, 0]


def test_documents_without_words_or_passages_are_alike_in_nothing() -> None:
    assert alike([], PLAN).shape == (0, 4)
    assert alike([Passage("–"), Passage("…")], [Passage("·")], 0.0).max() < 0.1
