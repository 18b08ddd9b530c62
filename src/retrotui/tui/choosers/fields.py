"""What a step takes down in fields: chosen from what its agenda offers, or asked for in a line.

Owns the page "Fields" of every kind of step. What a field is, and when it is asked, is the domain's.
Source: files.md, `fields`.
"""

from __future__ import annotations

from retrotui.domain import fields, roundtable
from retrotui.domain.agenda import Field
from retrotui.domain.spoken_dates import read_near_date
from retrotui.domain.spoken_numbers import read_number
from retrotui.domain.text import one_line
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask
from retrotui.tui.choosers.pages import Page, dotted, heading
from retrotui.tui.naming import function_name, participant_name
from retrotui.tui.screens.dialogs.ask import NO_DATE, anything
from retrotui.tui.widgets.panels.roles import answer_words

LONGEST_SCALE = 21
"""A scale of more values than that is asked for as a number."""
ASK, SET = "ask:", "set:"


class FieldsPage(Page):
    """Each field with what can be answered; digits choose in the field that is marked."""

    name = msg("Fields")

    def rows(self) -> tuple[Row, ...]:
        found: list[Row] = []
        for field in fields.asked_fields(self.meeting):
            now = fields.field_value(self.meeting, field.id)
            found.append(heading(field.label.text(self.view.language) or field.id))
            values = self._values(field)
            for number, (value, words) in enumerate(values, start=1):
                mark = "●" if value == now else str(number) if number < 10 and field.type != "scale" else "○"
                found.append(Row(f"{SET}{field.id}={value}", words, mark=mark))
            if not values:
                found.append(Row(f"{ASK}{field.id}", self._answered(field, now), mark="●" if now else "…"))
        return tuple(found)

    def legend(self) -> str:
        return tr("Enter or a digit: answer · once more: take it back")

    def empty(self) -> str:
        return tr("This step has no fields.")

    def tick(self, key: str) -> bool:
        field = self._field(key)
        if field is None:
            return False
        if key.startswith(ASK):
            self._ask(field)
        else:
            self._answer(field, key.partition("=")[2])
        return False

    def digit(self, number: int, key: str) -> bool:
        field = self._field(key)
        if field is None:
            return False
        values = [value for value, _ in self._values(field)]
        if field.type == "scale":
            if str(number) in values:
                self._answer(field, str(number))
        elif 1 <= number <= len(values):
            self._answer(field, values[number - 1])
        return False

    def _field(self, key: str) -> Field | None:
        wanted = key.partition(":")[2].partition("=")[0]
        return next((one for one in fields.asked_fields(self.meeting) if one.id == wanted), None)

    def _values(self, field: Field) -> list[tuple[str, str]]:
        """What can be chosen, as it is kept and as it reads; nothing where it is to be asked."""
        match field.type:
            case "yesno":
                return [("yes", tr("yes")), ("no", tr("no"))]
            case "choice":
                return [(one, one) for one in field.choices.lines(self.view.language) if one]
            case "scale" if field.max - field.min < LONGEST_SCALE:
                return [(str(one), str(one)) for one in range(round(field.min), round(field.max) + 1)]
            case "person":
                view = self.view
                return [
                    (
                        one.id,
                        dotted(
                            participant_name(view, one)
                            or ("?" if not one.name else tr("Person {n}", n=place)),
                            function_name(one.function),
                        ),
                    )
                    for place, one in enumerate(roundtable.candidates(self.meeting), start=1)
                ]
            case _:
                return []

    def _answered(self, field: Field, value: str) -> str:
        return answer_words(self.view, field, value) if value else tr("Enter asks")

    def _answer(self, field: Field, value: str) -> None:
        """The same answer once more takes it away."""
        same = fields.field_value(self.meeting, field.id) == value
        self.session.apply(fields.answer, field.id, "" if same else value)

    # -- what is typed -------------------------------------------------------------------------------------

    def _ask(self, field: Field) -> None:
        def take(line: str) -> None:
            self.session.apply(fields.answer, field.id, self.read(field, line) or "")

        def check(line: str) -> Message | None:
            if not line.strip() or self.read(field, line) is not None:
                return None
            if field.type == "date":
                return NO_DATE
            if field.type == "scale":
                return msg(
                    "A number from {least} to {most}, please.", least=f"{field.min:g}", most=f"{field.max:g}"
                )
            return msg("This is no number.")

        label = field.label.text(self.view.language) or field.id
        now = self._typed(field, fields.field_value(self.meeting, field.id))
        ask(self.screen, msg("{words}", words=label), take, explained=msg("An empty line takes the answer away."),
            value=now, check=check if field.type != "text" else anything)  # fmt: skip

    def _typed(self, field: Field, value: str) -> str:
        """An answer as it could be typed: what is read again in the meeting's language is written in it."""
        if value and field.type in ("number", "scale"):
            return formats.number(value, self.view.language)
        return answer_words(self.view, field, value) if field.type == "date" else value

    def read(self, field: Field, line: str) -> str | None:
        """The answer as it is kept: a decimal string, an ISO day, or the words; None where it cannot be read."""
        words = one_line(line)
        if field.type == "date":
            day = read_near_date(words.lstrip("=^ "), self.view.today)
            return day.isoformat() if day else None
        if field.type in ("number", "scale"):
            number = read_number(words, self.view.language)
            if field.type == "scale" and number is not None and not field.min <= float(number) <= field.max:
                return None
            return number
        return words
