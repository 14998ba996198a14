from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdgalign.documents import Document
from sdgalign.documents.formats import read_file
from sdgalign.documents.plain import decode
from sdgalign.segmentation import segment_document

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten."


def read(tmp_path: Path, text: str, name: str = "plan.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_file(path)


def said(document: Document) -> list[tuple[str, str, str]]:
    return [(str(each.kind), each.context, each.text) for each in segment_document(document)]


def test_markdown_is_read_by_its_marks(tmp_path: Path) -> None:
    text = f"""---
title: "Ons plan"
---
Mobiliteit
==========

## Fietsen ##

{PROSE.replace(" in de ", chr(10) + "in de ")}

* nieuwe **zebrapaden**
* [trager verkeer](https://example.org)

| Actie | Jaar |
|-------|------|
| Sociale woningen | 2027 |
"""
    document = read(tmp_path, text, "plan.md")
    assert document.title == "Ons plan"
    assert said(document) == [
        ("heading", "", "Mobiliteit"),
        ("heading", "Mobiliteit", "Fietsen"),
        ("paragraph", "Mobiliteit > Fietsen", PROSE),
        ("list_item", "Mobiliteit > Fietsen", "nieuwe zebrapaden"),
        ("list_item", "Mobiliteit > Fietsen", "trager verkeer"),
        ("table_row", "Mobiliteit > Fietsen", "Actie Jaar"),
        ("table_row", "Mobiliteit > Fietsen", "Sociale woningen 2027"),
    ]


def test_a_text_file_in_markdown_is_read_as_such(tmp_path: Path) -> None:
    document = read(tmp_path, f"# Wonen\n{PROSE}\n\n# Groen\n{PROSE}\n")
    assert [kind for kind, _, _ in said(document)] == ["heading", "paragraph"] * 2


WRAPPED = """Bestuursakkoord
---------------

1. Mobiliteit

We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deel-
gemeenten, en we maken de schoolroutes veilig voor alle kinderen die
met de fiets komen.

Wonen

We bouwen twaalf sociale woningen voor jonge gezinnen, die daarvoor op
een lijst staan:

- zes in de kern, in de buurt van de school, waar nu het oude postkantoor
  nog staat
- zes in de deelgemeente
"""


LEAD = "We bouwen twaalf sociale woningen voor jonge gezinnen, die daarvoor op een lijst staan"


def test_lines_that_end_where_the_printed_line_did_are_joined(tmp_path: Path) -> None:
    assert said(read(tmp_path, WRAPPED)) == [
        ("heading", "", "Bestuursakkoord"),
        ("heading", "Bestuursakkoord", "1. Mobiliteit"),
        (
            "paragraph",
            "Bestuursakkoord > 1. Mobiliteit",
            "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten, en we "
            "maken de schoolroutes veilig voor alle kinderen die met de fiets komen.",
        ),
        ("heading", "Bestuursakkoord", "Wonen"),
        (
            "paragraph",
            "Bestuursakkoord > Wonen",
            "We bouwen twaalf sociale woningen voor jonge gezinnen, die daarvoor op een lijst "
            "staan:",
        ),
        (
            "list_item",
            f"Bestuursakkoord > Wonen > {LEAD}",
            "zes in de kern, in de buurt van de school, waar nu het oude postkantoor nog staat",
        ),
        ("list_item", f"Bestuursakkoord > Wonen > {LEAD}", "zes in de deelgemeente"),
    ]


def test_a_file_of_long_lines_has_a_paragraph_on_each(tmp_path: Path) -> None:
    document = read(tmp_path, f"{PROSE} {PROSE}\n• nieuwe zebrapaden\n{PROSE}\n")
    assert [(kind, text) for kind, _, text in said(document)] == [
        ("paragraph", f"{PROSE} {PROSE}"),
        ("list_item", "nieuwe zebrapaden"),
        ("paragraph", PROSE),
    ]


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    document = read(tmp_path, f"{PROSE}\n\fEen tweede pagina.\n\f")
    assert document.has_pages
    assert [each.pages for each in segment_document(document)] == [(1,), (2,)]
    assert not read(tmp_path, PROSE).has_pages


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_letters_are_right_in_any_encoding(encoding: str) -> None:
    assert decode("Coöperatie, 5 €, ’s avonds".encode(encoding)) == "Coöperatie, 5 €, ’s avonds"


def test_bytes_that_are_no_text_are_not_decoded() -> None:
    assert decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") is None


_LINES = st.lists(
    st.lists(
        st.sampled_from(
            "De gemeente bouwt twaalf woningen 2030 - 1. • plan. zoals: (nieuw) é".split()
        ),
        max_size=12,
    ).map(" ".join),
    max_size=15,
)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=_LINES)
def test_any_text_keeps_every_letter(tmp_path: Path, lines: list[str]) -> None:
    document = read(tmp_path, "\n".join(["Begin.", *lines]))
    segments = segment_document(document)
    found = "".join(char for each in segments for char in each.text if char.isalnum())
    assert found == "".join(char for line in ["Begin.", *lines] for char in line if char.isalnum())
