"""The page of home as lines: what is open, what can begin, what is due, what was last.

Pure: an `Overview` in, rows and lines out. Must not read files. Discretion of a file is obeyed where it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from textual.content import Content

from retrotui.domain.experiments import OpenItem
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.store.minutes import Summary
from retrotui.tui import recall_words, text
from retrotui.tui.overview import Overview
from retrotui.tui.place import Place

DUE_SHOWN = 6
RECURRING_SHOWN = 3
MARGIN = 6
"""Columns beside the page that its headline has and its rows have not."""
MINUTES_SHOWN = 12
WIDEST = 110
"""Columns of a row: from its words to what stands at its end the eye finds its way."""
GAP = 2

RowKind = Literal["open", "agenda", "due", "minutes", "damaged", "demo"]


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One line that can be chosen. `line` is where it stands on the page."""

    key: str
    kind: RowKind
    id: str
    words: str
    explained: Message
    line: int
    digit: int = 0
    path: Path | None = None


@dataclass(slots=True)
class _Page:
    """Lines and rows as they are put down, from the top."""

    width: int
    at: str
    lines: list[Content]
    rows: list[HomeRow]

    def heading(self, words: Message) -> None:
        if self.lines:
            self.lines.append(text.mark(""))
        self.lines.append(text.sentence(tr(words), "bold $accent"))

    def says(self, words: Message, style: str = "$muted") -> None:
        for part in text.wrap(tr(words), min(self.width, text.MEASURE)):
            self.lines.append(text.plain(part, style))

    def row(
        self, kind: RowKind, an_id: str, head: str, words: str, tail: str, explained: Message, **more: object
    ) -> None:
        key = f"{kind}:{an_id}"
        here = key == self.at
        left = text.join(
            text.mark("▸ " if here else "  ", "bold $accent"),
            text.line(text.pad(head, 2), "bold $accent"),
            text.mark(" "),
        )
        room = max(10, min(self.width, WIDEST) - left.cell_length)
        tail = text.cut(tail, max(0, room - min(text.cells(words), room // 2) - 2))
        label = text.pad(words, room - text.cells(tail) - (GAP if tail else 0)) + " " * (GAP if tail else 0)
        content = text.join(left, text.line(label, "bold" if here else ""), text.line(tail, "$muted"))
        self.rows.append(HomeRow(key, kind, an_id, text.bare(words), explained, len(self.lines), **more))  # type: ignore[arg-type]
        self.lines.append(content.stylize("on $lit") if here else content)


def home_rows(
    seen: Overview, place: Place, today: date, width: int, at: str
) -> tuple[tuple[HomeRow, ...], list[Content], Content]:
    """The rows that can be chosen, the page's lines, and the headline."""
    page = _Page(max(20, width), at, [], [])
    if seen.open:
        page.heading(msg("Go on"))
        for one in seen.open:
            begun = (
                tr(msg("since {when}", when=_since(place.clock.local(one.started), today)))
                if one.started
                else tr(msg("not begun"))
            )
            explained = msg("go on with it")
            if one.two_versions:
                begun = tr(msg("{when} · two versions", when=begun))
                explained = msg("draft and minutes went two ways: choose which goes on, or look first")
            page.row("open", one.id, "r" if one is seen.open[0] else "", one.title, begun, explained)
    for an_id in seen.unfinished:
        page.says(
            msg("The end of {id} is in its draft alone: the folder could not be written.", id=an_id), "$warn"
        )
    if not seen.has_minutes:
        _empty(page, place)
    page.heading(msg("Begin"))
    for number, loaded in enumerate(seen.agendas, start=1):
        agenda = loaded.agenda
        last = seen.last_used.get(agenda.id)
        length = tr(msg("{n} min", n=f"{agenda.length:g}")) if agenda.length else tr(msg("open end"))
        tail = tr(msg("{length} · last on {day}", length=length, day=formats.date(last))) if last else length
        words = agenda.title.text(place.settings.language or _language())
        page.row(
            "agenda", agenda.id, str(number) if number < 10 else "", words, tail,
            msg("begin a meeting with this agenda"), digit=number if number < 10 else 0,
        )  # fmt: skip
    for broken in seen.broken:
        page.says(msg("{id}: {what}", id=broken.id, what=broken.error.what), "$warn")
    _due(page, seen, today)
    _recurring(page, seen, place)
    _leaning(page, seen)
    _last(page, seen)
    return tuple(page.rows), page.lines, headline(place, today, width + MARGIN)


def _language() -> str:
    from retrotui.locale import language

    return language()


def _since(started: datetime, today: date) -> str:
    """`started` in local time."""
    clock = formats.time(started)
    return clock if started.date() == today else f"{formats.day_month(started.date())} {clock}"


def headline(place: Place, today: date, width: int) -> Content:
    team = place.settings.team or tr(msg("no team named yet"))
    day = f"{formats.weekday(today)} {formats.date(today)}"
    left = text.join(
        text.mark(" "), text.mark("retrotui", "bold $accent"), text.mark(" · "), text.line(team, width=40)
    )
    gap = max(1, width - left.cell_length - text.cells(day) - 1)
    return text.join(left, text.mark(" " * gap), text.line(day, "$muted"))


def _empty(page: _Page, place: Place) -> None:
    """An empty team folder explains itself in five lines and offers the demo."""
    page.heading(msg("Welcome"))
    page.says(
        msg(
            "A reflection meeting: what decided our deals, what do we learn, what do we try until next time?"
        ),
        "",
    )
    page.says(msg("Choose an agenda: the clock starts, and one line takes what is said."))
    page.says(
        msg("The minutes go to {folder}, one plain file a meeting.", folder=str(place.workspace.folder))
    )
    page.row(
        "demo",
        "demo",
        "d",
        tr(msg("Look at the demo: an invented year of one team")),
        "",
        msg("open the demo"),
    )


def _due(page: _Page, seen: Overview, today: date) -> None:
    if not seen.read:
        if seen.has_minutes:
            page.heading(msg("Due"))
            page.says(msg("reading the minutes …"))
        return
    due = [item for item in seen.due if item.asks(today)] or list(seen.due)[:3]
    if not due:
        return
    page.heading(msg("Due"))
    files = {one.id: one.path for one in seen.minutes}
    for item in due[:DUE_SHOWN]:
        _due_row(page, item, today, files.get(item.meeting))
    if len(due) > DUE_SHOWN:
        rest = len(due) - DUE_SHOWN
        page.says(plural("and {n} more: retrotui due", "and {n} more: retrotui due", rest))


def _recurring(page: _Page, seen: Overview, place: Place) -> None:
    """The factors that keep coming back, in the words that the meeting uses for them."""
    if seen.recurring:
        page.heading(msg("Keeps coming back"))
    for one in seen.recurring[:RECURRING_SHOWN]:
        label = place.factors.label(one.factor, place.settings.language or _language())
        page.says(msg("{words}", words=recall_words.recurs(label, one)), "")


def _leaning(page: _Page, seen: Overview) -> None:
    """What the choice of deals leaned to, under what is due: a hint for the next choice, about nobody."""
    if seen.leaning:
        said = tr(seen.leaning[0])
        for words in seen.leaning[1:]:
            said = f"{said} · {tr(words)}"
        page.says(msg("Choice of deals: {hints}", hints=said))


def _due_row(page: _Page, item: OpenItem, today: date, path: Path | None) -> None:
    parts = list(_due_words(item, today))
    sign = "!" if item.overdue(today) else "?" if item.kind == "experiment" else ">"
    explained = msg("open for a verdict at the next meeting; Enter reads where it began")
    page.row("due", item.id, sign, item.title, " · ".join(parts), explained, path=path)


def _due_words(item: OpenItem, today: date) -> Iterator[str]:
    if item.owner:
        yield item.owner
    if item.due is not None:
        late = (today - item.due).days
        if late > 0:
            yield tr(plural("{n} day late", "{n} days late", late))
        else:
            yield tr(msg("until {day}", day=formats.near_day(item.due, today)))
    if item.carried:
        yield tr(plural("carried once", "carried {n} times", item.carried))


def _last(page: _Page, seen: Overview) -> None:
    if not seen.read or not (seen.minutes or seen.damaged or seen.drafts):
        return
    page.heading(msg("Last minutes"))
    for draft in seen.drafts:
        words = tr(msg("Draft {file}", file=draft.path.name)) + (f":{draft.line}" if draft.line else "")
        page.row(
            "damaged", f"draft {draft.path.name}", "✗", words, tr(draft.sentence),
            msg("a damaged draft: it is left as it is"), path=draft.path,
        )  # fmt: skip
    for damaged in seen.damaged:
        line = f":{damaged.line}" if damaged.line else ""
        page.row(
            "damaged", damaged.path.name, "✗", f"{damaged.path.name}{line}", tr(damaged.sentence),
            msg("a damaged file: it is left as it is"), path=damaged.path,
        )  # fmt: skip
    for one in [each for each in seen.minutes if each.status != "running"][:MINUTES_SHOWN]:
        page.row(
            "minutes",
            one.id,
            "",
            _title(one),
            " · ".join(_counts(one)),
            msg("read these minutes"),
            path=one.path,
        )


def _title(one: Summary) -> str:
    return f"{formats.date(one.date)}  {one.title or one.id}"


def _counts(one: Summary) -> Iterator[str]:
    if one.status == "aborted":
        yield tr(msg("aborted"))
    if one.reflecting is not None:
        yield tr(msg("reflecting {share}", share=formats.percent(round(one.reflecting * 100))))
    if n := one.counts.get("lesson", 0):
        yield tr(plural("{n} lesson", "{n} lessons", n))
    if n := one.counts.get("experiment", 0):
        yield tr(plural("{n} experiment", "{n} experiments", n))
