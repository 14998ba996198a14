# ruff: noqa: E501 (the pages stand here as a browser saves them)
"""Measure which texts of web pages are kept as body: five styles of municipal site, written by us.

    python evaluation/web_pages.py

Per page: share of the words of the body that is read as body and in order, share of the words
around it (menus, cookie banner, footer) that is taken for body too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reading import say

from sdgalign.documents.document import LineRole
from sdgalign.documents.formats import read_file


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page and what is seen on it."""

    name: str
    html: str
    body: list[str]
    """In reading order."""
    around: list[str]


P = [
    "De gemeente Zandvliert legt tegen 2028 elf kilometer nieuwe fietspaden aan in alle deelgemeenten.",
    "Elke school krijgt een veilige schoolstraat, met trager verkeer en meer groen aan de poort.",
    "We renoveren tachtig sociale woningen en verhuren ze aan gezinnen die lang op de wachtlijst staan.",
    "Samen met de buurgemeenten planten we een bos van twaalf hectare langs de vaart.",
    "Wie hulp nodig heeft, vindt die aan één loket, zonder afspraak en in een taal die hij begrijpt.",
    "De stad koopt tegen 2030 alleen nog elektrische voertuigen voor haar diensten.",
]
L = [
    "nieuwe zebrapaden bij elke school",
    "fietsenstallingen aan het station",
    "een deelauto per wijk",
    "Meer bomen",
]
COOKIE = "Deze website gebruikt cookies om uw ervaring te verbeteren. Lees ons cookiebeleid voor meer informatie over de cookies."
NAV = ["Home", "Wonen en leven", "Ondernemen", "Bestuur en beleid", "Vrije tijd", "Contact"]
FOOT = [
    "Gemeente Zandvliert, Kerkstraat 1, 2999 Zandvliert",
    "Privacyverklaring",
    "Toegankelijkheid",
    "Sitemap",
    "Volg ons op sociale media",
]


def _nav() -> str:
    return "<ul>" + "".join(f'<li><a href="/{i}">{t}</a></li>' for i, t in enumerate(NAV)) + "</ul>"


def _foot() -> str:
    return "".join(f"<p>{t}</p>" if "," in t else f'<a href="#x">{t}</a> ' for t in FOOT)


def _ul() -> str:
    return "<ul>" + "".join(f"<li>{t}</li>" for t in L) + "</ul>"


TABLE = "<table><tr><th>Actie</th><th>Jaar</th></tr><tr><td>Fietspad Dorpsstraat</td><td>2027</td></tr><tr><td>Schoolstraat centrum</td><td>2028</td></tr></table>"
TROWS = ["Actie", "Jaar", "Fietspad Dorpsstraat", "2027", "Schoolstraat centrum", "2028"]


def web_pages() -> Iterator[WebPage]:
    """Yield the pages."""
    # 1 modern, main, accordions with hidden panels, buttons
    yield WebPage(
        "1 modern main+accordion",
        f"""<!doctype html><html lang=nl><head><title>Mobiliteit | Zandvliert</title></head><body>
<a class="skip-link" href="#main">Overslaan en naar de inhoud gaan</a><div id="cookie-banner" role="dialog"><p>{COOKIE}</p><button>Akkoord</button></div>
<header class="site-header"><nav aria-label="Hoofdnavigatie"><h2 class="visually-hidden">Hoofdnavigatie</h2>{_nav()}</nav></header>
<main id="main"><nav class="breadcrumb"><ol><li><a href=/>Home</a></li><li>Mobiliteit</li></ol></nav><h1>Mobiliteit</h1><p class="intro">{P[0]}</p>
<h2>Acties</h2>{_ul()}<div class="accordion"><h3><button aria-expanded="false" aria-controls="p1">Schoolstraten</button></h3><div id="p1" hidden><p>{P[1]}</p></div>
<details><summary>Wonen</summary><p>{P[2]}</p></details></div>{TABLE}
<dl><dt>Bos</dt><dd>{P[3]}</dd></dl><figure><img src=x><figcaption>Het nieuwe bos in aanleg.</figcaption></figure>
<div class="share-buttons"><span>Deel deze pagina</span><a href=x>Facebook</a><a href=x>X</a></div>
<div class="feedback"><h2>Was deze informatie nuttig?</h2><button>Ja</button><button>Nee</button></div></main>
<footer>{_foot()}</footer></body></html>""",
        [
            "Mobiliteit",
            P[0],
            "Acties",
            *L,
            "Schoolstraten",
            P[1],
            "Wonen",
            P[2],
            *TROWS,
            "Bos",
            P[3],
            "Het nieuwe bos in aanleg.",
        ],
        [
            "Overslaan en naar de inhoud gaan",
            COOKIE,
            "Hoofdnavigatie",
            *NAV,
            "Deel deze pagina",
            "Facebook",
            "Was deze informatie nuttig?",
            *FOOT,
        ],
    )
    # 2 drupal-like, no main, divs with class names, sidebar
    yield WebPage(
        "2 divs with class names",
        f"""<html><head><title>Plan</title></head><body class="page has-sidebar"><div class="cookie-consent"><p>{COOKIE}</p></div>
<div id="page" class="page-wrapper has-menu"><div id="header"><div class="logo">Zandvliert</div><div id="main-menu">{_nav()}</div></div><div class="breadcrumbs">U bent hier: <a>Home</a> &raquo; <a>Beleid</a></div>
<div id="content" class="content no-sidebar"><h1>Beleidsplan 2026-2031</h1><p>{P[0]}</p><h2>Onze acties</h2>{_ul()}<p>{P[1]}</p><p>{P[2]}</p>
<div class="field field-shared-text"><p>{P[3]}</p></div>{TABLE}<ol><li>{P[4]}</li><li>{P[5]}</li></ol></div>
<div class="sidebar region-sidebar"><h3>Nieuwsbrief</h3><p>Schrijf u in op onze nieuwsbrief.</p><h3>Lees ook</h3><ul><li><a>Parkeren</a></li><li><a>Afval</a></li></ul></div>
<div id="footer">{_foot()}</div></div></body></html>""",
        ["Beleidsplan 2026-2031", P[0], "Onze acties", *L, P[1], P[2], P[3], *TROWS, P[4], P[5]],
        [
            COOKIE,
            *NAV,
            "U bent hier",
            "Schrijf u in op onze nieuwsbrief.",
            "Lees ook",
            "Parkeren",
            *FOOT,
        ],
    )
    # 3 table layout, old, br paragraphs, font tags
    yield WebPage(
        "3 tables and br",
        f"""<html><head><title>Gemeente</title></head><body bgcolor=white><table width=800><tr><td colspan=2><font size=5>Gemeente Zandvliert</font></td></tr>
<tr><td width=150 valign=top>{"<br>".join(f"<a href=x>{t}</a>" for t in NAV)}</td><td valign=top><h1>Meerjarenplan</h1><font face=Arial>{P[0]}<br><br>{P[1]}<br><br>{P[2]}<br><br><b>Groen</b><br><br>{P[3]}<br>- {L[0]}<br>- {L[1]}<br>- {L[2]}<br><br>{P[4]}</font>{TABLE}</td></tr>
<tr><td colspan=2 align=center>{" | ".join(f"<a href=x>{t}</a>" for t in FOOT)}</td></tr></table></body></html>""",
        ["Meerjarenplan", P[0], P[1], P[2], "Groen", P[3], *L[:3], P[4], *TROWS],
        [*NAV, *FOOT],
    )
    # 4 news article + related articles + share
    yield WebPage(
        "4 article with related",
        f"""<html><body><header><div class=top>{_nav()}</div></header><div class="wrap"><article><header><h1>Nieuw klimaatplan</h1><time>3 mei 2025</time></header><p>{P[5]}</p><p>{P[3]}</p><blockquote><p>{P[4]}</p></blockquote><aside><p>{P[2]}</p></aside><h2>Wat doen we?</h2>{_ul()}<div class="social-share"><a>Facebook</a> <a>LinkedIn</a></div></article>
<section class="related"><h2>Ander nieuws</h2><article><h3><a>Zomerfeest</a></h3><p>Kom naar het zomerfeest op het plein.</p></article></section></div><div id="CybotCookiebotDialog"><p>{COOKIE}</p></div><footer>{_foot()}</footer></body></html>""",
        ["Nieuw klimaatplan", "3 mei 2025", P[5], P[3], P[4], P[2], "Wat doen we?", *L],
        [
            *NAV,
            "Facebook",
            "LinkedIn",
            "Ander nieuws",
            "Zomerfeest",
            "Kom naar het zomerfeest op het plein.",
            COOKIE,
            *FOOT,
        ],
    )
    # 5 SPA saved by browser: custom elements, role attrs, sections, many short texts
    yield WebPage(
        "5 components, short texts",
        f"""<html><body><my-app><div role="banner"><div role="navigation">{_nav()}</div></div><div role="main"><site-crumbs class="vl-breadcrumb"><a>Home</a></site-crumbs><section><h1>Programma</h1><div class="card"><h2>Mobiliteit</h2><div>{P[0]}</div><span>{L[0]}</span></div><div class="card"><h2>Wonen</h2><div>{P[2]} <a href=x>{L[2]}<span class="sr-only"> (opent in nieuw venster)</span></a></div></div></section><section><h2>Zorg</h2><div>{P[4]}</div><div style="display:none" class="tab-pane">{P[5]}</div></section></div><div role="contentinfo">{_foot()}</div></my-app><div class="cookie-popup" style="display:none">{COOKIE}</div></body></html>""",
        ["Programma", "Mobiliteit", P[0], L[0], "Wonen", P[2], L[2], "Zorg", P[4], P[5]],
        [*NAV, "opent in nieuw venster", *FOOT, COOKIE],
    )


def main() -> None:
    """Read the pages, compare, print a table."""
    say("| page | body kept | taken for body |")
    say("| --- | --- | --- |")
    for page in web_pages():
        read = _body(page)
        place, kept = 0, 0
        for text in page.body:
            found = read.find(text, place)
            if found >= 0:
                place = found + len(text)
                kept += len(text.split())
        wrong = [text for text in page.around if text in read and not _is_in(text, page.body)]
        cells = (page.name, _share(kept, page.body), _share(_words(wrong), page.around))
        say(f"| {' | '.join(cells)} |")


def _body(page: WebPage) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page.html, "utf-8")
        lines = read_file(path).pages[0].lines
    return " ".join(line.text for line in lines if line.role is LineRole.BODY)


def _is_in(text: str, others: list[str]) -> bool:
    return any(text in other for other in others)


def _words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _share(words: int, texts: list[str]) -> str:
    return f"{words / _words(texts):.3f}"


if __name__ == "__main__":
    main()
