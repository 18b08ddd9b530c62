"""What the capture line of a meeting is told, and what becomes of it: entries, completions, commands.

Owns the way from a key or a paste to the session, to the list of completions and to the commands. What a line means is
the domain's, what a command does `MeetingCommands`'. Must not draw, and must not change a meeting but through the
session. Source: meeting.md, "Keys", "The capture line".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.domain import completion
from retrotui.errors import msg, plural
from retrotui.tui.widgets.rows import rows

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen


class MeetingLine:
    """The listener of the capture line (`widgets.capture.Listener`)."""

    def __init__(self, screen: MeetingScreen) -> None:
        self.screen = screen
        self.session = screen.session

    # -- typing --------------------------------------------------------------------------------------------

    def typed(self, line: str) -> None:
        """The line says this now."""
        self.session.type(line)
        self.screen.line.password = self.session.counts_slips(line)
        if not self.screen.line.commanding:
            self._complete()
        self.screen.picture.show_line()
        self.screen.picture.show_notice()

    def entered(self, line: str) -> None:
        """Enter: an entry, a verdict, or (on an empty line) the next turn."""
        self._close_completions()
        self.screen.picture.hush()
        if line.strip() or self.session.editing:
            if not self.screen.runs.verdict_typed(line):
                self.session.record(line)
        else:
            self.session.next_turn()
        self.screen.show_soon()
        self.screen.runs.after_entry()

    def pasted(self, lines: str, left_out: int) -> None:
        """Several lines at once: each is an entry. `left_out`: characters that were too many."""
        before = len(self.session.meeting.past)
        self.session.record(lines)
        count = len(self.session.meeting.past) - before
        if left_out:
            down = plural("{n} entry taken down", "{n} entries taken down", count)
            gone = plural("{n} character was left out", "{n} characters were left out", left_out)
            self.screen.say(msg("{down}; that was too much: {gone}.", down=down, gone=gone))
        else:
            self.screen.say(
                plural(
                    "{n} entry taken down. F9 takes it back.",
                    "{n} entries taken down. F9 takes them back, one by one.",
                    count,
                )
            )
        self.screen.show()

    def cut(self, characters: int) -> None:
        """A paste was longer than a line may be by so many characters."""
        gone = plural("{n} character was left out", "{n} characters were left out", characters)
        self.screen.say(msg("That was too long for one line: {gone}.", gone=gone))

    # -- completions ---------------------------------------------------------------------------------------

    def _complete(self) -> None:
        line, options = self.screen.line, self.screen.options
        found = completion.completions(line.value, line.cursor_position, self.session.context())
        options.offer(found if found.options else None)
        line.completing, line.picking = options.is_open, False

    def _close_completions(self) -> bool:
        """True when a list was open."""
        was_open = self.screen.options.is_open
        self.screen.options.offer(None)
        self.screen.line.completing = self.screen.line.picking = False
        return was_open

    def _take_completion(self) -> None:
        """Tab, or Enter on a picked option: what the list offers for the line as it is now."""
        line, options = self.screen.line, self.screen.options
        found = completion.completions(line.value, line.cursor_position, self.session.context())
        if found.options:
            picked = options.picked if options.moved else 0
            line.put(*found.taken(line.value, found.options[min(picked, len(found.options) - 1)]))
        elif proposal := self.session.proposal(line.value):
            line.put(f"{line.value.rstrip()} {proposal} ")
        self._close_completions()

    # -- keys ----------------------------------------------------------------------------------------------

    def asked(self, what: str) -> None:
        """Tab, ↑ and ↓, as `Listener.asked` names them."""
        if what == "last":
            self.screen.runs.edit_last()
        elif what in ("complete", "pick"):
            self._take_completion()
        elif what in ("pick_next", "pick_previous"):
            self.screen.options.move(1 if what == "pick_next" else -1)
            self.screen.line.picking = self.screen.options.moved
        else:
            self.screen.runs.run(f"prompt.{what}")

    def escaped(self) -> bool:
        """Esc closes the list first, then gives up an edit, then leaves the line."""
        if self._close_completions():
            return True
        if self.session.editing:
            self.session.editing = ""
            self.screen.line.put("")
            self.screen.show()
            return True
        self.screen.call_later(self.screen.show)
        return False

    def twinned(self, key: str, character: str | None) -> None:
        """A key after Esc."""
        self.screen.picture.hush()
        cursor = self.screen.cursor
        if key == "escape":
            cursor.leave()
        else:
            cursor.show(
                tuple(row.key for row in rows(self.screen.picture.view()))
            )  # the key may be the faster one
            self.screen.runs.twin(key, character)
        self.screen.show()

    def commanded(self, key: str) -> bool:
        """A key that always works; False: it is none."""
        command = next((one for one in self.screen.declared if key in one.keys), None)
        if command is None:
            return False
        self.screen.picture.hush()
        self.screen.action_run(command.id)
        return True

    def busy(self) -> bool:
        """A dialog lies over the meeting, or is about to: keys wait for it."""
        return self.screen.busy()
