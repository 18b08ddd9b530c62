"""What opens over a running meeting, by the command that asks for it.

Owns the questions that have more than one part: a verdict with its date and reason, leaving, ending. The lists and
forms themselves are in the files beside this one. Must not change the meeting but through its session.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from retrotui.domain import followup
from retrotui.domain.minutes import Decision
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.tui.choosers.pages import Pages
from retrotui.tui.screens.dialogs.ask import Ask, ask_date, something
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.closing import ClosingDialog
from retrotui.tui.screens.dialogs.course import course, it_ended
from retrotui.tui.screens.dialogs.experiment import ExperimentForm
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.dialogs.menu import Answer, Menu

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

USUAL_EXTENSION = timedelta(weeks=4)


async def judge(screen: MeetingScreen, item_id: str, decision: Decision) -> None:
    """A verdict; an extension asks until when, and a second one why. Then the next open item is selected.

    Raises Refused where the item is open no more, or its kind knows no such verdict.
    """
    session = screen.session
    item = followup.item(session.meeting, item_id)
    followup.check_decision(item, decision)
    due, reason = None, ""
    if decision == "extend":
        today = session.meeting.minutes.date
        proposed = session.meeting.minutes.next_date or today + USUAL_EXTENSION
        due = await ask_date(screen, msg("Until when? {title}", title=item.title), proposed, today)
        if due is None:
            return
        if item.extensions:
            question = msg("Why once more? {title}", title=item.title)
            why = await screen.app.push_screen_wait(Ask(question, check=something))
            if why is None:
                return
            reason = why.strip()
    if session.apply(followup.judge, item_id, decision, due=due, reason=reason):
        words: dict[Decision, Message] = {
            "keep": msg("Kept: {title}", title=item.title),
            "adapt": msg("Adapted: {title}. A copy waits among the ideas.", title=item.title),
            "drop": msg("Dropped: {title}", title=item.title),
            "extend": msg("Extended: {title}", title=item.title),
            "done": msg("Done: {title}", title=item.title),
        }
        session.say(words[decision])
        session.select_next_open()


async def leave(screen: MeetingScreen) -> None:
    """Leaving keeps the meeting open: that is what Enter takes."""
    session = screen.session
    if session.saver is None:
        screen.app.exit(msg("The rehearsal is over; nothing was saved."))
        return
    after = msg("retrotui resume goes on with it.")
    if n := len(session.meeting.whispers):
        after = plural(
            "retrotui resume goes on with it; {n} note that is not saved is gone then.",
            "retrotui resume goes on with it; {n} notes that are not saved are gone then.",
            n,
        )
    answers = (
        Answer("open", msg("Leave, the meeting stays open"), after),
        Answer("end", msg("End the meeting"), msg("The list of what is missing, then the summary.")),
        Answer("stay", msg("Stay")),
    )
    chosen = await screen.app.push_screen_wait(
        Menu(msg("Leave?"), answers, default="open", opened_by="leave")
    )
    if chosen == "end":
        await closing(screen)
    elif chosen == "open":
        await screen.go_away()


async def closing(screen: MeetingScreen) -> None:
    """What is missing, a line each; Enter closes anyway."""
    if await screen.app.push_screen_wait(ClosingDialog(screen.session)):
        screen.session.close()
        screen.show_summary()


async def choose(screen: MeetingScreen) -> None:
    from retrotui.tui.choosers.by_kind import chooser_for

    chooser = chooser_for(screen)
    if chooser is None:
        screen.session.say(msg("There is nothing to choose in this step."))
        return
    await screen.app.push_screen_wait(ChooseDialog(chooser))


async def before(screen: MeetingScreen) -> None:
    """What was said before: the list, or the one thing there is."""
    from retrotui.tui.choosers.before import BeforePage, read

    page = BeforePage(screen)
    rows = [row.key for row in page.rows() if row.key]
    if not rows:
        screen.session.say(msg("Nothing was said of this before."))
    elif len(rows) == 1:
        read(screen, rows[0])
    else:
        await screen.app.push_screen_wait(ChooseDialog(Pages(tr("Before"), (page,))))


async def help_(screen: MeetingScreen) -> None:
    await screen.app.push_screen_wait(HelpDialog(screen.declared, "meeting"))


async def experiment(screen: MeetingScreen, experiment_id: str) -> None:
    """The form; it can be left at any time, and the experiment is an idea then."""
    await screen.app.push_screen_wait(ExperimentForm(screen.session, experiment_id))


async def long_away(screen: MeetingScreen) -> None:
    """After more than two hours away, the first offer is that the meeting ended with its last entry."""
    session = screen.session
    last = session.long_away
    if last is None:
        return
    at = formats.time(session.clock.local(last))
    answers = (
        Answer("ended", msg("It ended at {time} (last entry)", time=at)),
        Answer("on", msg("It goes on now"), msg("The time away is not counted.")),
    )
    title = msg("This meeting was left open")
    if await screen.app.push_screen_wait(Menu(title, answers, default="ended")) == "ended":
        await it_ended(screen)
    session.long_away = None


OPENERS: dict[str, Callable[[MeetingScreen], Awaitable[None]]] = {
    "help": help_,
    "course": course,
    "choose": choose,
    "before": before,
    "closing": closing,
    "leave": leave,
    "long away": long_away,
}
