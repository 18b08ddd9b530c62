"""What the kinds of step are called in the interface.

Owns these words alone; titles of steps come from the agenda.
"""

from __future__ import annotations

from collections.abc import Mapping

from retrotui.domain.agenda import StepKind
from retrotui.errors import Message, msg

KINDS: Mapping[StepKind, Message] = {
    StepKind.CHECKIN: msg("Check-in"),
    StepKind.FOLLOWUP: msg("Experiments and actions so far"),
    StepKind.NUMBERS: msg("Numbers"),
    StepKind.DEAL: msg("Deal close-up"),
    StepKind.FACTORS: msg("Factors"),
    StepKind.LESSONS: msg("Lessons"),
    StepKind.PERSPECTIVES: msg("Perspectives"),
    StepKind.CASE: msg("Peer consulting"),
    StepKind.NOTES: msg("Notes"),
    StepKind.EXPERIMENTS: msg("New experiments"),
    StepKind.CLOSE: msg("Close"),
    StepKind.BREAK: msg("Break"),
}
