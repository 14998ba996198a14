"""Measure whole runs: pages per second and core, two processes beside one, memory, kill and resume.

The corpus: documents in all layouts of `layouts`, with our own words, and every real PDF beside the
checkout. Writes the figures between the marks in ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from layouts import LAYOUTS, REPORTLAB, pieces, with_extras
from producers import missing, produce
from typeset import make

REPOSITORY = Path(__file__).parents[1]
PAGE = REPOSITORY / "docs" / "scale.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
ENVIRONMENT = os.environ | {"SOURCE_DATE_EPOCH": "1750000000"}
_SAMPLE_SECONDS = 0.5
_MIB = 2**20
_BUSY = 1.0
"""Processes of others that want a core, above which the clock does not count."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run over the corpus."""

    workers: int
    documents: int
    pages: int
    seconds: float
    processor_seconds: float
    """Of the run, its workers and their readers."""
    parent_seconds: float
    """Of the process that writes."""
    worker_mib: list[float]
    """Resident memory of the largest worker, readers not included, one a sample."""
    total_mib: list[float]
    """Of all processes, shared pages counted once (PSS)."""
    load: float
    """Mean number of processes that wanted a core, this run's included."""


def write_corpus(folder: Path, documents: int, shared: Path, real: str) -> int:
    """Write the corpus, unless it is there; return the number of files."""
    wanted = folder / f"complete-{documents}"
    if not wanted.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        usable = [layout for layout in LAYOUTS if not missing(layout)]
        # The other producers take seconds a document: one of each layout.
        own = [layout for layout in usable if layout.producer == REPORTLAB]
        chosen = [layout for layout in usable if layout.producer != REPORTLAB][: documents // 20]
        chosen += [own[at % len(own)] for at in range(documents - len(chosen))]
        for seed, layout in enumerate(chosen):
            path = folder / f"document-{seed:03}.pdf"
            if layout.producer == REPORTLAB:
                make(layout, pieces(seed), path)
            else:
                produce(layout, with_extras(pieces(seed), layout, seed), path)
        for path in sorted((shared / "pdf").glob(f"*/{real}")):
            if path.parent.name in ("real", "plans"):
                shutil.copy(path, folder / f"{path.parent.name}-{path.name}")
        wanted.touch()
    return len(list(folder.glob("*.pdf")))


def start(folder: Path, project: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a run; one worker is one process of one thread, as each of several is."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "sdgalign", "run", str(folder), "-o", str(project), "-y"),
            *("--workers", str(workers)),
        ],
        env=ENVIRONMENT | ({"SDGALIGN_THREADS": "1", "OMP_NUM_THREADS": "1"}),
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )


def measure(folder: Path, project: Path, workers: int) -> Measured:
    """Run the corpus once and look at it while it runs."""
    shutil.rmtree(project, ignore_errors=True)
    before = os.times()
    began = time.perf_counter()
    process = start(folder, project, workers)
    sampler = Sampler(process.pid)
    sampler.start()
    process.wait()
    seconds = time.perf_counter() - began
    sampler.join()
    after = os.times()
    with sqlite3.connect(project / "project.sqlite") as connection:
        documents, pages = connection.execute(
            "SELECT count(*), sum(pages) FROM documents JOIN results ON key = result_key"
        ).fetchone()
    spent = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return Measured(
        workers,
        documents,
        pages,
        seconds,
        spent,
        sampler.parent_seconds,
        sampler.worker_mib,
        sampler.total_mib,
        sum(sampler.loads) / max(len(sampler.loads), 1),
    )


class Sampler(threading.Thread):
    """Looks at a process and its children until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self.parent_seconds = 0.0
        self.worker_mib: list[float] = []
        self.total_mib: list[float] = []
        self.loads: list[float] = []

    def run(self) -> None:
        """Sample."""
        while self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
            try:
                times = self._process.cpu_times()
                self.parent_seconds = times.user + times.system
                family = [self._process, *self._process.children(recursive=True)]
            except psutil.Error:
                return
            workers, total = [0.0], 0.0
            for each in family:
                try:
                    info = each.memory_full_info()
                    if "serve()" not in " ".join(each.cmdline()):
                        workers.append(info.rss / _MIB)
                    total += info.pss / _MIB
                except psutil.Error:
                    continue
            self.worker_mib.append(max(workers))
            self.total_mib.append(total)
            self.loads.append(os.getloadavg()[0])
            time.sleep(_SAMPLE_SECONDS)


def rows_of(project: Path) -> list[list[tuple[object, ...]]]:
    """Return what a project holds, but for times and order."""
    with sqlite3.connect(project / "project.sqlite") as connection:
        return [
            connection.execute(query).fetchall()
            for query in (
                "SELECT path, part, kind, state, result_key, error_kind, error FROM documents "
                "ORDER BY path, part",
                "SELECT key, sha256, pages, words, segments, payload FROM results ORDER BY key",
                "SELECT * FROM alignments ORDER BY key, level, code",
            )
        ]


def kill_and_resume(folder: Path, project: Path, expected: Path, seconds: float, kills: int) -> str:
    """Kill a run at random moments, let it end, and compare its rows."""
    shutil.rmtree(project, ignore_errors=True)
    chance = random.Random(0)
    done = 0
    while done < kills:
        process = start(folder, project, 2)
        try:
            process.wait(chance.uniform(3.0, 2 * seconds / kills))
            break  # it was done before all kills
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            done += 1
    start(folder, project, 2).wait()
    same = rows_of(project) == rows_of(expected)
    return f"killed {done} times and resumed: {'the same rows' if same else 'OTHER ROWS'}"


def describe(one: Measured, two: Measured, killed: str, files: int) -> str:
    """Return the figures as a part of the page."""
    cores = os.cpu_count()
    both = (one, two)
    rows = [
        "| | 1 process | 2 processes |",
        "|---|---|---|",
        _line("documents with a result", [each.documents for each in both]),
        _line("pages", [each.pages for each in both]),
        _line("seconds", [f"{each.seconds:.0f}" for each in both]),
        _line("processor seconds, all processes", [f"{e.processor_seconds:.0f}" for e in both]),
        _line("of these the process that writes", [f"{e.parent_seconds:.0f}" for e in both]),
        _line("pages a second", [f"{each.pages / each.seconds:.2f}" for each in both]),
        _line("pages a processor second", [f"{_rate(each):.2f}" for each in both]),
        _line("largest worker, MiB, highest", [f"{max(e.worker_mib):.0f}" for e in both]),
        _line("– median, 2nd quarter of the run", [f"{_quarter(e, 1):.0f}" for e in both]),
        _line("– median, 4th quarter", [f"{_quarter(e, 3):.0f}" for e in both]),
        _line("all, readers too, MiB (PSS), highest", [f"{max(e.total_mib):.0f}" for e in both]),
        _line("mean load of the machine", [f"{each.load:.1f}" for each in both]),
    ]
    wall = one.seconds / two.seconds
    bound = 2 * one.processor_seconds / two.processor_seconds
    busy = max(each.load - each.workers for each in both) > _BUSY
    clock = "; the machine was busy with other work, so the clock says little" if busy else ""
    return "\n".join(
        [
            f"`make scale`, {time.strftime('%Y-%m-%d')}, {cores} cores ({platform.machine()}), "
            f"{files} files:",
            "",
            *rows,
            "",
            f"Two processes beside one: {bound:.2f} times by processor time, which a machine "
            f"without other work gives at most; {wall:.2f} times by the clock{clock}.",
            "",
            f"Kill and resume: {killed}.",
        ]
    )


def _line(name: str, values: Sequence[object]) -> str:
    return f"| {name} | {' | '.join(map(str, values))} |"


def _rate(measured: Measured) -> float:
    return measured.pages / measured.processor_seconds


def _quarter(measured: Measured, number: int) -> float:
    samples = measured.worker_mib
    size = len(samples) // 4
    return median(samples[number * size : (number + 1) * size] or samples)


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--work", type=Path, default=REPOSITORY / "build" / "scale")
    parser.add_argument("--documents", type=int, default=300, help="besides the real ones")
    parser.add_argument("--real", default="*.pdf", help="which of these", metavar="GLOB")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the figures in docs/scale.md")
    arguments = parser.parse_args()
    work = arguments.work
    corpus = work / "corpus"
    files = write_corpus(corpus, arguments.documents, arguments.shared, arguments.real)
    one, two = (measure(corpus, work / f"project-{n}", n) for n in (1, 2))
    if rows_of(work / "project-1") != rows_of(work / "project-2"):
        sys.exit("one process and two give other rows")
    killed = kill_and_resume(
        corpus, work / "killed", work / "project-2", two.seconds, arguments.kills
    )
    text = describe(one, two, killed, files)
    sys.stdout.write(text + "\n")
    (work / "measured.json").write_text(json.dumps([_plain(one), _plain(two)]), encoding="utf-8")
    if arguments.write:
        page = PAGE.read_text(encoding="utf-8")
        head, tail = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")


def _plain(measured: Measured) -> dict[str, object]:
    return {name: getattr(measured, name) for name in Measured.__dataclass_fields__}


if __name__ == "__main__":
    main()
