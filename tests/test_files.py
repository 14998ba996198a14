from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.errors import InputError
from sdgalign.files import find_sources, write_whole


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


def test_a_folder_is_searched_and_its_tree_kept(tmp_path: Path) -> None:
    for name in ("b.pdf", "sub/a.PDF", "c.docx", "d.odt", "e.htm", "f.md", "g.txt"):
        touch(tmp_path / name)
    found = find_sources([tmp_path])
    assert [source.stem.as_posix() for source in found] == ["b", "c", "d", "e", "f", "g", "sub/a"]


def test_what_systems_and_programs_leave_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    for name in (
        ".DS_Store",
        ".hidden.pdf",
        ".git/readme.md",
        "~$plan.docx",
        ".~lock.plan.odt#",
        "Thumbs.db",
        "__MACOSX/._plan.docx",
        "plan.docx.tmp",
        "plan.pdf.crdownload",
        "page_files/frame.html",
        "page_files/sub/logo.png",
    ):
        touch(tmp_path / name)
    touch(tmp_path / "page.html")
    others: list[Path] = []
    found = find_sources([tmp_path], on_other=others.append)
    assert [source.path.name for source in found] == ["page.html"]
    assert others == []


def test_a_file_of_another_kind_is_told_in_a_folder_and_tried_when_named(tmp_path: Path) -> None:
    sheet = touch(tmp_path / "sheet.xlsx")
    touch(tmp_path / "plan.pdf")
    others: list[Path] = []
    found = find_sources([tmp_path], on_other=others.append)
    assert [source.path.name for source in found] == ["plan.pdf"]
    assert others == [sheet]
    assert [source.path for source in find_sources([sheet])] == [sheet]


def test_what_tells_about_a_folder_is_analysed_only_when_named(tmp_path: Path) -> None:
    readme = touch(tmp_path / "README.md")
    plan = touch(tmp_path / "plan.md")
    others: list[Path] = []
    assert [s.path for s in find_sources([tmp_path], on_other=others.append)] == [plan]
    assert others == [readme]
    assert [s.path for s in find_sources([readme])] == [readme]


def test_reports_of_an_earlier_run_are_no_documents(tmp_path: Path) -> None:
    touch(tmp_path / "plan.html")
    touch(tmp_path / "reports" / "plan.html")
    mine = touch(tmp_path / "elsewhere.html")
    mine.write_text('<!DOCTYPE html>\n<meta name="generator" content="sdgalign 0.2">')
    found = find_sources([tmp_path], out=tmp_path / "reports")
    assert [source.path for source in found] == [tmp_path / "plan.html"]


def test_files_of_one_name_get_reports_of_their_own(tmp_path: Path) -> None:
    paths = [touch(tmp_path / name) for name in ("x/plan.pdf", "y/Plan.pdf", "z/plan.pdf")]
    assert [str(source.stem) for source in find_sources(paths)] == ["plan", "Plan-2", "plan-3"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = touch(tmp_path / "plan.pdf")
    assert len(find_sources([path, tmp_path, path])) == 1


def test_a_missing_file_is_kept_for_the_reader_to_report(tmp_path: Path) -> None:
    assert len(find_sources([tmp_path / "nothing.pdf"])) == 1


def test_a_folder_without_documents_is_kept_for_the_reader_to_report(tmp_path: Path) -> None:
    touch(tmp_path / "._plan.pdf")  # what macOS leaves on shared disks
    assert [source.path for source in find_sources([tmp_path])] == [tmp_path]


def test_a_file_appears_only_when_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.html"
    with pytest.raises(RuntimeError), write_whole(path) as stream:
        stream.write("half")
        raise RuntimeError
    assert list(path.parent.iterdir()) == []
    with write_whole(path) as stream:
        stream.write("whole")
        assert not path.exists()
    assert path.read_text() == "whole"
    assert [each.name for each in path.parent.iterdir()] == ["report.html"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(RuntimeError), write_whole(path) as stream:
        stream.write("new")
        raise RuntimeError
    assert path.read_text() == "old"


def test_a_file_that_cannot_be_replaced_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "report.html" / "inside").mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be written"):
        with write_whole(tmp_path / "report.html") as stream:
            stream.write("new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_that_cannot_be_made_is_an_input_error(tmp_path: Path) -> None:
    touch(tmp_path / "file")
    with pytest.raises(InputError, match="cannot be written"), write_whole(tmp_path / "file" / "x"):
        pass
