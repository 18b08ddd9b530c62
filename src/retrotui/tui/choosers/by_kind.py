"""Which chooser F7 opens in which kind of step.

Owns that table, and the pages that every kind may have (roles, fields). It brings all pages with it, and is therefore
loaded when F7 is pressed for the first time. Must not know what is on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from retrotui.domain import fields
from retrotui.domain.agenda import StepKind
from retrotui.domain.rounds import named_roles
from retrotui.locale import tr
from retrotui.tui.choosers import Chooser, case, deals, figures, people
from retrotui.tui.choosers.before import before_pages
from retrotui.tui.choosers.close import ClosePage
from retrotui.tui.choosers.experiments import ExperimentsPage
from retrotui.tui.choosers.factors import FactorUsesPage
from retrotui.tui.choosers.fields import FieldsPage
from retrotui.tui.choosers.lessons import LessonsPage
from retrotui.tui.choosers.notes import ColumnsPage
from retrotui.tui.choosers.pages import Page, Pages
from retrotui.tui.choosers.perspectives import PerspectivesPage
from retrotui.tui.choosers.roles import EVERYBODY_ELSE, RolesPage
from retrotui.tui.choosers.verdicts import VerdictsPage
from retrotui.tui.step_words import KINDS

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

OWN: Mapping[str, Callable[[MeetingScreen], tuple[Page, ...]]] = {
    StepKind.CHECKIN: people.pages,
    StepKind.FOLLOWUP: lambda screen: (VerdictsPage(screen), *before_pages(screen)),
    StepKind.NUMBERS: figures.pages,
    StepKind.DEAL: deals.pages,
    StepKind.FACTORS: lambda screen: (FactorUsesPage(screen),),
    StepKind.LESSONS: lambda screen: (LessonsPage(screen), *before_pages(screen)),
    StepKind.EXPERIMENTS: lambda screen: (ExperimentsPage(screen), *before_pages(screen)),
    StepKind.PERSPECTIVES: lambda screen: (PerspectivesPage(screen),),
    StepKind.CASE: case.pages,
    StepKind.CLOSE: lambda screen: (ClosePage(screen),),
    StepKind.NOTES: lambda screen: (ColumnsPage(screen),) if _has_columns(screen) else (),
}
"""The pages of each kind; none for the others."""
FIRST: Mapping[str, Callable[[MeetingScreen], type[Page]]] = {
    StepKind.NUMBERS: figures.first_page,
    StepKind.CHECKIN: people.first_page,
}
"""Where F7 opens by what is there already; in the others on the first page."""


def chooser_for(screen: MeetingScreen) -> Chooser | None:
    """What the step on the floor chooses from; None where it has nothing to offer."""
    step = screen.session.meeting.step
    own, any_kind = OWN.get(step.kind, _nothing)(screen), _pages_of_any_kind(screen)
    # a question of the agenda that waits for its answer comes first
    meeting = screen.session.meeting
    waits = bool(fields.open_fields(meeting)) and not fields.waits_for_deal(meeting)
    pages = (*any_kind[-1:], *own, *any_kind[:-1]) if waits else (*own, *any_kind)
    if not pages:
        return None
    kind = next((one for one in StepKind if one == step.kind), StepKind.NOTES)
    opens = FIRST[kind](screen) if kind in FIRST and not waits else None
    return Pages(step.title or tr(KINDS[kind]), pages, opens)


def _nothing(_screen: MeetingScreen) -> tuple[Page, ...]:
    return ()


def _has_columns(screen: MeetingScreen) -> bool:
    step = screen.session.meeting.agenda_step
    return step is not None and bool(step.columns)


def _pages_of_any_kind(screen: MeetingScreen) -> tuple[Page, ...]:
    """Roles where the step names some and has no page for them, and fields where it asks for some."""
    found: list[Page] = []
    meeting = screen.session.meeting
    step = meeting.agenda_step
    given = [role for role in named_roles(step) if role != EVERYBODY_ELSE]
    if given and meeting.step.kind not in (StepKind.CHECKIN, StepKind.CASE):
        found.append(RolesPage(screen))
    if fields.asked_fields(meeting):
        found.append(FieldsPage(screen))
    return tuple(found)
