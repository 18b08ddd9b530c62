"""The team folder with what was read of it, and a session put together in it.

Owns `Place` and what every way into a meeting needs: settings, factors, people, the saver. Makes no file: that happens
at the first save. Must not know widgets, nor how a meeting begins or goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from retrotui.clock import Clock, RehearsalClock, SystemClock, Timeline
from retrotui.domain.factors import FactorList
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Participant
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import system_language, use
from retrotui.store import settings
from retrotui.store.drafts import LoadedDraft
from retrotui.store.minutes import Loaded
from retrotui.store.saver import Saver
from retrotui.store.saving import Saving
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace, check_drafts, check_team_folder, find_workspace
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session


@dataclass
class Place:
    """The team folder with what was read of it before a screen opens."""

    workspace: Workspace
    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    @property
    def factors(self) -> FactorList:
        return FactorList.of_team(self.settings.factor)

    @property
    def people(self) -> tuple[Participant, ...]:
        """The team's people, as its settings name them."""
        return people_of(self.settings)

    @property
    def unwritable(self) -> Message | None:
        """Why no minutes can be saved in the team folder; None where all is well."""
        try:
            check_team_folder(self.workspace)
        except RetroError as error:
            return error.what
        return None

    @property
    def draftless(self) -> Message | None:
        """What to say where no draft can be kept: half-typed text is lost with a crash then."""
        try:
            check_drafts(self.workspace)
        except RetroError as error:
            return msg("There is no draft: each entry goes to the minutes at once. {why}", why=error.what)
        return None

    def session(self, timeline: Timeline, meeting: Meeting, agenda_text: str) -> Session:
        """The meeting as the screens work with it, without a saver."""
        return Session(
            clock=self.clock,
            timeline=timeline,
            meeting=meeting,
            settings=self.settings,
            factors=self.factors,
            workspace=self.workspace,
            agenda_text=agenda_text,
        )

    def saver(
        self,
        session: Session,
        *,
        minutes: Loaded | None = None,
        draft: LoadedDraft | None = None,
        beside: bool = False,
    ) -> Saver:
        """The saver of this session; `minutes`, `draft` and `beside` as for `Saving`."""
        saving = Saving(
            self.workspace,
            self.clock,
            session.meeting.minutes.id,
            agenda=session.agenda_text,
            deals=str(session.deals_file) if session.deals_file is not None else "",
            minutes=minutes,
            draft=draft,
            beside=beside,
        )
        return Saver(saving, self.clock)


def open_place(options: RunOptions, clock: Clock | None = None) -> Place:
    """Find the team folder, read its settings, and choose the interface's language. Raises RetroError."""
    workspace = find_workspace(options.dir)
    loaded = settings.load(workspace)
    use(options.lang or loaded.settings.interface or system_language())
    real = clock or SystemClock()
    return Place(
        workspace, loaded.settings, RehearsalClock(real, options.rehearse) if options.rehearse else real
    )


def people_of(own: Settings) -> tuple[Participant, ...]:
    """The team's people, as these settings name them."""
    return tuple(Participant(id=one.id, name=one.name, function=one.function) for one in own.person)


def agenda_file(agenda_id: str) -> Path:
    """What the file of an agenda that a meeting carries is called in sentences about it."""
    return Path(f"{agenda_id}.toml")
