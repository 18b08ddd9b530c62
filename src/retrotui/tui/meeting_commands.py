"""From a command's id to what happens in the meeting, and what a command would do now.

Owns the way of every command of the meeting: to the session, the entry cursor, or a dialog. Must not draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from retrotui.domain import corrections, course, followup, pacing, timebox
from retrotui.errors import Message, msg
from retrotui.locale import formats
from retrotui.tui.commands import Command
from retrotui.tui.prompts import prompts

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

WRITES_AFTERWARDS = frozenset({"step.next", "step.back", "pause"})
"""After Esc, these bring the line back as well."""


class MeetingCommands:
    """What each command of the meeting does on this screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self.screen = screen
        self.session = screen.session
        cursor = screen.cursor
        self._ways: dict[str, Callable[[], object]] = {
            "help": lambda: self._dialog("help"),
            "pause": self.session.pause_or_go_on,
            "step.back": self.session.back,
            "step.next": self._next,
            "extend": self.session.extend,
            "course": lambda: self._dialog("course"),
            "choose": lambda: self._dialog("choose"),
            "before": lambda: self._dialog("before"),
            "view": self._other_view,
            "undo": self.session.undo,
            "redo": self.session.redo,
            "prompt.next": lambda: self._prompt(1),
            "prompt.previous": lambda: self._prompt(-1),
            "entry.up": lambda: cursor.move(-1),
            "entry.down": lambda: cursor.move(1),
            "entry.edit": self.edit_marked,
            "entry.delete": cursor.delete,
            "entry.vote": cursor.vote,
            "entry.clear_votes": cursor.clear_votes,
            "entry.group": cursor.group,
            "entry.experiment": lambda: cursor.make("experiment"),
            "entry.lesson": lambda: cursor.make("lesson"),
            "entry.action": lambda: cursor.make("action"),
            "palette": screen.app.action_command_palette,
            "leave": lambda: self._dialog("leave"),
        }

    def run(self, command: str) -> None:
        """Run a command by its id; moving on and pausing bring the line back."""
        self._ways[command]()
        if command in WRITES_AFTERWARDS:
            self.write(None)

    def words(self, command: Command) -> Message | None:
        """What the command would do now, for the footer; None where it does nothing."""
        meeting = self.session.meeting
        if command.id == "pause":
            if not meeting.begun:
                return msg("Begin")
            return msg("Go on") if timebox.paused(meeting.minutes) else msg("Pause")
        if command.id == "step.next":
            if not meeting.begun:
                return msg("→ Begin")
            target = course.ahead(meeting)
            return msg("→ End") if target.kind == "close" else msg("→ {title}", title=target.label)
        if command.id == "step.back":
            return command.words if course.behind(meeting) else None
        if command.id == "extend":
            if pacing.is_capped(meeting) or timebox.allotted(meeting.step) is None:
                return None
            return msg("+{time}", time=formats.length(round(pacing.extension(meeting) * 60)))
        if command.id == "view":
            return msg("Desk view") if self.screen.wall else command.words
        if command.id == "undo":
            return command.words if meeting.past else None
        return command.words

    def short(self, command: Command) -> Message | None:
        """The same in a narrow footer."""
        words = self.words(command)
        if command.id == "extend" and words is not None:
            more = round(pacing.extension(self.session.meeting) * 60)
            return msg("+{n}", n=more // 60) if more % 60 == 0 else words
        return command.short if words == command.words and command.short is not None else words

    # -- after Esc -----------------------------------------------------------------------------------------

    def twin(self, key: str, character: str | None) -> None:
        """A key after Esc: a digit for the panel, a command's twin, or a letter that brings the line back."""
        cursor = self.screen.cursor
        if cursor.mode == "vote" and (key == "enter" or (character or "").isdigit()):
            if key == "enter":
                cursor.next_vote()
            else:
                cursor.vote(int(character or "0"))
            return
        if cursor.mode == "group" and key == "enter":
            cursor.group()
            return
        if character and character.isdigit() and self.digit(int(character)):
            return
        if key == "enter" or character == "i":
            self.write(None)
            return
        for command in self.screen.declared:
            if key in command.twins or (character is not None and character in command.twins):
                self.run(command.id)
                return
        if character is not None:
            self.write(character)

    def write(self, character: str | None) -> None:
        """Back to the line; a letter without a meaning is typed there."""
        self.screen.cursor.leave()
        self.screen.line.write(character)

    def verdict_typed(self, line: str) -> bool:
        """A line of one digit in `followup` is a verdict on the selected item: nobody takes down a bare digit."""
        typed = line.strip()
        digits = {str(digit) for digit in followup.BY_DIGIT}
        return not self.session.editing and typed in digits and self.digit(int(typed))

    def digit(self, number: int) -> bool:
        """A digit chooses in the panel: a verdict in `followup`. False where digits mean nothing."""
        session = self.session
        if session.meeting.step.kind != "followup" or not session.selected:
            return False
        decision = followup.BY_DIGIT.get(number)
        if decision is None:
            return False
        self.screen.judge(session.selected, decision)
        return True

    # -- single ways ---------------------------------------------------------------------------------------

    def _next(self) -> None:
        if self.session.meeting.begun and course.ahead(self.session.meeting).kind == "close":
            self._dialog("closing")
        else:
            self.session.next()

    def _other_view(self) -> None:
        self.screen.wall = not self.screen.wall

    def _prompt(self, by: int) -> None:
        count = len(prompts(self.screen.session.view()))
        if count:
            now = self.session.meeting.minutes.now
            number = ((now.prompt if now else 1) - 1 + by) % count + 1
            self.session.show_prompt(number)

    def edit_last(self) -> None:
        """↑ on an empty line."""
        entry = corrections.last_entry(self.session.meeting)
        if entry:
            self._edit(entry)
        else:
            self.session.say(msg("There are no entries in this step yet."))

    def edit_marked(self) -> None:
        cursor = self.screen.cursor
        if not cursor.at:
            cursor.move(0)
        if cursor.at:
            self._edit(cursor.at)

    def _edit(self, entry: str) -> None:
        words = self.session.begin_edit(entry)
        if words is not None:
            self.write(None)
            self.screen.line.put(words)

    def after_entry(self) -> None:
        """What an entry calls for: the form of a new experiment."""
        new = self.session.take_new_experiment()
        if new:
            self.screen.ask_experiment(new)

    def _dialog(self, name: str) -> None:
        self.screen.open(name)
