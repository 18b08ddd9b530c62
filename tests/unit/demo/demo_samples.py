"""The demo's year for tests: made once for each language and day."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from functools import cache

from retrotui.demo.year import SEED, Year, make_year
from retrotui.domain.agenda import Agenda
from retrotui.store import agendas

ZONE = timezone(timedelta(hours=1))
TODAY = date(2026, 11, 23)
DAYS = (
    TODAY,
    date(2026, 1, 1),
    date(2026, 3, 15),
    date(2026, 8, 12),
    date(2027, 4, 9),
    date(2028, 2, 29),
)
"""Days of the week and of the year of every kind: the story must hold on all of them."""


@cache
def bundled() -> dict[str, Agenda]:
    """The bundled agendas by id."""
    return {each.agenda.id: each.agenda for each in agendas.all_agendas(None)[0]}


@cache
def year(language: str = "de", today: date = TODAY, seed: int = SEED) -> Year:
    """The demo's year."""
    return make_year(language, today, bundled(), seed=seed, zone=ZONE)
