from __future__ import annotations

import pytest

from sdgalign.segmentation.figures import is_figures


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("Juli 2025", "71", "8.574"), True),
        (("Totaal", "632", "53.454"), True),
        (("Omschrijving", "2026", "2027", "2028"), True),
        (("1.200", "-", "300"), True),
        (("Aanleg fietspad", "120.000", "80.000"), False),
        (("Totaal sociale woningen", "120"), False),
    ],
)
def test_rows_of_amounts(cells: tuple[str, ...], expected: bool) -> None:
    assert is_figures(" ".join(cells), cells) is expected
