"""The wheel: what a newcomer installs has the agendas, the languages, the sheet and the tables in it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = (
    "retrotui/bundled_agendas/monthly-reflection.toml",
    "retrotui/locale/de/LC_MESSAGES/retrotui.mo",
    "retrotui/tui/retrotui.tcss",
    "retrotui/interchange/crm/headers.toml",
    "retrotui/py.typed",
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked: a folder that can stand on the path instead of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize("name", NEEDED)
def test_the_wheel_holds(unpacked: Path, name: str) -> None:
    assert (unpacked / name).is_file()


def test_the_wheel_lists_its_agendas(unpacked: Path, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(unpacked)!r}); import retrotui; "
        f"assert retrotui.__file__.startswith({str(unpacked)!r}), retrotui.__file__; "
        "from retrotui.cli import main; sys.exit(main(['agendas', 'list', '--lang', 'en']))"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "RETROTUI_DIR": str(tmp_path / "team")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 6
    assert "monthly-reflection" in done.stdout
