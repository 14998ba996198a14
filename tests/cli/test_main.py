"""What the command line does before a command begins, and what all commands share."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfWriter

from tests.office import empty_docx, save_docx
from tests.pdfs import column, write_pdf
from tests.plans.layouts import headings, write_plan
from tests.plans.trees import sample_plan

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan."


def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sdgalign", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | variables,
    )


def lock(path: Path) -> Path:
    writer = PdfWriter(clone_from=path)
    writer.encrypt("sesam", algorithm="RC4-128")
    writer.write(path)
    return path


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    return lock(write_pdf(tmp_path / "a.pdf", [column([PROSE])]))


@pytest.mark.parametrize("command", ["analyze", "segments", "plan"])
def test_without_the_password_the_message_names_the_option(locked: Path, command: str) -> None:
    done = run(command, locked)
    assert done.returncode == 2
    assert "needs a password. Give it with --password" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_password_opens_a_file(locked: Path, tmp_path: Path) -> None:
    assert PROSE in run("segments", locked, "--password", "sesam", "--format", "json").stdout
    by_variable = run("segments", locked, "--format", "json", SDGALIGN_PASSWORD="sesam")
    assert PROSE in by_variable.stdout
    wrong = run("segments", locked, "--password", "fout")
    assert "the password is not right" in wrong.stderr
    done = run("analyze", locked, "--password", "sesam", "-o", tmp_path / "out", "--format", "json")
    assert done.returncode == 0
    assert PROSE in (tmp_path / "out" / "a.json").read_text("utf-8")


def test_the_password_opens_a_plan(tmp_path: Path) -> None:
    path = lock(write_plan(tmp_path / "plan.pdf", sample_plan("plain"), headings))
    assert '"BD1"' in run("plan", path, "--password", "sesam", "--format", "json").stdout


def test_a_password_for_one_file_does_not_keep_others_from_being_read(
    locked: Path, tmp_path: Path
) -> None:
    document = empty_docx()
    document.add_paragraph("Er komen meer bomen.")
    open_file = save_docx(document, tmp_path / "b.docx")
    found = run("segments", locked, open_file, "--password", "sesam", "--format", "json")
    assert found.returncode == 0
    assert PROSE in found.stdout
    assert "Er komen meer bomen." in found.stdout


@pytest.mark.parametrize("command", ["analyze", "segments", "plan"])
def test_an_empty_name_is_not_the_current_folder(command: str) -> None:
    done = run(command, "")
    assert done.returncode == 2
    assert (
        done.stderr
        == 'sdgalign: "": an empty name is no file. Give a name, or . for this folder.\n'
    )


@pytest.mark.parametrize("epoch", ["gisteren", "1e9", "99999999999999999999"])
def test_a_moment_that_is_none_is_told(epoch: str, locked: Path) -> None:
    done = run("analyze", locked, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    assert done.stderr.startswith(f"sdgalign: SOURCE_DATE_EPOCH: '{epoch}' is no number of seconds")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("module", ["typer", "sdgalign.cli.inputs", "sdgalign.cli.application"])
def test_ctrl_c_while_loading_is_quiet(module: str) -> None:
    """The signal comes when the import of a module begins."""
    program = (
        "import os, signal, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "sys.argv = ['sdgalign', '--help']\n"
        "from sdgalign.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, "")
