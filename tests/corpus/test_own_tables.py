from __future__ import annotations

from pathlib import Path

import pytest

from sdgalign.corpus.discover import find_documents
from sdgalign.corpus.own_tables import is_own_table
from sdgalign.framework import Language
from sdgalign.reports.codes import render_codes
from sdgalign.reports.codes_workbook import render_codes_workbook
from tests.corpus.corpora import write_plans
from tests.reports import payloads


@pytest.mark.parametrize("language", list(Language))
def test_what_sdgalign_wrote_beside_plans_is_no_plan(tmp_path: Path, language: Language) -> None:
    plans = [payloads.plan()]
    (tmp_path / "codes.csv").write_text(render_codes(plans, language), encoding="utf-8")
    (tmp_path / "codes.xlsx").write_bytes(render_codes_workbook(plans, language))
    (tmp_path / "actions.csv").write_text("document_id,action_code,euro\na,AC1,5\n")
    write_plans(tmp_path / "plannen.jsonl")
    finds = find_documents([tmp_path], tmp_path / "project")
    assert {each.path for each in finds.documents} == {"plannen.jsonl"}
    assert not finds.others
    assert not finds.troubles


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"code;actie\nAC1;fietspad\n"])
@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_other_tables_are_not_ours(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert not is_own_table(tmp_path / name)
