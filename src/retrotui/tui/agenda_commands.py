"""What each command of the agenda's editor does, and whether it does something now.

Owns the way from a command to a change. The rules are `domain.agenda_changes` and `domain.agenda_typed`; what is asked
on the way is `tui.agenda_asking`'s, saving and its conflicts `tui.agenda_saving`'s. Must not draw.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from retrotui.domain import agenda_changes, agenda_typed
from retrotui.domain.agenda import TITLE_CELLS, StepKind
from retrotui.domain.agenda_changes import DeleteStep, MoveStep, Remove, steps
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import catalogue
from retrotui.store.toml_places import Places
from retrotui.tui import own_editor
from retrotui.tui.agenda_asking import AgendaAsking
from retrotui.tui.agenda_form import FormRow
from retrotui.tui.agenda_saving import AgendaSaving
from retrotui.tui.commands import Command
from retrotui.tui.step_words import KINDS

if TYPE_CHECKING:
    from retrotui.tui.screens.agenda_editor import AgendaEditor

MEETING_BY = 5
"""Minutes by which + and - change the whole meeting."""


class AgendaCommands:
    """The commands of one editor."""

    def __init__(self, screen: AgendaEditor) -> None:
        self.screen = screen
        self.saving = AgendaSaving(screen)
        self.asking = AgendaAsking(screen, self.show_text)
        self._ways: dict[str, Callable[[], object]] = {
            "undo": lambda: self._back_or_forth(undo=True),
            "redo": lambda: self._back_or_forth(undo=False),
            "leave": self.saving.leave,
            "edit.save": self.saving.save,
            "edit.compare": self.saving.compare,
            "edit.bundled": self.saving.back_to_bundled,
            "edit.more": lambda: self._minutes(1),
            "edit.less": lambda: self._minutes(-1),
            "edit.add": self._add,
            "edit.copy": self._copy,
            "edit.delete": self._delete,
            "edit.up": lambda: self._shift(-1),
            "edit.down": lambda: self._shift(1),
            "edit.minutes": lambda: self.asking.ask_key("minutes"),
            "edit.title": lambda: self.asking.ask_key("title"),
            "edit.prompts": self._prompts,
            "edit.kind": self.asking.kind,
            "edit.check": self._next_check,
            "edit.language": self._language,
            "edit.preview": self._preview,
            "edit.text": lambda: self.show_text(),
            "edit.editor": self._own_editor,
        }

    def run(self, command: str) -> None:
        """Does it; what cannot be done is said."""
        way = self._ways.get(command)
        if way is None:
            return
        if self.screen.look.fault is not None and command not in WITHOUT_STEPS:
            self.screen.say(msg("The text is no TOML: mend it first, r shows it."))
            return
        try:
            way()
        except RetroError as error:
            self.screen.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))

    def words(self, command: Command) -> Message | None:
        """What a command would do now; None: nothing."""
        screen = self.screen
        on_step = screen.at >= 0 and bool(steps(screen.look.raw))
        in_keys = screen.pane == "keys"
        does = {
            "undo": bool(screen.sheet.done),
            "redo": bool(screen.sheet.undone),
            "edit.save": screen.sheet.dirty,
            "edit.copy": on_step and not in_keys,
            "edit.kind": on_step,
            "edit.prompts": on_step,
            "edit.preview": on_step,
            "edit.delete": on_step or in_keys,
            "edit.up": on_step,
            "edit.down": on_step,
            "edit.check": bool(screen.look.checks),
            "edit.bundled": bool(screen.sheet.bundled) and screen.sheet.text != screen.sheet.bundled,
        }
        return command.words if does.get(command.id, True) else None

    def state_words(self) -> Message:
        """Where the text stands: saved, changed, or a copy that has no file yet."""
        sheet = self.screen.sheet
        if sheet.dirty:
            return msg("not saved yet")
        return msg("bundled; changing it makes your copy") if sheet.is_copy else msg("saved")

    # -- structure -----------------------------------------------------------------------------------------

    def _back_or_forth(self, *, undo: bool) -> None:
        screen = self.screen
        before = screen.sheet
        sheet, at = before.undo(screen.at) if undo else before.redo(screen.at)
        if sheet is before:
            screen.say(
                msg("There is nothing to take back.") if undo else msg("There is nothing to bring back.")
            )
            return
        screen.put(sheet, at)

    def _minutes(self, by: int) -> None:
        screen = self.screen
        if screen.at < 0:
            screen.change(agenda_changes.longer_meeting(screen.look.raw, by * MEETING_BY))
        else:
            screen.change(agenda_changes.more_minutes(screen.look.raw, screen.at, by))

    def _add(self) -> None:
        screen = self.screen
        row = screen.marked_row
        if row is not None and row.key is not None and row.key.form == "lines":
            last = next(each for each in screen.rows if each.is_prompt and not each.written)
            self.asking.ask_prompt(last)
            return
        self.asking.choose_kind(msg("Which kind of step?"), self._added)

    def _added(self, kind: str) -> None:
        screen = self.screen
        title = catalogue(screen.sheet.language).tr(KINDS[StepKind(kind)])[:TITLE_CELLS].strip()
        at = screen.at + 1
        change = agenda_changes.new_step(screen.look.raw, StepKind(kind), title, at)
        if screen.change((change,), at):
            self.asking.ask_key("title")

    def _copy(self) -> None:
        screen = self.screen
        if screen.at >= 0 and steps(screen.look.raw):
            screen.change((agenda_changes.copied(screen.look.raw, screen.at),), screen.at + 1)

    def _delete(self) -> None:
        screen = self.screen
        row = screen.marked_row
        if row is not None:
            self._clear(row)
        elif screen.at >= 0:
            if screen.change((DeleteStep(screen.at),), max(0, screen.at - (1 if self._is_last() else 0))):
                screen.say(msg("The step is gone; F9 brings it back."))
        else:
            screen.say(msg("Mark a step first."))

    def _is_last(self) -> bool:
        return self.screen.at == len(steps(self.screen.look.raw)) - 1

    def _clear(self, row: FormRow) -> None:
        """The key goes, or the question."""
        screen, sheet = self.screen, self.screen.sheet
        raw = screen.look.raw
        if row.is_prompt:
            if row.written:
                screen.change(
                    agenda_typed.typed_prompt(raw, row.path, row.place, "", screen.language, sheet.language)
                )
        elif not row.written or row.path[-1] in ("id", "kind", "title"):
            screen.say(msg("There is nothing to take out here."))
        elif row.key is not None and row.key.form == "time":
            screen.change(agenda_changes.read_minutes(raw, screen.at, ""))
        else:
            screen.change((Remove(row.path),))

    def _shift(self, by: int) -> None:
        screen, raw = self.screen, self.screen.look.raw
        row = screen.marked_row
        if row is not None:
            if row.is_prompt and row.written:
                changes = agenda_typed.moved_prompt(
                    raw, row.path, row.place, by, screen.language, screen.sheet.language
                )
                if changes and screen.change(changes):
                    screen.row += by
            return
        to = screen.at + by
        if screen.at >= 0 and 0 <= to < len(steps(raw)):
            screen.change((MoveStep(screen.at, to),), to)

    # -- looking -------------------------------------------------------------------------------------------

    def _prompts(self) -> None:
        screen = self.screen
        first = next((n for n, row in enumerate(screen.rows) if row.is_prompt), None)
        if first is not None:
            screen.go_to("keys", first)

    def _language(self) -> None:
        screen = self.screen
        screen.language = "en" if screen.language == "de" else "de"
        if screen.language != screen.sheet.language:
            screen.say(msg("Texts in the other language now; l comes back to the team's."))

    def _next_check(self) -> None:
        """To the next step with something wrong, round and round, and the whole sentence about it."""
        screen = self.screen
        told = [check for check in screen.look.checks if check.severity != "kept"]
        places = sorted({-1 if check.step is None else check.step for check in told})
        if not places:
            screen.say(msg("Nothing is wrong."))
            return
        screen.at = next((place for place in places if place > screen.at), places[0])
        screen.row = 0
        here = next(check for check in told if (-1 if check.step is None else check.step) == screen.at)
        screen.say(msg("{what} {hint}", what=here.what, hint=here.hint or ""))

    def _preview(self) -> None:
        from retrotui.tui.screens.agenda_preview import WallPreview

        screen = self.screen
        if screen.at < 0:
            screen.say(msg("Mark a step first."))
            return

        def back(at: int | None) -> None:
            screen.put(screen.sheet, at)

        screen.app.push_screen(
            WallPreview(screen.look.raw, screen.outline, screen.at, screen.language, screen.sheet.language),
            back,
        )

    def show_text(self, row: FormRow | None = None) -> None:
        """The agenda as text, with the cursor on the marked key; what is changed there is one step back."""
        from retrotui.tui.screens.agenda_text import AgendaText, TextLeft

        screen = self.screen
        path = row.path if row is not None else ("step", screen.at) if screen.at >= 0 else ()
        fault = screen.look.fault
        line, column = (
            (fault.line or 1, fault.column or 1) if fault else Places(screen.sheet.text).locate(path)
        )

        def typed(text: str) -> None:
            screen.typing = text

        def back(left: TextLeft | None) -> None:
            screen.typing = ""
            if left is None:
                return
            screen.put(screen.sheet.edited(left.text, screen.at))
            if left.then:
                self.run(left.then)

        screen.app.push_screen(AgendaText(screen.sheet.text, screen.sheet.path, line, column, typed), back)

    def _own_editor(self) -> None:
        screen = self.screen
        editor = own_editor.editor_command(os.environ)
        try:
            with screen.app.suspend():
                new = own_editor.edit_text(editor, screen.sheet.text, screen.sheet.path.name)
        except SuspendNotSupported as error:
            raise RetroError(
                msg("This terminal cannot be given to an editor."), msg("Change the text here: r shows it.")
            ) from error
        screen.app.refresh()
        screen.put(screen.sheet.edited(new, screen.at))

    def take_theirs(self) -> None:
        """Somebody else changed the file, and nothing was changed here: theirs is on the desk now."""
        self.saving.take_theirs()


WITHOUT_STEPS = frozenset(
    {"undo", "redo", "leave", "edit.save", "edit.compare", "edit.text", "edit.editor", "edit.bundled"}
)
"""Commands that need no list of steps: they work while the text is no TOML."""
