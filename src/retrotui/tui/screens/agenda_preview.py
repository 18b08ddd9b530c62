"""What the room will see: the wall of one step of an agenda that is still on the desk.

Owns the preview's layout, which is the wall view's without a meeting. Must not run one: no clock ticks here.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from retrotui.domain.agenda_changes import Raw, lines_in, steps
from retrotui.domain.agenda_keys import FLAGS, step_key
from retrotui.domain.agenda_outline import Outline
from retrotui.errors import Message, msg
from retrotui.locale import catalogue, tr
from retrotui.tui import text
from retrotui.tui.prompts import EVERYBODY_WRITES
from retrotui.tui.widgets.clock import ClockFace, TimeBar
from retrotui.tui.widgets.drawn import Drawn


class WallPreview(Screen[int]):
    """Gives back the step that was looked at last."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, raw: Raw, outline: Outline, at: int, language: str, own: str) -> None:
        super().__init__()
        self.raw = raw
        self.outline = outline
        self.at = at
        self.language = language
        self.own = own
        self.question = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="wall"):
            yield Drawn(id="title")
            yield ClockFace(id="clock")
            yield Drawn(id="prompt")
            yield TimeBar(id="bar")
            yield Drawn(id="marks")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self.call_after_refresh(self._laid_out)

    def on_resize(self) -> None:
        self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        """The clock takes a third of the height, as on the wall."""
        self.query_one("#clock").styles.height = max(3, self.size.height // 3)
        self.query_one("#prompt").styles.height = 2 if self.size.height < 30 else 3
        self.call_after_refresh(self.show)

    @property
    def prompts(self) -> tuple[str, ...]:
        """The questions as they will be read out, in the language that is shown."""
        step = steps(self.raw)[self.at]
        found = lines_in(step.get("prompts"), self.language, self.own)
        if step.get("silent") is True:
            writes = catalogue(self.language).tr(EVERYBODY_WRITES)
            return tuple(f"{one} {writes}" for one in found) or (writes,)
        return found

    def show(self) -> None:
        row, prompts = self.outline.rows[self.at], self.prompts
        self.question = max(0, min(self.question, len(prompts) - 1))
        width = self.query_one("#title").content_size.width
        self.query_one("#title", Drawn).draw(text.line(row.title, "bold $accent", width=width))
        seconds = round((row.minutes or 0) * 60)
        hours = seconds >= 6000
        shown = (
            f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
            if hours
            else f"{seconds // 60:02}:{seconds % 60:02}"
        )
        self.query_one("#clock", ClockFace).show(shown)
        self.query_one("#prompt", Drawn).draw(self._prompt(prompts, width))
        words = msg("open end") if row.minutes is None else msg("{n} min left", n=f"{row.minutes:g}")
        self.query_one("#bar", TimeBar).show(None if row.minutes is None else 0.0, words)
        step = steps(self.raw)[self.at]
        marks = [step_key(name).words for name in FLAGS if step.get(name) is True]
        said = " · ".join(tr(words) for words in marks)
        self.query_one("#marks", Drawn).draw(
            text.line(said, "$muted", width=width) if said else text.mark("")
        )
        keys = tr(self._keys())
        self.query_one("#footer", Drawn).draw(text.line(f" {keys}", "$muted", width=self.size.width))

    def _prompt(self, prompts: tuple[str, ...], width: int) -> Content:
        if not prompts:
            return text.mark("")
        height = self.query_one("#prompt").content_size.height
        lines = text.wrap(prompts[self.question], width - 6, lines=max(1, height))
        count = f"  {self.question + 1}/{len(prompts)}" if len(prompts) > 1 else ""
        parts = [text.plain(line, "bold") for line in lines]
        parts[-1] = text.join(parts[-1], text.line(count, "$muted"))
        return text.stack(parts)

    def _keys(self) -> Message:
        return msg(
            "↑ ↓ step {n} of {all} · → next question · Esc: back", n=self.at + 1, all=len(self.outline.rows)
        )

    def on_key(self, event: events.Key) -> None:
        key = event.key
        if key in ("escape", "q", "f8", "w", "enter", "ctrl+q"):
            event.stop()
            self.dismiss(self.at)
            return
        if key in ("up", "k", "pageup", "f3", "b"):
            self.at, self.question = max(0, self.at - 1), 0
        elif key in ("down", "j", "pagedown", "f4", "n"):
            self.at, self.question = min(len(self.outline.rows) - 1, self.at + 1), 0
        elif key in ("right", "tab", "space"):
            self.question = (self.question + 1) % max(1, len(self.prompts))
        elif key in ("left", "shift+tab"):
            self.question = (self.question - 1) % max(1, len(self.prompts))
        else:
            return
        event.stop()
        self.show()
