"""The vocabularies of the linked data: prefixes, and the names that the JSON uses for terms."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]

NAMESPACE = "https://sdgalign.org/ns#"
"""Of our own terms."""

PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "http://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sdg": "http://metadata.un.org/sdg/",
    "sdgalign": NAMESPACE,
}


def _link(iri: str) -> Node:
    return {"@id": iri, "@type": "@id"}


def _typed(iri: str, kind: str) -> Node:
    return {"@id": iri, "@type": f"xsd:{kind}"}


CONTEXT: Node = {
    **PREFIXES,
    "id": "@id",
    "type": "@type",
    # The names and IRIs of http://www.w3.org/ns/anno.jsonld, written out so that no net is needed.
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "FragmentSelector": "oa:FragmentSelector",
    "body": _link("oa:hasBody"),
    "target": _link("oa:hasTarget"),
    "source": _link("oa:hasSource"),
    "selector": _link("oa:hasSelector"),
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "classifying": "oa:classifying",
    "start": _typed("oa:start", "nonNegativeInteger"),
    "end": _typed("oa:end", "nonNegativeInteger"),
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "value": "rdf:value",
    "conformsTo": _link("dcterms:conformsTo"),
    "language": "dcterms:language",
    "format": "dcterms:format",
    "title": "dcterms:title",
    "identifier": "dcterms:identifier",
    "sha256": "sdgalign:sha256",
    "label": {"@id": "rdfs:label", "@container": "@language"},
    "notation": "skos:notation",
    "broader": _link("skos:broader"),
    "version": "schema:softwareVersion",
    "wasGeneratedBy": _link("prov:wasGeneratedBy"),
    "wasDerivedFrom": _link("prov:wasDerivedFrom"),
    "wasAssociatedWith": _link("prov:wasAssociatedWith"),
    "used": _link("prov:used"),
    "endedAtTime": _typed("prov:endedAtTime", "dateTime"),
    "probability": _typed("sdgalign:probability", "decimal"),
    "against": _typed("sdgalign:against", "decimal"),
    "movesAgainst": _typed("sdgalign:movesAgainst", "boolean"),
    "commitment": _typed("sdgalign:commitment", "integer"),
    "status": {"@id": "sdgalign:status", "@type": "@vocab"},
    "countsIn": _link("sdgalign:countsIn"),
    **{name: f"sdgalign:{name}" for name in ("measurable", "action", "ambition", "mention")},
}
