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
_EVERYWHERE = frozenset(
    "cookie cookies cookiebar cookiebanner gdpr breadcrumb breadcrumbs kruimelpad skiplink "
    "skiplinks addthis addtoany pager pagination paginering".split()
)
"""Words in the names of elements that are furniture wherever they stand."""
_OF_LINKS = frozenset(
    "share sharing sharer social socials socialmedia feedback menu language talen search zoeken "
    "sitemap".split()
)
"""Likewise, where they hold little but links: a plan may have a part on social care."""
_AROUND = frozenset(
    "nav navbar navigation navigatie mainmenu submenu topmenu topbar sidebar footer sitefooter "
    "siteheader newsletter nieuwsbrief related gerelateerd backtotop".split()
)
"""Words in the names of elements that are furniture outside the main text."""
_SKIP = re.compile(r"skip-?(?:link|nav|to-)", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_NAMES = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|element-invisible)(?=\s|$)",
    re.IGNORECASE,
)
"""Said to those who listen to a page, not printed."""
_TEXT_SHARE = 0.3
"""An element with more of the letters of all paragraphs is no furniture, whatever its name."""
_MAIN_SHARE = 0.5
"""A lone article with fewer of them is a teaser."""
_LEAST_LINKS, _LINK_SHARE, _LINK_LETTERS = 4, 0.9, 40
"""So many short links with hardly a word between are a menu."""
_MOST_UNLINKED = 60
"""Letters beside the links of a menu: its title."""
_CONTROLS = ("aria-controls", "data-target", "data-bs-target", "href")


class PageLayout:
    """Knows the role of each element.

    Args:
        root: Of the page.
    """

    def __init__(self, root: etree._Element) -> None:
        self._letters = max(1, _paragraph_letters(root))
        # Several articles are a list of news, of which none is what the page is about.
        found = root.xpath("//main | //*[@role='main']") or [
            article
            for article in root.xpath("//article")
            if _paragraph_letters(article) >= _MAIN_SHARE * self._letters
        ]
        self._around = _around(found[0]) if len(found) == 1 else {}
        self._unfolded = _targets(root)

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
        if name in ("body", "html"):
            return LineRole.BODY
        if self._is_named_furniture(element, is_inner=is_inner or bool(self._around)):
            return LineRole.MARGIN
        if name == "aside" and is_inner:
            return LineRole.BODY  # a box of the article
        if self._is_unseen(element):
            return LineRole.MARGIN
        if name in ("ul", "div", "td") and not self._around and _is_menu(element):
            return LineRole.HEADER
        return _FURNITURE.get(name) or _FURNITURE.get(element.get("role", ""), LineRole.BODY)

    def is_outside(self, element: etree._Element) -> bool:
        """Return whether a part of a line stands beside the main text, or leads to it."""
        return element in self._around or bool(_SKIP.search(element.get("class", "")))

    def is_unsaid(self, element: etree._Element) -> bool:
        """Return whether a part of a line is there for nobody to read."""
        return (
            element.get("aria-hidden") == "true"  # the letters of an icon
            or element.get("hidden") is not None
            or bool(_HIDDEN.search(element.get("style", "")))
            or bool(_UNSEEN_NAMES.search(element.get("class", "")))
        )

    def _is_unseen(self, element: etree._Element) -> bool:
        """Whether a block is not shown, and nothing on the page unfolds it."""
        if _UNSEEN_NAMES.search(element.get("class", "")):
            return element.tag not in ("h1", "main")
        if self._around or element.get("id", "") in self._unfolded:
            return False  # in the main text: a part that folds out
        return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))

    def _is_named_furniture(self, element: etree._Element, *, is_inner: bool) -> bool:
        names = f"{element.get('id', '')} {element.get('class', '')}"
        words = {word.lower() for word in _TOKEN.findall(names)}
        if words & _OF_LINKS and _unlinked_letters(element) <= _MOST_UNLINKED:
            return True
        is_furniture = bool(
            _SKIP.search(names) or words & _EVERYWHERE or (not is_inner and words & _AROUND)
        )
        return is_furniture and _paragraph_letters(element) <= _TEXT_SHARE * self._letters


def _paragraph_letters(element: etree._Element) -> int:
    return sum(len("".join(each.itertext()).strip()) for each in element.iter("p"))


def _unlinked_letters(element: etree._Element) -> int:
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a", "button"))
    return sum(len(text.strip()) for text in element.itertext()) - linked


def _targets(root: etree._Element) -> frozenset[str]:
    """Return the ids of the parts that something on the page unfolds."""
    return frozenset(
        value.lstrip("#")
        for name in _CONTROLS
        for value in root.xpath(f"//@{name}")
        if name != "href" or value.startswith("#")
    ) - {""}


def _is_menu(element: etree._Element) -> bool:
    """Whether an element holds short links and hardly anything else."""
    links = element.findall(".//a")
    if len(links) < _LEAST_LINKS or element.find(".//p") is not None:
        return False
    linked = [len("".join(link.itertext()).strip()) for link in links]
    letters = sum(len(text.strip()) for text in element.itertext())
    is_linked = sum(linked) >= _LINK_SHARE * letters
    return is_linked and sum(linked) <= _LINK_LETTERS * len(links)


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
