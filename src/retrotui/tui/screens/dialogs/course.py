"""F6, course and time: re-plan, jump, skip, repeat, add; extend, repair, take out a gap; discretion, afresh, abort.

Owns the questions, one after another; each is a menu by number. What an answer does are the rules of `domain`.
Source: meeting.md, "The clock", "Keys".
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from retrotui.domain import course as moves
from retrotui.domain import discretion, lifecycle, pacing, timebox
from retrotui.domain.agenda import StepKind
from retrotui.domain.minutes import StepRun
from retrotui.domain.text import one_line
from retrotui.errors import Message, Refused, msg
from retrotui.locale import formats, tr
from retrotui.tui import last_words
from retrotui.tui.screens.dialogs.ask import Ask, ask_minutes
from retrotui.tui.screens.dialogs.menu import Answer, Menu
from retrotui.tui.step_words import KINDS
from retrotui.tui.view import View
from retrotui.tui.widgets.rail import title_of

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

Way = Callable[["MeetingScreen"], Awaitable[None]]

LETTERS = "abcdefghil"
"""The keys of what is always there, one each; the numbers belong to the ways out of being late."""
APART = "aeh"
"""Before these the menu leaves a line free: steps, time, the meeting as a whole."""
HIDEABLE: Mapping[str, Message] = {
    "amounts": msg("amounts"),
    "customers": msg("customers"),
    "people": msg("people"),
}
"""What discretion can leave out."""


async def course(screen: MeetingScreen) -> None:
    """The menu: what may explain being late and ways out of it, by number; then what is always there, by letter.

    The letters never change: whoever has learned one presses it also when the meeting is late.
    """
    session = screen.session
    late: list[timebox.Replan] = []
    """What the numbers on the screen mean."""

    def answers() -> tuple[Answer, ...]:
        late[:] = pacing.replans(session.meeting, session.now())
        return _answers(screen, late)

    shown = answers()
    explained = None
    if late:
        lost = (timebox.lateness(session.meeting.minutes, session.now()) + 30) // 60
        end = timebox.projected_end(session.meeting.minutes, session.now())
        explained = msg(
            "At this pace the meeting ends at {time}, {n} min late.", time=formats.time(end), n=lost
        )
    menu = Menu(msg("Course and time"), shown, explained=explained, opened_by="course", again=answers)
    chosen = await screen.app.push_screen_wait(menu)
    if chosen is None:
        return
    if chosen.startswith("replan-"):
        _replan(screen, late[int(chosen.removeprefix("replan-"))])
    elif chosen == "quiet":
        session.apply(pacing.accept_late)
    else:
        ways = (*_time_that_was_none(screen), *_always(screen))
        await next(way for key, _, way in ways if key == chosen)(screen)


def _answers(screen: MeetingScreen, late: list[timebox.Replan]) -> tuple[Answer, ...]:
    answers = [Answer(key, words) for key, words, _ in _time_that_was_none(screen)]
    answers += [Answer(f"replan-{number}", _replan_words(screen, one)) for number, one in enumerate(late)]
    if late:
        answers.append(Answer("quiet", msg("Leave it; say so again after two more minutes")))
    answers += [
        Answer(key, words, letter=letter, apart=letter in APART)
        for letter, (key, words, _) in zip(LETTERS, _always(screen), strict=True)
        if key != "extend" or _extendable(screen)
    ]
    return tuple(answers)


def _replan(screen: MeetingScreen, choice: timebox.Replan) -> None:
    """Take one way out of being late, and say what was done."""
    session = screen.session
    step = session.meeting.minutes.find_step(choice.takes[0][0]) if choice.kind == "skip" else None
    if not session.apply(pacing.replan, choice):
        return
    end = formats.time(timebox.projected_end(session.meeting.minutes, session.now()))
    if choice.kind == "later":
        session.say(msg("The end is later: {time}. The steps keep their time.", time=end))
    elif step is not None:
        session.say(
            msg(
                "{title} skipped, end {time}. F9 takes it back.",
                title=title_of(session.view(), step),
                time=end,
            )
        )
    else:
        session.say(msg("Planned anew, end {time}. F9 takes it back.", time=end))


def _replan_words(screen: MeetingScreen, choice: timebox.Replan) -> Message:
    minutes = screen.session.meeting.minutes

    def named(takes: tuple[tuple[str, int], ...]) -> str:
        parts = []
        for step_id, given in takes:
            step = minutes.find_step(step_id)
            title = title_of(screen.session.view(), step) if step else step_id
            parts.append(f"{title} −{formats.length(given)}")
        return ", ".join(parts)

    if choice.kind == "later":
        return msg("End later")
    if choice.kind == "skip":
        step = minutes.find_step(choice.takes[0][0])
        return msg("Skip {title}", title=title_of(screen.session.view(), step) if step else "")
    if choice.reflecting:
        return msg("Take it from later reflecting: {steps}", steps=named(choice.takes))
    return msg("Take it from: {steps}", steps=named(choice.takes))


def _time_that_was_none(screen: MeetingScreen) -> list[tuple[str, Message, Way]]:
    """Hours away and a gap of the clock: they come first, since with them the meeting is not late at all."""
    session = screen.session
    found: list[tuple[str, Message, Way]] = []
    if session.long_away is not None:
        at = formats.time(session.clock.local(session.long_away))
        found.append(("ended", msg("It ended at {time} (last entry)", time=at), it_ended))
    if session.gap is not None:
        found.append(("gap", _gap_words(screen), _take_out_gap))
    return found


def _always(screen: MeetingScreen) -> list[tuple[str, Message, Way]]:
    """What can be done at any time, in the order in which it is needed."""
    hidden = screen.session.meeting.minutes.discretion
    left_out = [tr(words) for key, words in HIDEABLE.items() if getattr(hidden, key)]
    hiding = msg("Discretion: what screens and exports leave out")
    if left_out:
        hiding = msg("Discretion: left out are {what}", what=", ".join(left_out))
    return [
        ("jump", msg("Jump to a step"), _jump),
        ("skip", msg("Skip a step, or take a skipped one in again"), _skip),
        ("repeat", msg("Repeat a step"), _repeat),
        ("add", msg("Add a step"), _add),
        ("extend", msg("Extend this step by …"), _extend),
        ("earlier", msg("Repair: this step really began … minutes ago"), _began_earlier),
        ("give", msg("Repair: give minutes of this step to the one before"), _give_back),
        ("discretion", hiding, _discretion),
        ("afresh", msg("Start afresh: this meeting is ended, a new one begins"), _afresh),
        ("abort", msg("Abort: the minutes are kept and marked as aborted"), _abort),
    ]


def _extendable(screen: MeetingScreen) -> bool:
    meeting = screen.session.meeting
    return timebox.allotted(meeting.step) is not None and not pacing.is_capped(meeting)


# -- steps -------------------------------------------------------------------------------------------------


async def _which_step(screen: MeetingScreen, title: Message, steps: list[StepRun]) -> str | None:
    if not steps:
        screen.session.say(msg("There is no step for that."))
        return None
    view = screen.session.view()
    answers = tuple(Answer(step.id, _step_words(view, step)) for step in steps)
    return await screen.app.push_screen_wait(Menu(title, answers))


def _step_words(view: View, step: StepRun) -> Message:
    """`Numbers · 10 min`; once it has begun what it took, `skipped` where it was. Rounds are told apart."""
    title = title_of(view, step)
    if step.state == "skipped":
        return msg("{title} · skipped", title=title)
    if spent := timebox.spent(step, view.now):
        if step.planned_s is None:
            return msg("{title} · took {spent}", title=title, spent=formats.hours_minutes(spent))
        box = formats.length(timebox.allotted(step) or 0)
        return msg(
            "{title} · took {spent} of {box}", title=title, spent=formats.hours_minutes(spent), box=box
        )
    if step.planned_s is None:
        return msg("{title} · open end", title=title)
    return msg("{title} · {box}", title=title, box=formats.length(timebox.allotted(step) or 0))


async def _jump(screen: MeetingScreen) -> None:
    here = screen.session.meeting.step.id
    steps = [step for step in screen.session.meeting.minutes.step if step.id != here and step.planned_s != 0]
    if step_id := await _which_step(screen, msg("Jump to which step?"), steps):
        screen.session.apply(moves.jump, step_id)


async def _skip(screen: MeetingScreen) -> None:
    steps = [
        step for step in screen.session.meeting.minutes.step if step.state != "done" and step.planned_s != 0
    ]
    step_id = await _which_step(screen, msg("Skip which step? A skipped one is taken in again."), steps)
    if step_id is None:
        return
    step = screen.session.meeting.minutes.find_step(step_id)
    if step is not None and step.state == "skipped":
        screen.session.apply(moves.unskip, step_id)
    elif screen.session.apply(moves.skip, step_id):
        screen.session.say(msg("Skipped. F9 takes it back."))


async def _repeat(screen: MeetingScreen) -> None:
    steps = [step for step in screen.session.meeting.minutes.step if step.spans and not step.of]
    if (step_id := await _which_step(screen, msg("Repeat which step?"), steps)) and screen.session.apply(
        moves.repeat, step_id
    ):
        screen.session.say(msg("It comes next. F9 takes it back."))


async def _add(screen: MeetingScreen) -> None:
    kinds = tuple(Answer(kind.value, KINDS[kind]) for kind in StepKind)
    kind = await screen.app.push_screen_wait(Menu(msg("Add which kind of step?"), kinds))
    if kind is None:
        return
    usual = tr(KINDS[StepKind(kind)])

    def some(line: str) -> Message | None:
        return None if line.strip() else msg("A title, please; Esc goes back.")

    title = await screen.app.push_screen_wait(Ask(msg("What is it called?"), value=usual, check=some))
    if title is None:
        return
    minutes = await ask_minutes(screen, msg("How many minutes?"), 10)
    if minutes is not None and screen.session.apply(
        moves.add_step, one_line(title, limit=200), StepKind(kind), minutes
    ):
        screen.session.say(msg("It comes next. F9 takes it back."))


# -- time --------------------------------------------------------------------------------------------------


async def _extend(screen: MeetingScreen) -> None:
    minutes = await ask_minutes(screen, msg("Extend by how many minutes?"), 5)
    if minutes is not None:
        screen.session.apply(pacing.extend, minutes)


async def _began_earlier(screen: MeetingScreen) -> None:
    minutes = await ask_minutes(screen, msg("How many minutes ago did this step really begin?"))
    if minutes is not None and screen.session.apply(pacing.began_earlier, minutes):
        screen.session.say(msg("Repaired."))


async def _give_back(screen: MeetingScreen) -> None:
    minutes = await ask_minutes(screen, msg("How many minutes of this step belong to the one before?"))
    if minutes is not None and screen.session.apply(pacing.give_back, minutes):
        screen.session.say(msg("Repaired."))


def _gap_words(screen: MeetingScreen) -> Message:
    begin, end = screen.session.gap or (screen.session.now(), screen.session.now())
    minutes = timebox.seconds(begin, end) // 60
    return msg("Take the gap out: {n} min from {time}", n=minutes, time=formats.time(begin))


async def _take_out_gap(screen: MeetingScreen) -> None:
    session = screen.session
    if session.gap is None:
        return
    begin, end = session.gap
    try:
        session.become(pacing.take_out_gap(session.meeting, begin, end))
    except Refused as refused:
        session.refuse(refused)
        return
    session.gap = None
    session.say(msg("The gap is taken out."))


# -- the meeting as a whole --------------------------------------------------------------------------------


async def _discretion(screen: MeetingScreen) -> None:
    """What is left out; choosing again brings it back."""
    session = screen.session

    def answers() -> tuple[Answer, ...]:
        hidden = session.meeting.minutes.discretion
        return tuple(
            Answer(
                key,
                msg("{what}: left out", what=words)
                if getattr(hidden, key)
                else msg("{what}: shown", what=words),
            )
            for key, words in HIDEABLE.items()
        )

    while True:
        question = Menu(msg("What do screens and exports leave out?"), answers(), again=answers)
        key = await screen.app.push_screen_wait(question)
        if key is None:
            return
        session.apply(discretion.switch, key)


async def it_ended(screen: MeetingScreen) -> None:
    """The meeting ended with its last entry; the time since is cut off."""
    session = screen.session
    if session.long_away is not None:
        last_words.take_down(session, at=session.long_away)
        session.become(lifecycle.end_at(session.meeting, session.long_away), milestone=True)
        session.long_away = None
        screen.show_summary()


async def _afresh(screen: MeetingScreen) -> None:
    answers = (
        Answer("no", msg("Go on with this meeting")),
        Answer(
            "yes", msg("Abort it and begin a new one"), msg("Its minutes are kept and marked as aborted.")
        ),
    )
    if await screen.app.push_screen_wait(Menu(msg("Start afresh?"), answers, default="no")) == "yes":
        await screen.start_afresh()


async def _abort(screen: MeetingScreen) -> None:
    answers = (
        Answer("no", msg("Go on with this meeting")),
        Answer("yes", msg("Abort it"), msg("The minutes are kept and marked as aborted.")),
    )
    if await screen.app.push_screen_wait(Menu(msg("Abort the meeting?"), answers, default="no")) == "yes":
        screen.session.close(aborted=True)
        screen.show_summary()
