"""The 17 goals and 169 targets, read for a local authority in Flanders.

Titles, descriptions, reasons, actions and indicators are written by the sdgalign authors; the
official wording is the United Nations' (A/RES/71/313). Colours are the official ones of the goals.
"""

from sdgalign.framework.framework import (
    Framework,
    Goal,
    Indicator,
    Language,
    Relevance,
    Target,
)
from sdgalign.framework.load import load_framework

__all__ = [
    "Framework",
    "Goal",
    "Indicator",
    "Language",
    "Relevance",
    "Target",
    "load_framework",
]
