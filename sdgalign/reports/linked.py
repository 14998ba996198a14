"""Linked data: one W3C Web Annotation per match, as JSON-LD and as Turtle.

Every node has an IRI that follows from the document and the model, so that the same analysis
gives the same graph and loading it twice adds nothing. ``docs/linked-data.md`` describes the form.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from sdgalign.errors import InputError
from sdgalign.reports.linked_terms import CONTEXT, NAMESPACE, PREFIXES, Node
from sdgalign.segmentation.segment import SEGMENT_SEPARATOR

AROUND = 40
"""Characters of the text before and after a quote, to find it again."""

PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
"""What the value of a fragment selector means: ``page=4`` of a PDF."""


def build_graph(payload: Mapping[str, Any]) -> Node:
    """Build the JSON-LD document of a report.

    Args:
        payload: The report as `report-1.schema.json` describes it.

    Returns:
        A context and a graph: the document, its cleaned text, how it was analysed, the goals and
        targets that were found, and an annotation per match.
    """
    source = _source(payload)
    made_by = f"{source.sha256} {payload['model']['digest']} {payload['tool']['version']}"
    activity = _uuid(f"activity {made_by} {payload['created']}")
    passages = _passages(payload, source)
    return {
        "@context": CONTEXT,
        "@graph": [
            _document(payload["document"], source),
            {
                "id": source.text_iri,
                "type": ["prov:Entity", "sdgalign:CleanedText"],
                "wasDerivedFrom": source.iri,
                "wasGeneratedBy": activity,
                "format": "text/plain",
            },
            *_provenance(payload, activity, source),
            *_concepts(payload),
            *(
                {
                    "id": _uuid(f"match {made_by} {match['segment']} {match['target']}"),
                    "type": "Annotation",
                    "motivation": "classifying",
                    "body": f"sdg:{match['target']}",
                    "target": passages[match["segment"]],
                    "wasGeneratedBy": activity,
                    **_judgement(match),
                }
                for match in payload["matches"]
            ),
        ],
    }


def _document(document: Mapping[str, Any], source: _Source) -> Node:
    return {
        "id": source.iri,
        "type": ["foaf:Document", "prov:Entity"],
        "title": document["title"],
        "identifier": document["name"],
        "sha256": source.sha256,
        **({} if document["language"] == "other" else {"language": document["language"]}),
        **({"format": "application/pdf"} if source.is_pdf else {}),
    }


def _provenance(payload: Mapping[str, Any], activity: str, source: _Source) -> list[Node]:
    tool, model = payload["tool"], payload["model"]
    agent, weights = _uuid(f"tool {tool['version']}"), _uuid(f"model {model['digest']}")
    return [
        {
            "id": activity,
            "type": "prov:Activity",
            "used": [source.iri, weights],
            "wasAssociatedWith": agent,
            "endedAtTime": payload["created"],
        },
        {
            "id": agent,
            "type": ["prov:SoftwareAgent", "schema:SoftwareApplication"],
            "schema:name": tool["name"],
            "version": tool["version"],
        },
        {
            "id": weights,
            "type": ["prov:Entity", "sdgalign:Model"],
            "identifier": model["id"],
            "sha256": model["digest"],
        },
    ]


def _concepts(payload: Mapping[str, Any]) -> list[Node]:
    """Describe the goals and targets that annotations name."""
    wanted = {match["target"] for match in payload["matches"]}
    targets = [target for target in payload["targets"] if target["code"] in wanted]
    goals = {target["goal"] for target in targets}

    def concept(entry: Mapping[str, Any]) -> Node:
        return {
            "id": entry["uri"],
            "type": "skos:Concept",
            "notation": entry["code"],
            # No skos:prefLabel: that is for the UN to give, and a concept has one per language.
            "label": dict(entry["title"]),
        }

    return [
        *(concept(goal) for goal in payload["goals"] if goal["code"] in goals),
        *({**concept(target), "broader": f"sdg:{target['goal']}"} for target in targets),
    ]


@dataclass(frozen=True, slots=True)
class _Source:
    """The document that passages stand in, and the text that their positions count in."""

    sha256: str
    iri: str
    text: str
    text_iri: str
    is_pdf: bool
    """Whether pages can be pointed at with a fragment of its URL."""


def _source(payload: Mapping[str, Any]) -> _Source:
    sha256 = payload["document"]["sha256"]
    text = SEGMENT_SEPARATOR.join(segment["text"] for segment in payload["segments"])
    # Only of a PDF are the places of segments on its pages known.
    is_pdf = any(box[4] > 0 for segment in payload["segments"] for box in segment["boxes"])
    text_sha256 = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    return _Source(sha256, _named_by(sha256), text, _named_by(text_sha256), is_pdf)


def _passages(payload: Mapping[str, Any], source: _Source) -> dict[str, Node]:
    """Return per id of a segment the target of its annotations."""
    found, start = {}, 0
    for segment in payload["segments"]:
        found[segment["id"]] = _passage(segment, start, source)
        start += len(segment["text"]) + len(SEGMENT_SEPARATOR)
    return found


def _passage(segment: Mapping[str, Any], start: int, source: _Source) -> Node:
    """Return a segment with two or three ways to find it again."""
    end = start + len(segment["text"])
    # By its place and words too: another version may cut the document otherwise.
    iri = _uuid(f"passage {source.sha256} {segment['id']} {start} {segment['text']}")
    selectors: list[Node] = [
        {
            "id": f"{iri}#position",
            "type": "TextPositionSelector",
            "start": start,
            "end": end,
            "countsIn": source.text_iri,
        },
        {
            "id": f"{iri}#quote",
            "type": "TextQuoteSelector",
            "exact": segment["text"],
            "prefix": source.text[max(0, start - AROUND) : start],
            "suffix": source.text[end : end + AROUND],
        },
    ]
    if source.is_pdf:
        selectors.append(
            {
                "id": f"{iri}#page",
                "type": "FragmentSelector",
                "conformsTo": PDF_FRAGMENT,
                "value": f"page={segment['pages'][0]}",
            }
        )
    return {
        "id": iri,
        "type": "SpecificResource",
        "source": source.iri,
        "selector": selectors,
        "identifier": segment["id"],
    }


def _judgement(match: Mapping[str, Any]) -> Node:
    """Return what the model says of a match; numbers as texts, for a double is no decimal."""
    against = match.get("against")
    return {
        "probability": _decimal(match["probability"]),
        "commitment": match["commitment"],
        "status": match["status"],
        **({} if against is None else {"against": _decimal(against)}),
        "movesAgainst": bool(match.get("against_predicted")),
    }


def _decimal(share: float) -> str:
    return f"{share:.4f}".rstrip("0").ljust(3, "0")


def _named_by(digest: str) -> str:
    """Return the name of a resource by the SHA-256 of its bytes (RFC 6920)."""
    name = base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
    return f"ni:///sha-256;{name}"


def _uuid(name: str) -> str:
    printable = name.encode(errors="replace").decode()
    return uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE + printable).urn


def render_jsonld(payload: Mapping[str, Any]) -> str:
    """Write the annotations as JSON-LD with its context inside, a node per line."""
    made = build_graph(payload)
    context = json.dumps(made["@context"], ensure_ascii=False, indent=1)
    # Indenting all of it would take five times as long and a third more room.
    nodes = ",\n".join(json.dumps(node, ensure_ascii=False) for node in made["@graph"])
    return f'{{"@context": {context},\n"@graph": [\n{nodes}\n]}}\n'


def require_turtle() -> None:
    """Check that Turtle can be written.

    Raises:
        InputError: When pyoxigraph is not installed; says how to get it.
    """
    if find_spec("pyoxigraph") is None:
        raise InputError(
            "linked: writing Turtle needs the package pyoxigraph. "
            "Run `pip install 'sdgalign[linked]'`, or choose another format."
        )


def render_turtle(payload: Mapping[str, Any]) -> bytes:
    """Write the annotations as Turtle: the same graph as `render_jsonld`, a subject at a time.

    Raises:
        InputError: When pyoxigraph is not installed.
    """
    require_turtle()
    import pyoxigraph

    jsonld = render_jsonld(payload).encode(errors="replace")
    quads = pyoxigraph.parse(jsonld, format=pyoxigraph.RdfFormat.JSON_LD)
    subjects: dict[Any, dict[Any, None]] = {}  # a passage may have two annotations
    for quad in quads:
        subjects.setdefault(quad.subject, {})[quad.triple] = None
    triples = [triple for found in subjects.values() for triple in found]
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert data is not None
    return data
