"""The moment that reports name: now, or what ``SOURCE_DATE_EPOCH`` says, to repeat them."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from sdgalign.errors import InputError

_VARIABLE = "SOURCE_DATE_EPOCH"


def now() -> datetime:
    """Return the moment, in UTC.

    Raises:
        InputError: When ``SOURCE_DATE_EPOCH`` is set to what is no moment.
    """
    epoch = os.environ.get(_VARIABLE)
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"{_VARIABLE}: {epoch[:40]!r} is no number of seconds since 1970. Correct or unset it."
        ) from None
