"""Feed broken files to the readers and see that each ends with a document or one clear line.

    python evaluation/fuzz.py [--minutes 5] [--seed 1] [--only pdf,docx] [--case 123] [--out DIR]

Every case is known by the seed, the kinds and its number: ``--seed 1 --case 123`` does it again, as
long as the files to begin with stay in the folder (``build/fuzz/seeds``). Cases run in a process of
their own, within the limits of `sdgalign.documents.worker`; every fiftieth, and each that kills its
process, goes through the worker itself. What is found is made small and written to the folder.
Exit code 1 when there is a fault. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from fuzz_mutations import mutated
from fuzz_seeds import seeds

from sdgalign.documents import Document, Limits, read_document
from sdgalign.documents.formats import read_file
from sdgalign.documents.limits import MEBIBYTE
from sdgalign.errors import DocumentError, SdgalignError

SECONDS = 20
"""No file may take longer."""
_DATA = {".csv", ".xlsx", ".jsonl"}
_WORKER_EACH = 50
_BATCH = 200
"""Cases for one process."""
_MOST_TRIES = 150
"""To make a file small."""
_KILLED, _SLOW = "killed by signal", "takes too long"


def main() -> int:
    """Run the cases; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--only", default="", help="kinds, such as pdf,docx")
    parser.add_argument("--case", type=int, help="do one case again")
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        kinds = {f".{kind}" for kind in options.only.split(",") if kind}
        found = [p for p in seeds(options.out / "seeds") if not kinds or p.suffix in kinds]
        _tell(f"seed {options.seed}, {len(found)} files to begin with")
        _warm_up(found)
        faults = _Fuzz(options, found, Path(folder)).run(
            options.case or 0, only_one=options.case is not None
        )
    for fault, count in faults.most_common():
        _tell(f"{count:5d}  {fault}")
    return 1 if faults else 0


class _Fuzz:
    """Goes through the cases of one seed."""

    def __init__(self, options: argparse.Namespace, found: list[Path], folder: Path) -> None:
        self._seed: int = options.seed
        self._again = f"--seed {options.seed}" + (f" --only {options.only}" * bool(options.only))
        self._out: Path = options.out
        self._found = found
        self._folder = folder
        self._faults: Counter[str] = Counter()
        self._size = _own_size()
        self._end = time.monotonic() + 60 * options.minutes

    def run(self, first: int, *, only_one: bool) -> Counter[str]:
        """Do the cases from ``first`` on until the time is over; return the faults."""
        number = first
        while number == first or (time.monotonic() < self._end and not only_one):
            last = number + (1 if only_one else _BATCH)
            for done, fault in self._batch(number, last):
                number = done
                path, data = self._case(number)
                # PDFium may fall, or draw for hours: that is what the worker is for.
                is_ended = path.suffix == ".pdf" and fault.startswith((_KILLED, _SLOW))
                if is_ended or (not fault and number % _WORKER_EACH == 0):
                    fault = self._through_worker(path, data)
                if fault:
                    self._keep(number, path, data, fault)
            number += 1
        _tell(f"{number - first} cases, {self._faults.total()} faults")
        return self._faults

    def _case(self, number: int) -> tuple[Path, bytes]:
        random_ = random.Random(f"{self._seed}:{number}")
        seed = random_.choice(self._found)
        return self._folder / f"case{seed.suffix}", mutated(seed.read_bytes(), seed.suffix, random_)

    def _batch(self, first: int, last: int) -> Iterator[tuple[int, str]]:
        """Yield each case with its fault, done in one process as long as that lives."""
        while first < last and time.monotonic() < self._end:
            lines, ending = _forked(lambda say, start=first: self._work(start, last, say))
            for line in lines:
                yield first, line
                first += 1
            if ending:
                yield first, ending
                first += 1

    def _work(self, first: int, last: int, say: Callable[[str], None]) -> None:
        for number in range(first, last):
            path, data = self._case(number)
            path.write_bytes(data)
            _limit(self._size)
            say(check(path))
            if time.monotonic() > self._end:
                return

    def _through_worker(self, path: Path, data: bytes) -> str:
        if path.suffix in _DATA:
            return ""
        path.write_bytes(data)
        started = time.monotonic()
        fault = check(path, read_document)
        return fault or (_SLOW if time.monotonic() - started > 2 * SECONDS else "")

    def _keep(self, number: int, path: Path, data: bytes, fault: str) -> None:
        self._faults[fault] += 1
        if self._faults[fault] == 1:
            kept = self._out / f"{_named(fault)}-{self._seed}-{number}{path.suffix}"
            kept.write_bytes(_small(path, data, fault))
            _tell(f"{self._again} --case {number}: {fault} → {kept}")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _warm_up(found: list[Path]) -> None:
    """Import all that reading needs before processes are made, and see that the seeds are read."""
    for path in found:
        if fault := check(path):
            raise SystemExit(f"{path.name}, as it was made: {fault}")


def check(path: Path, read: Callable[..., Document] = read_file) -> str:
    """Return what is wrong with how a file is read; empty when nothing is."""
    try:
        if path.suffix in _DATA:
            from sdgalign.plans import read_plans

            read_plans(path)
            return ""
        return _faults_of(read(path, words=path.stat().st_size % 2 == 0))
    except DocumentError as error:
        is_clear = "\n" not in str(error) and error.hint
        return "" if is_clear else f"message: {error!r}"
    except SdgalignError as error:
        return "" if "\n" not in str(error) else f"message: {error!r}"
    except MemoryError:
        return ""  # the worker says so in one line
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = [
            each
            for each in traceback.extract_tb(error.__traceback__)
            if "sdgalign" in each.filename
        ]
        where = ours[-1] if ours else last
        return f"{type(error).__name__}: {Path(where.filename).name} {where.name}"


def _faults_of(document: Document) -> str:
    from sdgalign.segmentation import segment_document

    for page in document.pages:
        if not all(map(math.isfinite, (page.width, page.height))):
            return "page without size"
        for line in [*page.lines, *page.words]:
            if not _is_text(line.text):
                return f"letters: {type(line).__name__}"
            box = line.box
            if not all(map(math.isfinite, (box.x0, box.top, box.x1, box.bottom, line.size))):
                return f"box: {type(line).__name__}"
    if not all(map(_is_text, (document.title, *(entry.title for entry in document.outline)))):
        return "letters: title or outline"
    for segment in segment_document(document):
        if not segment.text.strip() or not _is_text(segment.text):
            return "letters: segment"
    return ""


def _is_text(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _forked(work: Callable[[Callable[[str], None]], None]) -> tuple[list[str], str]:
    """Do something in a process of its own.

    Returns:
        The lines that it said, and what ended it; empty when it came to its end.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            work(lambda line: _say(writer, line))
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as stream:
        lines = stream.read().splitlines()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        return lines, ""
    name = signal.Signals(os.WTERMSIG(status)).name
    return lines, _SLOW if name in {"SIGALRM", "SIGXCPU"} else f"{_KILLED} {name}"


def _say(writer: int, line: str) -> None:
    os.write(writer, " ".join(line.split()).encode("utf-8", "backslashreplace")[:2000] + b"\n")


def _limit(size: int) -> None:
    """Allow this process the time and memory of one more file.

    Args:
        size: Bytes that it takes without any.
    """
    signal.setitimer(signal.ITIMER_REAL, 6 * SECONDS)  # for one that only waits
    used = time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used) + SECONDS, resource.RLIM_INFINITY))
    if sys.platform == "linux":
        most = size + Limits().memory_mib * MEBIBYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _own_size() -> int:
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _small(path: Path, data: bytes, fault: str) -> bytes:
    """Return a smaller file with the same fault: pieces are left out as long as it stays."""
    tries, size = 0, len(data) // 2
    while size and tries < _MOST_TRIES:
        at = 0
        while at < len(data) and tries < _MOST_TRIES:
            shorter = data[:at] + data[at + size :]
            path.write_bytes(shorter)
            tries += 1
            lines, ending = _forked(lambda say: say(check(path)))
            if fault in (*lines, ending):
                data = shorter
            else:
                at += size
        size //= 2
    return data


def _named(fault: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fault).split())[:70].lower()


if __name__ == "__main__":
    sys.exit(main())
