"""Small PDFs with structure tags, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Tagged = tuple[str, str]
"""A text, and the tag of its paragraph; the same element runs on where the tag is empty."""


def write_tagged_pdf(path: Path, texts: Sequence[Tagged], *, marked: bool = True) -> Path:
    """Write a page with one line per text, all in one font, each with its tag.

    Args:
        path: Where to.
        texts: From the top of the page to its foot.
        marked: Whether the file says that it is tagged.
    """
    elements: list[tuple[str, list[int]]] = []
    content = ["BT /F 10 Tf 13 TL 60 760 Td"]
    for number, (text, tag) in enumerate(texts):
        content.append(f"/P <</MCID {number}>> BDC ({text}) Tj EMC T*")
        if tag:
            elements.append((tag, []))
        elements[-1][1].append(number)
    content.append("ET")
    stream = "\n".join(content)
    first = 8
    parents = [first + at for at, (_, ids) in enumerate(elements) for _ in ids]
    objects = [
        "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R"
        f"/MarkInfo<</Marked {str(marked).lower()}>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/StructParents 0"
        "/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Type/StructTreeRoot/K {_list(range(first, first + len(elements)))}/ParentTree 7 0 R>>",
        f"<</Nums[0 {_list(parents)}]>>",
        *(
            f"<</Type/StructElem/S/{tag}/P 6 0 R/Pg 3 0 R/K[{' '.join(map(str, ids))}]>>"
            for tag, ids in elements
        ),
    ]
    path.write_bytes(_file(objects))
    return path


def _list(numbers: Sequence[int]) -> str:
    return f"[{' '.join(f'{number} 0 R' for number in numbers)}]"


def _file(objects: Sequence[str]) -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + end.encode("latin-1")
