from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.told import Told, told_by
from tests.corpus.test_run import run

PLAN = """# Meerjarenplan 2026-2031 stad Lier

## Beleidsdoelstelling BD1: Een groene stad

### Actieplan AP1: Mobiliteit

#### Actie AC1: We leggen elf kilometer nieuwe fietspaden aan

|  | 2026 | 2027 |
|---|---|---|
| Uitgaven | 1.000 | 2.000 |

#### Actie AC2: We planten duizend bomen in het centrum
"""


def payload(name: str, *, nis_code: str = "", years: tuple[int, ...] = (2026,)) -> dict[str, Any]:
    return {
        "document": {"kind": "plan", "language": "nl", "title": "Meerjarenplan"},
        "plan": {
            "municipality": name,
            "nis_code": nis_code,
            "budget": {"years": {str(year): {} for year in years}},
        },
    }


@pytest.mark.parametrize(
    ("name", "years", "place"),
    [
        ("Stad Lier", (2026,), ("Lier", "12021", 2026)),
        ("Tielt-Winge", (2020, 2021), ("Tielt-Winge", "24135", 2020)),  # not merged yet
        ("Oevermeer", (2026,), (None, None, 2026)),
        ("", (), (None, None, None)),
    ],
)
def test_a_plan_tells_whose_it_is(
    name: str, years: tuple[int, ...], place: tuple[str | None, str | None, int | None]
) -> None:
    assert told_by(payload(name, years=years)) == Told("plan", "nl", "Meerjarenplan", *place)


def test_what_a_plan_prints_fills_what_nobody_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "meerjarenplan.md").write_text(PLAN, encoding="utf-8")
    (folder / "manifest.csv").write_text("path;municipality\nmeerjarenplan.md;\n", encoding="utf-8")
    run(folder, tmp_path / "project")
    with Ledger.open(tmp_path / "project") as ledger:
        [document] = ledger.documents()
    assert (document.kind, document.municipality, document.nis_code) == ("plan", "Lier", "12021")


def test_who_says_of_whom_a_plan_is_is_believed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "meerjarenplan.md").write_text(PLAN, encoding="utf-8")
    rows = "path;municipality;nis_code\nmeerjarenplan.md;Regio Zuid;\n"
    (folder / "manifest.csv").write_text(rows, encoding="utf-8")
    run(folder, tmp_path / "project")
    with Ledger.open(tmp_path / "project") as ledger:
        [document] = ledger.documents()
    assert (document.municipality, document.nis_code) == ("Regio Zuid", None)
