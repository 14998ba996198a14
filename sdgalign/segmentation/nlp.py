"""spaCy without a trained model: tokens and sentences, loaded when first needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

ABBREVIATIONS = {
    "nl": (
        "a.d.h.v. a.h.w. a.u.b. aant. afd. afb. art. blz. bijv. bv. bvb. ca. cf. dhr. d.d. d.m.v. "
        "d.w.z. dr. drs. e.a. e.d. e.v. enz. etc. evt. excl. fig. gem. hfst. i.c. i.c.m. i.f.v. "
        "i.g.v. i.h.b. i.h.k.v. i.k.v. i.o.m. i.p.v. i.s.m. i.v.m. incl. ing. ir. jl. k.b. "
        "m.a.w. m.b.t. m.b.v. m.i.v. m.m.v. m.n. m.u.v. max. mevr. min. mln. mld. mr. n.a.v. "
        "n.v.t. nl. no. nr. nrs. o.a. o.b.v. o.i.d. o.l.v. o.m. o.v.v. p.a. p.m. pag. plm. prof. "
        "q.q. resp. ruim. s.v. st. t.a.v. t.b.v. t.e.m. t.g.v. t.h.v. t.o.v. t.w. t/m. tel. v.a. "
        "v.l.n.r. v.u. vb. vgl. vnl. vs. w.o. z.g. zgn. z.s.m. ds. mgr. dir. max. jan. feb. mrt. "
        "apr. jun. jul. aug. sept. sep. okt. nov. dec. burg. cfr. dep. dept. jo. mio. mrd. ong. "
        "par. schep."
    ).split(),
    "en": (
        "e.g. i.e. etc. approx. dept. fig. incl. no. nos. vs. cf. pp. vol. art. para. sec. est. "
        "min. max. Mr. Mrs. Ms. Dr. Prof. St. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Oct. Nov. "
        "Dec. ed. govt. inc. nrs. paras. ss. tel."
    ).split(),
}
"""Words that end in a full stop in the middle of a sentence."""


@cache
def load_spacy(language: str) -> Language:
    """Return a pipeline that finds tokens and sentence ends.

    Args:
        language: ``nl`` or ``en``; anything else gets the Dutch rules, for most documents are.
    """
    code = language if language in ABBREVIATIONS else "nl"
    with _without_torch():
        import spacy
    pipeline = spacy.blank(code)
    pipeline.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…", "。"]})
    for word in ABBREVIATIONS[code]:
        for form in {word, word.capitalize()}:
            pipeline.tokenizer.add_special_case(form, [{"ORTH": form}])
    # The longest text is a paragraph, which needs no bound of its own.
    pipeline.max_length = 10_000_000
    return pipeline


@contextmanager
def _without_torch() -> Iterator[None]:
    """Hide torch while spaCy is imported.

    thinc, on which spaCy stands, imports torch whenever it is installed, which takes 3.5 s and
    150 MB for nothing here. None in ``sys.modules`` makes that import fail, which thinc provides
    for. Code that imports torch later gets it as usual.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]
