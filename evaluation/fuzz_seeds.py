"""What `fuzz.py` begins with: small documents of all kinds, made by what is on the machine."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import subprocess
from pathlib import Path

_WORDS = (
    "gemeente investeert tegen 2028 in fietspaden, bomen en woningen; scholen (zorg) klimaat "
    "energie water – jongeren ouderen \u201cverkeer\u201d veiligheid € 12.500 40 % CO2".split()
)
_PATIENCE = 120
"""Seconds for a program."""


def _prose(random_: random.Random, words: int = 40) -> str:
    return " ".join(random_.choice(_WORDS) for _ in range(words)).capitalize() + "."


def seeds(folder: Path) -> list[Path]:
    """Return the seeds in a folder, written when it is not there yet.

    Programs write the time into what they make: only the same files give the same cases again.
    Those of Chromium and LibreOffice are there where these are installed.
    """
    if not folder.is_dir():
        unfinished = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        _write_seeds(unfinished)
        unfinished.rename(folder)
    return sorted(path for path in folder.rglob("seed*") if path.is_file())


def _write_seeds(folder: Path) -> None:
    random_ = random.Random(0)
    prose = [_prose(random_) for _ in range(12)]
    folder.mkdir(parents=True, exist_ok=True)
    made = [_markdown(folder, prose), _plain(folder, prose), _html(folder, prose)]
    made += [_docx(folder, prose), *_reportlab(folder, prose), *_data_files(folder)]
    made += _converted(folder, made)
    for path in made:
        if path.suffix == ".pdf":
            _write_plain(path)


def _markdown(folder: Path, prose: list[str]) -> Path:
    path = folder / "seed.md"
    table = "| actie | raming |\n|---|---|\n| fietspad | 12.500 |\n"
    path.write_text(
        f"---\ntitle: Plan\n---\n# Wonen\n\n{prose[0]}\n\n- {prose[1]}\n  1. {prose[2]}\n\n"
        f"> {prose[3]}\n\n{table}\n## Groen\n\n**{prose[4]}** `x` [a](b)\n\n```\n{prose[5]}\n```\n",
        "utf-8",
    )
    return path


def _plain(folder: Path, prose: list[str]) -> Path:
    path = folder / "seed.txt"
    path.write_text("WONEN\n=====\n\n" + "\n\n".join(prose[:4]) + "\f\n• " + prose[5], "utf-8")
    return path


def _html(folder: Path, prose: list[str]) -> Path:
    path = folder / "seed.html"
    rows = "".join(f"<tr><td>BD{n}</td><td>{prose[n]}</td><td>{n}.500</td></tr>" for n in range(4))
    path.write_text(
        "<!doctype html><html><head><meta charset=utf-8><title>Plan</title></head><body>"
        f"<nav><a href=/>Start</a></nav><main><h1>Wonen</h1><p>{prose[0]}<br>{prose[1]}</p>"
        f"<ul><li>{prose[2]}<ol><li>{prose[3]}</ol></ul><h2>Groen</h2><table>{rows}</table>"
        f"<p>{prose[6]}<sup><a href=#1>1</a></sup></p><aside>{prose[7]}</aside></main>",
        "utf-8",
    )
    return path


def _docx(folder: Path, prose: list[str]) -> Path:
    from docx import Document

    document = Document()
    document.add_heading("Wonen", 1)
    for style, text in zip(("List Bullet", "List Number", "Normal"), prose, strict=False):
        document.add_paragraph(text, style=style)
    table = document.add_table(3, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"{number} {prose[number][:40]}"
    document.add_heading("Groen", 2)
    document.add_paragraph(prose[5]).add_run(prose[6]).bold = True
    document.sections[0].header.paragraphs[0].text = "Plan 2026"
    path = folder / "seed.docx"
    document.save(str(path))
    return path


def _reportlab(folder: Path, prose: list[str]) -> list[Path]:
    from reportlab.pdfgen.canvas import Canvas

    path = folder / "seed-reportlab.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.setTitle("Plan")
    for page in range(3):
        canvas.bookmarkPage(str(page))
        canvas.addOutlineEntry(f"Deel {page}", str(page), page % 2)
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 780, f"Deel {page}: wonen")
        canvas.setFont("Helvetica", 9)
        for row in range(16):
            for x in (60, 320):
                canvas.drawString(x, 740 - 14 * row, prose[row % 12][:44])
        for x in (60, 150, 320, 520):
            canvas.line(x, 300, x, 400)
        for y in (300, 340, 380, 400):
            canvas.line(60, y, 520, y)
            canvas.drawString(64, y - 12, "BD1 12.500")
        canvas.rotate(90)
        canvas.drawString(300, -580, "Programma 2030")
        canvas.showPage()
    canvas.save()
    return [path]


def _data_files(folder: Path) -> list[Path]:
    from openpyxl import Workbook

    head = ["Gemeente", "Code beleidsdoelstelling", "Beleidsdoelstelling", "Actieplan code",
            "Actieplan", "Actie (code)", "Omschrijving actie", "Raming 2026"]  # fmt: skip
    rows = [["Lindebeke", "BD1", "Groen", "AP1", "Bomen", f"AC{n}", "Planten", n] for n in range(4)]
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    book.save(folder / "seed.xlsx")
    lines = [";".join(map(str, row)) for row in [head, *rows]]
    (folder / "seed.csv").write_text("\n".join(lines), "utf-8")
    row = {"municipality": "L", "nis_code": "9", "bd_code": "BD1", "bd_short": "Groen",
           "bd_long": "", "ap_code": "AP1", "ap_short": "Bomen", "ap_long": "", "ac_code": "AC1",
           "ac_short": "Planten", "ac_long": "", "total_amount": 3.0,
           "yearly_amounts": {"2026": 3.0}}  # fmt: skip
    (folder / "seed.jsonl").write_text(f"{json.dumps(row)}\n" * 3, "utf-8")
    return [folder / f"seed.{kind}" for kind in ("xlsx", "csv", "jsonl")]


def _converted(folder: Path, made: list[Path]) -> list[Path]:
    found = []
    html, docx = folder / "seed.html", folder / "seed.docx"
    if chromium := shutil.which("chromium"):
        pdf = folder / "seed-chromium.pdf"
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={pdf}"]
        _run(chromium, *options, str(html))
        found.append(pdf)
    if office := shutil.which("soffice"):
        # Of its own: another that runs would keep the usual one locked.
        own = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
        for kind in ("pdf", "odt"):
            into = ["--convert-to", kind, "--outdir", str(folder / "office")]
            _run(office, own, "--headless", *into, str(docx))
            found.append(folder / "office" / f"seed.{kind}")
    return [path for path in found if path.is_file()]


def _run(*command: str) -> None:
    """Run a program that may fail: its file is missing then."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, check=False, capture_output=True, timeout=_PATIENCE)


def _write_plain(path: Path) -> None:
    """Write a PDF anew with its streams unpacked, so that mutations reach their operators."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=path)
    for page in writer.pages:
        if (contents := page.get_contents()) is not None:
            page.replace_contents(contents)
    writer.write(path.with_name(f"{path.stem}-{path.parent.name}-plain.pdf"))
