from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.corpus.corpora import command, make_corpus, tiny_folder
from tests.shared import REPOSITORY


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments, "--model", tiny_folder(), "--workers", 1),
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_document_is_an_event_as_the_page_describes_it(tmp_path: Path) -> None:
    folder = make_corpus(tmp_path / "in", 3)
    done = run(folder, "-o", tmp_path / "project", "--json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert {event["path"] for event in events} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*.*")
    }
    page = (REPOSITORY / "docs" / "scale.md").read_text(encoding="utf-8")
    for name, value in events[0].items():
        assert f"`{name}`" in page, name
        assert value is not None or name.startswith("error")
    again = run(folder, "-o", tmp_path / "project", "--json")
    assert [json.loads(line)["event"] for line in again.stdout.splitlines()] == ["unchanged"] * 3
    assert "3 documents in 0 s: 0 analysed, 3 done before" in again.stderr


def test_when_nothing_can_be_read_the_run_could_not_be_done(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "leeg.pdf").write_bytes(b"")
    (tmp_path / "in" / "foto.jpg").write_bytes(b"\xff\xd8")
    done = run(tmp_path / "in", "-o", tmp_path / "project")
    assert done.returncode == 2
    assert "sdgalign: leeg.pdf: the file is empty" in done.stderr
    assert "passed over, no documents: foto.jpg" in done.stderr
    assert "failures: 1 format" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cluster", "2"], "give local: and a number of workers"),
        (["--scheduler", "tcp://127.0.0.1:1", "--cluster", "local:2"], "give only one of"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, arguments: list[str], said: str) -> None:
    make_corpus(tmp_path / "in", 1)
    done = subprocess.run(
        command(tmp_path / "in", "-o", tmp_path / "project", *arguments),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[-1]
