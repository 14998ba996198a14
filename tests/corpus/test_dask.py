"""A cluster gives what one process gives, also when it loses a worker."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.corpus.corpora import command, contents, environment, make_corpus, tiny_folder

pytest.importorskip("distributed")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, as somebody would start them by hand."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with ExitStack() as stack:

        def start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", program, *arguments],
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        start("scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2],
              "--no-dashboard")  # fmt: skip
        workers = [
            start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(2)
        ]
        yield address, workers


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("serial")
    folder = make_corpus(place / "in", 16)
    (folder / "leeg.pdf").write_bytes(b"")
    arguments = command(folder, "-o", place / "project", "--model", tiny_folder(), "--workers", 1)
    assert subprocess.run(arguments, env=environment(), check=False).returncode == 3
    return folder, place / "project"


def test_a_cluster_that_loses_a_worker_gives_what_a_serial_run_gives(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], serial: tuple[Path, Path], tmp_path: Path
) -> None:
    address, workers = cluster
    folder, expected = serial
    project = tmp_path / "project"
    arguments = command(
        folder, "-o", project, "--model", tiny_folder(), "--json", "--scheduler", address
    )
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as run:
        assert run.stdout is not None
        for _ in range(4):
            assert json.loads(run.stdout.readline())
        workers[0].kill()
        _, errors = run.communicate(timeout=300)
    assert run.returncode == 3, errors
    assert contents(project) == contents(expected)
    assert "Traceback" not in errors


def test_a_cluster_of_this_machine_gives_what_a_serial_run_gives(
    serial: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, expected = serial
    project = tmp_path / "project"
    arguments = command(folder, "-o", project, "--model", tiny_folder(), "--cluster", "local:2")
    run = subprocess.run(arguments, env=environment(), check=False, capture_output=True, text=True)
    assert run.returncode == 3, run.stderr
    assert contents(project) == contents(expected)


def test_no_scheduler_is_said_in_one_line(tmp_path: Path) -> None:
    make_corpus(tmp_path / "in", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    run = subprocess.run(
        command(tmp_path / "in", "-o", tmp_path / "project", "--scheduler", address),
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "no Dask scheduler answers there" in run.stderr.splitlines()[-1]
    assert "Traceback" not in run.stderr
