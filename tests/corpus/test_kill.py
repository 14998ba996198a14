"""A run that is killed at any moment, and what the next one makes of it."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.corpus.corpora import (
    ROWS,
    command,
    contents,
    environment,
    make_corpus,
    tiny_folder,
    write_plans,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills process groups")


def start(folder: Path, project: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(folder, "-o", project, "--json", "--model", tiny_folder(), *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(),
        start_new_session=True,
    )


def kill_at_random(
    process: subprocess.Popen[str], chance: random.Random, seconds: float
) -> list[str]:
    """Kill the run and its workers: at any time, or soon after it told of some document.

    Returns:
        The documents that it told were analysed.
    """
    assert process.stdout is not None
    told = []
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0.0, seconds))
    else:
        for _ in range(chance.randint(1, 4)):
            told.append(process.stdout.readline())
        time.sleep(chance.uniform(0.0, 0.03))
    os.killpg(process.pid, signal.SIGKILL)
    with process:
        told += process.stdout.readlines()
    # The last line may be cut off.
    events = [json.loads(line) for line in told if line.endswith("}\n")]
    return [event["path"] for event in events if event["event"] == "analysed"]


def check(project: Path, told: list[str]) -> int:
    """Check that the ledger is whole and holds what was told; return the number of results."""
    if not (project / "project.sqlite").is_file():
        return 0
    with sqlite3.connect(project / "project.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    try:
        found = contents(project)
    except sqlite3.OperationalError:  # killed before there were tables
        assert not told
        return 0
    done = {row[0] for row in found["documents"] if row[11] == "done"}
    assert done.issuperset(told), "what was told to be done is done"
    keys = {row[0] for row in found["results"]}
    assert {row[12] for row in found["documents"] if row[11] == "done"} <= keys
    assert len(found["alignments"]) == ROWS * len(keys), "no half results"
    return len(keys)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus, and the project of a run that nobody disturbed."""
    place = tmp_path_factory.mktemp("undisturbed")
    folder = make_corpus(place / "in", 24)
    write_plans(folder / "plannen.jsonl")
    (folder / "leeg.pdf").write_bytes(b"")
    process = start(folder, place / "project")
    process.communicate()
    assert process.returncode == 3, "one document is no PDF"
    return folder, place / "project"


@pytest.mark.parametrize(
    ("kills", "workers"),
    [
        pytest.param(4, 1, id="four"),
        pytest.param(1, 2, id="one-with-workers"),
        pytest.param(50, 1, id="fifty", marks=pytest.mark.slow),
    ],
)
def test_a_run_killed_at_random_moments_ends_as_an_undisturbed_one(
    undisturbed: tuple[Path, Path], tmp_path: Path, kills: int, workers: int
) -> None:
    folder, expected = undisturbed
    project = tmp_path / "project"
    chance = random.Random(kills)
    results = 0
    for _ in range(kills):
        process = start(folder, project, "--workers", workers)
        told = kill_at_random(process, chance, 1.5 * workers)
        before, results = results, check(project, told)
        assert results >= before, "nothing that was done is lost"
        if results == len(contents(expected)["results"]):
            # Begin anew, so that there is something to kill.
            for path in project.iterdir():
                path.unlink()
            results = 0
    last = start(folder, project, "--workers", workers)
    output, _ = last.communicate()
    assert last.returncode == 3
    analysed = [line for line in output.splitlines() if '"analysed"' in line]
    assert len(analysed) == len(contents(expected)["results"]) - results
    assert contents(project) == contents(expected)


def test_two_runs_do_not_share_a_project(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    folder, project = undisturbed[0], tmp_path / "project"
    first = start(folder, project)
    assert first.stdout is not None
    first.stdout.readline()
    arguments = command(folder, "-o", project, "--model", tiny_folder())
    second = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert f"another run is working on this project (process {first.pid} on " in second.stderr
    assert len(second.stderr.splitlines()) == 1

    third = subprocess.Popen([*arguments, "--wait"], stderr=subprocess.PIPE, text=True)
    assert third.stderr is not None
    assert third.stderr.readline().startswith("waiting for another run")
    os.killpg(first.pid, signal.SIGKILL)  # the lock dies with it
    first.communicate()
    third.communicate()
    assert third.returncode == 3


def test_ctrl_c_ends_a_run_and_the_next_one_resumes(
    undisturbed: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, expected = undisturbed
    project = tmp_path / "project"
    process = subprocess.Popen(
        command(folder, "-o", project, "--json", "--model", tiny_folder(), "--workers", 2),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert errors.splitlines()[-1].startswith("interrupted: ")
    again = start(folder, project)
    again.communicate()
    assert again.returncode == 3
    assert contents(project) == contents(expected)
