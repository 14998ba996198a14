"""Small hand-written report payloads for tests: invented places, promises and targets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

Payload = dict[str, Any]

NUMBERED = (5, 5, 9, 7, 6, 6, 3, 10, 5, 7, 7, 8, 3, 7, 9, 10, 19)
LETTERED = (2, 3, 4, 3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 0)
COLORS = (
    "#E5243B #DDA63A #4C9F38 #C5192D #FF3A21 #26BDE2 #FCC30B #A21942 #FD6925 "
    "#DD1367 #FD9D24 #BF8B2E #3F7E44 #0A97D9 #56C02B #00689D #19486A"
).split()
STATUS_OF = ("mention", "ambition", "action", "measurable")

SEGMENTS: Sequence[tuple[str, int, Sequence[str], Sequence[str]]] = (
    (
        "We leggen 14 kilometer fietspad aan tegen 2029, te beginnen met de Molenweg.",
        4,
        ["14 kilometer"],
        ["2029"],
    ),
    ("Elke school krijgt een veilige fietsroute.", 5, [], []),
    ("In de Kouterwijk bouwen we een nieuw buurthuis met een sociaal restaurant.", 6, [], []),
    ("We hebben aandacht voor wie het moeilijk heeft.", 6, [], []),
    ("Vorig jaar stond de Kleine Beek drie keer buiten haar oevers.", 8, [], []),
    ("Wie oud is, moet zich thuis voelen in Zandvliert.", 9, [], []),
    ("De toelage voor de sociale werkplaats schrappen we.", 10, [], []),
)

AGAINST = 6
"""Segment that is taken to move against the target it addresses."""

MATCHES: Sequence[tuple[int, str, float, int]] = (
    (0, "11.2", 0.97, 3),
    (1, "11.2", 0.83, 1),
    (1, "3.6", 0.62, 1),
    (2, "2.1", 0.91, 2),
    (2, "10.2", 0.58, 2),
    (3, "1.2", 0.71, 1),
    (4, "13.1", 0.88, 0),
    (2, "17.3", 0.41, 2),
    (5, "16.8", 0.66, 0),
    (6, "8.5", 0.72, 2),
)


CARRIED: dict[tuple[int, str], tuple[Sequence[str], float]] = {
    (0, "11.2"): (("kilometer", "fietspad"), 0.71),
    (1, "11.2"): (("fietsroute",), 0.44),
    (1, "3.6"): ((), 0.58),
    (2, "2.1"): (("sociaal", "restaurant"), 0.63),
}
"""Per segment and target: the words that carried the match, and its likeness with the example."""


def relevance(number: int, lettered: bool) -> str:
    """Return an invented relevance: the first targets of a goal are local, the last are not."""
    if lettered:
        return "none"
    return "core" if number <= 2 else "shared" if number <= 6 else "none"


def target(goal: int, rest: str, number: int) -> Payload:
    """Return one target that the document does not address."""
    code, lettered = f"{goal}.{rest}", rest.isalpha()
    kind = relevance(number, lettered)
    status = "not_assessed" if goal in (14, 17) else "absent"
    return {
        "code": code,
        "goal": str(goal),
        "uri": f"http://metadata.un.org/sdg/{code}",
        "title": {"nl": f"Titel van {code}", "en": f"Title of {code}"},
        "description": {"nl": f"Omschrijving van {code}.", "en": f"Description of {code}."},
        "relevance": kind,
        "reason": {"nl": f"Reden van {code}.", "en": f"Reason for {code}."},
        "status": status,
        "basis": "description" if goal in (14, 17) else "classifier",
        "gap": False,
        "levels": [1.0, 0.0, 0.0, 0.0, 0.0],
        "evidence": [],
        "against": [],
    }


def targets() -> list[Payload]:
    """Return the 169 targets in UN order."""
    found = []
    for goal, (numbers, letters) in enumerate(zip(NUMBERED, LETTERED, strict=True), 1):
        rests = [str(n) for n in range(1, numbers + 1)] + list("abcd"[:letters])
        found += [target(goal, rest, number) for number, rest in enumerate(rests, 1)]
    return found


def segment(index: int, text: str, page: int, quantities: Any = (), dates: Any = ()) -> Payload:
    """Return one classified paragraph."""
    return {
        "id": f"s{index + 1:05}",
        "kind": "paragraph",
        "text": text,
        "start": 0,
        "end": len(text),
        "pages": [page] if index % 5 else [page, page + 1],
        "boxes": [[page, 70, 80, 500, 110]],
        "heading_path": ["Zandvliert beweegt", f"Hoofdstuk {page}"],
        "language": "nl",
        "classification": {
            "goals": {},
            "targets": {},
            "goals_predicted": [],
            "targets_predicted": [],
            "none": 0.1,
            "commitment": 1,
            "commitment_probabilities": [0.1, 0.6, 0.2, 0.1],
        },
        "quantities": list(quantities),
        "dates": list(dates),
    }


def counts(entry: Payload) -> bool:
    """Return whether a target counts in the score."""
    return bool(entry["relevance"] != "none" and entry["basis"] == "classifier")


def build(segments: list[Payload], matches: list[Payload], **document: Any) -> Payload:
    """Put a payload together whose parts agree with each other."""
    entries = targets()
    for entry in entries:
        mine = [i for i, match in enumerate(matches) if match["target"] == entry["code"]]
        mine.sort(key=lambda i: (-matches[i]["commitment"], -matches[i]["probability"]))
        entry["evidence"] = [i for i in mine if not matches[i].get("against_predicted")]
        entry["against"] = [i for i in mine if matches[i].get("against_predicted")]
        if entry["evidence"]:
            entry["status"] = STATUS_OF[matches[entry["evidence"][0]]["commitment"]]
        elif entry["against"]:
            entry["status"] = "mention"
        entry["gap"] = counts(entry) and entry["status"] in ("absent", "mention")
    local = [entry for entry in entries if entry["relevance"] != "none"]
    gaps = [gap(e, matches) for e in local if e["gap"]]
    gaps.sort(key=lambda g: (not g["priority"], g["relevance"] != "core", g["status"] != "absent"))
    statuses = [entry["status"] for entry in local]
    counting = [entry for entry in entries if counts(entry)]
    return {
        "schema_version": "1.2",
        "tool": {"name": "sdgalign", "version": "0.1.0"},
        "created": "2025-03-09T08:30:00+00:00",
        "model": {"id": "test-1", "digest": "ab" * 32},
        "settings": {"kind": "manifesto", "language": "nl"},
        "document": {
            "name": "zandvliert 2025.pdf",
            "title": "Zandvliert beweegt",
            "sha256": "cd" * 32,
            "pages": 24,
            "words": 1234,
            "language": "nl",
            "kind": "manifesto",
            **document,
        },
        "summary": {
            "score": 31.5,
            "score_low": 26.2,
            "score_high": 36.9,
            "segments": len(segments),
            "segments_classified": len(segments),
            "segments_matched": len({match["segment"] for match in matches}),
            "coverage": len([e for e in counting if e["status"] in STATUS_OF[1:]]) / len(counting),
            "depth": 0.61,
            "balance": 0.57,
            "words_without_target": 0.38,
            "targets_relevant": len(local),
            "targets_by_status": {status: statuses.count(status) for status in set(statuses)},
            "gaps": [each["target"] for each in gaps],
        },
        "goals": [goal(code, entries, matches) for code in range(1, 18)],
        "targets": entries,
        "matches": matches,
        "gaps": gaps,
        "mentions": [],
        "claims": [claim(code, entries, []) for code in range(1, 18)],
        "plan": None,
        "segments": segments,
        "warnings": [],
    }


def gap(entry: Payload, matches: list[Payload]) -> Payload:
    """Return the gap that a target leaves: one action, one indicator, its first quote if any."""
    code, evidence = entry["code"], entry["evidence"]
    first = matches[evidence[0]] if evidence else None
    return {
        "target": code,
        "relevance": entry["relevance"],
        "status": entry["status"],
        "priority": code == "4.1",
        "reference": None,
        "peers": None,
        "nearest": first and {"segment": first["segment"], "probability": first["probability"]},
        "actions": [{"nl": f"Actie voor {code}.", "en": f"Action for {code}."}],
        "indicators": [
            {
                "nl": f"Aantal bij {code}",
                "en": f"Number for {code}",
                "source": {"nl": "eigen telling", "en": "own count"},
            }
        ],
    }


def claim(number: int, entries: list[Payload], mentions: list[Payload]) -> Payload:
    """Return how a goal is named and taken up."""
    named = sum(
        code.partition(".")[0] == str(number) for mention in mentions for code in mention["codes"]
    )
    covered = sum(
        e["goal"] == str(number) and e["status"] in ("measurable", "action", "ambition")
        for e in entries
    )
    verdict = {
        (True, True): "both",
        (True, False): "claimed_only",
        (False, True): "supported_only",
        (False, False): "neither",
    }[named > 0, covered > 0]
    return {
        "goal": str(number),
        "mentions": named,
        "targets_covered": covered,
        "verdict": verdict,
    }


def goal(number: int, entries: list[Payload], matches: list[Payload]) -> Payload:
    """Return a goal with figures that follow from its targets."""
    mine = [entry for entry in entries if entry["goal"] == str(number)]
    assessed = [e for e in mine if counts(e)]
    covered = [e for e in assessed if e["status"] in ("measurable", "action", "ambition")]
    indices = [i for i, match in enumerate(matches) if match["target"].split(".")[0] == str(number)]
    coverage = len(covered) / len(assessed) if assessed else None
    score = None if coverage is None else round(90 * coverage, 1)
    statuses = [e["status"] for e in assessed]
    return {
        "code": str(number),
        "uri": f"http://metadata.un.org/sdg/{number}",
        "title": {"nl": f"Doel {number}", "en": f"Goal {number}"},
        "color": COLORS[number - 1],
        "score": score,
        "score_low": None if score is None else score * 0.8,
        "score_high": None if score is None else score * 1.1,
        "coverage": coverage,
        "depth": 0.5 if covered else None,
        "by_status": {status: statuses.count(status) for status in sorted(set(statuses))},
        "attention": min(1.0, len(indices) / max(1, 2 * len(matches))),
        "targets_scored": len(assessed),
        "targets_covered": len(covered),
        "segments_matched": len({matches[i]["segment"] for i in indices}),
        "strongest": indices[0] if indices else None,
        "gaps": [entry["code"] for entry in mine if entry["gap"]],
    }


def plan() -> Payload:
    """Return a plan of three actions: one for two targets, one for none, one without amount."""

    def action(code: str, title: str, euro: float | None, *targets: str) -> Payload:
        return {
            "objective": {"code": "BD-1", "title": "Zandvliert fietst", "text": ""},
            "action_plan": {"code": "AP-1.1", "title": "Fietspaden", "text": ""},
            "code": code,
            "title": title,
            "text": "",
            "pages": [7],
            "total": euro,
            "years": {} if euro is None else {"2026": euro},
            "targets": [
                {
                    "code": each,
                    "sdg": "SDG{:02}{:02}".format(*map(int, each.split("."))),
                    "probability": 0.8,
                }
                for each in targets
            ],
            "probabilities": {**dict.fromkeys(targets, 0.8), "9.1": 0.3},
            "goals": sorted({each.split(".")[0] for each in targets}),
            "none": 0.1,
            "commitment": 2,
        }

    spent = {
        "total": 120_000.0,
        "without_target": 30_000.0,
        "by_goal": {"3": 45_000.0, "11": 45_000.0},
        "by_target": {"3.6": 45_000.0, "11.2": 45_000.0},
    }
    return {
        "municipality": "Zandvliert",
        "nis_code": "",
        "actions": [
            action("AC-1", "Aanleg fietspad Molenweg", 90_000.0, "3.6", "11.2"),
            action("AC-2", "Vernieuwing website", 30_000.0),
            action("AC-3", "Fietslessen", None, "4.7"),
        ],
        "budget": {"actions": 3, "actions_without_amount": 1, **spent, "years": {"2026": spent}},
    }


def reason(text: str, code: str, words: Sequence[str], likeness: float) -> Payload:
    """Return why a text was matched: words that occur in it, and an example sentence."""
    spans = sorted([text.index(word), text.index(word) + len(word)] for word in words)
    return {
        "words": [text[start:end] for start, end in spans],
        "spans": spans,
        "nearest": {"id": f"{code}-01", "nl": f"Voorbeeld bij {code}", "en": f"Example of {code}"},
        "likeness": likeness,
    }


def match(
    segment_index: int, code: str, probability: float, commitment: int, **more: Any
) -> Payload:
    """Return one match."""
    return {
        "segment": f"s{segment_index + 1:05}",
        "target": code,
        "probability": probability,
        "commitment": commitment,
        "status": STATUS_OF[commitment],
        **more,
    }


def small() -> Payload:
    """Return a manifesto of seven sentences, with mentions and a warning."""
    segments = [segment(i, text, page, q, d) for i, (text, page, q, d) in enumerate(SEGMENTS)]
    matches = [match(*row, against=0.02) for row in MATCHES]
    for row in matches:
        if row["segment"] == f"s{AGAINST + 1:05}":
            row.update(against=0.7, against_predicted=True, status="mention")
    for row, (index, code, _, _) in zip(matches, MATCHES, strict=True):
        if (index, code) in CARRIED:
            row["reason"] = reason(SEGMENTS[index][0], code, *CARRIED[index, code])
    payload = build(segments, matches)
    payload["document"]["page_labels"] = {"4": "3", "6": "5"}
    payload["mentions"] = [
        {"text": "SDG 11", "codes": ["11"], "segment": "s00001", "page": 4},
        {"text": "SDG 11", "codes": ["11"], "segment": "s00003", "page": 6},
        {"text": "SDG 3.6", "codes": ["3.6"], "segment": "s00002", "page": 5},
        {"text": "Agenda 2030", "codes": [], "segment": "s00004", "page": 6},
    ]
    named = payload["mentions"]
    payload["claims"] = [claim(code, payload["targets"], named) for code in range(1, 18)]
    payload["warnings"] = ["Page 3 has no text; it may be a scan."]
    return payload


def empty() -> Payload:
    """Return a document about nothing that the model knows."""
    return build([], [], title="leeg.docx", name="leeg.docx", words=0)


def large(count: int = 3000, matched: int = 1500) -> Payload:
    """Return a long plan, the same on every call."""
    chance = random.Random(7)
    nouns = ("fietspad", "buurthuis", "speelbos", "woonproject", "warmtenet", "zorgloket")
    segments = []
    for index in range(count):
        number, year = chance.randint(2, 90), chance.randint(2026, 2031)
        text = " ".join(
            f"We maken werk van {number} keer een {chance.choice(nouns)} in wijk {index}, "
            f"klaar tegen {year}."
            for _ in range(chance.randint(1, 4))
        )
        segments.append(segment(index, text, 1 + index // 15, [f"{number} keer"], [str(year)]))
    codes = [entry["code"] for entry in targets() if entry["relevance"] != "none"]
    favourites = chance.sample(codes, 50)
    matches = [
        match(
            chance.randrange(count),
            favourites[min(int(chance.expovariate(0.1)), 49)],
            round(chance.uniform(0.4, 0.999), 3),
            chance.choice((0, 1, 1, 2, 2, 2, 3)),
        )
        for _ in range(matched)
    ]
    return build(segments, matches, pages=201, words=120_000, kind="plan")
