"""README says what is true: figures that were measured, files that exist, code that runs."""

from __future__ import annotations

import re

from tests.shared import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_every_figure_of_the_evaluation_was_measured() -> None:
    section = README.partition("### How good is it?")[2].partition("### Speed")[0]
    rows = [
        line for line in section.splitlines() if re.match(r"\| (goals|targets|nothing|comm)", line)
    ]
    measured = (REPOSITORY / "evaluation" / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 9
    assert not [row for row in rows if row not in measured]


def test_the_model_card_has_the_figures_of_the_evaluation() -> None:
    card = (REPOSITORY / "models" / "default" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:goals|targets|nothing|commitment|against).*", card, re.MULTILINE)
    measured = (REPOSITORY / "evaluation" / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 9
    assert not [row for row in rows if row not in measured]


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert len(links) > 8
    assert not [link for link in links if not (REPOSITORY / link).exists()]


def test_the_python_example_runs() -> None:
    code = README.partition("```python\n")[2].partition("```")[0]
    analysed = str(REPOSITORY / "corpora" / "oevermeer-bestuursakkoord-2025-2030.pdf")
    exec(compile(code.replace("meerjarenplan.pdf", analysed), "README.md", "exec"), {})
