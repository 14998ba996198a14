from __future__ import annotations

import multiprocessing
import os
import sqlite3
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from sdgalign.corpus.discover import Choice
from sdgalign.corpus.events import Ended, Ending
from sdgalign.corpus.executors import (
    WORKER_MIB,
    ProcessWorkers,
    SerialWorkers,
    Workers,
)
from sdgalign.corpus.ledger import Ledger
from sdgalign.corpus.machine import Machine, default_workers
from sdgalign.corpus.prepare import Prepared, begin, prepare
from sdgalign.corpus.records import State
from sdgalign.corpus.run import analyse_corpus
from sdgalign.corpus.todo import Order
from sdgalign.corpus.work import Report
from sdgalign.errors import InputError, NotFoundError
from sdgalign.reports.overview_write import partial_of
from tests.corpus.corpora import ROWS, contents, make_corpus, text_of, tiny_id, write_plans
from tests.pdfs import Put, write_pdf


def run(
    folder: Path | list[Path],
    project: Path,
    *,
    workers: Workers | None = None,
    before: Callable[[Ledger, Prepared], object] = lambda ledger, prepared: None,
    on_end: Callable[[Ended], object] = lambda ended: None,
    retry: bool = False,
    **options: Any,
) -> dict[str, Ending]:
    """Run a corpus; return what became of each document."""
    ends: dict[str, Ending] = {}

    def note(ended: Ended) -> None:
        assert ended.document.name not in ends, "told twice"
        ends[ended.document.name] = ended.ending
        on_end(ended)

    with Ledger.open(project, write=True) as ledger:
        paths = [folder] if isinstance(folder, Path) else folder
        prepared = prepare(ledger, paths, **options)
        begin(ledger, prepared)
        before(ledger, prepared)
        staff = workers or SerialWorkers()
        try:
            order = Order(tiny_id(), retry=retry)
            analyse_corpus(ledger, prepared.known, staff, order, on_end=note)
        finally:
            staff.close()
    return ends


def states(project: Path) -> dict[str, str]:
    with Ledger.open(project) as ledger:
        return {each.name: str(each.state) for each in ledger.documents()}


def test_a_second_run_does_only_what_changed(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 5), tmp_path / "project"
    assert set(run(folder, project).values()) == {Ending.ANALYSED}
    assert set(run(folder, project).values()) == {Ending.UNCHANGED}

    (folder / "een" / "meerjarenplan-1.md").write_text("Wij planten bomen.", encoding="utf-8")
    (folder / "twee" / "tekst-4.txt").unlink()
    ends = run(folder, project)
    assert [name for name, end in ends.items() if end is Ending.ANALYSED] == [
        "een/meerjarenplan-1.md"
    ]
    with Ledger.open(project) as ledger:
        (gone,) = ledger.documents(State.GONE)
        assert gone.path == "twee/tekst-4.txt"
        assert gone.result_key is not None
        assert ledger.payload(gone.result_key)["document"]["name"] == "tekst-4.txt"
        assert gone.path not in {row.document.path for row in ledger.alignments("document")}

    (folder / "twee" / "tekst-4.txt").write_text(text_of(4), encoding="utf-8")
    assert run(folder, project)["twee/tekst-4.txt"] is Ending.SHARED
    assert set(states(project).values()) == {"done"}


def test_equal_files_are_analysed_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(text_of(0), encoding="utf-8")
    ends = run(tmp_path, tmp_path / "project")
    assert Counter(ends.values()) == {Ending.ANALYSED: 1, Ending.SHARED: 2}
    with Ledger.open(tmp_path / "project") as ledger:
        assert len({each.result_key for each in ledger.documents("done")}) == 1
        assert len(list(ledger.alignments())) == 3 * ROWS


def test_a_document_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 3), tmp_path / "project"
    (folder / "leeg.pdf").write_bytes(b"")
    (folder / "ook-leeg.pdf").write_bytes(b"")
    ends = run(folder, project)
    assert ends.pop("leeg.pdf") is ends.pop("ook-leeg.pdf") is Ending.FAILED
    assert set(ends.values()) == {Ending.ANALYSED}
    with Ledger.open(project) as ledger:
        failed, twin = ledger.documents("failed")
        assert twin.error is not None
        assert twin.error.startswith("ook-leeg.pdf: the file is empty")
        assert failed.error_kind == "format"
        assert failed.error is not None
        assert failed.error.startswith("leeg.pdf: the file is empty")

    assert run(folder, project)["leeg.pdf"] is Ending.FAILED_BEFORE
    assert run(folder, project, retry=True)["leeg.pdf"] is Ending.FAILED
    (folder / "leeg.pdf").write_bytes((folder / "twee" / "programma-0.pdf").read_bytes())
    assert run(folder, project)["leeg.pdf"] is Ending.SHARED


def test_the_manifest_says_what_documents_are(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 2), tmp_path / "project"
    manifest = folder / "manifest.csv"
    manifest.write_text(
        "path,kind,municipality,year\neen/meerjarenplan-1.md,plan,Lier,2025\n", encoding="utf-8"
    )
    run(folder, project)
    with Ledger.open(project) as ledger:
        row = next(each for each in ledger.documents() if each.path.startswith("een"))
    assert (row.kind, row.municipality, row.nis_code, row.year) == ("plan", "Lier", "12021", 2025)

    manifest.write_text(
        "path,kind,municipality\neen/meerjarenplan-1.md,plan,Mechelen\n", encoding="utf-8"
    )
    assert set(run(folder, project).values()) == {Ending.UNCHANGED}
    manifest.write_text("path,kind\neen/meerjarenplan-1.md,manifesto\n", encoding="utf-8")
    ends = run(folder, project)
    assert ends["een/meerjarenplan-1.md"] is Ending.ANALYSED
    manifest.unlink()
    with pytest.raises(InputError, match="manifest of the last run is no more there"):
        run(folder, project)


def test_every_plan_of_a_data_file_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = write_plans(tmp_path / "in" / "plannen.jsonl")
    (tmp_path / "in" / "andere.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    project = tmp_path / "project"
    ends = run(tmp_path / "in", project)
    assert ends == dict.fromkeys(
        ("plannen.jsonl [12021]", "plannen.jsonl [12025]"), Ending.ANALYSED
    )
    with Ledger.open(project) as ledger:
        lier, _mechelen = ledger.documents()
        assert (lier.part, lier.kind, lier.municipality) == ("12021", "plan", "Lier")
        whole = next(iter(ledger.alignments("document"))).alignment
        assert whole.euro == 6000.0
    path.write_text(path.read_text(encoding="utf-8").replace("Mechelen.", "Mechelen zelf."))
    ends = run(tmp_path / "in", project)
    assert ends["plannen.jsonl [12021]"] is Ending.UNCHANGED, "its plan did not change"
    assert ends["plannen.jsonl [12025]"] is Ending.ANALYSED


def test_documents_in_a_zip_file_are_read(tmp_path: Path) -> None:
    folder = make_corpus(tmp_path / "in", 3)
    with zipfile.ZipFile(folder / "bundel.zip", "w") as archive:
        archive.writestr("map/a.md", "# Plan\n\nWij planten bomen.")
        archive.writestr("b.txt", text_of(1))
    ends = run(folder, tmp_path / "project")
    assert ends["bundel.zip!map/a.md"] is Ending.ANALYSED
    assert len(ends) == 5


def test_what_is_not_wanted_is_passed_over(tmp_path: Path) -> None:
    folder = make_corpus(tmp_path / "in", 8)
    (folder / ".sdgalignignore").write_text("# concepten\n*.txt\n!tekst-4.txt\n", encoding="utf-8")
    (folder / "een" / ".sdgalignignore").write_text("/meerjarenplan-3.md\n", encoding="utf-8")
    ends = run(folder, tmp_path / "project", choice=Choice(exclude=("twee/*.pdf",)))
    assert set(ends) == {"een/meerjarenplan-1.md", "twee/meerjarenplan-2.md", "twee/tekst-4.txt"}
    ends = run(folder, tmp_path / "other", choice=Choice(include=("*.pdf",)))
    assert set(ends) == {"twee/programma-0.pdf"}


def test_a_folder_that_cannot_be_opened_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, project = make_corpus(tmp_path / "in", 4), tmp_path / "project"
    run(folder, project)
    scandir = os.scandir

    def closed(path: str) -> Any:
        if Path(path).name == "een":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    with Ledger.open(project) as ledger:
        (trouble,) = prepare(ledger, [folder]).finds.troubles
    assert trouble.message == (
        "een: the folder cannot be opened (Permission denied). Check your rights on it."
    )
    run(folder, project)
    assert set(states(project).values()) == {"done"}, "not gone: nobody could look"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_name_that_is_no_text_is_kept_apart(tmp_path: Path) -> None:
    folder = make_corpus(tmp_path / "in", 2)
    (Path(os.fsdecode(os.fsencode(folder) + b"/gemeente-\xe9.txt"))).write_text(text_of(7))
    ends = run(folder, tmp_path / "project")
    assert ends["gemeente-\\xe9.txt"] is Ending.ANALYSED


def test_a_folder_that_is_not_there_empties_no_project(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 2), tmp_path / "project"
    run(folder, project)
    folder.rename(tmp_path / "elders")
    with pytest.raises(NotFoundError, match="no such folder"):
        run(folder, project)
    assert set(states(project).values()) == {"done"}


def test_a_file_that_vanishes_during_the_run_is_told(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 3), tmp_path / "project"
    path = folder / "een" / "meerjarenplan-1.md"
    ends = run(folder, project, before=lambda ledger, prepared: path.unlink())
    assert ends["een/meerjarenplan-1.md"] is Ending.FAILED
    assert Counter(ends.values())[Ending.ANALYSED] == 2
    run(folder, project)
    assert states(project)["een/meerjarenplan-1.md"] == "gone"


def test_a_full_disk_stops_the_run_and_keeps_what_is_done(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 12), tmp_path / "project"

    def fill(ledger: Ledger, prepared: Prepared) -> None:
        (pages,) = ledger.connection.execute("PRAGMA page_count").fetchone()
        ledger.connection.execute(f"PRAGMA max_page_count = {pages + 40}")

    with pytest.raises(InputError, match="make room on the disk"):
        run(folder, project, before=fill)
    found = contents(project)
    done = [row for row in found["documents"] if row[11] == "done"]
    assert done
    assert len(found["alignments"]) == ROWS * len(done) == ROWS * len(found["results"])
    ends = run(folder, project)
    assert Counter(ends.values())[Ending.UNCHANGED] == len(done)
    assert set(states(project).values()) == {"done"}


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus and the project of a serial run over it."""
    place = tmp_path_factory.mktemp("serial")
    folder = make_corpus(place / "in", 24)
    write_plans(folder / "plannen.jsonl")
    (folder / "leeg.pdf").write_bytes(b"")
    os.environ["SOURCE_DATE_EPOCH"] = "1750000000"
    try:
        run(folder, place / "project")
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
    return folder, place / "project"


def test_processes_give_what_a_serial_run_gives(
    serial: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    folder, expected = serial
    run(folder, tmp_path / "project", workers=ProcessWorkers(2))
    assert contents(tmp_path / "project") == contents(expected)


def test_a_worker_that_is_killed_loses_nothing(
    serial: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    folder, expected = serial
    killed = []

    def kill(ended: Ended) -> None:
        if len(killed) < 2 and ended.ending is Ending.ANALYSED:
            child = multiprocessing.active_children()[0]
            child.kill()
            killed.append(child.pid)

    run(folder, tmp_path / "project", workers=ProcessWorkers(2), on_end=kill)
    assert len(killed) == 2
    assert contents(tmp_path / "project") == contents(expected)


class Breaking(Executor):
    """Dies of one document; the one after a death is a new pool."""

    def __init__(self, deadly: str) -> None:
        self.deadly = deadly

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if any(self.deadly in job.name for job in args[0].jobs):
            future.set_exception(BrokenProcessPool("gone"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


class BreakingWorkers(SerialWorkers):
    window = 4

    def __init__(self, deadly: str) -> None:
        self.deadly, self.started = deadly, 0

    def start(self) -> Executor:
        self.started += 1
        return Breaking(self.deadly)


def test_only_the_document_that_kills_its_worker_is_blamed(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 6), tmp_path / "project"
    ends = run(folder, project, workers=BreakingWorkers("meerjarenplan-3"))
    assert ends.pop("een/meerjarenplan-3.md") is Ending.FAILED
    assert set(ends.values()) == {Ending.ANALYSED}
    with Ledger.open(project) as ledger:
        (failed,) = ledger.documents("failed")
    assert failed.error_kind == "crash"


def test_workers_that_die_of_everything_stop_the_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="workers keep dying"):
        run(make_corpus(tmp_path / "in", 8), tmp_path / "project", workers=BreakingWorkers(""))


class Growing(BreakingWorkers):
    """Workers that grow beyond their bound with every document."""

    def start(self) -> Executor:
        self.started += 1
        return GrowingExecutor("none")


class GrowingExecutor(Breaking):
    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        report: Report = super().submit(fn, *args, **kwargs).result()
        future: Future[Any] = Future()
        future.set_result(Report(report.outcomes, WORKER_MIB + 1.0))
        return future


def test_workers_that_grow_are_replaced(tmp_path: Path) -> None:
    staff = Growing("none")
    ends = run(make_corpus(tmp_path / "in", 8), tmp_path / "project", workers=staff)
    assert set(ends.values()) == {Ending.ANALYSED}
    assert staff.started >= 2


def test_workers_are_bounded_by_memory() -> None:
    assert default_workers(Machine(cores=16, free_mib=4 * WORKER_MIB + 10)) == 4
    assert default_workers(Machine(cores=2, free_mib=64_000)) == 2
    assert default_workers(Machine(cores=8, free_mib=100)) == 1


def test_a_project_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Ledger.open(tmp_path, write=True).close()
    with sqlite3.connect(tmp_path / "project.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(InputError, match="newer sdgalign"):
        Ledger.open(tmp_path)


def test_a_project_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    folder, project = make_corpus(tmp_path / "in", 2), tmp_path / "project"
    run(folder, project)
    with sqlite3.connect(project / "project.sqlite") as connection:
        connection.execute("ALTER TABLE results DROP COLUMN doubts")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(InputError, match="older sdgalign"):
        Ledger.open(project)
    assert set(run(folder, project).values()) == {Ending.UNCHANGED}


def test_what_was_read_in_part_is_known(tmp_path: Path) -> None:
    folder, project = tmp_path / "in", tmp_path / "project"
    folder.mkdir()
    write_pdf(folder / "heel.pdf", [[Put(60, 80 + 20 * at, text_of(at)[:70]) for at in range(30)]])
    write_pdf(folder / "kaft.pdf", [[Put(60, 80, "We leggen een fietspad aan.")]])
    cut = (folder / "heel.pdf").read_bytes()
    (folder / "kapot.pdf").write_bytes(cut[: cut.rindex(b"xref")])
    run(folder, project)
    with Ledger.open(project) as ledger:
        found = {each.name: each.losses for each in partial_of(ledger)}
    assert found == {"kaft.pdf": ("short",), "kapot.pdf": ("cut-off",)}
