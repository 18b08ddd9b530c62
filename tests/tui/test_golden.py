"""The helper for golden pictures can fail, and says how."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from retrotui.tui import text
from tests.tui import golden


class Words(App[None]):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def compose(self) -> ComposeResult:
        yield Static(text.plain(self.words))


async def picture_of(words: str) -> str:
    app = Words(words)
    async with app.run_test(size=(30, 4)):
        return golden.picture(app)


async def test_the_same_screen_gives_the_same_bytes() -> None:
    first = await picture_of("drei Deals")
    assert first == await picture_of("drei Deals")
    assert "drei" in first
    assert "http" not in first.replace("http://www.w3.org", "")
    assert not [line for line in first.splitlines() if line != line.rstrip()]


async def test_one_word_changes_few_lines() -> None:
    one, other = await picture_of("drei Deals"), await picture_of("vier Deals")
    changed = [(a, b) for a, b in zip(one.splitlines(), other.splitlines(), strict=True) if a != b]
    assert 1 <= len(changed) <= 2


async def test_a_difference_fails_and_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "SCREENS", tmp_path / "screens")
    monkeypatch.setattr(golden, "FAILED", tmp_path / "failed")
    app = Words("drei Deals")
    async with app.run_test(size=(30, 4)) as pilot:
        with pytest.raises(AssertionError, match="there is no deals"):
            golden.compare(app, "deals")
        golden.compare(app, "deals", update=True)
        golden.compare(app, "deals")
        app.query_one(Static).update(text.plain("vier Deals"))
        await pilot.pause()
        with pytest.raises(AssertionError, match=r"(?s)deals.svg differs.*-drei Deals\n\+vier Deals"):
            golden.compare(app, "deals")
    assert "vier" in (tmp_path / "failed/deals.svg").read_text()
    assert "drei" in (tmp_path / "screens/deals.svg").read_text()
