"""What a policy text does for the Sustainable Development Goals, and what it leaves out.

::

    import sdgalign

    model = sdgalign.load_model()
    for result in model.classify(["We leggen tegen 2028 elf kilometer nieuwe fietspaden aan."]):
        print(result.targets_predicted, result.commitment)

    analysis = sdgalign.analyze("meerjarenplan.pdf")
    print(analysis.alignment.score.value)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sdgalign._version import __version__
from sdgalign.errors import SdgalignError

if TYPE_CHECKING:
    from sdgalign.framework import load_framework
    from sdgalign.model import load_model
    from sdgalign.pipeline import analyze

__all__ = ["SdgalignError", "__version__", "analyze", "load_framework", "load_model"]

_HOMES = {
    "analyze": "sdgalign.pipeline",
    "load_framework": "sdgalign.framework",
    "load_model": "sdgalign.model",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: imports when asked for
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
