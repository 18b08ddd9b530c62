"""What the agenda's editor asks for, key by key, in the form that each has: a line, a digit, yes or no.

Owns the questions; what an answer makes of the agenda is `domain.agenda_typed`'s. Must not draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from retrotui.domain import agenda_typed
from retrotui.domain.agenda import ROLES
from retrotui.domain.agenda_changes import Change, steps
from retrotui.domain.agenda_keys import FLAGS, step_key
from retrotui.errors import Message, Refused, msg
from retrotui.tui.agenda_form import CHOICE_WORDS, FormRow
from retrotui.tui.screens.dialogs.ask import Ask, Offer
from retrotui.tui.screens.dialogs.menu import Answer, Menu
from retrotui.tui.step_words import KINDS

if TYPE_CHECKING:
    from retrotui.tui.screens.agenda_editor import AgendaEditor


class AgendaAsking:
    """The questions of one editor. `show_text` opens the text at a key that has no other form."""

    def __init__(self, screen: AgendaEditor, show_text: Callable[[FormRow], None]) -> None:
        self.screen = screen
        self.show_text = show_text

    def toggle_flag(self, digit: int) -> None:
        """1 to 6, in the list and among the keys."""
        if self.screen.at < 0 or self.screen.look.fault is not None:
            return
        key = step_key(FLAGS[digit - 1])
        self.screen.change(
            agenda_typed.toggled(self.screen.look.raw, key, ("step", self.screen.at, key.name))
        )

    def tick_row(self) -> None:
        """Space: yes or no."""
        row = self.screen.marked_row
        if row is not None and row.key is not None and row.key.form == "flag":
            self.screen.change(agenda_typed.toggled(self.screen.look.raw, row.key, row.path))

    def change_row(self) -> None:
        """Enter on a key: asks in the form that it has."""
        row = self.screen.marked_row
        if row is None:
            return
        if row.is_prompt:
            self.ask_prompt(row)
        elif row.key is None or row.key.form == "raw":
            self.show_text(row)
        elif row.key.form == "flag":
            self.tick_row()
        elif row.key.name == "kind":
            self.kind()
        elif row.key.form == "choice":
            self._choose(row)
        else:
            self._ask(row)

    def ask_key(self, name: str) -> None:
        """The line for one key, from anywhere."""
        row = next((each for each in self.screen.rows if each.path[-1] == name), None)
        if row is not None:
            self._ask(row)

    def _ask(self, row: FormRow) -> None:
        screen, key = self.screen, row.key
        assert key is not None
        raw, language, own = screen.look.raw, screen.language, screen.sheet.language
        found: list[tuple[Change, ...]] = []

        def check(line: str) -> Message | None:
            try:
                found[:] = [agenda_typed.typed(raw, key, row.path, line, language, own)]
            except Refused as refused:
                return msg("{what} {hint}", what=refused.what, hint=refused.hint or "")
            return None

        def answered(line: str | None) -> None:
            if line is not None:
                screen.change(found[0])

        value = agenda_typed.as_typed(raw, key, row.path, language, own)
        asked = Ask(
            key.words,
            explained=self._explained(row),
            value=value,
            check=check,
            offer=self._offer(row),
        )
        screen.app.push_screen(asked, answered)

    def _offer(self, row: FormRow) -> Offer | None:
        """What a half-typed line can become; None where the key has no words of its own."""
        known, key = self._known(row), row.key
        if not known or key is None:
            return None
        several = key.form in ("choices", "texts")
        details = CHOICE_WORDS if key.form == "choices" else {}
        return lambda line: agenda_typed.offered(known, details, line, several=several)

    def _known(self, row: FormRow) -> tuple[str, ...]:
        """The words that can be meant, where the key has such."""
        assert row.key is not None
        match row.key.name:
            case "roles":
                return ROLES
            case "of":
                before = steps(self.screen.look.raw)[: self.screen.at]
                return tuple(str(each.get("id", "")) for each in before)
        return tuple(map(str, row.key.choices))

    def _explained(self, row: FormRow) -> Message:
        assert row.key is not None
        explained = row.key.explained
        if row.key.form in ("choices", "repeat"):
            known = ", ".join(row.key.choices)
            return msg("{explained} ({choices})", explained=explained, choices=known)
        if row.key.form == "words" and self.screen.language != self.screen.sheet.language:
            return msg("{explained} (in {language})", explained=explained, language=self.screen.language)
        return explained

    def ask_prompt(self, row: FormRow) -> None:
        """One question, in a line."""
        screen = self.screen
        raw, language, own = screen.look.raw, screen.language, screen.sheet.language

        def answered(line: str | None) -> None:
            if line is None:
                return
            if screen.change(agenda_typed.typed_prompt(raw, row.path, row.place, line, language, own)):
                screen.row = next(
                    (n for n, each in enumerate(screen.rows) if each.place == row.place), screen.row
                )
                screen.show()

        asked = Ask(
            msg("Question {n}", n=row.place + 1),
            explained=msg("One sentence that can be read aloud; an empty line takes it away."),
            value=row.value,
            check=lambda _line: None,
        )
        screen.app.push_screen(asked, answered)

    def _choose(self, row: FormRow) -> None:
        key = row.key
        assert key is not None
        answers = [
            Answer(str(each), CHOICE_WORDS.get(str(each), msg("{choice}", choice=str(each))))
            for each in key.choices
        ]
        answers.append(Answer("", msg("say nothing: what holds by itself")))

        def answered(value: str | None) -> None:
            if value is not None:
                self.screen.change(agenda_typed.chosen(self.screen.look.raw, row.path, value))

        self.screen.app.push_screen(Menu(key.words, tuple(answers), explained=key.explained), answered)

    def kind(self) -> None:
        """Which kind the marked step is to be."""
        screen = self.screen
        if screen.at < 0:
            screen.say(msg("Mark a step first."))
            return
        path = ("step", screen.at, "kind")
        now = str(steps(screen.look.raw)[screen.at].get("kind", ""))
        self.choose_kind(
            msg("Which kind of step?"),
            lambda kind: screen.change(agenda_typed.chosen(screen.look.raw, path, kind)),
            now,
        )

    def choose_kind(self, question: Message, then: Callable[[str], object], now: str = "") -> None:
        """All kinds, by digit; `then` is told the one that was chosen."""

        def answered(kind: str | None) -> None:
            if kind:
                then(kind)

        answers = tuple(Answer(kind.value, words) for kind, words in KINDS.items())
        self.screen.app.push_screen(Menu(question, answers, default=now or "notes"), answered)
