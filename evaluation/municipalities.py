"""Make ``sdgalign/corpus/data/municipalities.csv`` from the public list of codes and mergers.

    python evaluation/municipalities.py --shared ../shared

The material names every municipality since 1970 and the mergers of 2025; what merged or changed its
code in 2019 stands below. Kept are facts: code, names, province, years, successor, of the
municipalities since 2013.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "sdgalign" / "corpus" / "data" / "municipalities.csv"
COLUMNS = ("nis_code", "name", "fr", "de", "official", "province", "since", "until", "successor")

MERGED_2019 = {
    "12041": ("12030", "12034"),
    "44083": ("44011", "44049"),
    "44084": ("44001", "44029"),
    "44085": ("44036", "44072", "44080"),
    "45068": ("45017", "45057"),
    "72042": ("71047", "72040"),
    "72043": ("72025", "72029"),
}
GERMAN = frozenset("63001 63012 63013 63023 63040 63048 63061 63067 63087".split())
"""Municipalities of the German-speaking community."""
PROVINCES = (
    ("11|12|13", "Antwerpen"),
    ("21", "Brussel"),
    ("23|24", "Vlaams-Brabant"),
    ("25", "Waals-Brabant"),
    ("3", "West-Vlaanderen"),
    ("4", "Oost-Vlaanderen"),
    ("5", "Henegouwen"),
    ("6", "Luik"),
    ("7", "Limburg"),
    ("8", "Luxemburg"),
    ("9", "Namen"),
)
BETTER = {"Beveren-Kruibeke-Zwijndrecht (voorlopige naam)": "Beveren-Kruibeke-Zwijndrecht"}
_CODED = re.compile(r"\s*([^+,]+?) \((\d{5})\)")

Row = dict[str, Any]


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    rows = {row["nis_code"]: row for row in map(_row, _listed(data / "refnis.csv"))}
    _rename_2019(rows)
    _merge_2025(rows, data / "fusies-2025.csv")
    with arguments.out.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[code] for code in sorted(rows))
    now = [code for code, row in rows.items() if not row["until"]]
    flemish = [code for code in now if _region(code) == "Flanders"]
    sys.stdout.write(f"{len(rows)} codes, {len(now)} in use, {len(flemish)} of them in Flanders\n")


def _listed(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            row
            for row in csv.DictReader(stream)
            if row["LVL_REFNIS"] == "4" and int(row["DT_VLDT_END"][-4:]) >= 2018
        ]


def _row(listed: Mapping[str, str]) -> Row:
    code = listed["CD_REFNIS"]
    name, fr, de = (_bare(listed[f"TX_REFNIS_{language}"]) for language in ("NL", "FR", "DE"))
    since, until = (int(listed[f"DT_VLDT_{end}"][-4:]) for end in ("START", "END"))
    return {
        "nis_code": code,
        "name": name,
        "fr": fr if fr != name else "",
        "de": de if de != name else "",
        "official": _official(code),
        "province": _province(code),
        "since": since if since >= 2019 else "",
        "until": until if until < 9999 else "",
        "successor": "",
    }


def _bare(name: str) -> str:
    """Return a name without the place that tells it from villages that are no longer communes."""
    return re.sub(r"\s*\([^)]*\)$", "", BETTER.get(name, name))


def _region(code: str) -> str:
    if code.startswith("21"):
        return "Brussels"
    return "Flanders" if code.startswith(("1", "23", "24", "3", "4", "7")) else "Wallonia"


def _official(code: str) -> str:
    if code in GERMAN:
        return "de"
    return {"Brussels": "nl fr", "Flanders": "nl", "Wallonia": "fr"}[_region(code)]


def _province(code: str) -> str:
    return next(name for prefix, name in PROVINCES if re.match(prefix, code))


def _rename_2019(rows: Mapping[str, Row]) -> None:
    """Say what became of the codes of 2018: a merger, or another district with the same name."""
    merged = {old: new for new, olds in MERGED_2019.items() for old in olds}
    started = {row["name"]: code for code, row in rows.items() if row["since"] == 2019}
    for code, row in rows.items():
        if row["until"] == 2018:
            row["successor"] = merged.get(code) or started[row["name"]]


def _merge_2025(rows: dict[str, Row], path: Path) -> None:
    for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
        *olds, new = _CODED.findall(line.replace("(voorlopige naam) ", ""))
        for _, code in olds:
            if code != new[1]:
                rows[code] |= {"until": 2024, "successor": new[1]}
        if new[1] not in rows:
            rows[new[1]] = {
                **dict.fromkeys(COLUMNS, ""),
                "nis_code": new[1],
                "name": _bare(new[0]),
                "official": _official(new[1]),
                "province": _province(new[1]),
                "since": 2025,
                **_kept_names(_bare(new[0]), (rows[code] for _, code in olds)),
            }


def _kept_names(name: str, olds: Iterable[Row]) -> Row:
    """Return the names of one that keeps its name and changes its code."""
    same = next((row for row in olds if name in (row["name"], row["fr"])), None)
    return {column: same[column] for column in ("name", "fr", "de")} if same else {}


if __name__ == "__main__":
    main()
