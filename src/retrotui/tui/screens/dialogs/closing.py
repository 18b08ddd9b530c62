"""The last question of a meeting: what is missing, a line each; Enter closes anyway.

Owns the list and its digits. What a gap is, is `domain.closing`'s; mending one leads to where it is mended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import events
from textual.app import ComposeResult

from retrotui.domain import closing, completion, corrections, entries
from retrotui.domain.capture_people import whom
from retrotui.domain.capture_reading import Reading
from retrotui.domain.closing import Gap
from retrotui.domain.completion import Option as Offered
from retrotui.errors import Message, Refused, msg
from retrotui.locale import catalogue, tr
from retrotui.tui import last_words, text
from retrotui.tui.screens.dialogs.ask import Ask, ask_date, something
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.screens.dialogs.experiment import ExperimentForm
from retrotui.tui.screens.dialogs.menu import Answer, Menu
from retrotui.tui.session import Session
from retrotui.tui.widgets.drawn import Drawn

WIDTH = 68
"""Cells of a gap's sentence: the box without its frame, its padding and the digit."""


class ClosingDialog(Dialog[bool]):
    """True: close. Digits mend, one after another, and come back here."""

    opened_by = "step.next"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._mending = False
        self._mendable: tuple[Gap, ...] = ()
        self.title_of_box = tr("End the meeting")
        self.hint_of_box = tr("Enter ends it · digit mends · Esc: back")

    def body(self) -> ComposeResult:
        yield Drawn(id="gaps")

    def on_mount(self) -> None:
        self.refreshed()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return closing.open_ends(self.session.meeting)

    @property
    def mendable(self) -> tuple[Gap, ...]:
        """Those with a digit; when one is mended, a later one takes its place."""
        return self._mendable

    def refreshed(self) -> None:
        lines = []
        gaps = self.gaps
        self._mendable = tuple(gap for gap in gaps if gap.kind in MENDED)[:9]
        if not gaps:
            lines.append(text.sentence(tr("Nothing is missing. Enter ends the meeting."), "bold"))
        else:
            lines.append(text.sentence(tr("Still open; nobody has to mend any of it:"), "$muted"))
            lines.append(text.mark(""))
        digits = {id(gap): number for number, gap in enumerate(self.mendable, start=1)}
        for gap in gaps:
            number = digits.get(id(gap), 0)
            sign = text.mark(f"{number}  " if number else "·  ", "bold $accent" if number else "$muted")
            for place, part in enumerate(text.wrap(tr(gap.what), WIDTH)):
                lines.append(text.join(sign if place == 0 else text.mark("   "), text.plain(part)))
        if (left := last_words.announced(self.session)) is not None:
            lines.append(text.mark(""))
            lines += [text.plain(part, "bold $warn") for part in text.wrap(tr(left), WIDTH, lines=3)]
        area = self.query_one("#gaps", Drawn)
        area.styles.height = len(lines)
        area.draw(text.stack(lines))

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.dismiss(True)
        elif event.character and event.character in "123456789"[: len(self.mendable)]:
            event.stop()
            self.run_worker(self._mend(self.mendable[int(event.character) - 1]), exclusive=True)

    async def _mend(self, gap: Gap) -> None:
        way = MENDED.get(gap.kind)
        if way is None:
            return
        self._mending = True
        try:
            await way(self, gap)
        except Refused as refused:  # F9 took an entry back meanwhile
            self.session.refuse(refused)
        finally:
            self._mending = False
        self.refreshed()

    def busy(self) -> bool:
        """The next question is about to open: keys wait for it."""
        return self._mending and self.app.screen is self


async def _sources(dialog: ClosingDialog, gap: Gap) -> None:
    """One factor after another: whose word is it?"""
    answers = (
        Answer("buyer", msg("the buyer said it")),
        Answer("document", msg("a document")),
        Answer("team", msg("we believe it")),
    )
    for entry_id in gap.about:
        entry = corrections.found(dialog.session.meeting, entry_id)
        question = msg("How do we know? {text}", text=getattr(entry, "text", ""))
        source = await dialog.app.push_screen_wait(Menu(msg("Source"), answers, explained=question))
        if source is None:
            return
        dialog.session.apply(corrections.set_values, entry_id, source=source)


async def _factors(dialog: ClosingDialog, gap: Gap) -> None:
    """One unsorted factor after another: which of the list is it?"""
    session = dialog.session

    def check(line: str) -> Message | None:
        known = session.factors.find(line.strip().lstrip("#")) is not None
        return None if known else msg("There is no such factor; Tab takes the marked one.")

    def offer(line: str) -> Sequence[Offered]:
        lang = session.meeting.minutes.language
        found = session.factors.completions(line.strip().lstrip("#"))
        return [Offered(one.tag(lang), one.label.text(lang), one.explained(lang)) for one in found]

    for entry_id in gap.about:
        entry = corrections.found(session.meeting, entry_id)
        words = getattr(entry, "text", "")
        proposed = session.factors.mentioned(words)
        value = proposed[0].tag(session.meeting.minutes.language) if len(proposed) == 1 else ""
        question = msg("Which factor is it? {text}", text=words)
        answer = await dialog.app.push_screen_wait(
            Ask(msg("Factor"), explained=question, value=value, check=check, offer=offer)
        )
        if answer is None:
            return
        factor = session.factors.find(answer.strip().lstrip("#"))
        if factor is not None:
            session.apply(corrections.set_values, entry_id, factor=factor.id)


async def _owners(dialog: ClosingDialog, gap: Gap) -> None:
    session = dialog.session

    def offer(line: str) -> Sequence[Offered]:
        if session.meeting.minutes.discretion.people:
            return ()
        typed = f"> … @{line.strip().lstrip('@')}"
        found = completion.completions(typed, len(typed), session.context()).options
        return [replace(one, insert=one.insert.lstrip("@")) for one in found]

    for entry_id in gap.about:
        words = getattr(corrections.found(session.meeting, entry_id), "text", "")
        question = msg("Who? {text}", text=words)
        answer = await dialog.app.push_screen_wait(
            Ask(msg("Owner"), explained=question, check=something, offer=offer)
        )
        if answer is None:
            return
        people = (*session.meeting.minutes.participant, *session.meeting.known_people)
        found = {one.id for one in whom(answer.strip().lstrip("@"), people)}
        owner = next(iter(found)) if len(found) == 1 else ""
        words_of = "" if owner else answer.strip().lstrip("@")
        session.apply(corrections.set_values, entry_id, owner=owner, owner_text=words_of)


async def _dates(dialog: ClosingDialog, gap: Gap) -> None:
    session = dialog.session
    today = session.meeting.minutes.date
    for entry_id in gap.about:
        words = getattr(corrections.found(session.meeting, entry_id), "text", "")
        day = await ask_date(dialog, msg("Until when? {title}", title=words), session.next_date(), today)
        if day is None:
            return
        session.apply(corrections.set_values, entry_id, due=day)


async def _next_date(dialog: ClosingDialog, gap: Gap) -> None:  # noqa: ARG001
    session = dialog.session
    day = await ask_date(
        dialog, msg("When do we meet next?"), session.next_date(), session.meeting.minutes.date
    )
    if day is not None:
        session.apply(entries.record, Reading(kind="next_date", due=day))


async def _invite(dialog: ClosingDialog, gap: Gap) -> None:  # noqa: ARG001
    """Whom do we invite? It becomes an action."""
    answer = await dialog.app.push_screen_wait(Ask(msg("Whom do we invite next time?"), check=something))
    if answer is not None:
        text_of_action = catalogue(dialog.session.meeting.minutes.language).tr(
            msg("Invite next time: {who}", who=answer.strip())
        )
        dialog.session.apply(
            entries.record, Reading(kind="action", text=text_of_action, due=dialog.session.next_date())
        )


async def _ideas(dialog: ClosingDialog, gap: Gap) -> None:
    """The form of each: what it still lacks."""
    for experiment in gap.about:
        await dialog.app.push_screen_wait(ExperimentForm(dialog.session, experiment))


MENDED = {
    "idea": _ideas,
    "source": _sources,
    "unsorted": _factors,
    "owner": _owners,
    "due": _dates,
    "next_date": _next_date,
    "only_sales": _invite,
}
"""The gaps that can be mended here, by their kind; the others are told."""
