"""Folders, zip files and standard input: what a command is given and what it says about it."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest

from sdgalign.cli.inputs import open_inputs
from sdgalign.errors import InputError
from sdgalign.reports.payload import load_schema
from tests.cli.test_analyze import sdgalign
from tests.office import empty_docx, save_docx

PROSE = "We leggen tegen 2028 elf kilometer nieuwe fietspaden aan in de deelgemeenten."


def docx(path: Path) -> Path:
    made = empty_docx()
    made.add_heading("Mobiliteit", 1)
    made.add_paragraph(PROSE)
    return save_docx(made, path)


def pack(path: Path, files: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


class Pipe:
    """Standard input as a pipe."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


def test_the_documents_of_a_zip_file_are_named_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = pack(
        tmp_path / "plans.zip",
        {
            "sub/plan.txt": PROSE,
            "page.md": PROSE,
            "budget.xlsx": "x",
            "__MACOSX/._plan.txt": "x",
            "~$plan.docx": "x",
        },
    )
    with open_inputs([bundle]) as inputs:
        assert [source.name for source in inputs.sources] == [
            f"{bundle}/page.md",
            f"{bundle}/sub/plan.txt",
        ]
        assert [source.stem.as_posix() for source in inputs.sources] == ["page", "sub/plan"]
        assert inputs.sources[1].path.read_text() == PROSE
        kept = inputs.sources[1].path
    assert not kept.exists(), "the copies are gone afterwards"
    assert capsys.readouterr().err.splitlines() == [
        f"passed over, no documents: {bundle}/budget.xlsx"
    ]


def test_names_in_a_zip_file_cannot_lead_out_of_it(tmp_path: Path) -> None:
    names = ("../../up.txt", "/etc/root.txt", "C:\\Windows\\win.txt", "a/../../b.txt")
    bundle = pack(tmp_path / "evil.zip", dict.fromkeys(names, PROSE))
    before = sorted(tmp_path.rglob("*"))
    with open_inputs([bundle]) as inputs:
        folder = inputs.sources[0].path.parents[len(inputs.sources[0].stem.parts) - 1]
        assert len(inputs.sources) == len(names)
        for source in inputs.sources:
            assert source.path.resolve().is_relative_to(folder.resolve())
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_that_no_system_can_write_keeps_no_file_from_being_read(tmp_path: Path) -> None:
    names = ["é" * 300 + ".txt", "b/" * 400 + "deep.txt", "same.txt", "/same.txt"]
    bundle = pack(tmp_path / "names.zip", dict.fromkeys(names, PROSE))
    with open_inputs([bundle]) as inputs:
        assert inputs.failed == 0
        found = [source.path for source in inputs.sources]
        assert len(found) == len(names)
        assert all(path.read_text("utf-8") == PROSE for path in found)
        assert {path.suffix for path in found} == {".txt"}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"bomb.txt": b"\0" * (2**27 + 1)}, "more than is safe"),
        (dict.fromkeys((f"{number}.txt" for number in range(10_001)), "x"), "more than is safe"),
    ],
)
def test_a_zip_bomb_is_not_unpacked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, bytes | str], says: str
) -> None:
    bundle = pack(tmp_path / "bomb.zip", files)
    with open_inputs([bundle]) as inputs:
        assert (inputs.sources, inputs.failed) == ((), 1)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"sdgalign: {bundle}: ")
    assert says in line


def test_a_docx_named_zip_is_a_document(tmp_path: Path) -> None:
    path = docx(tmp_path / "plan.docx").rename(tmp_path / "plan.zip")
    with open_inputs([path]) as inputs:
        assert [source.path for source in inputs.sources] == [path]


def test_files_passed_over_are_named_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(9):
        (tmp_path / f"{number}.png").write_bytes(b"x")
    (tmp_path / "plan.txt").write_text(PROSE)
    with open_inputs([tmp_path]) as inputs:
        assert len(inputs.sources) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.count(".png") == 5
    assert line.endswith("and 4 more")


def test_standard_input_may_be_a_zip_of_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = pack(tmp_path / "plans.zip", {"a.txt": PROSE, "b.txt": PROSE})
    monkeypatch.setattr(sys, "stdin", Pipe(bundle.read_bytes()))
    with open_inputs([Path("-")]) as inputs:
        assert [source.name for source in inputs.sources] == [
            "standard input/a.txt",
            "standard input/b.txt",
        ]


def test_without_a_pipe_there_is_nothing_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="nothing to read"), open_inputs([Path("-")]):
        pass


def test_a_docx_gives_a_report_without_page_numbers(tmp_path: Path) -> None:
    path = docx(tmp_path / "plan.docx")
    result = sdgalign("analyze", path, "-o", tmp_path / "out", "--lang", "en")
    assert result.returncode == 0, result.stderr
    assert " p. 1" not in result.stdout
    report = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, load_schema())
    assert report["document"]["paged"] is False
    assert [segment["heading_path"] for segment in report["segments"]] == [[], ["Mobiliteit"]]
    assert report["matches"], "a cycle path of eleven kilometres is an action for 11.2"
    html = (tmp_path / "out" / "plan.html").read_text(encoding="utf-8")
    assert PROSE.split()[-1] in html
    assert "p. 1<" not in html
    assert "1 page<" not in html


def test_a_batch_of_many_kinds_goes_on_over_bad_files(tmp_path: Path) -> None:
    bad = pack(tmp_path / "bad.zip", {"a.docx": "no zip", "b.html": f"<p>{PROSE}</p>"})
    result = sdgalign("segments", bad, tmp_path / "none.pdf", "--format", "json")
    assert result.returncode == 3
    assert f"sdgalign: {bad}/a.docx: this is not a docx file." in result.stderr
    (document,) = json.loads(result.stdout)
    assert document["document"] == f"{bad}/b.html"
    assert [segment["text"] for segment in document["segments"]] == [PROSE]


def test_segments_of_standard_input(tmp_path: Path) -> None:
    with docx(tmp_path / "plan.docx").open("rb") as stream:
        result = sdgalign("segments", "-", "--format", "json", stdin=stream)
    assert result.returncode == 0, result.stderr
    assert [row["text"] for row in json.loads(result.stdout)] == ["Mobiliteit", PROSE]


def test_a_named_file_of_another_kind_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("a;b")
    result = sdgalign("segments", path)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"sdgalign: {path}: files of this kind (.csv) are not read")
