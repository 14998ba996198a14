"""Which parts of a web page are its text, and which surround it on every page of the site."""

from __future__ import annotations

import re

from lxml import etree

from sdgalign.documents.document import LineRole

_FURNITURE = {
    "nav": LineRole.HEADER,
    "navigation": LineRole.HEADER,
    "banner": LineRole.HEADER,
    "search": LineRole.HEADER,
    "footer": LineRole.FOOTER,
    "contentinfo": LineRole.FOOTER,
    "aside": LineRole.MARGIN,
    "complementary": LineRole.MARGIN,
    "alertdialog": LineRole.MARGIN,
}
"""By tag and by declared role."""
_FURNITURE_NAMES = re.compile(r"cookie|breadcrumb|skip-?(?:link|nav|to-)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class PageLayout:
    """Knows the role of each element.

    Args:
        root: Of the page.
    """

    def __init__(self, root: etree._Element) -> None:
        # Several articles are a list of news, of which none is what the page is about.
        found = root.xpath("//main | //*[@role='main']") or root.xpath("//article")
        self._around = _around(found[0]) if len(found) == 1 else {}

    def forget_main(self) -> None:
        """Take the whole page for its text."""
        self._around = {}

    def role_of(self, element: etree._Element, name: str) -> LineRole:
        """Return the role of an element in the text of the page.

        Args:
            element: The element.
            name: Its tag, in small letters.
        """
        if element in self._around:
            return self._around[element]
        is_inner = any(True for _ in element.iterancestors("main", "article"))
        if name == "header":
            # The head of the site; the head of an article holds its title.
            has_title = element.find(".//h1") is not None
            return LineRole.BODY if is_inner or has_title else LineRole.HEADER
        names = f"{element.get('id', '')} {element.get('class', '')}"
        if name not in ("body", "html") and _FURNITURE_NAMES.search(names):
            return LineRole.MARGIN
        if name == "aside" and is_inner:
            return LineRole.BODY  # a box of the article
        return _FURNITURE.get(name) or _FURNITURE.get(element.get("role", ""), LineRole.BODY)

    def is_hidden(self, element: etree._Element, *, is_inline: bool) -> bool:
        """Return whether an element is there for nobody to read."""
        if is_inline:
            return bool(element.get("aria-hidden") == "true")  # the letters of an icon
        if self._around:
            return False  # in the main text: a part that folds out
        return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _around(main: etree._Element) -> dict[etree._Element, LineRole]:
    """Return what stands before and after the main text of a page."""
    roles: dict[etree._Element, LineRole] = {}
    inner = main
    for parent in main.iterancestors():
        role = LineRole.HEADER
        for child in parent:
            if child is inner:
                role = LineRole.FOOTER
            else:
                roles[child] = role
        inner = parent
    return roles
