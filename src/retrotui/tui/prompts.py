"""The question on the wall: the prompts of the step on the floor, and which of them is shown.

Owns when another sentence takes the place of the agenda's: at the end of a capped box, after low safety votes, in
a deal step without prompts of its own. Prompts are in the meeting's language, ours too: they are read to the room.
Source: meeting.md, "The clock", "The kinds of step".
"""

from __future__ import annotations

from retrotui.domain import pacing, timebox
from retrotui.domain.agenda import StepKind
from retrotui.domain.roundtable import is_low
from retrotui.domain.words import PromptWords
from retrotui.errors import Message, msg
from retrotui.locale import catalogue, formats
from retrotui.tui.naming import key_of
from retrotui.tui.turns import whose_turn
from retrotui.tui.view import View

DEAL_PROMPTS = PromptWords.of(
    de=(
        "Was wollten wir?",
        "Was ist passiert?",
        "Was hat geholfen, was geschadet, und woher wissen wir das?",
        "Wer hätte es anders angepackt, und wie sehen es Technik, Service, Finanzen?",
        "Zurück beim ersten Termin: was täten wir?",
    ),
    en=(
        "What did we want?",
        "What happened?",
        "What helped, what hurt, and how do we know?",
        "Who would have gone about it differently, and how do delivery, service, finance see it?",
        "Back at the first meeting, what would we do?",
    ),
)
"""The five of meeting.md, for a deal step whose agenda has none."""

IN_PAIRS_FIRST = msg("Today in pairs first, then in the round; whoever leads speaks last.")
"""After two or more low safety votes: no verdict, only another way to talk."""
EVERYBODY_WRITES = msg("Everybody writes, nobody speaks.")


def prompts(view: View) -> tuple[str, ...]:
    """All prompts of the step on the floor as they are to be read out; empty where it has none."""
    if (ended := _time_is_up(view)) is not None:
        return (_spoken(view, ended),)
    if (vote := _vote_to_go_on(view)) is not None:
        return (_spoken(view, vote),)
    found = _own(view)
    step = view.meeting.agenda_step
    if view.meeting.step.kind == StepKind.CHECKIN and is_low(view.meeting.minutes.safety):
        found = (*found[:1], _spoken(view, IN_PAIRS_FIRST), *found[1:])
    if step is not None and step.silent:
        writes = _spoken(view, EVERYBODY_WRITES)
        found = tuple(f"{one} {writes}" for one in found) or (writes,)
    turn = whose_turn(view)
    if turn is not None and turn.name:
        found = tuple(f"{turn.name}: {one}" for one in found) or (turn.name,)
    return found


def current_prompt(view: View) -> tuple[str, int, int]:
    """The prompt that is shown, its number from 1, and of how many; `("", 0, 0)` where there is none."""
    found = prompts(view)
    if not found:
        return "", 0, 0
    now = view.meeting.minutes.now
    number = max(1, min(now.prompt if now else 1, len(found)))
    return found[number - 1], number, len(found)


def _spoken(view: View, sentence: Message) -> str:
    """One of our sentences in the meeting's language."""
    return catalogue(view.language).tr(sentence)


def _own(view: View) -> tuple[str, ...]:
    """Those of the part that is on, else of the step, else ours for a deal."""
    step, part = view.meeting.agenda_step, view.meeting.part
    found: tuple[str, ...] = ()
    if part is not None:
        found = part.prompts.lines(view.language)
    if not found and step is not None:
        found = step.prompts.lines(view.language)
    if not found and view.meeting.step.kind == StepKind.DEAL:
        found = DEAL_PROMPTS.lines(view.language)
    return tuple(one for one in found if one.strip())


def _vote_to_go_on(view: View) -> Message | None:
    """What the question becomes at the end of a renewable box: the room votes, and a key does what it wants."""
    meeting = view.meeting
    if not pacing.asks_to_go_on(meeting, view.now):
        return None
    if meeting.step.vote and not (last := meeting.step.vote[-1]).carried:
        return msg(
            "{ayes} for more time, {noes} against: {on} goes on.",
            ayes=last.ayes, noes=last.noes, on=key_of(view, "step.next"),
        )  # fmt: skip
    return msg(
        "Time is up. Thumbs up for {time} more: {more}. Thumbs down: {on}.",
        time=formats.length(round(pacing.extension(meeting) * 60), view.language),
        more=key_of(view, "extend"),
        on=key_of(view, "step.next"),
    )


def _time_is_up(view: View) -> Message | None:
    """What the question becomes at the end of a box that cannot be extended."""
    run = view.meeting.step
    if not (view.meeting.begun and pacing.is_capped(view.meeting) and timebox.phase(run, view.now) == "over"):
        return None
    if run.kind == StepKind.NUMBERS:
        return msg("Time for {title} is up. Which deal does it lead us to?", title=run.title)
    return msg("Time for {title} is up. What goes into the parking lot?", title=run.title)
