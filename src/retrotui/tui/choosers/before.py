"""F10, and a page of F7: what was said before of what is on the table, each to be read in its own meeting.

Owns the list: earlier talks with the customer at hand, names that may mean the same, lessons that come back, the
lineage of the selected experiment. What was found stands in `View.memory`. Must not look anything up.
Source: product.md, "Memory".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from retrotui.domain.agenda import StepKind
from retrotui.domain.memory import Learned, Talked, deal_question, lesson_question
from retrotui.errors import RetroError, msg
from retrotui.locale import formats, tr
from retrotui.store import minutes as minutes_store
from retrotui.tui import pages, recall_words
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import Page, dotted, heading
from retrotui.tui.screens.dialogs.reader import Reader
from retrotui.tui.widgets.panels.followup import selected_item

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

FILE, MEETING, LINEAGE = "file:", "meeting:", "lineage:"
SEEK = "\t"
"""Behind it stand the words at which the page opens."""
ON_DEALS = (StepKind.DEAL, StepKind.FACTORS, StepKind.LESSONS, StepKind.PERSPECTIVES)
"""The steps that talk about the deal at hand."""


def before_pages(screen: MeetingScreen) -> tuple[Page, ...]:
    """The page, where there is something on it."""
    page = BeforePage(screen)
    return (page,) if page.rows() else ()


class BeforePage(Page):
    """Enter or Space reads the marked meeting, or the whole lineage."""

    name = msg("Before")

    def rows(self) -> tuple[Row, ...]:
        return (*self._lineage(), *self._adapted(), *self._talks(), *self._lessons())

    def legend(self) -> str:
        return tr("Enter: read it")

    def empty(self) -> str:
        return tr("Nothing was said of this before.")

    def tick(self, key: str) -> bool:
        read(self.screen, key)
        return False

    # -- rows ------------------------------------------------------------------------------------------------

    def _lineage(self) -> Iterator[Row]:
        """The selected experiment, from its first hypothesis, with what became of each."""
        view = self.view
        item = selected_item(view) if self.meeting.step.kind == StepKind.FOLLOWUP else None
        if item is None:
            return
        stages = view.memory.lineages.get(item.id, ())
        if len(stages) < 2:
            yield heading(item.title)
            yield Row(f"{MEETING}{item.meeting}{SEEK}{item.title}", tr("begun {day}", day=item.born))
            return
        yield heading(tr("Lineage"))
        yield Row(f"{LINEAGE}{item.id}", tr("From the first hypothesis to today"), tr("read all of it"), "»")
        for one in stages:
            label = f"{recall_words.branch(one)}{one.experiment.title}"
            where = one.judged_in or one.meeting
            yield Row(f"{MEETING}{where}{SEEK}{one.experiment.title}", label, recall_words.standing(one))

    def _adapted(self) -> Iterator[Row]:
        """What earlier experiments were adapted to, and what came of it in the end."""
        if self.meeting.step.kind not in (StepKind.FOLLOWUP, StepKind.EXPERIMENTS):
            return
        families = self.view.memory.adapted
        if families:
            yield heading(tr("Adapted, and what came of it"))
        for family in families:
            first, last = family[0].experiment, family[-1]
            label = f"{first.title} → {last.experiment.title}"
            yield Row(f"{LINEAGE}{first.id}", label, recall_words.standing(last), "»")

    def _talks(self) -> Iterator[Row]:
        deal = self.meeting.deal_at_hand
        if deal is None or self.meeting.step.kind not in ON_DEALS:
            return
        known = self.view.memory.of(deal_question(deal.id, deal.account))
        if known.talked:
            yield heading(tr("Discussed before"))
            yield from (self._talk(one) for one in known.talked)
        if known.like and not self.meeting.minutes.discretion.customers:
            yield heading(tr("Do you mean"))
            yield from (self._talk(one, one.account) for one in known.like)

    def _talk(self, one: Talked, account: str = "") -> Row:
        hidden = self.meeting.minutes.discretion.customers
        label = dotted(formats.date(one.day), account, "" if hidden else one.title)
        key = f"{FILE}{one.file}{SEEK}{'' if hidden else one.account}"
        return Row(key, label, recall_words.talk(self.view, one, with_day=False))

    def _lessons(self) -> Iterator[Row]:
        """Lessons of today that earlier meetings had, too; and those that say nearly the same."""
        if self.meeting.step.kind not in (StepKind.LESSONS, StepKind.EXPERIMENTS):
            return
        for lesson in self.meeting.minutes.lesson:
            known = self.view.memory.of(lesson_question(lesson.text))
            if known.learned is not None:
                yield heading(dotted(lesson.text, recall_words.comes_back(known.learned)))
                yield from self._learned((known.learned,))
            if known.learned_like:
                yield heading(tr("Nearly the same as “{words}”", words=lesson.text))
                yield from self._learned(known.learned_like)

    def _learned(self, lessons: Iterable[Learned]) -> Iterator[Row]:
        for one in lessons:
            for _, day, file in one.meetings:
                yield Row(f"{FILE}{file}{SEEK}{one.text}", formats.date(day), one.text)


def read(screen: MeetingScreen, key: str) -> None:
    """Open what a row leads to, over whatever is open."""
    kind, _, rest = key.partition(":")
    what, _, seek = rest.partition(SEEK)
    workspace = screen.session.workspace
    if kind == LINEAGE[:-1]:
        memory = screen.session.memory
        families = (one for one in memory.adapted if one[0].experiment.id == what)
        stages = memory.lineages.get(what) or next(families, ())
        screen.app.push_screen(Reader(tr("Lineage"), recall_words.lineage_page(stages)))
        return
    if workspace is None:
        return
    try:
        path = (
            workspace.minutes_folder / what
            if kind == FILE[:-1]
            else minutes_store.load_id(workspace, what).path
        )
        screen.app.push_screen(Reader(*pages.minutes_page(screen.doorman.place, path), seek))
    except RetroError as error:  # renamed or damaged since it was found
        screen.session.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
