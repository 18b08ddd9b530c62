"""Which chooser F7 opens in which kind of step.

Owns that table, and the pages that every kind may have (roles, fields). Each kind's file is loaded when it is asked
for: most meetings choose from three of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.domain import entries
from retrotui.domain.agenda import StepKind
from retrotui.locale import tr
from retrotui.tui.choosers import Chooser
from retrotui.tui.choosers.pages import Page, Pages
from retrotui.tui.step_words import KINDS

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen


def chooser_for(screen: MeetingScreen) -> Chooser | None:
    """What the step on the floor chooses from; None where it has nothing to offer."""
    own, any_kind = _own_pages(screen), _pages_of_any_kind(screen)
    # a question of the agenda that waits for its answer comes first
    waits = bool(entries.open_fields(screen.session.meeting))
    pages = (*any_kind[-1:], *own, *any_kind[:-1]) if waits else (*own, *any_kind)
    if not pages:
        return None
    step = screen.session.meeting.step
    kind = next((one for one in StepKind if one == step.kind), StepKind.NOTES)
    return Pages(step.title or tr(KINDS[kind]), pages)


def _own_pages(screen: MeetingScreen) -> tuple[Page, ...]:
    """The pages of the kind."""
    match screen.session.meeting.step.kind:
        case StepKind.CHECKIN:
            from retrotui.tui.choosers import people

            return people.pages(screen)
        case StepKind.FOLLOWUP:
            from retrotui.tui.choosers.verdicts import VerdictsPage

            return (VerdictsPage(screen),)
        case StepKind.NUMBERS:
            from retrotui.tui.choosers import figures

            return figures.pages(screen)
        case StepKind.DEAL:
            from retrotui.tui.choosers import deals

            return deals.pages(screen)
        case StepKind.FACTORS:
            from retrotui.tui.choosers.factors import FactorUsesPage

            return (FactorUsesPage(screen),)
        case StepKind.LESSONS:
            from retrotui.tui.choosers.lessons import LessonsPage

            return (LessonsPage(screen),)
        case StepKind.EXPERIMENTS:
            from retrotui.tui.choosers.experiments import ExperimentsPage

            return (ExperimentsPage(screen),)
        case StepKind.PERSPECTIVES:
            from retrotui.tui.choosers.perspectives import PerspectivesPage

            return (PerspectivesPage(screen),)
        case StepKind.CASE:
            from retrotui.tui.choosers import case

            return case.pages(screen)
        case StepKind.CLOSE:
            from retrotui.tui.choosers.close import ClosePage

            return (ClosePage(screen),)
        case StepKind.NOTES if _has_columns(screen):
            from retrotui.tui.choosers.notes import ColumnsPage

            return (ColumnsPage(screen),)
        case _:
            return ()


def _has_columns(screen: MeetingScreen) -> bool:
    step = screen.session.meeting.agenda_step
    return step is not None and bool(step.columns)


def _pages_of_any_kind(screen: MeetingScreen) -> tuple[Page, ...]:
    """Roles where the step names some and has no page for them, and fields where it asks for some."""
    found: list[Page] = []
    meeting = screen.session.meeting
    step = meeting.agenda_step
    if step is not None and step.roles and step.kind not in (StepKind.CHECKIN, StepKind.CASE):
        from retrotui.tui.choosers.roles import RolesPage

        found.append(RolesPage(screen))
    if entries.asked_fields(meeting):
        from retrotui.tui.choosers.fields import FieldsPage

        found.append(FieldsPage(screen))
    return tuple(found)
