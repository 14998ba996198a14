from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sdgalign.cli import app
from sdgalign.documents.document import PageNote, PathCode
from sdgalign.reports.explanation import path_text
from sdgalign.reports.texts import texts
from tests.pdfs import Put, column, grid, write_pdf
from tests.shared import REPOSITORY

RUNNER = CliRunner()
LEFT = [f"links regel {n} gaat over wonen in de stad" for n in range(14)]
RIGHT = [f"rechts regel {n} gaat over bos en heide" for n in range(14)]
FOOTERS = [Put(60, 825, "Meerjarenplan Lindebeke", size=8)]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four pages, each read another way, with a bookmark and a running line."""
    table = [
        Put(60 + 150 * x, 115 + 30 * y, text)
        for y, row in enumerate((("Actie", "Trekker"), ("Bomen", "Groendienst")))
        for x, text in enumerate(row)
    ]
    pages = [
        [Put(60, 70, "Een dorp dat groeit", "Helvetica-Bold", 20), *column(LEFT)],
        [*column(RIGHT, x=310), *column(LEFT, x=50)],
        table,
        [],
    ]
    return write_pdf(
        tmp_path_factory.mktemp("segments") / "plan.pdf",
        [*([*page, *FOOTERS] for page in pages[:3]), []],
        rules=[[], [], grid([50, 200, 350], [100, 130, 160])],
        outline=[("Een dorp dat groeit", 0, 1)],
    )


def run(*arguments: object) -> str:
    result = RUNNER.invoke(app, ["segments", *map(str, arguments)], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return result.stdout


def test_explain_names_the_path_of_each_page(document: Path) -> None:
    rows = [line.split("  ")[0].strip() for line in run(document, "--explain").splitlines()]
    assert rows[1:5] == ["1", "2", "3", "4"]
    output = run(document, "--explain", "--lang", "en")
    for code in (PathCode.USUAL, PathCode.RIGHT_FIRST, PathCode.EMPTY):
        assert texts("en")[f"path.{code}"] in output
    assert path_text(PageNote(PathCode.RULED_TABLE, 2), texts("en")) in output
    assert "Bookmarks in the file: 1. Headings among them: 1" in output


def test_explain_speaks_the_chosen_language(document: Path) -> None:
    output = run(document, "--explain", "--lang", "nl")
    assert "de rechterhelft stond eerst in het bestand" in output
    assert "kop- en voetregels: 3" in output


def test_pages_read_alike_share_a_row(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(LEFT), column(RIGHT)])
    assert "1–2" in run(path, "--explain")


def test_json_explains_only_when_asked(document: Path) -> None:
    plain = json.loads(run(document, "--format", "json"))
    told = json.loads(run(document, "--format", "json", "--explain", "--lang", "nl"))
    assert told["segments"] == plain
    pages = told["reading"]["pages"]
    codes = [[step["code"] for step in page["path"]] for page in pages]
    assert codes == [["usual"], ["right-first"], ["ruled-table"], ["empty"]]
    assert [page["running_lines"] for page in pages] == [1, 1, 1, 0]
    assert sum(page["segments"] for page in pages) == len(plain)
    assert told["reading"]["outline"]["code"] == "used"
    assert told["reading"]["seconds"] > 0


def test_a_file_that_declares_its_headings_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("# Wonen\n\nWij bouwen honderd woningen in het dorp.\n", encoding="utf-8")
    reading = json.loads(run(path, "--format", "json", "--explain"))["reading"]
    assert reading["outline"]["code"] == "declared"
    assert reading["pages"][0]["path"][0]["code"] == "declared"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", PathCode)
def test_every_path_has_words(code: PathCode, language: str) -> None:
    assert path_text(PageNote(code, 7), texts(language))


def test_the_docs_explain_every_path() -> None:
    page = (REPOSITORY / "docs" / "reading.md").read_text(encoding="utf-8")
    assert {code for code in PathCode if f"| `{code}` |" not in page} == set()
