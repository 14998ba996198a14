"""The command line. Each command parses, calls one plain function, and prints."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sdgalign.cli.application import app

__all__ = ["INTERRUPTED", "app", "main"]

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it, and after a question answered with no."""


def main() -> None:
    """Run the command line; Ctrl-C ends it without a word, while it is being loaded too."""
    try:
        from sdgalign.cli.application import run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: imports when asked for
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sdgalign.cli.application import app

    return app
