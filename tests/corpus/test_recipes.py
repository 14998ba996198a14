"""Every SQL and pandas block of ``docs/recipes.md`` runs, and both give the same answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sdgalign.corpus.export import export_dataset
from sdgalign.corpus.formats import DatasetFormat
from tests.corpus.small_project import make_project
from tests.shared import REPOSITORY

pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")

TEXT = (REPOSITORY / "docs" / "recipes.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in TEXT.split("\n## ")[1:]}
QUESTIONS = [title for title in SECTIONS if title.endswith("?") or "ranking" in title]


def blocks(title: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", SECTIONS[title], re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes")
    project = make_project(folder / "project")
    export_dataset(project, folder / "dataset", DatasetFormat.PARQUET)
    export_dataset(project, folder / "dataset-csv", DatasetFormat.CSV)
    return folder


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def opened() -> tuple[Any, dict[str, Any]]:
    connection, names = duckdb.connect(), {}
    (views,), (loading,) = (blocks("Open the tables", name) for name in ("sql", "python"))
    connection.execute(views)
    exec(loading, names)
    return connection, names


def test_there_is_a_recipe_for_every_question() -> None:
    assert len(QUESTIONS) >= 9


@pytest.mark.parametrize("title", QUESTIONS)
def test_sql_and_pandas_agree(here: Path, title: str) -> None:
    connection, names = opened()
    (query,) = blocks(title, "sql")
    found = connection.execute(query).df()
    assert len(found), "the question has an answer in the small project"
    for script in blocks(title, "python"):
        exec(script, names)
        answer = names["answer"].reset_index(drop=True)
        assert list(answer.columns) == list(found.columns)
        pd.testing.assert_frame_equal(
            answer.astype(object).where(answer.notna(), None),
            found.astype(object).where(found.notna(), None),
            check_dtype=False,
        )


def test_csv_files_give_the_same_tables(here: Path) -> None:
    _, names = opened()
    whole = dict(names["tables"])
    (script,) = blocks("Open the tables", "python csv")
    exec(script, names)
    for name, table in names["tables"].items():
        assert list(table.columns) == list(whole[name].columns)
        assert len(table) == len(whole[name])
    codes = names["tables"]["alignments"].code
    assert {"8.1", "8.10"} <= set(codes), "codes are texts"
    assert set(codes) == set(whole["alignments"].code)
