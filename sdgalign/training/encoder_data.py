"""What the encoders learn from, read from the files that they were trained on."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from sdgalign.model.encoder import Encoder
from sdgalign.training.exemplars import Exemplar
from sdgalign.training.static_encoder import EncoderData
from sdgalign.training.student import DistillationData

_NEAR = ("esco", "tatoeba", "sick", "stsb_mt", "minvws_covid", "mozilla_www", "osm")
"""Parts of the parallel corpus with everyday or policy language; software is sampled."""
_TAUGHT = 14_000
_SOFTWARE = 60_000
_LONG = 250
"""Characters of a context that is a text by itself."""
_SHORT = 15


def read_encoder_data(
    segments: Sequence[Path],
    parallel: Path,
    dictionary: Path,
    *,
    leave_out: Sequence[str],
    teacher: Encoder | None = None,
    seed: int = 0,
) -> EncoderData:
    """Read policy segments, parallel sentences and a dictionary.

    Args:
        segments: JSON lines (``.gz`` or not) with ``doc``, ``lang``, ``context`` and ``text``.
        parallel: Tab-separated and compressed: source, how translated, Dutch, English.
        dictionary: Likewise: Dutch, English.
        leave_out: Documents of the test split.
        teacher: English encoder to imitate.
        seed: Of the samples.
    """
    rng = random.Random(seed)
    unseen = frozenset(leave_out)
    rows = [row for path in segments for row in _json_rows(path) if row["doc"] not in unseen]
    near: list[tuple[str, str]] = []
    software: list[tuple[str, str]] = []
    taught: list[tuple[str, str]] = []
    for source, _, dutch, english in _tab_rows(parallel, 4):
        if len(dutch) < 400:
            (near if source in _NEAR else software).append((dutch, english))
            if source in _NEAR and 8 < len(english) < 160:
                taught.append((dutch, english))
    pairs = near + rng.sample(software, min(_SOFTWARE, len(software)))
    pairs += [(a, b) for a, b in _tab_rows(dictionary, 2) if len(a) < 40 and len(b) < 60]
    rng.shuffle(taught)
    english_texts = [row["text"] for row in rows if row["lang"] == "en"]
    known = [(text, text) for text in english_texts] + taught[:_TAUGHT]
    sample = rng.sample(pairs, min(_SOFTWARE, len(pairs)))
    vocabulary = [row["text"] for row in rows] + english_texts * 4
    vocabulary += [text for pair in sample for text in pair]
    return EncoderData(
        parallel=pairs,
        related=list(_related(rows)),
        taught=known if teacher else (),
        teacher=teacher.encode([english for _, english in known]) if teacher else None,
        vocabulary=vocabulary,
    )


def read_distillation_data(
    segments: Sequence[Path],
    parallel: Path,
    dictionary: Path,
    exemplars: Sequence[Exemplar],
    *,
    leave_out: Sequence[str],
    seed: int = 0,
) -> DistillationData:
    """Read what a student learns from.

    Args:
        segments: JSON lines (``.gz`` or not) with ``doc``, ``lang``, ``context`` and ``text``.
        parallel: Tab-separated and compressed: source, how translated, Dutch, English.
        dictionary: Likewise: Dutch, English.
        exemplars: Written in both languages.
        leave_out: Documents of the test split.
        seed: Of the samples.
    """
    rng = random.Random(seed)
    unseen = frozenset(leave_out)
    rows = [row for path in segments for row in _json_rows(path) if row["doc"] not in unseen]
    near, software = _parallel(parallel, longest=300)
    words = [(a, b) for a, b in _tab_rows(dictionary, 2) if len(a) < 40 and len(b) < 60]
    pairs = near + rng.sample(software, min(8_000, len(software)))
    pairs += rng.sample(words, min(12_000, len(words)))
    pairs += [(one.nl, one.en) for one in exemplars] * 2
    related = list(_related(rows))
    return DistillationData(
        parallel=pairs,
        english=[row["text"] for row in rows if row["lang"] == "en"],
        related=rng.sample(related, min(2_600, len(related))),
    )


def read_practice_texts(
    segments: Sequence[Path], exemplars: Sequence[Exemplar], *, leave_out: Sequence[str]
) -> list[str]:
    """Return policy texts to practise reading on, each once; an action with what is above it.

    Args:
        segments: JSON lines (``.gz`` or not) with ``doc``, ``context`` and ``text``.
        exemplars: Written in both languages.
        leave_out: Documents of the test split.
    """
    unseen = frozenset(leave_out)
    rows = [row for path in segments for row in _json_rows(path) if row["doc"] not in unseen]
    texts = [
        f"{row['context']} {row['text']}" if 0 < len(row["context"]) < _LONG else row["text"]
        for row in rows
    ]
    texts += [text for one in exemplars for text in (one.nl, one.en)]
    texts += sorted({row["context"] for row in rows if len(row["context"]) >= _LONG})
    return list(dict.fromkeys(texts))


def read_lessons(
    segments: Sequence[Path],
    parallel: Path,
    exemplars: Sequence[Exemplar],
    *,
    leave_out: Sequence[str],
) -> list[tuple[str, str]]:
    """Return pairs for distillation between the practice: everyday, written and English ones.

    Args:
        segments: As for :func:`read_practice_texts`, with ``lang``.
        parallel: Tab-separated and compressed: source, how translated, Dutch, English.
        exemplars: Written in both languages.
        leave_out: Documents of the test split.
    """
    unseen = frozenset(leave_out)
    near = [(a, b) for a, b in _parallel(parallel, longest=300)[0] if len(a) > _SHORT]
    rows = (row for path in segments for row in _json_rows(path) if row["doc"] not in unseen)
    english = [(row["text"], row["text"]) for row in rows if row["lang"] == "en"]
    return near + [(one.nl, one.en) for one in exemplars] * 3 + english


def read_translations(
    parallel: Path, exemplars: Sequence[Exemplar], *, seed: int = 0
) -> list[tuple[str, str]]:
    """Return Dutch and English sentences that keep both languages together while tuning."""
    near = [(a, b) for a, b in _parallel(parallel, longest=200)[0] if len(a) > 20]
    sample = random.Random(seed).sample(near, min(12_000, len(near)))
    return [(one.nl, one.en) for one in exemplars] * 3 + sample


def _parallel(path: Path, longest: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    near: list[tuple[str, str]] = []
    software: list[tuple[str, str]] = []
    for source, _, dutch, english in _tab_rows(path, 4):
        if len(dutch) < longest and len(english) < longest:
            (near if source in _NEAR else software).append((dutch, english))
    return near, software


def _related(rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row["context"] and len(row["text"]) > 12:
            yield row["context"], row["text"]
        words = row["text"].split()
        if len(words) >= 12:
            half = len(words) // 2
            yield " ".join(words[:half]), " ".join(words[half:])


def _json_rows(path: Path) -> Iterator[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _tab_rows(path: Path, columns: int) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if len(row) == columns:
                yield row
