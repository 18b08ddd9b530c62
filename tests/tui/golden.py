"""Golden pictures: what stands on the screen, as an SVG that a person can look at and a difference can be read from.

    golden_screen(app, "meeting-110x30")        # the fixture in tests/conftest.py

A picture that differs is written to `tests/golden/_failed`; `pytest --update-goldens` takes the new ones over.
To look at one: `rsvg-convert NAME.svg -o NAME.png`.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any

from textual.app import App

SCREENS = Path(__file__).parents[1] / "golden/screens"
FAILED = Path(__file__).parents[1] / "golden/_failed"


def picture(app: App[Any]) -> str:
    """The screen as SVG, the same bytes for the same picture.

    The framework names classes by a checksum of the whole picture, and lets its fonts be fetched from the network:
    the one would make every line of a difference differ, the other looks different on every machine.
    """
    svg = app.export_screenshot(title="retrotui", simplify=True)
    svg = re.sub(r"\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "screen", svg)
    svg = re.sub(r"\s*@font-face \{.*?\}\n", "\n", svg, flags=re.DOTALL)
    # spaces that every renderer keeps, and a font size at which the font's cells are as wide as the picture's
    svg = svg.replace("&#160;", " ").replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = svg.replace("font-size: 20px", "font-size: 20.26px")
    svg = svg.replace("Fira Code, monospace", "DejaVu Sans Mono, monospace").replace(
        "Fira Code", "DejaVu Sans Mono"
    )
    return "".join(line.rstrip() + "\n" for line in svg.splitlines())


def compare(app: App[Any], name: str, *, update: bool = False) -> None:
    """Compares the screen with `tests/golden/screens/NAME.svg`.

    Raises:
        AssertionError: It differs, or there is none; the new one lies in `tests/golden/_failed`.
    """
    compare_text(picture(app), SCREENS / f"{name}.svg", update=update)


def compare_text(new: str, golden: Path, *, update: bool = False) -> None:
    """Compares any text with a golden file (LF, UTF-8)."""
    old = golden.read_bytes().decode() if golden.exists() else None
    if new == old:
        return
    if update:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(new.encode())
        return
    FAILED.mkdir(parents=True, exist_ok=True)
    failed = FAILED / golden.name
    failed.write_bytes(new.encode())
    hint = f"the new one is {failed}; `--update-goldens` takes it over"
    if old is None:
        raise AssertionError(f"there is no {golden.name} yet: {hint}")
    difference = difflib.unified_diff(_words(old), _words(new), "golden", "now", lineterm="", n=1)
    raise AssertionError("\n".join([f"{golden.name} differs: {hint}", *list(difference)[:60]]))


def _words(text: str) -> list[str]:
    """What a person can read in a picture: its lines of text; of any other file, its lines."""
    if "<svg" not in text:
        return text.splitlines()
    rows: dict[str, str] = {}
    for at, words in re.findall(r'<text [^>]*?y="([\d.]+)"[^>]*>([^<]*)</text>', text):
        rows[at] = rows.get(at, "") + words
    styles = re.findall(r"\.screen-r\d+ \{[^}]*\}", text)
    return [row.rstrip() for row in rows.values()] + styles
