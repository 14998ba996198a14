"""``sdgalign show``: a project on one screen."""

from __future__ import annotations

from sdgalign.cli.console import LanguageOption, language_of_environment, output
from sdgalign.cli.overview import ProjectArgument


def show(project: ProjectArgument, lang: LanguageOption = None) -> None:
    """Show how far a project is: documents, failures and what to do, highest and lowest scores."""
    from sdgalign.corpus.ledger import Ledger
    from sdgalign.reports.overview_terminal import print_project
    from sdgalign.reports.overview_write import language_of_project

    with Ledger.open(project) as ledger:
        language = lang or language_of_environment() or language_of_project(ledger)
        print_project(ledger, language, output())
