"""The wheel carries the default model and works without the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.shared import CORPORA, REPOSITORY


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            folder,
            REPOSITORY,
        ],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_carries_model_framework_templates_and_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "sdgalign/_default_model/config.json" in names
    assert "sdgalign/framework/data/goal-17.json" in names
    assert "sdgalign/reports/templates/report.html.j2" in names
    assert "sdgalign/reports/schema/report-1.schema.json" in names
    assert "sdgalign/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests/", "corpora/", "models/")) for name in names)


def test_works_from_elsewhere(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    # The dependencies of this environment, but sdgalign from the wheel alone.
    libraries = sysconfig.get_path("purelib")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(installed), libraries])}
    where = subprocess.run(
        [sys.executable, "-S", "-c", "import sdgalign; print(sdgalign.__file__)"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
    subprocess.run(
        [
            *(sys.executable, "-S", "-m", "sdgalign", "analyze"),
            CORPORA / "harrowmere-council-programme-2025.pdf",
            *("-o", tmp_path / "out"),
        ],
        env=environment,
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "out" / "harrowmere-council-programme-2025.html").stat().st_size > 10_000
