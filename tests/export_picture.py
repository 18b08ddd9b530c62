"""The picture of an exported page: a meeting of the demo's team, written as HTML and shown by a browser.

`python tests/export_picture.py` writes `docs/export-html.png` and `docs/export-de.png` (needs Chromium). Run it when
the page has changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from retrotui.clock import FakeClock  # noqa: E402
from retrotui.demo import folder as demo  # noqa: E402
from retrotui.store import minutes as minutes_store  # noqa: E402
from retrotui.store import settings as team_settings  # noqa: E402
from retrotui.store.workspace import Workspace  # noqa: E402
from retrotui.tui.exporting import Exporter  # noqa: E402

BROWSER = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    ),
    None,
)
"""A browser that runs without a screen; None where there is none."""
PICTURES = {"en": "export-html.png", "de": "export-de.png"}
SIZE = (900, 1780)
"""Of the window, in pixels."""
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def browse(page: Path, scratch: Path, *wish: str) -> subprocess.CompletedProcess[str]:
    """The browser with a page, headless and with a profile of its own; `wish` is what it is to do with it."""
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={scratch / 'profile'}", *wish, page.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)


def photograph(page: Path, target: Path, scratch: Path, size: tuple[int, int] = SIZE) -> None:
    """The page as the browser shows it, from its top, as PNG."""
    browse(page, scratch, f"--window-size={size[0]},{size[1]}", f"--screenshot={target}")


def exported(language: str, scratch: Path) -> Path:
    """The newest monthly reflection of the demo as a page."""
    clock = FakeClock(NOW)
    workspace = Workspace(scratch / f"team-{language}", scratch / "state", scratch / "cache")
    demo.prepare(workspace, language, clock, zone=UTC)
    meetings = [one.minutes for one in minutes_store.all_meetings(workspace)[0]]
    newest = next(one for one in meetings if one.agenda.id == "monthly-reflection")
    exporter = Exporter(team_settings.load(workspace).settings, meetings, clock.wall())
    page = scratch / f"{newest.id}.html"
    page.write_bytes(exporter.written(newest, "html")[0].content)
    return page


def main() -> None:
    for language, name in PICTURES.items():
        with tempfile.TemporaryDirectory() as scratch:
            photograph(exported(language, Path(scratch)), ROOT / "docs" / name, Path(scratch))


if __name__ == "__main__":
    main()
