"""Small docx and odt files for tests: docx by python-docx, odt in the form LibreOffice writes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document as new_docx
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = " ".join(
    f'xmlns:{short}="{_ODF}{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "meta": "meta",
        "manifest": "manifest",
        "fo": "xsl-fo-compatible",
    }.items()
)
ODT = "application/vnd.oasis.opendocument.text"


def empty_docx() -> Any:
    """Return a docx to fill, with the styles of python-docx's template."""
    return new_docx()


def add_xml(parent: Any, xml: str) -> None:
    """Append WordprocessingML to a paragraph or a body."""
    element = getattr(parent, "_p", None)
    for node in list(parse_xml(f"<w:p {W}>{xml}</w:p>")):
        if element is None:
            parent.element.body.insert_element_before(node, "w:sectPr")
        else:
            element.append(node)


def save_docx(docx: Any, path: Path, parts: Mapping[str, tuple[str, bytes]] | None = None) -> Path:
    """Save a docx, with parts that python-docx does not know: name, content type, data."""
    docx.save(str(path))
    if parts:
        with zipfile.ZipFile(path) as archive:
            types = archive.read("[Content_Types].xml").decode()
        for name, (kind, _) in parts.items():
            override = f'<Override PartName="/{name}" ContentType="{kind}"/>'
            types = types.replace("</Types>", override + "</Types>")
        data = {name: data for name, (_, data) in parts.items()}
        repack(path, {"[Content_Types].xml": types.encode(), **data})
    return path


def repack(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """Write a zipped document anew with some parts changed, added or (None) left out."""
    with zipfile.ZipFile(path) as archive:
        known = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**known, **parts}.items():
            if data is not None:
                archive.writestr(name, data)
    return path


def write_odt(
    path: Path,
    body: str,
    *,
    automatic: str = "",
    master: str = "",
    meta: str = "",
    manifest: str = "",
    doctype: str = "",
) -> Path:
    """Write an odt.

    Args:
        path: Where to.
        body: What stands in ``office:text``.
        automatic: The automatic styles.
        master: What stands in a master page: headers and footers.
        meta: What stands in ``office:meta``.
        manifest: What stands in the manifest.
        doctype: Before the root of the content.
    """
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    parts = {
        "mimetype": ODT,
        "content.xml": f"{head}{doctype}<office:document-content {_NAMESPACES}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "styles.xml": f"{head}<office:document-styles {_NAMESPACES}><office:master-styles>"
        f'<style:master-page style:name="Standard">{master}</style:master-page>'
        "</office:master-styles></office:document-styles>",
        "meta.xml": f"{head}<office:document-meta {_NAMESPACES} "
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}</office:meta>'
        "</office:document-meta>",
        "META-INF/manifest.xml": f"{head}<manifest:manifest {_NAMESPACES}>{manifest}"
        "</manifest:manifest>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path
