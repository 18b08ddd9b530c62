"""`notes`: the column to which text goes.

Owns the choice alone; what is said goes there by `entries`. Source: meeting.md, `notes`.
"""

from __future__ import annotations

from retrotui.errors import msg, plural
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import Page
from retrotui.tui.widgets.panels.notes import notes_of


class ColumnsPage(Page):
    """Enter, Space or its digit takes a column; the list closes."""

    name = msg("Columns")

    def rows(self) -> tuple[Row, ...]:
        view, step = self.view, self.meeting.agenda_step
        columns = step.columns if step else ()
        ids = [one.id for one in columns]
        chosen = view.selected if view.selected in ids else ids[0] if ids else ""
        found = []
        for place, one in enumerate(columns):
            n = len(notes_of(view, one, first=place == 0))
            label = one.title.text(view.language) or one.id
            mark = "▸" if one.id == chosen else str(place + 1) if place < 9 else ""
            found.append(Row(one.id, label, tr(plural("{n} note", "{n} notes", n)) if n else "", mark))
        return tuple(found)

    def legend(self) -> str:
        return tr("Enter or a digit: what you type goes there")

    def take(self, key: str) -> bool:
        self.session.selected = key
        self.session.on_change()
        return True

    def tick(self, key: str) -> bool:
        return self.take(key)

    def digit(self, number: int, _key: str) -> bool:
        keys = [row.key for row in self.rows()]
        return self.take(keys[number - 1]) if 1 <= number <= len(keys) else False
