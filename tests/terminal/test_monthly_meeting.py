"""The whole monthly meeting, held in German by keyboard alone in a real terminal: what issue 2 must show.

Real deals where they lie beside the checkout (`../shared/data`), and a small pipeline of our own everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from retrotui.clock import SystemClock
from retrotui.domain.minutes import Action, AgendaRef, Experiment, Minutes, Participant
from retrotui.store import minutes as minutes_store
from retrotui.store.workspace import find_workspace
from tests.terminal.room import ROOT, Room, altered

pytestmark = pytest.mark.terminal

REAL = ROOT / "../shared/data/sales_pipeline.csv"


@dataclass(frozen=True)
class Pipeline:
    """An export, and the two deals that the meeting chooses from it: what is searched, and what the file keeps."""

    file: Path
    period: tuple[date, date]
    won: str
    lost_search: str
    lost: dict[str, object]
    won_search: str
    won_deal: dict[str, object]


OURS = Pipeline(
    ROOT / "tests/fixtures/pipeline-de.csv",
    (date(2026, 10, 1), date(2026, 10, 31)),
    "3",
    "müller",
    {
        "id": "P-101", "account": "Müller GmbH", "title": "Telematik Ausbau", "outcome": "lost", "amount": "48000.00",
        "currency": "EUR", "stage": "Verloren", "owner": "Ben Kurz", "created": date(2026, 4, 2),
        "decided": date(2026, 10, 14), "origin": {"file": "pipeline-de.csv", "record": 1},
    },
    "hafenbetrieb",
    {
        "id": "P-105", "account": "Hafenbetrieb Ost", "title": "Pilotanlage", "outcome": "won", "amount": "54250.00",
        "currency": "EUR", "stage": "Gewonnen", "owner": "Ben Kurz", "created": date(2026, 5, 20),
        "decided": date(2026, 10, 30), "origin": {"file": "pipeline-de.csv", "record": 5},
    },
)  # fmt: skip

THEIRS = Pipeline(
    REAL,
    (date(2017, 12, 1), date(2017, 12, 31)),
    "511",
    "kan-code special",
    {"account": "Kan-code", "title": "MG Special", "outcome": "lost", "stage": "Lost", "decided": date(2017, 12, 1)},
    "konex gtxpro",
    {"account": "Konex", "title": "GTXPro", "outcome": "won", "stage": "Won", "amount": "5153.00",
     "decided": date(2017, 12, 31)},
)  # fmt: skip

PEOPLE = {
    "Anna Berg": ("anna-berg", "sales", "Vertrieb"),
    "Ben Kurz": ("ben-kurz", "sales", "Vertrieb"),
    "Carla Weiß": ("carla-weiss", "service", "Service"),
    "Ola Nord": ("ola-nord", "delivery", "Technik"),
    "Dana Roth": ("dana-roth", "sales", "Vertrieb"),
}
LOST_FACTORS = {
    "- Preis erst spät genannt #preis *3 /kunde": ("price", "hurt", 3, "buyer"),
    "- Einkauf zu spät am Tisch #einkauf *2 /wir": ("procurement", "hurt", 2, "team"),
    "- Kein Fürsprecher oben #fürsprecher /beleg": ("champion", "hurt", 1, "document"),
    "- Wir haben nicht nachgefasst #tempo": ("responsiveness", "hurt", 1, ""),
    "+ Pilot beim Schwesterwerk #referenzen": ("references", "helped", 1, ""),
    "+ Draht zur Werkleitung #beziehung *2": ("relationship", "helped", 2, ""),
}
WON_FACTORS = {
    "+ Referenz im Haus gezeigt #referenzen *3 /kunde": ("references", "helped", 3, "buyer"),
    "+ Nutzen in Euro gerechnet #nutzen *2": ("value_case", "helped", 2, ""),
    "+ Entscheider früh dabei #entscheider": ("decision_maker", "helped", 1, ""),
    "+ Service hat zugesagt #service": ("service", "helped", 1, ""),
    "- Lieferzeit war knapp #lieferung": ("delivery", "hurt", 1, ""),
    "- Fast am Budget gescheitert #budget /kunde": ("budget", "hurt", 1, "buyer"),
}
LEARNED = "Das Werk erklärt den Preis"
"""What an experiment taught: a lesson as well, before those of the step itself."""
LESSONS = {
    LEARNED: 3,
    "Rahmen im ersten Gespräch": 4,
    "Einkauf früh einladen": 5,
    "Nutzen in Euro rechnen": 2,
}
EXPERIMENTS = {
    "Preisrahmen früh nennen": ("anna-berg", "Wer ihn kennt springt seltener ab", "Spanne im ersten Gespräch",
                                "Absprünge nach dem Angebot", "höchstens 1 von 8"),
    "Einkauf zum zweiten Termin": ("ben-kurz", "Wer mitredet bremst nicht", "Einladung mit der Agenda",
                                   "Wochen bis zum Vertrag", "unter 6"),
}  # fmt: skip
NEXT = timedelta(weeks=4)


def today() -> date:
    return SystemClock().wall().date()


def earlier_meeting(team: Path) -> Minutes:
    """What the month before left: an experiment past its date, one that still runs, and an action past its date."""
    day = today() - timedelta(weeks=5)
    began = datetime.combine(day, time(9)).astimezone()
    meeting = f"{day}-monthly-reflection"
    minutes = Minutes(
        id=meeting,
        status="closed",
        title="Monatliche Reflexion",
        language="de",
        date=day,
        started=began,
        ended=began + timedelta(minutes=88),
        agenda=AgendaRef(id="monthly-reflection"),
        participant=(Participant(id="anna-berg", name="Anna Berg", function="sales"),),
        experiment=(
            Experiment(
                id=f"{meeting}-x1", at=began, step="experiments", title="Techniker zum Ersttermin", owner="anna-berg",
                hypothesis="Wer das Werk sieht, bietet besser an", change="Technik fährt mit",
                measure="Nachfragen nach dem Angebot", expected="halb so viele", start=day,
                due=today() - timedelta(days=2), state="running",
            ),
            Experiment(
                id=f"{meeting}-x2", at=began, step="experiments", title="Angebote am selben Tag", owner="ben-kurz",
                hypothesis="Tempo gewinnt", change="Vorlage", measure="Tage", expected="1", start=day,
                due=today() + timedelta(days=20), state="running",
            ),
        ),
        action=(
            Action(id=f"{meeting}-a1", at=began, step="experiments", text="Einkauf bei Nord AG anrufen",
                   owner="ben-kurz", due=today() - timedelta(days=20)),
        ),
    )  # fmt: skip
    minutes_store.save_new(find_workspace(team), minutes)
    return minutes


# -- the meeting, step by step -------------------------------------------------------------------------------


def arrive(room: Room) -> None:
    """Five people of three functions, and how openly they can speak."""
    for number, (name, (_, _, function)) in enumerate(PEOPLE.items(), start=1):
        room.says(f"{name}, {function}", f"{number} Person")
    room.says("34452", "5 von 5")


def judge(room: Room, before: Minutes) -> None:
    """Two verdicts by digit; what has not come due asks nothing."""
    room.goes_on("Experimente prüfen")
    for item in (before.action[0], before.experiment[0]):  # overdue first
        words = item.text if isinstance(item, Action) else item.title
        room.sees_row("▸", words[:12])
        if isinstance(item, Experiment):
            room.says("Technik war zweimal dabei", "Technik war zweimal dabei")
            room.says(f"! {LEARNED}", LEARNED)
        room.press("escape")
        room.sees("BEFEHL")
        room.type("5" if isinstance(item, Action) else "2")
        room.sees("Erledigt" if isinstance(item, Action) else "Angepasst")
        room.type("i")
        room.sees("BEFEHL", gone=True)
    room.called_saved()


def count(room: Room, pipeline: Pipeline) -> None:
    """Three metrics from the pipeline; one of them surprises us."""
    room.goes_on("Zahlen")
    room.chooses("Zahlen", "Gewonnene Deals")
    room.sees_row("Gewonnene Deals", pipeline.won)
    for key in ("space", "down", "space", "down", "space"):
        room.press(key)
    room.sees(lambda lines: sum("✓" in line and "Deals" in line for line in lines[3:]) == 2)
    room.press("shift+tab")
    room.sees("überrascht uns")
    room.type("2")
    room.sees_row("★", "Verlorene Deals")
    room.press("escape")
    room.sees("Leertaste", gone=True)
    room.says("Umsatz im Jahr 480/520 T€", "Umsatz im Jahr")


def look_at(
    room: Room, title: str, search: str, account: str, factors: dict[str, Any], words: dict[str, str]
) -> None:
    """A deal chosen by F7, six factors, a quote, a note."""
    room.goes_on(title)
    room.chooses(title, "Deals")
    room.searches(search)
    room.press("enter")
    room.sees(lambda lines: account in room.heading(lines))
    for line in factors:
        room.says(line)
    room.says(f"„{words['quote']}")
    room.says(words["note"])


def learn(room: Room) -> None:
    """Three lessons, and votes for each."""
    room.goes_on("Erkenntnisse")
    for lesson in list(LESSONS)[1:]:
        room.says(f"{lesson} #preis" if "Rahmen" in lesson else lesson, lesson)
    room.press("escape")
    room.sees("BEFEHL")
    room.type("v")
    room.sees("STIMMEN")
    for lesson, votes in LESSONS.items():
        room.type(str(votes))
        room.sees_row(lesson, f"◆ {votes}")
        room.press("enter")
    room.sees("Stimmen sind gezählt")
    room.type("i")
    room.called_saved()


def try_out(room: Room) -> None:
    """Two experiments; the line is the title, the form asks the rest."""
    room.goes_on("Neue Experimente")
    for title, (owner, *answers) in EXPERIMENTS.items():
        room.type(f"{title} @{owner.split('-')[0]} =+4w")
        room.press("enter")
        room.sees(f"╭─ {title}")
        for answer in answers:
            room.type(answer)
            room.sees(answer)
            room.press("enter")
        room.sees(f"╭─ {title}", gone=True)
        room.called_saved(title)


def close(room: Room) -> None:
    """Was it worth the time, a sentence, the next date; the list of gaps, and the summary."""
    room.goes_on("Abschluss")
    room.says("45544", "5 von 5")
    room.says("Ich frage früher nach dem Einkauf")
    room.says((today() + NEXT).strftime("%d.%m.%Y"), "Nächster Termin")
    room.says("& Messeauftritt 2027", "Bemerkungen")
    room.press("f4")
    room.sees("Treffen beenden")
    room.sees("Faktoren ohne Quelle")
    room.press("enter")
    room.sees("Geplant und gebraucht")
    room.does("end")
    room.sees(lambda lines: room.minutes_files()[-1].name in "".join(line.strip() for line in lines))
    room.does("q")
    assert room.exit_code(60) == 0


def hold(room: Room, pipeline: Pipeline, before: Minutes) -> None:
    """From the first frame to the end."""
    room.on_floor("Ankommen")
    assert any("▶ Ankommen" in line or "1/8" in line for line in room.screen())
    arrive(room)
    judge(room, before)
    count(room, pipeline)
    account = str(pipeline.lost["account"])
    look_at(room, "Lupe: verloren", pipeline.lost_search, account, LOST_FACTORS,
            {"quote": "Beim Zweiten wusste ich, woran ich bin", "note": "Techniker war nur am Telefon"})  # fmt: skip
    room.press("f2")
    room.sees("Pause")
    room.watch(0.3)  # a pause of less than a second is none
    room.press("f2")
    account = str(pipeline.won_deal["account"])
    look_at(room, "Lupe: gewonnen", pipeline.won_search, account, WON_FACTORS,
            {"quote": "Ihr habt als Einzige gerechnet", "note": "Glück: Der Wettbewerb kam zu spät"})  # fmt: skip
    learn(room)
    try_out(room)
    close(room)


# -- what the file says ----------------------------------------------------------------------------------------


def holds_everything(found: dict[str, Any], pipeline: Pipeline, before: Minutes) -> None:
    """The file as any TOML reader sees it, row by row of files.md."""
    assert found["schema"] == 1
    assert found["id"] == f"{today()}-monthly-reflection"
    assert found["status"] == "closed"
    assert (found["title"], found["language"], found["date"]) == ("Monatliche Reflexion", "de", today())
    assert found["agenda"] == {"id": "monthly-reflection", "version": 1, "planned_s": 5400}
    assert found["period"] == {"from": pipeline.period[0], "to": pipeline.period[1]}
    assert "now" not in found
    assert found["next_date"] == today() + NEXT
    assert found["parked"] == ["Messeauftritt 2027"]
    people = {one["name"]: (one["id"], one["function"]) for one in found["participant"] if one["present"]}
    assert people == {name: (key, function) for name, (key, function, _) in PEOPLE.items()}
    assert found["safety"]["counts"] == [0, 1, 1, 2, 1]
    assert found["worth"] == {"counts": [0, 0, 0, 3, 2], "remarks": ["Ich frage früher nach dem Einkauf"]}
    _figures(found, pipeline)
    _deals(found, pipeline)
    _lessons(found)
    _experiments(found)
    _verdicts(found, before)
    _time(found)


def _figures(found: dict[str, Any], pipeline: Pipeline) -> None:
    metrics = found["metric"]
    assert [one["label"][:9] for one in metrics] == ["Gewonnene", "Verlorene", "Gewinnquo", "Umsatz im"]
    assert metrics[0]["actual"] == pipeline.won
    assert [one.get("surprise", False) for one in metrics] == [False, True, False, False]
    assert (metrics[3]["actual"], metrics[3]["target"], metrics[3]["unit"]) == (
        "480000.00",
        "520000.00",
        "currency",
    )


def _deals(found: dict[str, Any], pipeline: Pipeline) -> None:
    deals = found["deal"]
    assert len(deals) == 2
    for deal, wanted in zip(deals, (pipeline.lost, pipeline.won_deal), strict=True):
        assert {key: deal.get(key) for key in wanted} == wanted
        assert deal["origin"]["file"] == pipeline.file.name
    for deal, step, factors in zip(
        deals, ("deal-lost", "deal-won"), (LOST_FACTORS, WON_FACTORS), strict=True
    ):
        kept = [one for one in found["factor"] if one["deal"] == deal["id"]]
        assert {one["step"] for one in kept} == {step}
        assert [(one["factor"], one["effect"], one["weight"], one.get("source", "")) for one in kept] == list(
            factors.values()
        )
        assert sum(one["deal"] == deal["id"] for one in found["quote"]) == 1
        assert sum(one.get("deal") == deal["id"] for one in found["note"]) == 1
    assert [one["text"] for one in found["quote"]] == [
        "Beim Zweiten wusste ich, woran ich bin",
        "Ihr habt als Einzige gerechnet",
    ]
    counts = {name: len({one["id"] for one in found[name]}) for name in ("factor", "quote", "note", "lesson")}
    # the third note is what happened with the experiment
    assert counts == {"factor": 12, "quote": 2, "note": 3, "lesson": 4}


def _lessons(found: dict[str, Any]) -> None:
    assert {one["text"]: one["votes"] for one in found["lesson"]} == LESSONS
    assert found["lesson"][1]["factors"] == ["price"]


def _experiments(found: dict[str, Any]) -> None:
    running = [one for one in found["experiment"] if one["state"] == "running"]
    assert [
        (one["title"], (one["owner"], one["hypothesis"], one["change"], one["measure"], one["expected"]))
        for one in running
    ] == list(EXPERIMENTS.items())
    assert {one["due"] for one in running} == {today() + timedelta(weeks=4)}
    assert all(one["id"].startswith(f"{found['id']}-x") for one in running)


def _verdicts(found: dict[str, Any], before: Minutes) -> None:
    verdicts = {one["item"]: one for one in found["verdict"]}
    assert set(verdicts) == {before.experiment[0].id, before.action[0].id}
    done, adapted = verdicts[before.action[0].id], verdicts[before.experiment[0].id]
    assert (done["kind"], done["decision"]) == ("action", "done")
    assert (adapted["kind"], adapted["decision"]) == ("experiment", "adapt")
    assert adapted["happened"] == "Technik war zweimal dabei"
    assert adapted["learned"] == LEARNED
    [child] = [one for one in found["experiment"] if one["id"] == adapted["child"]]
    assert (child["parent"], child["state"]) == (before.experiment[0].id, "idea")
    assert "carried" not in found


def _time(found: dict[str, Any]) -> None:
    """Spans and pauses follow one another without a hole, and sum to the meeting's length (meeting.md, invariant)."""
    assert all(step["state"] == "done" for step in found["step"])
    assert [step["id"] for step in found["step"]] == [
        "arrive", "followup", "numbers", "deal-lost", "deal-won", "lessons", "experiments", "close"
    ]  # fmt: skip
    spans = [tuple(span) for step in found["step"] for span in step.get("spans", [])]
    pauses = [(one["from"], one["to"]) for one in found.get("pause", [])]
    pieces = sorted(spans + pauses)
    assert pieces[0][0] == found["started"]
    assert pieces[-1][1] == found["ended"]
    assert all(end == begin for (_, end), (begin, _) in pairwise(pieces))
    length = found["ended"] - found["started"]
    assert sum((end - begin for begin, end in pieces), timedelta()) == length
    assert length > timedelta(seconds=1)
    for step in found["step"]:
        own = sum((end - begin for begin, end in step.get("spans", [])), timedelta())
        assert step["spent_s"] == own.total_seconds()
    assert sum(found["share"].values()) == length.total_seconds()


# -- the tests -------------------------------------------------------------------------------------------------


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "team"


@pytest.mark.skipif(
    not REAL.exists(), reason="the real pipeline (../shared/data) is not beside this checkout"
)
def test_the_monthly_meeting_on_real_deals(team: Path) -> None:
    before = earlier_meeting(team)
    with Room(team, "run", "monthly-reflection", "--deals", str(REAL)) as room:
        hold(room, THEIRS, before)
    holds_everything(room.raw(), THEIRS, before)
    assert room.draft() is None, "a closed meeting needs no draft"


def test_the_monthly_meeting_at_80x24_in_real_minutes(team: Path) -> None:
    """The same in the smallest window, on our own deals, with a clock that runs fast: spans of minutes."""
    before = earlier_meeting(team)
    words = ("run", "monthly-reflection", "--deals", str(OURS.file))
    with Room(team, *words, size=(80, 24), program=altered("fast")) as room:
        hold(room, OURS, before)
    found = room.raw()
    holds_everything(found, OURS, before)
    assert found["ended"] - found["started"] > timedelta(minutes=1)
    assert len(found["pause"]) == 1


def test_the_earlier_minutes_are_left_as_they_were(team: Path) -> None:
    """Carrying over never edits an old file."""
    before = earlier_meeting(team)
    [file] = list((team / "minutes").glob("*.toml"))
    content = file.read_bytes()
    with Room(team, "run", "monthly-reflection") as room:
        room.on_floor("Ankommen")
        judge(room, before)
        room.goes_on("Zahlen")
        room.called_saved()
    assert file.read_bytes() == content
