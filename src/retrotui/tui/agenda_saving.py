"""The agenda on its way to the disk: saving, leaving, comparing, and what to do when somebody else was quicker.

Owns the questions; nobody's words are overwritten by any answer. The writing itself is `store.agenda_editing`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from retrotui.errors import Message, RetroError, msg, plural
from retrotui.locale import tr
from retrotui.store import agenda_editing, agenda_unsaved, durable
from retrotui.tui.screens.dialogs.difference import Difference
from retrotui.tui.screens.dialogs.menu import Answer, Menu

if TYPE_CHECKING:
    from retrotui.tui.screens.agenda_editor import AgendaEditor


def _nothing() -> None:
    return None


class AgendaSaving:
    """Saving for one editor."""

    def __init__(self, screen: AgendaEditor) -> None:
        self.screen = screen

    # -- saving --------------------------------------------------------------------------------------------

    def save(self, then: Callable[[], object] = _nothing) -> None:
        """Saves; what has errors is asked about first. `then` is done once it is saved."""
        sheet = self.screen.sheet
        if not sheet.dirty:
            self.screen.say(msg("There is nothing to save."))
            return
        errors = sheet.look().errors
        if not errors:
            self._write(then)
            return
        answers = (
            Answer("back", msg("Back to the agenda")),
            Answer(
                "save",
                msg("Save it as it is"),
                msg("No meeting can begin with it until the errors are mended."),
            ),
        )
        said = plural("The agenda has {n} error.", "The agenda has {n} errors.", errors)

        def answered(chosen: str | None) -> None:
            if chosen == "save":
                self._write(then)

        self.screen.app.push_screen(Menu(msg("Save?"), answers, explained=said, default="back"), answered)

    def _write(self, then: Callable[[], object]) -> None:
        try:
            saved = agenda_editing.save(self.screen.sheet)
        except durable.Conflict:
            self._ask_conflict(then)
            return
        except RetroError as error:
            hint = msg("Make room or mend the folder, then save again.")
            self.screen.say(msg("{what} {hint}", what=error.what, hint=hint))
            return
        agenda_unsaved.drop(self.screen.place.workspace, self.screen.sheet.path)
        self.screen.put(saved)
        self.screen.say(msg("Saved: {file}", file=str(saved.path)))
        then()

    def _ask_conflict(self, then: Callable[[], object]) -> None:
        """Something else lies on the disk than we know."""
        sheet = self.screen.sheet
        answers = (
            Answer("compare", msg("See what differs")),
            Answer(
                "theirs",
                msg("Go on with the file as it is now"),
                msg("F9 brings your text back onto the desk."),
            ),
            Answer("beside", msg("Keep both"), msg("Yours becomes an agenda of its own, beside the other.")),
        )
        said = msg("{file} was changed by somebody else. Nothing was overwritten.", file=sheet.path.name)

        def answered(chosen: str | None) -> None:
            if chosen == "compare":
                self._compare_with_disk()
            elif chosen == "theirs":
                self.take_theirs()
            elif chosen == "beside":
                self._keep_both(then)

        self.screen.app.push_screen(Menu(msg("Changed meanwhile"), answers, explained=said), answered)

    def take_theirs(self) -> None:
        """What lies on the disk comes onto the desk; ours is a step back."""
        screen = self.screen
        try:
            screen.put(agenda_editing.take_theirs(screen.sheet, screen.at))
        except durable.Missing:
            screen.say(
                msg("The file is not there any more; your text is still here, under a new name: s saves it.")
            )
            self._keep_both_quietly()
            return
        except RetroError as error:
            screen.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
            return
        screen.say(
            msg("Somebody else changed the file: this is their text now. F9 brings the one before back.")
        )

    def _keep_both_quietly(self) -> None:
        self.screen.put(agenda_editing.beside(self.screen.sheet))

    def _keep_both(self, then: Callable[[], object]) -> None:
        try:
            self.screen.put(agenda_editing.beside(self.screen.sheet))
        except RetroError as error:
            self.screen.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
            return
        self._write(then)

    def offer_unsaved(self) -> bool:
        """Changes that were not saved when the program ended are offered; False: there are none."""
        screen, workspace = self.screen, self.screen.place.workspace
        text = agenda_unsaved.found(workspace, screen.sheet.path)
        if text is None or text == screen.sheet.text:
            agenda_unsaved.drop(workspace, screen.sheet.path)
            return False
        answers = (
            Answer("take", msg("Go on with them"), msg("F9 brings the text of the file back.")),
            Answer("drop", msg("Throw them away")),
        )

        def answered(chosen: str | None) -> None:
            if chosen == "take":
                screen.put(screen.sheet.edited(text, screen.at))
            elif chosen == "drop":
                agenda_unsaved.drop(workspace, screen.sheet.path)

        said = msg("Changes of this agenda were not saved when the program ended.")
        screen.app.push_screen(
            Menu(msg("Unsaved changes"), answers, explained=said, default="take"), answered
        )
        return True

    # -- leaving -------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """What is not saved is asked about."""
        screen = self.screen
        if not screen.sheet.dirty:
            screen.close()
            return
        answers = (
            Answer("save", msg("Save and leave")),
            Answer("stay", msg("Stay")),
            Answer("drop", msg("Leave without saving"), msg("What you changed since the last save is gone.")),
        )

        def answered(chosen: str | None) -> None:
            if chosen == "save":
                self.save(screen.close)
            elif chosen == "drop":
                screen.close()

        screen.app.push_screen(Menu(msg("The agenda is not saved"), answers, default="save"), answered)

    # -- comparing -----------------------------------------------------------------------------------------

    def compare(self) -> None:
        """With the saved file, or with the bundled agenda where there is one."""
        sheet = self.screen.sheet
        if not sheet.bundled:
            self._show_difference(sheet.saved, msg("saved"))
            return
        answers = (
            Answer("bundled", msg("With the bundled agenda")),
            Answer("saved", msg("With the file as it was saved last")),
        )

        def answered(chosen: str | None) -> None:
            if chosen == "bundled":
                self._show_difference(sheet.bundled, msg("bundled"))
            elif chosen == "saved":
                self._show_difference(sheet.saved, msg("saved"))

        self.screen.app.push_screen(
            Menu(msg("Compare"), answers, default="saved" if sheet.dirty else "bundled"), answered
        )

    def _compare_with_disk(self) -> None:
        try:
            theirs = agenda_editing.read_sheet(self.screen.sheet.path, self.screen.sheet.language)
        except RetroError as error:
            self.screen.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
            return
        self._show_difference(theirs.text, msg("as it is now"))

    def _show_difference(self, old: str, name: Message) -> None:
        sheet = self.screen.sheet
        names = (f"{sheet.path.name} ({tr(each)})" for each in (name, msg("on the desk")))
        found = agenda_editing.difference(old, sheet.text, *names)
        if not found:
            self.screen.say(msg("They are the same."))
            return
        self.screen.app.push_screen(Difference(tr("Compare"), found))

    # -- the bundled one -----------------------------------------------------------------------------------

    def back_to_bundled(self) -> None:
        """The bundled agenda in place of the team's copy, which is kept beside."""
        screen, sheet = self.screen, self.screen.sheet
        if not sheet.bundled:
            screen.say(msg("This is no copy of a bundled agenda."))
            return
        if sheet.text == sheet.bundled:
            screen.say(msg("This is the bundled agenda, without a change."))
            return
        if sheet.is_copy:  # it has no file that could go
            screen.put(agenda_editing.bundled_again(sheet, screen.at))
            screen.say(msg("This is the bundled agenda again. F9 brings your changes back."))
            return
        answers = (
            Answer("stay", msg("Keep the copy")),
            Answer(
                "back", msg("Back to the bundled agenda"), msg("The copy is kept beside it, as a .bak file.")
            ),
        )

        def answered(chosen: str | None) -> None:
            if chosen == "back":
                self._gone_back()

        screen.app.push_screen(Menu(msg("Back to the bundled one?"), answers, default="stay"), answered)

    def _gone_back(self) -> None:
        screen, sheet = self.screen, self.screen.sheet
        try:
            kept = agenda_editing.back_to_bundled(sheet)
            screen.put(agenda_editing.bundled_again(sheet, screen.at))
        except RetroError as error:
            screen.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
            return
        screen.say(msg("This is the bundled agenda again. Your copy is kept as {file}.", file=kept.name))
