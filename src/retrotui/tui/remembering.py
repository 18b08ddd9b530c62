"""What earlier meetings left, on its way into the meeting on the wall.

Owns what is read beside the screen when a meeting comes up, what is looked up while it goes on, and what is said when
an answer comes. Reading runs in threads; only `remember` and `recalled` touch the session. Must not draw.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from textual.app import App

from retrotui.domain.experiments import OpenItem, open_items
from retrotui.domain.memory import Memory, Question, Recalled
from retrotui.domain.minutes import Minutes
from retrotui.domain.recurring import looked_at, recurring_factors
from retrotui.errors import RetroError, msg
from retrotui.store import minutes as minutes_store
from retrotui.store.minutes import Told
from retrotui.tui import looking_back, recall_words
from retrotui.tui.place import Place
from retrotui.tui.session import Session

Ask = Callable[[Session, frozenset[Question], bool], object]
"""Looks questions up beside the screen; True: what is learned of a lesson is said as well."""


@dataclass(frozen=True, slots=True)
class LookedBack:
    """The newest meetings, what is open after all of them, and what is kept ready of the memory."""

    past: tuple[Minutes, ...] = ()
    open_items: tuple[OpenItem, ...] = ()
    memory: Memory = field(default_factory=Memory)
    picture: int = 0
    """What the files looked like, as `store.minutes.picture` has it."""


class Remembering:
    """Reads and looks up beside the screen, for the meeting that is on it."""

    def __init__(self, app: App[Any], place: Place) -> None:
        self.app = app
        self.place = place

    def begin(self, session: Session) -> None:
        """What earlier meetings left is read, and from now on what is new on the table is looked up."""

        def read() -> None:
            found = look_back(self.place, session.meeting.minutes.id, self._told)
            self.app.call_from_thread(self._found, session, found)

        self._beside(read)

    def _look_again(self, session: Session, seen: int) -> None:
        """Another step has the floor: what was changed by hand, or came from a colleague, is seen."""

        def read() -> None:
            found = look_again(self.place, session.meeting.minutes.id, seen, self._told)
            if found is not None:
                self.app.call_from_thread(self._found, session, found)

        self._beside(read)

    def _found(self, session: Session, found: LookedBack) -> None:
        remember(session, found, self._look_up)
        session.on_move = lambda: self._look_again(session, found.picture)

    def _look_up(self, session: Session, asked: frozenset[Question], aloud: bool) -> None:
        """What earlier meetings knew of what is new on the table."""

        def read() -> None:
            answers = recall(self.place, session.meeting.minutes.id, asked, self._told)
            self.app.call_from_thread(lambda: recalled(session, answers, aloud=aloud))

        self._beside(read)

    def _beside(self, read: Callable[[], None]) -> None:
        def until_left() -> None:
            from retrotui.store.review import Stopped  # sqlite: not on the way to the first frame

            with contextlib.suppress(Stopped):
                read()

        self.app.run_worker(until_left, thread=True, group="remember")

    def _told(self, _done: int, _total: int) -> None:
        """In the thread that reads: who leaves does not wait for an index to be built. Raises Stopped."""
        from retrotui.store.review import Stopped

        if not self.app.is_running:
            raise Stopped


def names_of(place: Place) -> dict[str, str]:
    """The team's people by their ids."""
    return {one.id: one.name for one in place.settings.person if one.name}


# -- in a thread -----------------------------------------------------------------------------------------


def look_back(place: Place, meeting: str, told: Told | None = None) -> LookedBack:
    """What all meetings but this one left. Nothing where the folder cannot be read: home and doctor say why.

    `told` hears how many files are read; what it raises ends the look.
    """
    from retrotui.store import recall as recalling  # sqlite: not on the way to the first frame
    from retrotui.store.index import Index

    seen = minutes_store.picture(
        place.workspace, without=meeting
    )  # first: what changes now is seen next time
    past = looking_back.look_back(place, without=meeting, told=told)
    today, folder = place.clock.wall().date(), place.workspace.minutes_folder
    if not past and not folder.exists():
        return LookedBack()
    try:
        with Index.open(place.workspace, place.clock) as index:
            index.refresh(told)
            loop = recalling.open_loop(index, folder, today, without=meeting, names=names_of(place))
            named = recalling.factors_named(index, looked_at(today), without=meeting)
    except RetroError:
        return LookedBack(past, open_items(past, today, names_of(place)), picture=seen)
    memory = Memory(lineages=loop.lineages, adapted=loop.adapted, recurring=recurring_factors(named, today))
    return LookedBack(past, loop.items, memory, seen)


def look_again(place: Place, meeting: str, seen: int, told: Told | None = None) -> LookedBack | None:
    """The same once more; None where the files of the other meetings look as they did (`seen`)."""
    if minutes_store.picture(place.workspace, without=meeting) == seen:
        return None
    return look_back(place, meeting, told)


def recall(
    place: Place, meeting: str, asked: frozenset[Question], told: Told | None = None
) -> Mapping[Question, Recalled]:
    """What all meetings but this one knew of what is asked; nothing where the folder cannot be read."""
    from retrotui.store import recall as recalling
    from retrotui.store.index import Index

    if not place.workspace.minutes_folder.exists():
        return {}
    try:
        with Index.open(place.workspace, place.clock) as index:
            index.refresh(told)
            return recalling.recall(index, place.workspace.minutes_folder, asked, without=meeting)
    except RetroError:
        return {}


# -- on the screen's own thread --------------------------------------------------------------------------


def remember(session: Session, found: LookedBack, ask: Ask) -> None:
    """The meeting knows what earlier ones left: open items, people, figures of before; from now on it asks for more."""
    known = {one.id: one for one in session.meeting.known_people}
    for person in found.past[0].participant if found.past else ():
        known.setdefault(person.id, person.model_copy(update={"roles": (), "present": False}))
    session.past = found.past
    session.memory = replace(found.memory, answers=session.memory.answers)
    session.meeting = replace(
        session.meeting, open_items=found.open_items, known_people=tuple(known.values())
    )
    session.on_question = lambda asked: ask(session, asked, False)
    session.look_up(anew=True)
    session.on_question = lambda asked: ask(session, asked, True)
    session.select_something()
    session.on_change()


def recalled(session: Session, answers: Mapping[Question, Recalled], *, aloud: bool) -> None:
    """Answers have come: what is on the wall shows them. `aloud`: a lesson that comes back is said, too."""
    session.memory = session.memory.with_answers(answers)
    session.on_change()
    for answer in answers.values() if aloud else ():
        if words := recall_words.comes_back(answer.learned):
            session.say(msg("{words}", words=words))
