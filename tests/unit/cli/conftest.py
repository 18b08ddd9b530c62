"""What the tests of the command line share: folders of their own, and English unless they say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrotui import locale
from tests.unit.cli.cli_samples import team_folder


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads or writes this user's folders, and the language is put back after it."""
    for name in ("RETROTUI_DIR", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("RETROTUI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("RETROTUI_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    before = locale.language()
    yield
    locale.use(before)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A team folder with one closed meeting."""
    return team_folder(tmp_path / "team")
