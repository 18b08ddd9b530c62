"""What is asked before a meeting goes on: somebody else has it, or draft and minutes went two ways.

Owns these two questions and the order in which they come. What an answer does is `going_on`'s. Source: promises.md,
"Nothing is lost".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from retrotui.errors import Message, RetroError, msg
from retrotui.locale import tr
from retrotui.store import minutes as minutes_store
from retrotui.store.drafts import FoundDraft
from retrotui.store.lock import Held
from retrotui.tui import going_on, pages
from retrotui.tui.going_on import Obstacle, TwoVersions
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.menu import Answer, Menu
from retrotui.tui.screens.dialogs.reader import Reader
from retrotui.tui.session import Session


async def gone_on(screen: Screen[Any], place: Place, obstacle: Obstacle) -> Session | Message | None:
    """Asks what has to be asked. The meeting that goes on, or what is to be said instead; None: somebody went back."""
    taken: list[str] = []
    while True:
        try:
            way = await _ask(screen, place, obstacle, taken)
            return way() if way is not None else None
        except (Held, TwoVersions) as another:
            obstacle = another
        except RetroError as error:
            return said(error)


def said(error: RetroError) -> Message:
    """The two sentences of an error, in one line."""
    return msg("{what} {hint}", what=error.what, hint=error.hint or "")


async def _ask(
    screen: Screen[Any], place: Place, obstacle: Obstacle, taken: list[str]
) -> Callable[[], Session | Message] | None:
    """`taken` are the meetings that a person has said to take over."""
    if isinstance(obstacle, Held):
        if not await _take_over(screen, place, obstacle):
            return None
        taken.append(obstacle.meeting)
        return partial(going_on.resume_session, place, obstacle.meeting, take_over=True)
    found = obstacle.found
    meeting_id = found.draft.minutes.id
    match await _which_version(screen, place, found):
        case "draft":
            over = meeting_id in taken
            return partial(going_on.resume_session, place, meeting_id, take_over=over, from_draft=True)
        case "both":
            return partial(_keep_both, place, found, take_over=meeting_id in taken)
    return None


async def _take_over(screen: Screen[Any], place: Place, held: Held) -> bool:
    """Somebody else runs it: it can be read; only a person can tell that the program is gone over there."""
    answers = [Answer("read", msg("Read it"))]
    if held.elsewhere:  # on this machine we know that it runs
        answers.append(Answer("take", msg("Take it over: the program does not run there any more")))
    question = Menu(
        msg("Somebody else has this meeting"), tuple(answers), explained=held.what, default="read"
    )
    chosen = await screen.app.push_screen_wait(question)
    if chosen == "read":
        path = minutes_store.find(place.workspace, held.meeting)
        await screen.app.push_screen_wait(Reader(*pages.minutes_page(place, path)))
    return chosen == "take"


async def _which_version(screen: Screen[Any], place: Place, found: FoundDraft) -> str | None:
    """Draft or both; looking first comes back to the question. None for Esc."""
    draft, minutes = found.draft.minutes, found.minutes
    beside = minutes_store.free_beside(place.workspace, draft.id)
    answers = [Answer("both", msg("Keep both"), msg("The draft becomes {file}.", file=f"{beside}.toml"))]
    if minutes is not None and minutes.minutes.status == "running":
        what = msg("The minutes go on; the draft becomes {file}.", file=f"{beside}.toml")
        answers = [Answer("both", msg("Keep both"), what)]
    if draft.status == "running":
        what = msg("In a file beside the minutes, which stay as they are.")
        answers.insert(0, Answer("draft", msg("Go on with the draft"), what))
    answers.append(Answer("look", msg("Look first"), msg("What stands in one of them alone, then both.")))
    menu_of = partial(
        Menu,
        msg("Two versions: {title}", title=draft.title or draft.id),
        tuple(answers),
        explained=msg("The minutes were changed elsewhere since the draft of this machine was written."),
        default="look",
    )
    while (chosen := await screen.app.push_screen_wait(menu_of())) == "look":
        await screen.app.push_screen_wait(Reader(tr("Two versions"), pages.versions_page(place, found)))
    return chosen


def _keep_both(place: Place, found: FoundDraft, *, take_over: bool) -> Session | Message:
    """The draft stands beside the minutes then; those go on, where they are still running."""
    kept = msg(
        "Both are kept: the draft is {file} now.", file=going_on.keep_both(place, found, take_over=take_over)
    )
    if found.minutes is None or found.minutes.minutes.status != "running" or found.minutes.read_only:
        return kept
    session = going_on.resume_session(place, found.minutes.minutes.id, take_over=take_over)
    session.opening = kept
    return session
