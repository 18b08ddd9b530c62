"""`followup`: what earlier meetings began, overdue first, each to be judged by a digit.

Owns the list; what a verdict does, and what it asks, is the screen's. Source: meeting.md, `followup`.
"""

from __future__ import annotations

from retrotui.domain import followup
from retrotui.domain.experiments import OpenItem
from retrotui.domain.minutes import Decision
from retrotui.errors import msg, plural
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import Page, dotted
from retrotui.tui.naming import shown_owner, times
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.followup import listed, status

MARKS: dict[Decision, str] = {"keep": "=", "adapt": "~", "drop": "×", "extend": "→", "done": "✓"}


class VerdictsPage(Page):
    """Digits judge the marked item, 0 takes the verdict back, Enter puts it on the wall."""

    name = msg("Open since earlier meetings")

    def rows(self) -> tuple[Row, ...]:
        view = self.view
        found = []
        for one in _overdue_first(view):
            verdict = followup.verdict_on(self.meeting.minutes, one.id)
            words, _ = status(view, one, verdict)
            sign = "?" if one.kind == "experiment" else ">"
            mark = MARKS[verdict.decision] if verdict else ""
            detail = dotted(shown_owner(view, one.owner), words, *_history(view, one))
            found.append(Row(one.id, f"{sign} {one.title}", detail, mark, verdict is not None))
        return tuple(found)

    def legend(self) -> str:
        return tr("1 keep  2 adapt  3 drop  4 extend  5 done  0 take back · Enter: onto the wall")

    def empty(self) -> str:
        return tr("Nothing is open from earlier meetings.")

    def take(self, key: str) -> bool:
        self.tick(key)
        return True

    def tick(self, key: str) -> bool:
        self.session.selected = key
        self.session.on_change()
        return False

    def digit(self, number: int, key: str) -> bool:
        if not key:
            return False
        if number == 0:
            self.session.apply(followup.withdraw, key)
        elif (decision := followup.BY_DIGIT.get(number)) is not None:
            self.screen.judge(key, decision)
        return False


def _overdue_first(view: View) -> list[OpenItem]:
    """As the loop gives them; what runs past its date today, though not when it was read, comes first as well."""
    return sorted(listed(view), key=lambda one: not one.overdue(view.today))


def _history(view: View, item: OpenItem) -> list[str]:
    """How old it is, and how often it was carried and extended."""
    age = item.age_days(view.today)
    told = [tr(plural("{n} day old", "{n} days old", age)) if age else tr("from today")]
    if item.carried:
        told.append(tr("carried {times}", times=times(item.carried)))
    if item.extensions:
        told.append(tr(plural("extended once", "extended {n} times", item.extensions)))
    return told
