"""What lies in the team folder when a test begins, and meetings that have come a certain way.

All dates are fixed: the fake clock says 23 November 2026. Words are in the language of the meeting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from retrotui.clock import FakeClock
from retrotui.domain.deals import Deal, DealIndex
from retrotui.domain.minutes import (
    Action,
    AgendaRef,
    DealRecord,
    Experiment,
    FactorUse,
    Lesson,
    Metric,
    Minutes,
    Participant,
    Share,
    StepRun,
    Tally,
    Verdict,
)
from retrotui.tui.view import Pipeline
from tests.tui.driver import Room

ZONE = FakeClock().zone
PEOPLE = (
    {"id": "anna-berg", "name": "Anna Berg", "function": "sales"},
    {"id": "ben-kurz", "name": "Ben Kurz", "function": "sales"},
    {"id": "carla-weiss", "name": "Carla Weiß", "function": "service"},
    {"id": "deniz-oz", "name": "Deniz Öz", "function": "product"},
)
GUESTS = tuple(Participant.model_validate(person) for person in PEOPLE)

GERMAN: Mapping[str, str] = {
    "Name the price range early": "Preisrahmen früh nennen",
    "A technician at the second meeting": "Technik zum zweiten Termin",
    "Call purchasing at Nord AG": "Einkauf bei Nord AG anrufen",
    "Send the reference film": "Referenzfilm schicken",
    "A checklist for handovers": "Checkliste für die Übergabe",
    "The range belongs in the first talk": "Der Rahmen gehört ins erste Gespräch",
    "Whoever knows the range early jumps off late less often": "Wer den Rahmen früh kennt, springt spät seltener ab",
    "A price range in the first talk": "Preisspanne im ersten Gespräch",
    "Jumps after the offer": "Absprünge nach dem Angebot",
    "at most 1 of 8": "höchstens 1 von 8",
    "Revenue": "Umsatz",
    "Win rate": "Abschlussquote",
    "Monthly reflection": "Monatliche Reflexion",
    "Telematics, second stage": "Telematik, Ausbaustufe 2",
    "Negotiation": "Verhandlung",
    "Fleet 2027": "Fuhrpark 2027",
    "Spare parts": "Ersatzteile",
    "Price": "Preis",
}


def _in(language: str, words: str) -> str:
    return GERMAN.get(words, words) if language == "de" else words


def earlier(day: date, language: str = "en", **tables: Any) -> Minutes:
    """Closed minutes of a monthly reflection of 88 minutes on this day."""
    began = datetime(day.year, day.month, day.day, 9, 0, tzinfo=ZONE)
    ended = began + timedelta(minutes=88)
    step = StepRun(
        id="deal-lost", kind="deal", title="Close-up", counts_as="reflect", planned_s=5400, spent_s=5280,
        state="done", spans=((began, ended),),
    )  # fmt: skip
    values: dict[str, Any] = {
        "id": f"{day.isoformat()}-monthly-reflection",
        "status": "closed",
        "title": _in(language, "Monthly reflection"),
        "team": "Vertrieb Süd",
        "language": language,
        "date": day,
        "started": began,
        "ended": ended,
        "currency": "EUR",
        "agenda": AgendaRef(id="monthly-reflection", version=1),
        "step": (step,),
        "share": Share(reflect=5280),
        "participant": GUESTS,
    }
    return Minutes(**(values | tables))


def past(language: str = "en") -> tuple[Minutes, ...]:
    """Two earlier meetings: an experiment and an action past their dates, two that run, an idea, a lesson, figures."""

    def said(words: str) -> str:
        return _in(language, words)

    september, october = date(2026, 9, 28), date(2026, 10, 26)
    first, second = f"{september}-monthly-reflection", f"{october}-monthly-reflection"
    at_first = datetime(2026, 9, 28, 10, 0, tzinfo=ZONE)
    at_second = datetime(2026, 10, 26, 10, 0, tzinfo=ZONE)
    about_price = Lesson(
        id="l1",
        at=at_first,
        step="lessons",
        text=said("The range belongs in the first talk"),
        factors=("price",),
    )
    price = Experiment(
        id=f"{first}-x1", at=at_first, step="experiments", title=said("Name the price range early"),
        hypothesis=said("Whoever knows the range early jumps off late less often"),
        change=said("A price range in the first talk"), measure=said("Jumps after the offer"),
        expected=said("at most 1 of 8"), owner="anna-berg", start=september, due=date(2026, 10, 20), state="running",
    )  # fmt: skip
    technician = Experiment(
        id=f"{second}-x1", at=at_second, step="experiments", title=said("A technician at the second meeting"),
        owner="ben-kurz", due=date(2026, 12, 21), state="running",
    )  # fmt: skip
    idea = Experiment(
        id=f"{second}-x2", at=at_second, step="experiments", title=said("A checklist for handovers")
    )
    call = Action(
        id=f"{second}-a1", at=at_second, step="experiments", text=said("Call purchasing at Nord AG"), owner="ben-kurz",
        due=date(2026, 11, 2),
    )  # fmt: skip
    film = Action(
        id=f"{second}-a2", at=at_second, step="experiments", text=said("Send the reference film"), owner="carla-weiss",
        due=date(2026, 11, 30),
    )  # fmt: skip
    mueller = DealRecord(
        id="D-1", account="Müller GmbH", title=said("Telematics, second stage"), outcome="open", amount="48000.00",
        currency="EUR",
    )  # fmt: skip
    late = FactorUse(
        id="f1",
        at=at_second,
        step="deal-lost",
        deal="D-1",
        factor="price",
        weight=2,
        source="buyer",
        text="spät",
    )
    return (
        earlier(
            september, language, lesson=(about_price,), experiment=(price,),
            metric=(_revenue(language, "395000", "480000"),), worth=Tally(counts=(0, 0, 1, 2, 1)),
        ),
        earlier(
            october, language, experiment=(technician, idea), action=(call, film), deal=(mueller,), factor=(late,),
            metric=(_revenue(language, "455000", "500000"),), lesson=(about_price,),
            verdict=(
                Verdict(item=price.id, kind="experiment", decision="extend", due=date(2026, 11, 20), at=at_second),
            ),
        ),
    )  # fmt: skip


def _revenue(language: str, actual: str, target: str) -> Metric:
    label = _in(language, "Revenue")
    from retrotui.domain.floor import metric_id

    return Metric(
        id=metric_id(label), label=label, unit="currency", currency="EUR", actual=actual, target=target
    )


def pipeline(language: str = "en") -> Pipeline:
    """Five deals of an export; October 2026 is the last complete month."""

    def said(words: str) -> str:
        return _in(language, words)

    deals = [
        Deal(1, 2, "D-1", said("Telematics, second stage"), "Müller GmbH", "Selma Owner", "48000.00", "EUR",
             said("Negotiation"), "lost", date(2026, 4, 2), date(2026, 10, 14), None, said("Price"), ("Plantlytics",)),
        Deal(2, 3, "D-2", said("Fleet 2027"), "Nord AG", "Selma Owner", "120000.00", "EUR", "", "won",
             date(2026, 5, 4), date(2026, 10, 20)),
        Deal(3, 4, "D-3", said("Spare parts"), "Ostwerk KG", "Selma Owner", "9500.00", "EUR", "", "no_decision",
             date(2026, 8, 1), date(2026, 10, 28)),
        Deal(4, 5, "D-4", said("Spare parts"), "Westbau SE", "Selma Owner", "31000.00", "EUR",
             said("Negotiation"), "open", date(2026, 9, 1), None, date(2026, 12, 11)),
        Deal(5, 6, "D-5", said("Fleet 2027"), "Süd & Söhne", "Selma Owner", "77000.00", "EUR", "", "won",
             date(2026, 3, 1), date(2026, 9, 3)),
    ]  # fmt: skip
    return Pipeline(DealIndex.of(deals), "opportunities.csv")


# -- a step of every kind --------------------------------------------------------------------------------------

EVERY_KIND = """\
schema = 1
id = "every-kind"
version = 1
title = { de = "Alle Arten", en = "Every kind" }
period = "month"
max_experiments = 2
loop = true

[[step]]
id = "checkin"
kind = "checkin"
minutes = 5
title = { de = "Ankommen", en = "Arrive" }
prompts = { de = ["Wie offen kann ich heute sprechen?"], en = ["How openly can I speak today?"] }

[[step]]
id = "followup"
kind = "followup"
minutes = 10
title = { de = "Experimente prüfen", en = "Check experiments" }
prompts = { de = ["Was haben wir erwartet?", "Was ist passiert?"], en = ["What did we expect?", "What happened?"] }

[[step]]
id = "numbers"
kind = "numbers"
minutes = 10
cap = true
title = { de = "Zahlen", en = "Numbers" }
prompts = { de = ["Wo liegen wir zum Ziel?"], en = ["Where are we against target?"] }

[[step]]
id = "deal"
kind = "deal"
minutes = 20
outcomes = ["lost", "no_decision"]
title = { de = "Lupe: verloren", en = "Close-up: lost" }

[[step]]
id = "factors"
kind = "factors"
minutes = 10
title = { de = "Muster", en = "Patterns" }
prompts = { de = ["Was kommt immer wieder?"], en = ["What keeps coming back?"] }

[[step]]
id = "lessons"
kind = "lessons"
minutes = 15
title = { de = "Erkenntnisse", en = "Lessons" }
prompts = { de = ["Was gilt über diesen Kunden hinaus?"], en = ["What holds beyond this customer?"] }

[[step]]
id = "perspectives"
kind = "perspectives"
minutes = 10
go_round = true
title = { de = "Blickwinkel", en = "Perspectives" }
prompts = { de = ["Was seht ihr, was wir nicht sehen?"], en = ["What do you see that we do not?"] }

[[step]]
id = "case"
kind = "case"
minutes = 10
confidential = true
roles = ["case_giver", "adviser"]
title = { de = "Beratung", en = "Advice" }
prompts = { de = ["Ein Beitrag je Wortmeldung."], en = ["One contribution a turn."] }

[[step.field]]
id = "key_question"
label = { de = "Schlüsselfrage", en = "Key question" }
type = "text"

[[step]]
id = "notes"
kind = "notes"
minutes = 10
votes = 3
title = { de = "Sammeln", en = "Collect" }
prompts = { de = ["Was behalten, was lassen?"], en = ["What to keep, what to stop?"] }

[[step.columns]]
id = "keep"
title = { de = "Behalten", en = "Keep" }

[[step.columns]]
id = "stop"
title = { de = "Lassen", en = "Stop" }

[[step]]
id = "pause"
kind = "break"
minutes = 5
title = { de = "Pause", en = "Break" }

[[step]]
id = "experiments"
kind = "experiments"
minutes = 10
title = { de = "Neue Experimente", en = "New experiments" }
prompts = { de = ["Wir glauben, dass …", "Wer, bis wann?"], en = ["We believe that …", "Who, by when?"] }

[[step]]
id = "close"
kind = "close"
minutes = 5
title = { de = "Abschluss", en = "Close" }
prompts.de = ["War es die Zeit wert?", "Ein Satz, den ich mitnehme."]
prompts.en = ["Was it worth the time?", "One sentence that I take away."]
"""
"""One step of each kind, with prompts of its own but for the deal."""

BROKEN_AGENDA = """\
schema = 1
id = "broken"
title = "Broken"
minuts = 30
"""

# -- a meeting that is played ----------------------------------------------------------------------------------

SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "checkin": ("@anna", "@ben", "@carla", "?, Product", "3445"),
        "followup": ("Three of four asked for the range themselves", "! The range takes fear away"),
        "numbers": ("Revenue 480/520 T€", "Win rate 31/35 %", "Cycle 92/80 days <"),
        "deal": (
            "Müller GmbH lost 48.000",
            "- The price was named in the third round only #price *3 /buyer",
            "- Purchasing came to the table too late #procurement *2 /team",
            "+ Pilot at the sister plant #references /document",
            '"With the second vendor I knew where I stood.',
            "- The technician was only on the phone",
            "! Name the price range in the first talk #price",
            "> Call their purchasing @ben =30.11.",
            "& Trade fair 2027",
        ),
        "factors": ("Price comes up every month",),
        "lessons": ("Bring purchasing in before the offer", "Whoever pilots, wins the second round"),
        "perspectives": ("Service hears the doubts first", "We promise dates nobody asked delivery for"),
        "case": ("It began with a promise that I could not keep",),
        "notes": ("Short stand-ups", "Slides of forty pages"),
        "experiments": ("Name the price range early @anna =21.12.",),
        "close": ("44345", "I will call delivery first", "21.12."),
    },
    "de": {
        "checkin": ("@anna", "@ben", "@carla", "?, Produkt", "3445"),
        "followup": ("Drei von vier fragten selbst nach dem Rahmen", "! Der Rahmen nimmt die Angst"),
        "numbers": ("Umsatz 480/520 T€", "Abschlussquote 31/35 %", "Durchlauf 92/80 Tage <"),
        "deal": (
            "Müller GmbH verloren 48.000",
            "- Preis erst in der dritten Runde genannt #preis *3 /kunde",
            "- Einkauf zu spät am Tisch #einkauf *2 /wir",
            "+ Pilot beim Schwesterwerk #referenzen /beleg",
            "„Beim zweiten Anbieter wusste ich, woran ich bin.",
            "- Techniker war nur am Telefon dabei",
            "! Preisrahmen im ersten Gespräch nennen #preis",
            "> Einkauf dort anrufen @ben =30.11.",
            "& Messeauftritt 2027",
        ),
        "factors": ("Der Preis kommt jeden Monat",),
        "lessons": ("Einkauf vor dem Angebot an den Tisch", "Wer pilotiert, gewinnt die zweite Runde"),
        "perspectives": (
            "Der Service hört die Zweifel zuerst",
            "Wir sagen Termine zu, ohne die Technik zu fragen",
        ),
        "case": ("Angefangen hat es mit einer Zusage, die ich nicht halten konnte",),
        "notes": ("Kurze Abstimmungen", "Folien mit vierzig Seiten"),
        "experiments": ("Preisrahmen früh nennen @anna =21.12.",),
        "close": ("44345", "Ich rufe die Technik zuerst an", "21.12."),
    },
}
"""By language and kind of step."""


async def play(m: Room, until: str, *, speak: bool = True) -> None:
    """From the step on the floor to the one with this id, saying in each what is said there; `until` is said too.

    Each step takes the minutes that it has, but for the last one, which has used 14 of 20 (or 7 of 10).
    """
    for _ in range(40):
        kind = m.meeting.step.kind
        for line in SAID[m.minutes.language].get(kind, ()) if speak else ():
            await m.say(line)
            while m.screen is not m.wall:  # a form that the line opened
                await m.press("escape")
        here = m.meeting.step.id
        planned = m.meeting.step.planned_s or 0
        if here == until:
            await m.later(seconds=planned * 0.7)
            return
        await m.later(seconds=planned)
        await m.go_past(here)
    raise AssertionError(f"the meeting does not come to {until}")
