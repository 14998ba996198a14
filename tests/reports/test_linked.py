"""Annotations as linked data, read by a library that did not write them."""

from __future__ import annotations

import json
import re

import pytest

from sdgalign.errors import InputError
from sdgalign.reports import linked
from sdgalign.reports.linked import render_jsonld, render_turtle
from sdgalign.reports.linked_terms import NAMESPACE
from tests.reports import payloads
from tests.reports.golden_files import assert_golden
from tests.reports.payloads import STATUS_OF
from tests.shared import REPOSITORY

rdflib = pytest.importorskip("rdflib")
pytest.importorskip("pyoxigraph")

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SDG = rdflib.Namespace("http://metadata.un.org/sdg/")
OWN = rdflib.Namespace(NAMESPACE)
DOCUMENTATION = REPOSITORY / "docs" / "linked-data.md"


def graph(payload):
    """Read the JSON-LD; a context that had to be fetched would fail without a net."""
    return rdflib.Graph().parse(data=render_jsonld(payload), format="json-ld")


def turtle(payload):
    return rdflib.Graph().parse(data=render_turtle(payload), format="turtle")


def block(kind):
    """Return a piece of Turtle that the documentation prints."""
    pieces = re.findall(r"```turtle\n(.+?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.S)
    (found,) = [piece for piece in pieces if kind in piece]
    return found


def awkward():
    """Return a report in which texts hold what Turtle and JSON have to escape."""
    payload = payloads.small()
    payload["segments"][0]["text"] = 'Zij zei: "Fiets!" \\ <a>\u2028 😀\tén\ud800 {x}'
    payload["document"]["title"] = 'Plan "2025"\nvan Zandvliert'
    return payload


def test_golden():
    assert_golden("annotations.jsonld", render_jsonld(payloads.small()))
    assert_golden("annotations.ttl", render_turtle(payloads.small()).decode())


@pytest.mark.parametrize("payload", [payloads.small(), payloads.empty(), payloads.large(60, 90)])
def test_both_files_hold_the_same_graph(payload):
    assert set(graph(payload)) == set(turtle(payload))


def test_awkward_texts_come_through_both():
    made = turtle(awkward())
    assert {str(text) for text in made.objects(None, OA.exact)} >= {
        'Zij zei: "Fiets!" \\ <a>\u2028 😀\tén? {x}'
    }


def test_every_match_is_an_annotation_of_its_target():
    payload = payloads.small()
    made = graph(payload)
    found = {
        (
            str(body),
            str(made.value(made.value(note, OA.hasTarget), rdflib.DCTERMS.identifier)),
            float(made.value(note, OWN.probability)),
            made.value(note, OWN.status),
            int(made.value(note, OWN.commitment)),
        )
        for note, body in made.subject_objects(OA.hasBody)
    }
    assert found == {
        (
            f"http://metadata.un.org/sdg/{match['target']}",
            match["segment"],
            match["probability"],
            OWN[match["status"]],
            match["commitment"],
        )
        for match in payload["matches"]
    }


def test_positions_and_quotes_lead_back_to_the_words():
    payload = payloads.small()
    text = "\n".join(segment["text"] for segment in payload["segments"])
    made = graph(payload)
    for passage in set(made.objects(None, OA.hasTarget)):
        place, quote = (
            next(
                each for each in made.objects(passage, OA.hasSelector) if (each, None, kind) in made
            )
            for kind in (OA.TextPositionSelector, OA.TextQuoteSelector)
        )
        start, end = int(made.value(place, OA.start)), int(made.value(place, OA.end))
        exact, before, after = (
            str(made.value(quote, name)) for name in (OA.exact, OA.prefix, OA.suffix)
        )
        assert text[start:end] == exact
        assert text[:start].endswith(before)
        assert text[end:].startswith(after)


def test_a_page_of_a_pdf_can_be_opened_and_other_files_have_none():
    values = {str(value) for value in graph(payloads.small()).objects(None, rdflib.RDF.value)}
    assert "page=4" in values
    payload = payloads.small()
    for segment in payload["segments"]:
        segment["boxes"] = [[1, 0, 0, 0, 0]]
    assert not list(graph(payload).subjects(rdflib.RDF.type, OA.FragmentSelector))


def test_loading_an_analysis_twice_adds_nothing_and_a_new_model_does():
    made = graph(payloads.small())
    assert len(made + graph(payloads.small())) == len(made)
    other = payloads.small()
    other["model"] = {"id": "test-2", "digest": "ef" * 32}
    notes = set(made.subjects(rdflib.RDF.type, OA.Annotation))
    assert not notes & set(graph(other).subjects(rdflib.RDF.type, OA.Annotation))


def test_it_says_which_model_and_version_made_it():
    made = graph(payloads.small())
    prov = rdflib.PROV
    (activity,) = set(made.objects(None, prov.wasGeneratedBy))
    ids = {
        str(made.value(used, rdflib.DCTERMS.identifier))
        for used in made.objects(activity, prov.used)
    }
    assert ids == {"test-1", "zandvliert 2025.pdf"}
    agent = made.value(activity, prov.wasAssociatedWith)
    version = made.value(agent, rdflib.URIRef("http://schema.org/softwareVersion"))
    assert str(version) == "0.1.0"


def test_the_shape_in_the_documentation_holds():
    pyshacl = pytest.importorskip("pyshacl")
    for payload in (payloads.small(), awkward()):
        valid, _, report = pyshacl.validate(turtle(payload), shacl_graph=block("sh:NodeShape"))
        assert valid, report
    broken = turtle(payloads.small())
    broken.remove((None, OA.exact, None))
    assert not pyshacl.validate(broken, shacl_graph=block("sh:NodeShape"))[0]


def test_the_documentation_defines_every_term_of_our_own():
    defined = set(rdflib.Graph().parse(data=block("rdfs:comment"), format="turtle").subjects())
    used = {
        node
        for triple in graph(payloads.small())
        for node in triple
        if isinstance(node, rdflib.URIRef) and node.startswith(NAMESPACE)
    }
    used |= {OWN[name] for name in (*STATUS_OF, "Status")}
    assert used == {term for term in defined if str(term).startswith(NAMESPACE)}


def test_json_readers_find_the_names_of_web_annotations():
    notes = [n for n in json.loads(render_jsonld(payloads.small()))["@graph"] if "body" in n]
    first = notes[0]
    assert (first["type"], first["motivation"]) == ("Annotation", "classifying")
    kinds = [selector["type"] for selector in first["target"]["selector"]]
    assert kinds == ["TextPositionSelector", "TextQuoteSelector", "FragmentSelector"]


def test_without_pyoxigraph_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(linked, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"needs the package pyoxigraph.*sdgalign\[linked\]"):
        render_turtle(payloads.small())
