"""Places on a page as it is shown, and in the space that PDF counts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Rectangle(NamedTuple):
    """In points of the page as shown, from its top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page as shown lies in the space that PDF counts in."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int
    """Degrees clockwise: 0, 90, 180 or 270."""

    @classmethod
    def of(cls, page: Any, turned: int = 0) -> Frame:  # noqa: ANN401 (a pikepdf object)
        """Return the frame of a page.

        Args:
            page: Its dictionary.
            turned: Degrees clockwise that the places were counted on a turned page.
        """
        media = _edges(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
        crop = _edges(_inherited(page, "/CropBox")) or media
        shown = (
            max(media[0], crop[0]),
            max(media[1], crop[1]),
            min(media[2], crop[2]),
            min(media[3], crop[3]),
        )
        if shown[0] >= shown[2] or shown[1] >= shown[3]:
            shown = media
        rotation = _inherited(page, "/Rotate")
        degrees = int(rotation) if isinstance(rotation, int) else 0
        return cls(*shown, turned=(degrees + turned) % 360)

    @property
    def width(self) -> float:
        """Return the width of the page as shown."""
        return self.top - self.bottom if self.turned % 180 else self.right - self.left

    @property
    def height(self) -> float:
        """Return the height of the page as shown."""
        return self.right - self.left if self.turned % 180 else self.top - self.bottom

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """Return what moves the page as shown, counted upwards from below, into PDF space."""
        match self.turned:
            case 90:
                return 0, 1, -1, 0, self.right, self.bottom
            case 180:
                return -1, 0, 0, -1, self.right, self.top
            case 270:
                return 0, -1, 1, 0, self.left, self.top
            case _:
                return 1, 0, 0, 1, self.left, self.bottom

    def point(self, x: float, top: float) -> tuple[float, float]:
        """Return a place of the page as shown in PDF space."""
        a, b, c, d, e, f = self.matrix
        up = self.height - top
        return a * x + c * up + e, b * x + d * up + f


def _inherited(page: Any, key: str) -> Any:  # noqa: ANN401
    """Return an entry of a page, or of the groups of pages that it is in."""
    for _ in range(64):
        if key in page:
            return page[key]
        if "/Parent" not in page:
            return None
        page = page["/Parent"]
    return None


def _edges(box: Any) -> tuple[float, float, float, float] | None:  # noqa: ANN401
    try:
        x0, y0, x1, y1 = (float(edge) for edge in box)
    except (TypeError, ValueError):
        return None
    found = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return found if found[0] < found[2] and found[1] < found[3] else None
