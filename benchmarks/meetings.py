"""Invented minutes by the thousand: the shape and the size of real ones (13 KB), the same for the same seed.

    python -m benchmarks.meetings FOLDER 10000

Owns the generator. Each meeting depends on its number, the newest day and the seed alone, so 10,000 hold the first
1,000. Files are written without fsync: a folder to measure in needs no durability. Must not be used by the program.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Final, Literal, TypeVar

from benchmarks.vocabulary import (
    ACTIONS,
    EXPERIMENTS,
    FACTORS,
    LESSONS,
    NAME_ENDS,
    NAME_STARTS,
    NOUNS,
    OFFERS,
    PEOPLE,
    QUOTES,
    SENTENCES,
)  # fmt: skip
from retrotui.domain.minutes import (
    Action,
    AgendaRef,
    Carried,
    CountsAs,
    DealRecord,
    Experiment,
    FactorUse,
    Lesson,
    Metric,
    Minutes,
    Note,
    Origin,
    Participant,
    Period,
    Quote,
    Share,
    Source,
    StepRun,
    Tally,
    Verdict,
)  # fmt: skip
from retrotui.domain.text import person_id
from retrotui.store.toml_codec import encode

SEED: Final = 1
NEWEST: Final = date(2026, 10, 26)
"""The day of meeting 0 unless said otherwise; the higher the number, the older the meeting."""
A_DAY: Final = 2
AGENDAS: Final = (
    ("monthly-reflection", "Monatliche Reflexion"),
    ("weekly-call", "Wochen-Telefonat"),
    ("loss-autopsy", "Verlust-Analyse"),
    ("win-review", "Gewinn-Analyse"),
    ("quarterly-learning", "Quartals-Rückblick"),
    ("case-consulting", "Kollegiale Fallberatung"),
)
STEPS: Final[tuple[tuple[str, str, str, CountsAs, int], ...]] = (
    ("checkin", "checkin", "Ankommen", "frame", 300),
    ("followup", "followup", "Experimente prüfen", "decide", 600),
    ("numbers", "numbers", "Zahlen", "report", 600),
    ("deal-lost", "deal", "Lupe: verloren", "reflect", 1200),
    ("deal-won", "deal", "Lupe: gewonnen", "reflect", 900),
    ("lessons", "lessons", "Erkenntnisse", "reflect", 900),
    ("experiments", "experiments", "Neue Experimente", "decide", 600),
    ("close", "close", "Abschluss", "frame", 300),
)
"""Id, kind, title, what it counts as, planned seconds."""
METRICS: Final[tuple[tuple[str, str, Literal["currency", "count", "percent", "days"]], ...]] = (
    ("revenue", "Umsatz", "currency"),
    ("deals", "Neue Aufträge", "count"),
    ("win-rate", "Abschlussquote", "percent"),
    ("cycle", "Dauer bis zum Abschluss", "days"),
)
_SOURCES: Final[tuple[Source, ...]] = ("buyer", "document", "team", "")
_SUMMER, _WINTER = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
_T = TypeVar("_T")


def day_of(number: int, newest: date = NEWEST) -> date:
    """The day of a meeting."""
    return newest - timedelta(days=number // A_DAY)


def meeting_id(number: int, newest: date = NEWEST) -> str:
    """The id of a meeting, and the name of its file."""
    return f"{day_of(number, newest).isoformat()}-{AGENDAS[number % len(AGENDAS)][0]}"


def meeting(number: int, *, newest: date = NEWEST, seed: int = SEED) -> Minutes:
    """The closed minutes of meeting `number`, counted from 0 back into the past."""
    return _Meeting(number, newest, seed).minutes()


def write_meetings(folder: Path, count: int, *, newest: date = NEWEST, seed: int = SEED) -> list[Path]:
    """Puts `count` meetings into the folder `minutes` of a team folder, which it makes; the newest first."""
    minutes = folder / "minutes"
    minutes.mkdir(parents=True, exist_ok=True)
    (folder / "retrotui.toml").write_text('schema = 1\nteam = "Vertrieb Süd"\nlanguage = "de"\n', "utf-8")
    paths = []
    for number in range(count):
        path = minutes / f"{meeting_id(number, newest)}.toml"
        path.write_bytes(encode(meeting(number, newest=newest, seed=seed)))
        paths.append(path)
    return paths


class _Meeting:
    """One meeting while it is made up."""

    def __init__(self, number: int, newest: date, seed: int) -> None:
        self.number, self.newest = number, newest
        self.random = Random(f"{seed}-{number}")
        self.day = day_of(number, newest)
        self.id = meeting_id(number, newest)
        zone = _SUMMER if 4 <= self.day.month <= 10 else _WINTER
        self.began = datetime(
            self.day.year, self.day.month, self.day.day, 9, self.random.randint(0, 20), tzinfo=zone
        )
        self.people = self.random.sample(PEOPLE, k=6)
        self.ids = [person_id(name, ()) for name, _ in self.people]
        self.steps = self._steps()
        self.deals = [self._deal(one) for one in range(4)]
        self.lessons = 5

    def minutes(self) -> Minutes:
        agenda, title = AGENDAS[self.number % len(AGENDAS)]
        last = self.steps[-1].spans[-1][-1]
        spent = {
            kind: sum(s.spent_s for s in self.steps if s.counts_as == kind) for kind in Share.model_fields
        }
        return Minutes(
            id=self.id,
            status="closed",
            title=title,
            team="Vertrieb Süd",
            language="de",
            date=self.day,
            started=self.began,
            ended=last,
            facilitator=self.ids[0],
            currency="EUR",
            next_date=self.day + timedelta(days=28),
            parked=(self._words(SENTENCES),),
            agenda=AgendaRef(id=agenda, version=1),
            period=Period(since=self.day - timedelta(days=30), until=self.day - timedelta(days=1)),
            share=Share(**spent),
            participant=self._participants(),
            safety=Tally(counts=(0, 1, 2, 2, 1)),
            step=tuple(self.steps),
            metric=tuple(self._metric(*one) for one in METRICS),
            deal=tuple(self.deals),
            factor=tuple(self._factor(one) for one in range(1, 15)),
            quote=tuple(self._quote(one) for one in range(1, 6)),
            note=tuple(self._note(one) for one in range(1, 12)),
            lesson=tuple(self._lesson(one) for one in range(1, self.lessons + 1)),
            action=tuple(self._action(one) for one in range(1, 4)),
            experiment=tuple(self._experiment(one) for one in range(1, 3)),
            verdict=tuple(self._verdicts()),
            carried=(Carried(item=f"{self._before()}-a3"),),
            worth=Tally(counts=(0, 0, 1, 3, 2), remarks=(self._words(LESSONS),)),
        )

    # -- chance ----------------------------------------------------------------------------------------------

    def _one(self, choices: Sequence[_T]) -> _T:
        return self.random.choice(choices)

    def _words(self, sentences: Sequence[str]) -> str:
        """A sentence; early nouns come more often, as words do, and now and then there is one of a kind."""
        sentence = self._one(sentences)
        nouns = [NOUNS[int(len(NOUNS) * self.random.random() ** 2)] for _ in range(sentence.count("{}"))]
        said = sentence.format(*nouns)
        return (
            f"{said} (Vorgang {self.random.randint(10_000, 99_999)})" if self.random.random() < 0.05 else said
        )

    def _at(self, step: str) -> datetime:
        """An instant within the step."""
        run = next(one for one in self.steps if one.id == step)
        return run.spans[0][0] + timedelta(seconds=self.random.randint(0, run.spent_s))

    # -- the parts -------------------------------------------------------------------------------------------

    def _steps(self) -> list[StepRun]:
        steps, now = [], self.began
        for step, kind, title, counts_as, planned in STEPS:
            spent = round(planned * self.random.uniform(0.8, 1.15))
            until = now + timedelta(seconds=spent)
            steps.append(
                StepRun(
                    id=step, kind=kind, title=title, counts_as=counts_as, planned_s=planned, spent_s=spent,
                    state="done", spans=((now, until),),
                )
            )  # fmt: skip
            now = until
        return steps

    def _participants(self) -> tuple[Participant, ...]:
        return tuple(
            Participant(id=an_id, name=name, function=function, roles=("facilitator",) if at == 0 else ())
            for at, (an_id, (name, function)) in enumerate(zip(self.ids, self.people, strict=True))
        )

    def _metric(
        self, an_id: str, label: str, unit: Literal["currency", "count", "percent", "days"]
    ) -> Metric:
        target = self.random.randint(10, 900)
        actual = round(target * self.random.uniform(0.6, 1.3))
        better: Literal["higher", "lower"] = "lower" if unit == "days" else "higher"
        return Metric(id=an_id, label=label, unit=unit, actual=str(actual), target=str(target), better=better)

    def _deal(self, one: int) -> DealRecord:
        """Two lost ones, then two that were won; their customers come again and again."""
        decided = self.day - timedelta(days=self.random.randint(3, 30))
        return DealRecord(
            id=f"D{self.number:05}{one}",
            account=f"{self._one(NAME_STARTS)}{self._one(NAME_ENDS)}",
            title=self._one(OFFERS),
            outcome="lost" if one < 2 else "won",
            amount=f"{self.random.randint(4, 400)}000.00",
            currency="EUR",
            stage="Verhandlung",
            owner=self.people[1][0],
            created=decided - timedelta(days=self.random.randint(20, 200)),
            decided=decided,
            reason_raw="Preis" if one < 2 else "",
            origin=Origin(file="opportunities.csv", record=self.number * 4 + one + 1),
        )

    def _on_deal(self, one: int) -> tuple[str, str]:
        """The step in which a deal has the floor, and its id."""
        deal = one % len(self.deals)
        return "deal-lost" if deal < 2 else "deal-won", self.deals[deal].id

    def _factor(self, one: int) -> FactorUse:
        step, deal = self._on_deal(one)
        return FactorUse(
            id=f"f{one}",
            at=self._at(step),
            step=step,
            deal=deal,
            factor=FACTORS[int(len(FACTORS) * self.random.random() ** 2)],
            effect="hurt" if step == "deal-lost" else "helped",
            weight=self.random.randint(1, 3),
            source=self._one(_SOURCES),
            text=self._words(SENTENCES),
            votes=self.random.randint(0, 4),
        )

    def _quote(self, one: int) -> Quote:
        step, deal = self._on_deal(one)
        return Quote(id=f"q{one}", at=self._at(step), step=step, deal=deal, text=self._words(QUOTES))

    def _note(self, one: int) -> Note:
        step, deal = self._on_deal(one) if one % 3 else ("numbers", "")
        votes = self.random.randint(0, 3)
        return Note(
            id=f"n{one}", at=self._at(step), step=step, deal=deal, text=self._words(SENTENCES), votes=votes
        )

    def _lesson(self, one: int) -> Lesson:
        return Lesson(
            id=f"l{one}",
            at=self._at("lessons"),
            step="lessons",
            text=self._words(LESSONS),
            deals=(self._one(self.deals).id,),
            factors=(self._one(FACTORS),),
            votes=self.random.randint(0, 5),
        )

    def _action(self, one: int) -> Action:
        return Action(
            id=f"{self.id}-a{one}",
            at=self._at("experiments"),
            step="experiments",
            text=self._words(ACTIONS),
            owner=self._one(self.ids),
            due=self.day + timedelta(days=7 * one),
        )

    def _experiment(self, one: int) -> Experiment:
        return Experiment(
            id=f"{self.id}-x{one}",
            at=self._at("experiments"),
            step="experiments",
            title=self._words(EXPERIMENTS),
            hypothesis=self._words(LESSONS),
            change=self._words(LESSONS),
            owner=self._one(self.ids),
            measure="Absprünge nach dem Angebot",
            expected=f"höchstens {one} von 8",
            start=self.day + timedelta(days=1),
            due=self.day + timedelta(days=28),
            lessons=(f"l{self.random.randint(1, self.lessons)}",),
            state="running",
        )

    def _before(self, meetings: int = 1) -> str:
        """The meeting of the same agenda that many meetings before this one."""
        return meeting_id(self.number + meetings * len(AGENDAS), self.newest)

    def _verdicts(self) -> list[Verdict]:
        """On what the meeting before began; its a3 is carried, and judged a meeting later, mostly."""
        before, at = self._before(), self._at("followup")
        found = [
            Verdict(
                item=f"{before}-x{one}",
                kind="experiment",
                decision=self._one(("keep", "adapt", "drop")),
                happened=self._words(SENTENCES),
                learned=self._words(LESSONS),
                at=at,
            )
            for one in (1, 2)
        ]
        done = [f"{before}-a1", f"{before}-a2"]
        if self.random.random() < 0.95:
            done.append(f"{self._before(2)}-a3")
        return [*found, *(Verdict(item=item, kind="action", decision="done", at=at) for item in done)]


def main(argv: Sequence[str] | None = None) -> int:
    """Fills a folder from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meetings", description="Invents minutes.")
    parser.add_argument("folder", type=Path, help="a team folder; it is made")
    parser.add_argument("count", type=int, help="how many meetings")
    parser.add_argument("--newest", type=date.fromisoformat, help="the day of the newest; else yesterday")
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args(argv)
    newest = args.newest or datetime.now(UTC).date() - timedelta(days=1)
    paths = write_meetings(args.folder, args.count, newest=newest, seed=args.seed)
    size = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} meetings, {size / 1e6:.1f} MB, in {args.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
