from __future__ import annotations

import subprocess
import sys

from sdgalign.segmentation.nlp import load_spacy


def test_spacy_comes_without_torch_and_leaves_it_importable() -> None:
    # Its own process: here torch may have been imported by another test.
    script = (
        "import sys\n"
        "from sdgalign.segmentation import segment_document\n"
        "assert 'spacy' not in sys.modules, 'imported before it is needed'\n"
        "from sdgalign.segmentation.nlp import load_spacy\n"
        "load_spacy('nl')\n"
        "assert 'torch' not in sys.modules\n"
        "import importlib.util\n"
        "importlib.util.find_spec('torch')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_an_unknown_language_gets_the_dutch_rules() -> None:
    assert load_spacy("fr").lang == "nl"
    assert load_spacy("en").lang == "en"
