"""The demo's pipeline: two hundred invented deals, among them those of the story, and the file that a CRM would write.

Owns how many deals end how and when, and the dialect of the file (German: semicolons, 48.000,00, day first). What a
deal is, and what a file of deals means, is the domain's and the import's. Must not write the file to a disk.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Final

from retrotui.demo.calendar import MONTHS, Calendar
from retrotui.demo.story import Raw, Story
from retrotui.domain.deals import Deal, Outcome
from retrotui.domain.period import Period, period_of

DEALS: Final = 200
CLOSED_A_MONTH: Final = 11
"""Deals decided each month, those of the story among them."""
FIRST_NUMBER: Final = 40211
HOLIDAYS: Final = frozenset({(1, 1), (12, 24), (12, 25), (12, 26), (12, 31)})
"""Month and day: nobody decides then."""


@dataclass(frozen=True)
class Pipeline:
    """All deals in the order of their file, and those of the story by their key there."""

    deals: tuple[Deal, ...]
    told: Mapping[str, Deal]
    file: str


def make_pipeline(story: Story, calendar: Calendar, random: Random) -> Pipeline:
    """The pipeline as the CRM would export it on the day on which the demo is made."""
    told = {raw["key"]: _told_deal(raw, story, calendar) for raw in story.deals}
    maker = _Maker(story, calendar, random)
    deals = list(told.values())
    for month in range(MONTHS + 1):
        period = calendar.look_back(month)
        ends = _ends_of(month, random)
        for deal in told.values():
            if deal.decided is not None and deal.decided in period and deal.outcome in ends:
                ends.remove(deal.outcome)
        deals += [maker.closed(period, end, month) for end in ends]
    deals += maker.closed_lately()
    deals += [maker.still_open() for _ in range(DEALS - len(deals))]
    deals.sort(key=lambda deal: (deal.created or Date.min, deal.account, deal.title))
    prefix = "V-" if story.language == "de" else "OPP-"
    number = FIRST_NUMBER
    numbered = []
    for record, deal in enumerate(deals, 1):
        number += random.randint(1, 9)
        numbered.append(replace(deal, id=f"{prefix}{number}", record=record, line=record + 1))
    by_name = {(deal.account, deal.title): deal for deal in numbered}
    return Pipeline(
        tuple(numbered),
        {key: by_name[deal.account, deal.title] for key, deal in told.items()},
        story.pick(story.team["file"]["name"]),
    )


def _ends_of(month: int, random: Random) -> list[Outcome]:
    """How the deals of a month end. The team learns: it wins more, and fewer deals end in silence."""
    silent = 2 if month <= 6 else 1
    withdrawn = 1 if month % 3 == 2 else 0
    fought = CLOSED_A_MONTH + random.choice((-1, 0, 0, 1)) - silent - withdrawn
    won = round(fought * (0.27 + 0.024 * month)) + random.choice((-1, 0, 0, 0, 0, 1))
    counts: dict[Outcome, int] = {
        "won": won,
        "lost": fought - won,
        "no_decision": silent,
        "withdrawn": withdrawn,
    }
    return [end for end, count in counts.items() for _ in range(count)]


def _told_deal(raw: Raw, story: Story, calendar: Calendar) -> Deal:
    """A deal of the story, decided in the month on which its meeting looks back."""
    people = {each["key"]: story.pick(each["name"]) for each in story.team["person"]}
    decided = expected = None
    if "month" in raw:
        decided = calendar.look_back(raw["month"]).since.replace(day=raw["day"])
        created = decided - timedelta(days=raw["cycle"])
    else:
        created = calendar.today - timedelta(days=raw["cycle"])
        expected = calendar.today + timedelta(days=38)
    ends = {end["outcome"]: story.pick(end["stage"]) for end in story.team["pipeline"]["end"]}
    return Deal(
        title=story.pick(raw["title"]),
        account=story.pick(raw["account"]),
        owner=people[raw["owner"]],
        amount=f"{raw['amount']}.00",
        currency=story.pick(story.team["currency"]),
        stage=ends.get(raw["outcome"]) or story.pick(story.team["pipeline"]["open_stages"][2]),
        outcome=raw["outcome"],
        created=created,
        decided=decided,
        expected=expected,
        reason_raw=story.pick(raw["reason"]) if "reason" in raw else "",
        competitors=tuple(raw.get("competitors", ())),
        contributors=tuple(people[one] for one in raw.get("contributors", ())),
    )


class _Maker:
    """Deals that no meeting looks at."""

    def __init__(self, story: Story, calendar: Calendar, random: Random) -> None:
        self.story, self.calendar, self.random = story, calendar, random
        self.words = story.team["pipeline"]
        self.sellers = [story.pick(one["name"]) for one in story.team["person"] if one["function"] == "sales"]
        self.helpers = [
            story.pick(one["name"])
            for one in story.team["person"]
            if one["function"] in ("delivery", "service")
        ]
        self.accounts = self._accounts()
        self.taken: set[tuple[str, str]] = set()

    def _accounts(self) -> list[str]:
        """Fewer customers than deals, so that some come back."""
        places = list(self.words["places_de" if self.story.language == "de" else "places_en"])
        pick, random = self.story.pick, self.random
        names = []
        for place in places + random.sample(places, len(places)):
            trade, form = random.choice(self.words["trades"]), random.choice(self.words["forms"])
            names.append(f"{place} {pick(trade)} {pick(form)}")
        return names

    def closed(self, period: Period, end: Outcome, month: int) -> Deal:
        """A deal decided on a working day of the period. The later the month, the sooner it was decided."""
        day = period.since + timedelta(days=self.random.randrange(period.days))
        return self._ended(self._workday(day, period), end, month)

    def closed_lately(self) -> Iterator[Deal]:
        """Decided since the last month that a meeting looked back on, until yesterday."""
        day = self.calendar.look_back(MONTHS).until + timedelta(days=1)
        while day < self.calendar.today:
            if day.weekday() <= 4 and self.random.random() < CLOSED_A_MONTH / 22:
                yield self._ended(day, self.random.choice(_ends_of(MONTHS, self.random)), MONTHS)
            day += timedelta(days=1)

    def still_open(self) -> Deal:
        """A deal in one of the open stages; some have slipped past the date on which they were expected."""
        random, today = self.random, self.calendar.today
        stages = self.words["open_stages"]
        step = random.choices(range(len(stages)), (3, 3, 3, 2))[0]
        return replace(
            self._bare(),
            stage=self.story.pick(stages[step]),
            outcome="open",
            created=today - timedelta(days=random.randint(4, 50) + 28 * step),
            expected=today + timedelta(days=random.randint(-12, 90)),
        )

    def _ended(self, decided: Date, outcome: Outcome, month: int) -> Deal:
        random, pick = self.random, self.story.pick
        end = next(each for each in self.words["end"] if each["outcome"] == outcome)
        cycle = int(random.triangular(32, 215, 92 - month))
        named = outcome == "lost" and random.random() < 0.5
        return replace(
            self._bare(),
            stage=pick(end["stage"]),
            outcome=outcome,
            created=decided - timedelta(days=cycle),
            decided=decided,
            reason_raw=pick(random.choice(end["reasons"])) if end["reasons"] else "",
            competitors=(random.choice(self.words["competitors"]),) if named else (),
        )

    def _bare(self) -> Deal:
        random, pick = self.random, self.story.pick
        name = (random.choice(self.accounts), self._title())
        while name in self.taken:
            name = (random.choice(self.accounts), self._title())
        self.taken.add(name)
        amount = min(240_000, max(6_000, round(random.lognormvariate(10.75, 0.62), -2)))
        return Deal(
            account=name[0],
            title=name[1],
            owner=random.choice(self.sellers),
            amount=f"{amount:.0f}.00",
            currency=pick(self.story.team["currency"]),
            contributors=(random.choice(self.helpers),) if random.random() < 0.25 else (),
        )

    def _title(self) -> str:
        title = self.story.pick(self.random.choice(self.words["titles"]))
        return title.format(n=self.random.choice((2, 3, 4, 5, 6, 8, 12)))

    def _workday(self, day: Date, period: Period) -> Date:
        while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS:
            day += timedelta(days=1)
        return day if day in period else period_of("week", day).since - timedelta(days=3)


def pipeline_file(pipeline: Pipeline, story: Story) -> bytes:
    """The export: German with a byte order mark and Windows line ends, as Excel and most CRMs write it."""
    dialect = story.team["file"]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=story.pick(dialect["separator"]), lineterminator="\r\n")
    writer.writerow([story.pick(column) for column in dialect["columns"]])
    day, pick = story.pick(dialect["date"]), story.pick
    for deal in pipeline.deals:
        closing = deal.decided or deal.expected
        writer.writerow(
            [
                deal.id,
                deal.title,
                deal.account,
                _amount(deal.amount or "0", pick(dialect["thousands"]), pick(dialect["decimal"])),
                deal.currency,
                deal.stage,
                deal.created.strftime(day) if deal.created else "",
                closing.strftime(day) if closing else "",
                deal.reason_raw,
                ", ".join(deal.competitors),
                deal.owner,
                ", ".join(deal.contributors),
            ]
        )
    return out.getvalue().encode("utf-8-sig" if story.language == "de" else "utf-8")


def _amount(value: str, thousands: str, decimal: str) -> str:
    whole, _, cents = f"{Decimal(value):,.2f}".partition(".")
    return whole.replace(",", thousands) + decimal + cents
