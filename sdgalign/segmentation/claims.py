"""Lines that claim a goal and say nothing else: "SDG 7 – Betaalbare en duurzame energie"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sdgalign.framework import Language, load_framework
from sdgalign.segmentation.mentions import Mention

_OTHER_WORDINGS = """
    goal target doel doelstelling subdoelstelling link met de het van voor om te the of for and
    to beëindig einde gezond eerlijk fatsoenlijk degelijk werk drinkbaar proper sanitatie
    propere schone leefgemeenschappen oceanen zeeën onderwater water boven veiligheid justitie
    sterke publieke diensten partnerschap doelstellingen bereiken samenwerken vrede gelijkheid
    vrouwen mannen maatregelen klimaat inequality reduce consumption production affordable
    institutions below land
    met via door deze dit doelstelling beleidsdoelstelling actieplan plan dragen draagt bij aan we
    wij onze ons actief onderstaande volgende bijdragen with this contribute contributes following
"""
"""Words of the goals' titles as others write them, and words that join them."""

_MAX_OTHER_WORDS = 1


@cache
def _title_words() -> frozenset[str]:
    titles = [goal.title[language] for goal in load_framework().goals for language in Language]
    return frozenset(_words(" ".join([*titles, _OTHER_WORDINGS])))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def only_claims_goals(text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a text names goals and does nothing for them.

    Args:
        text: One segment.
        mentions: Found in it.

    Returns:
        True when, next to explicit mentions and titles of goals, hardly a word is left.
    """
    claims = [mention for mention in mentions if mention.kind == "sdg" and mention.codes]
    if not claims:
        return False
    rest = list(text)
    for claim in claims:
        rest[claim.start : claim.end] = " " * (claim.end - claim.start)
    others = [word for word in _words("".join(rest)) if word not in _title_words()]
    return len(others) <= _MAX_OTHER_WORDS
