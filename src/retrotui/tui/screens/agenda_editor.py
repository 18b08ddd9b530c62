"""The agenda's editor: the steps as a list with their times, the keys of the marked one, and what is wrong, at once.

Owns the cursor, the two panes and what lies over them; what a key does to the agenda is `tui.agenda_commands`', the
text and its way to the disk `store.agenda_editing`'s. Letters are commands here: nothing is typed but in a line that
asks for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar, Literal, cast

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen

from retrotui.domain.agenda_changes import Change, steps
from retrotui.domain.agenda_outline import Outline, outline
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import tr
from retrotui.store import agenda_editing, agenda_unsaved
from retrotui.store.agenda_editing import Look, Sheet
from retrotui.tui import agenda_page, text
from retrotui.tui.agenda_commands import AgendaCommands
from retrotui.tui.agenda_form import FormRow, form_rows
from retrotui.tui.commands import Command
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.terminal_size import MIN_HEIGHT, MIN_WIDTH, RAIL_FROM, too_small
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.lines import Lines

EDITOR_KEYS = (
    ("↑ ↓", msg("go through the steps, or through the keys of one")),
    ("⏎ → Tab", msg("to the keys of the step; there: change what is marked")),
    ("Esc ←", msg("back to the steps; from there: leave")),
    ("1 … 6", msg("capped, optional, protected, silent, go-round, confidential: on or off")),
    ("␣", msg("yes or no, of what is marked")),
)
"""The keys of this screen that are no commands: what they do hangs on where the cursor is."""
LOOK_SECONDS = 3.0
"""How often is looked whether somebody else changed the file."""
LANGUAGES = {"de": msg("German"), "en": msg("English")}


class Pane(Lines):
    """An area that is drawn anew when it gets another size."""

    def on_resize(self) -> None:
        cast("AgendaEditor", self.screen).show()


class AgendaEditor(Screen[None]):
    """One agenda on the desk."""

    BINDINGS: ClassVar[list[BindingType]] = []
    keys_stay_above = True
    """A key that a dialog does not know does nothing down here."""

    def __init__(self, place: Place, sheet: Sheet, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.place = place
        self.sheet = sheet
        self.declared = tuple(one for one in commands if "editor" in one.where)
        self.keys = {key: one.id for one in self.declared for key in (*one.keys, *one.twins)}
        self.at = 0 if steps(sheet.look().raw) else -1
        """The marked step, from 0; -1: the meeting itself."""
        self.pane: Literal["steps", "keys"] = "steps"
        self.row = 0
        """The marked row among the keys."""
        self.language = sheet.language
        """In which texts are shown and edited."""
        self.runs = AgendaCommands(self)
        self.notice: Message | None = None
        self._underneath = False
        self._outlined: tuple[Look, str, Outline] | None = None
        self._seen: tuple[object, ...] = ()
        """What the drawing on the screen was made of."""
        self.typing = ""
        """The text as it stands in the text view, while that is open."""
        self._kept = ""

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        with Container(id="desk"):
            yield Pane(id="steps")
            yield Pane(id="keys")
        yield Pane(id="checks")
        yield Drawn(id="notice")
        yield Drawn(id="footer")
        yield Drawn(id="small")

    def on_mount(self) -> None:
        self.query_one("#steps").border_title = text.sentence(tr("Steps"))
        self.call_after_refresh(self._first)
        self.set_interval(LOOK_SECONDS, self._look_underneath)

    def _first(self) -> None:
        self._laid_out()
        if not self.runs.saving.offer_unsaved() and self.look.fault is not None:
            self.runs.run("edit.text")

    def on_resize(self) -> None:
        self.call_after_refresh(self._laid_out)

    # -- what there is -------------------------------------------------------------------------------------

    @property
    def look(self) -> Look:
        return self.sheet.look()

    @property
    def rows(self) -> tuple[FormRow, ...]:
        return form_rows(self.look.raw, self.at, self.language, self.sheet.language)

    @property
    def marked_row(self) -> FormRow | None:
        """The key under the cursor; None while the cursor is among the steps."""
        rows = self.rows
        return rows[min(self.row, len(rows) - 1)] if self.pane == "keys" and rows else None

    @property
    def outline(self) -> Outline:
        """The list of steps, made once for each text: it is asked for several times a key."""
        made_of = (self.look, self.language)
        if self._outlined is None or self._outlined[0] is not made_of[0] or self._outlined[1] != made_of[1]:
            self._outlined = (*made_of, outline(self.look.raw, self.look.agenda, self.language))
        return self._outlined[2]

    # -- drawing -------------------------------------------------------------------------------------------

    def _laid_out(self) -> None:
        """The panes side by side, or one above the other where it is narrow."""
        wide = self.size.width >= RAIL_FROM
        self.set_class(wide, "-wide")
        self.set_class(self.pane == "keys", "-keys")
        self.set_class(too_small(self.size.width, self.size.height), "-small")
        checks = self.query_one("#checks")
        checks.styles.height = 3 if self.size.height < 30 else 5
        self.show()

    def show(self) -> None:
        """Draw everything anew; what has not changed is not painted, and nothing is done where nothing has."""
        if not self.is_mounted or not self.query("#footer"):
            return
        seen = (
            self.sheet, self.at, self.row, self.pane, self.language, self.notice, self.classes,
            self.size, *(pane.content_size for pane in self.query(Pane)),
        )  # fmt: skip
        if seen == self._seen:
            return
        self._seen = seen
        if self.has_class("-small"):
            words = msg("This needs {width} x {height} cells.", width=MIN_WIDTH, height=MIN_HEIGHT)
            self.query_one("#small", Drawn).draw(text.sentence(tr(words)))
            return
        look = self.look
        self.at = max(-1, min(self.at, len(steps(look.raw)) - 1))
        rows = self.rows
        self.row = max(0, min(self.row, len(rows) - 1))
        self._draw_steps(look)
        self._draw_keys(rows)
        checks = self.query_one("#checks", Pane)
        size = checks.content_size
        checks.show(agenda_page.check_lines(look.checks, self.at, size.width, size.height))
        width = self.query_one("#footer").content_size.width
        self.query_one("#headline", Drawn).draw(self._headline(width))
        self._draw_notice(width)
        self.query_one("#footer", Drawn).draw(footer(self.declared, self.runs.words, width, twins=True))

    def _draw_notice(self, width: int) -> None:
        """What there is to say, in at most two lines."""
        lines = [text.mark("")]
        if self.notice:
            parts = text.wrap(tr(self.notice), max(20, width - 2), lines=2)
            lines = [text.plain(f" {part}", "bold $warn") for part in parts]
        area = self.query_one("#notice", Drawn)
        if area.styles.height is None or area.styles.height.value != len(lines):
            area.styles.height = len(lines)
        area.draw(text.stack(lines))

    def _headline(self, width: int) -> Content:
        return agenda_page.headline(
            self.outline.title or self.sheet.path.stem,
            self.sheet.path.name,
            self.runs.state_words(),
            tr(LANGUAGES.get(self.language, msg("{language}", language=self.language))),
            width,
        )

    def _draw_steps(self, look: Look) -> None:
        area = self.query_one("#steps", Pane)
        size = area.content_size
        lines = agenda_page.step_lines(
            self.outline, steps(look.raw), look.checks, self.at, size.width, size.height,
            here=self.pane == "steps",
        )  # fmt: skip
        area.show(lines)

    def _draw_keys(self, rows: tuple[FormRow, ...]) -> None:
        area = self.query_one("#keys", Pane)
        size = area.content_size
        if self.pane == "keys" or self.has_class("-wide"):
            lines = agenda_page.key_lines(rows, self.row, size.width, size.height, here=self.pane == "keys")
        else:
            lines = agenda_page.summary_lines(rows, size.width, size.height)
        title = rows[0].value if rows and self.at >= 0 else tr("The meeting")
        area.border_title = text.line(title, width=40)
        area.show(lines)

    def say(self, message: Message | None) -> None:
        self.notice = message
        self.show()

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        key, character = event.key, event.character if event.is_printable else None
        if self.app.screen is self and self._pressed(key, character or key):
            event.stop()

    def _pressed(self, key: str, name: str) -> bool:
        """One key, by its name and by what it types; whether it means something here."""
        command = self.keys.get(key) or self.keys.get(name)
        self.notice = None
        if command is not None:
            self.action_run(command)
        elif self._own_key(key, name):
            self.show()
        else:
            return False
        return True

    def _own_key(self, key: str, name: str) -> bool:
        if key in ("up", "k", "down", "j", "pageup", "pagedown", "home", "end"):
            self._move(key)
        elif key in ("escape", "left", "shift+tab"):
            if self.pane == "keys":
                self.go_to("steps")
            elif key == "escape":
                self.runs.run("leave")
        elif key in ("enter", "right", "tab"):
            if self.pane == "steps":
                self.go_to("keys")
            elif key == "enter":
                self.runs.asking.change_row()
        elif key == "space":
            self.runs.asking.tick_row()
        elif name in tuple("123456"):
            self.runs.asking.toggle_flag(int(name))
        else:
            return False
        return True

    def go_to(self, pane: Literal["steps", "keys"], row: int = 0) -> None:
        """The cursor goes to the steps, or to a key of the marked one."""
        self.pane, self.row = pane, row
        self._laid_out()

    def _move(self, key: str) -> None:
        page = max(1, self.query_one(f"#{self.pane}").content_size.height - 3)
        by = {"up": -1, "k": -1, "down": 1, "j": 1, "pageup": -page, "pagedown": page}.get(key)
        last = len(self.rows) - 1 if self.pane == "keys" else len(steps(self.look.raw)) - 1
        first = 0 if self.pane == "keys" else -1
        now = self.row if self.pane == "keys" else self.at
        there = (first if key == "home" else last) if by is None else max(first, min(last, now + by))
        if self.pane == "keys":
            self.row = there
        else:
            self.at = there
            self.row = 0

    # -- commands ------------------------------------------------------------------------------------------

    def action_run(self, command: str) -> None:
        """A key, or a choice in the palette."""
        if command == "help":
            self.app.push_screen(HelpDialog(self.declared, "editor", EDITOR_KEYS))
        elif command == "palette":
            self.app.action_command_palette()
        else:
            self.runs.run(command)
            self.show()

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette: the commands that do something now."""
        for command in self.declared:
            if (words := self.runs.words(command)) is not None:
                yield command, words

    def change(self, changes: tuple[Change, ...], at: int | None = None) -> bool:
        """These changes, as one step back; what cannot be kept is said. `at`: the step to mark afterwards."""
        try:
            self.put(self.sheet.changed(changes, self.at), at)
        except RetroError as error:
            self.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
            return False
        return True

    def put(self, sheet: Sheet, at: int | None = None) -> None:
        """Another state of the agenda on the desk."""
        self.sheet = sheet
        if at is not None:
            self.at = at
        self.show()

    def close(self) -> None:
        """Away from the desk: back to where we came from, or out of the program."""
        agenda_unsaved.drop(self.place.workspace, self.sheet.path)
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)
        else:
            self.app.exit()

    # -- the file underneath -------------------------------------------------------------------------------

    def last_save(self) -> None:
        """What is not saved is kept beside, for the next time. From any thread: also when the process must end."""
        sheet, text = self.sheet, self.typing or self.sheet.text
        if text != sheet.saved and text != self._kept:
            agenda_unsaved.keep(self.place.workspace, sheet.path, text)
            self._kept = text

    @work(exclusive=True, group="underneath")
    async def _look_underneath(self) -> None:
        sheet = self.sheet
        await asyncio.to_thread(self.last_save)
        if self.app.screen is not self:
            return  # what lies over it would put an older text on top of theirs
        changed = await asyncio.to_thread(agenda_editing.changed_underneath, sheet)
        if self.sheet is not sheet or changed == self._underneath:
            return
        keeps = sheet.dirty or sheet.is_copy
        self._underneath = changed and keeps
        if not changed:
            return
        if keeps:
            self.say(msg("Somebody else changed {file} meanwhile: s asks what to do.", file=sheet.path.name))
        else:
            self.runs.take_theirs()
