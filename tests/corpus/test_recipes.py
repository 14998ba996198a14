"""Every SQL and pandas block of ``docs/recipes.md`` runs, and both give the same answer."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sdgalign.corpus.assessed import assessed_of
from sdgalign.corpus.export import export_dataset
from sdgalign.corpus.formats import DatasetFormat
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.overview import overview
from sdgalign.corpus.overview_parts import KindOverview
from sdgalign.corpus.statistics import Interval, ranks
from tests.corpus.small_project import make_project
from tests.shared import REPOSITORY

pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")

TEXT = (REPOSITORY / "docs" / "recipes.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in TEXT.split("\n## ")[1:]}
RANKING = "Who is ahead? A ranking that says what it does not know"
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


def overview_of(folder: Path, kind: str) -> KindOverview:
    with Ledger.open(folder / "project") as ledger:
        kinds = overview(assessed_of(ledger), ()).kinds
    return next(each for each in kinds if each.kind == kind)


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


def test_the_ranking_is_that_of_the_overview(here: Path) -> None:
    plans = overview_of(here, "plan")
    expected = [(unit.name, unit.ranks.best, unit.ranks.worst) for unit in plans.units]
    assert expected == [("Mol", 1, 1), ("Lier", 2, 2), ("Tielt", 3, 3)]
    connection, _ = opened()
    (query,) = blocks(RANKING, "sql")
    found = connection.execute(query).df()
    assert list(found[["municipality", "best_rank", "worst_rank"]].itertuples(index=False)) == (
        expected
    )


def test_the_ranking_tells_scores_apart_as_the_overview_does() -> None:
    """By the interval of the difference, which reaches further to one side than to the other."""
    chance = random.Random(1)
    values = [
        Interval(score, score - chance.uniform(1, 8), score + chance.uniform(1, 8))
        for score in (chance.uniform(10, 60) for _ in range(40))
    ]
    names = [f"Gemeente {at}" for at in range(len(values))]
    current = pd.DataFrame(
        {"document_id": names, "municipality": names, "nis_code": None, "kind": "plan"}
    )
    alignments = pd.DataFrame(
        [(name, "document", each.value, each.low, each.high)
         for name, each in zip(names, values, strict=True)],
        columns=["document_id", "level", "score", "low", "high"],
    )  # fmt: skip
    connection, tables = duckdb.connect(), {"current": current, "alignments": alignments}
    for name, table in tables.items():
        connection.register(name, table)
    (query,), (script,) = (blocks(RANKING, language) for language in ("sql", "python"))
    exec(script, tables)
    expected = {
        name: (each.best, each.worst) for name, each in zip(names, ranks(values), strict=True)
    }
    for answer in (connection.execute(query).df(), tables["answer"]):
        places = zip(answer.best_rank, answer.worst_rank, strict=True)
        assert dict(zip(answer.municipality, places, strict=True)) == expected


def test_a_copy_and_earlier_years_are_not_counted(here: Path) -> None:
    connection, _ = opened()
    (query,) = blocks("How do parties differ?", "sql")
    parties = connection.execute(query).df()
    expected = {group.name: group.documents for group in overview_of(here, "manifesto").parties}
    assert parties.groupby("party").documents.max().to_dict() == expected
    (query,) = blocks("What changed between two periods?", "sql")
    changes = connection.execute(query).df().set_index("nis_code_now")
    assert changes.score_2024["12021"] == (40 + 30) / 2


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
