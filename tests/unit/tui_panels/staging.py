"""Meetings to draw: one agenda with a step of every kind, and people, deals and entries for each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from retrotui.domain.agenda import Agenda, StepKind
from retrotui.domain.experiments import Extension, OpenItem, Stage
from retrotui.domain.factors import FactorList
from retrotui.domain.lifecycle import begin
from retrotui.domain.meeting import Meeting, draft_meeting
from retrotui.domain.memory import Learned, Memory, Recalled, Talked, deal_question, lesson_question
from retrotui.domain.minutes import (
    Action,
    AgendaRef,
    DealRecord,
    Effect,
    Experiment,
    FactorUse,
    FieldValue,
    FloorTurn,
    Lesson,
    Metric,
    Minutes,
    Note,
    Now,
    Participant,
    Quote,
    StepRun,
    Tally,
    change,
)
from retrotui.domain.recurring import Recurring
from retrotui.domain.timebox import hand_over, replace_step
from retrotui.store.settings import Settings
from retrotui.tui.view import View

ZONE = timezone(timedelta(hours=1))
START = datetime(2026, 11, 23, 9, 0, 12, tzinfo=ZONE)
TODAY = date(2026, 11, 23)
KINDS = tuple(StepKind)
PROMPTS = {"de": ["Erste Frage?", "Zweite Frage?"], "en": ["First question?", "Second question?"]}


def agenda(**more: Any) -> Agenda:
    """A step of every kind, ten minutes each; the numbers are capped."""
    steps: list[dict[str, Any]] = [
        {"id": str(kind), "kind": str(kind), "minutes": 10, "title": f"Step {kind}", "prompts": PROMPTS}
        for kind in KINDS
    ]
    for step in steps:
        if step["kind"] == "numbers":
            step |= {"cap": True, "title": {"de": "Zahlen", "en": "Numbers"}}
        if step["kind"] == "deal":
            step |= {"title": {"de": "Lupe: verloren", "en": "Close-up: lost"}}
        if step["kind"] == "notes":
            step |= {"columns": [{"id": "keep", "title": "Keep"}, {"id": "stop", "title": "Stop"}]}
        if step["kind"] == "case":
            step |= {
                "confidential": True,
                "roles": ["case_giver", "adviser"],
                "parts": [{"title": "Advice", "speaks": "adviser", "listens": "case_giver"}],
                "fields": [
                    {"id": "key", "label": {"de": "Schlüsselfrage", "en": "Key question"}},
                    {
                        "id": "method",
                        "label": "Method",
                        "type": "choice",
                        "choices": ["Resonance", "Headstand"],
                    },
                ],
            }
        if step["kind"] == "perspectives":
            step |= {"go_round": True}
    return Agenda.model_validate(
        {
            "id": "all-kinds",
            "title": {"de": "Monatliche Reflexion", "en": "Monthly reflection"},
            "steps": steps,
        }
        | more
    )


def begun(language: str = "en", of: Agenda | None = None) -> Meeting:
    """The meeting a moment after its beginning, with the first step on the floor."""
    meeting = draft_meeting(
        of or agenda(), meeting_id="2026-11-23-all-kinds", day=TODAY, language=language, team="Vertrieb Süd",
        currency="EUR",
    )  # fmt: skip
    return begin(meeting, START)


def at(meeting: Meeting, step_id: str, minute: float = 0) -> Meeting:
    """The floor goes to a step, `minute` minutes after the beginning."""
    if meeting.step.id == step_id:
        return meeting
    minutes = hand_over(meeting.minutes, step_id, START + timedelta(minutes=minute))
    return replace(meeting, minutes=minutes)


def having(meeting: Meeting, **tables: Any) -> Meeting:
    """The meeting with these tables in its minutes."""
    return replace(meeting, minutes=change(meeting.minutes, **tables))


def look(meeting: Meeting, minute: float = 3, **more: Any) -> View:
    """What a panel is given, `minute` minutes after the beginning."""
    values: dict[str, Any] = {"settings": Settings(), "factors": FactorList.of_team(), "height": 40} | more
    return View(meeting, START + timedelta(minutes=minute), **values)


def earlier(meeting_id: str, day: date, **tables: Any) -> Minutes:
    """Closed minutes of an earlier meeting."""
    return Minutes(id=meeting_id, date=day, status="closed", agenda=AgendaRef(id="all-kinds"), **tables)


PEOPLE = (
    Participant(id="anna-berg", name="Anna Berg", function="sales"),
    Participant(id="ben-kurz", name="Ben Kurz", function="sales", roles=("case_giver",)),
    Participant(id="carla-weiss", name="Carla Weiß", function="service"),
    Participant(id="gone", name="Otto Weg", function="finance", present=False),
)
MUELLER = DealRecord(
    id="d1",
    account="Müller GmbH",
    title="Telematik, Ausbaustufe 2",
    outcome="lost",
    amount="48000.00",
    currency="EUR",
    stage="Verhandlung",
    owner="Selma Owner",
    contributors=("Technik: Ola", "Selma Owner"),
    competitors=("Plantlytics",),
    created=date(2026, 4, 2),
    decided=date(2026, 10, 14),
    reason_raw="Preis",
)
NORD = DealRecord(id="d2", account="Nord AG", outcome="won", amount="12000.50", currency="EUR")


def with_deals(meeting: Meeting, *deals: DealRecord, minute: float = 0) -> Meeting:
    """The deal step on the floor, with the first of these deals under the lens."""
    meeting = at(meeting, "deal", minute)
    first = deals[0].id
    step = change(
        meeting.step,
        deals=tuple(one.id for one in deals),
        floor=(FloorTurn(deal=first, at=START + timedelta(minutes=minute)),),
    )
    minutes = change(replace_step(meeting.minutes, step), deal=deals, now=Now(step="deal", deal=first))
    return replace(meeting, minutes=minutes)


def entries(words: str = "came late") -> dict[str, tuple[Any, ...]]:
    """An entry of every kind, said in the deal step."""
    common: dict[str, Any] = {"at": START + timedelta(minutes=1), "step": "deal"}
    return {
        "factor": (
            FactorUse(id="f1", deal="d1", factor="price", weight=3, source="buyer", text=words, **common),
            FactorUse(id="f2", deal="d1", effect="helped", text=words, **common),
        ),
        "quote": (Quote(id="q1", deal="d1", text=words, **common),),
        "note": (Note(id="n1", deal="d1", text=words, votes=2, ask="ben-kurz", **common),),
        "lesson": (Lesson(id="l1", text=words, deals=("d1",), factors=("price",), votes=4, **common),),
        "action": (Action(id="x-a1", text=words, owner="ben-kurz", due=date(2026, 12, 15), **common),),
        "experiment": (Experiment(id="x-x1", title=words, owner="ben-kurz", **common),),
    }


def open_items(words: str = "Name the range early", owner: str = "Anna Berg") -> tuple[OpenItem, ...]:
    """One overdue, carried and extended; one that is running; an action; an idea."""
    known = Experiment(
        id="old-x1", at=START, title=words, hypothesis=f"H {words}", change=f"C {words}", measure=f"M {words}",
        expected=f"E {words}",
    )  # fmt: skip
    born = date(2026, 10, 26)
    return (
        OpenItem("old-x1", "experiment", words, owner, date(2026, 11, 20), born, "old", 3, 1, False, known),
        OpenItem("old-a1", "action", words, owner, TODAY, born, "old"),
        OpenItem("old-x2", "experiment", words, owner, date(2026, 12, 21), born, "old"),
        OpenItem("old-x3", "experiment", words, owner, None, born, "old", idea=True),
    )


def lineage(words: str = "Name the range early") -> tuple[Stage, ...]:
    """An experiment that was adapted twice; the last one is `old-x1` of `open_items`."""
    titles = ("first-x1", f"First {words}"), ("second-x1", f"Second {words}"), ("old-x1", words)
    first, second, last = (
        Experiment(
            id=an_id, at=START, title=title, hypothesis=f"H {title}", due=date(2026, 11, 20), state="running"
        )
        for an_id, title in titles
    )
    return (
        Stage(first, date(2026, 3, 10), "a", decision="adapt", judged=date(2026, 5, 12), judged_in="b",
              happened=words, learned=words),
        Stage(second, date(2026, 5, 12), "b", decision="adapt", judged=date(2026, 8, 11), judged_in="c", depth=1,
              extended=(Extension(date(2026, 7, 14), date(2026, 8, 11), words),)),
        Stage(last, date(2026, 8, 11), "c", depth=2, carried=1),
    )  # fmt: skip


def talked(day: date, account: str, words: str = "A pilot convinces") -> Talked:
    """An earlier talk with a customer."""
    factors: tuple[tuple[Effect, str], ...] = (("hurt", "price"), ("helped", "references"))
    meeting = f"{day.isoformat()}-m"
    return Talked(meeting, day, f"{meeting}.toml", f"D-{day.month}", account, words, "lost", factors, words)


def memory(words: str = "came late", account: str = "Mueller GmbH", meetings: int = 2) -> Memory:
    """What earlier meetings knew: of the deal d1, of a lesson that says `words`, of a lineage, of two factors."""
    days = [date(2026, 10 - number, 26) for number in range(meetings)]
    learned = Learned(words, tuple((f"m{day.month}", day, f"m{day.month}.toml") for day in days))
    return Memory(
        answers={
            deal_question("d1", MUELLER.account): Recalled(
                talked=tuple(talked(day, MUELLER.account, words) for day in days),
                like=(talked(days[0], account, words),),
            ),
            lesson_question(words): Recalled(
                learned=learned, learned_like=(Learned(f"{words} once", learned.meetings),)
            ),
        },
        lineages={"old-x1": lineage(words)},
        adapted=(lineage(words),),
        recurring=(
            Recurring("price", "hurt", 6, 5, date(2026, 3, 10), date(2026, 10, 26)),
            Recurring("references", "helped", 1, 3, date(2026, 5, 12), date(2026, 10, 26)),
        ),
    )


def everything(language: str = "en", words: str = "came late", of: Agenda | None = None) -> Meeting:
    """A meeting with something in every table, each of its texts being `words`."""
    people = (*(change(one, name=words) for one in PEOPLE), Participant(id="q", name="", function=words))
    meeting = having(
        begun(language, of),
        title=words,
        team=words,
        participant=people,
        parked=(words,),
        safety=Tally(counts=(1, 1, 1, 2, 2)),
        worth=Tally(counts=(0, 0, 1, 2, 2), remarks=(words,)),
        metric=(
            Metric(id="revenue", label=words, unit="currency", actual="480000", target="520000", surprise=True,
                   deal="d1"),
            Metric(id="rate", label=words, unit="percent", actual="31.5", target="35", n=3, previous="30"),
        ),
        field=(FieldValue(step="case", id="key", value=words),),
        **entries(words),
    )  # fmt: skip
    deals = tuple(
        change(one, account=words, title=words, stage=words, competitors=(words,), reason_raw=words)
        for one in (MUELLER, NORD)
    )
    meeting = with_deals(meeting, *deals)
    return replace(meeting, open_items=open_items(words, words))


def titled(meeting: Meeting, words: str) -> Meeting:
    """Every step of the run bears this title."""
    steps: tuple[StepRun, ...] = tuple(change(step, title=words) for step in meeting.minutes.step)
    return having(meeting, step=steps)
