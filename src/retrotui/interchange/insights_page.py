"""The insights in words: sections of rows, each with its value, its n and the meetings behind it.

Owns what stands in which section, and the linear table of the command line; the screen draws the same rows. Must not
count, and must not know widgets. A figure on few cases says so in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from retrotui.domain.factors import Control, FactorList
from retrotui.domain.functions import label as function_label
from retrotui.domain.insights.causes import Frequency
from retrotui.domain.insights.facts import KINDS_OF_TIME, SOURCES
from retrotui.domain.insights.figures import FEW, Behind, Bracket, Figure, Spread, Votes
from retrotui.domain.insights.looked import OUTCOMES
from retrotui.domain.insights.report import Back, Insights
from retrotui.domain.insights.room import Month
from retrotui.domain.insights.trials import DECISIONS, Kind, Trials
from retrotui.domain.text import one_line
from retrotui.errors import Message, msg, plural
from retrotui.interchange import labels
from retrotui.locale import catalogue, formats

Tone = Literal["", "helped", "hurt"]
SectionId = Literal["factors", "rates", "trials", "time", "room"]
SECTIONS: Final[dict[SectionId, Message]] = {
    "factors": msg("Factors"),
    "rates": msg("Win rate"),
    "trials": msg("Experiments"),
    "time": msg("Use of time"),
    "room": msg("In the room"),
}
CONTROLS: Final[dict[Control | None, Message]] = {
    "ours": msg("In our own hands"),
    "shared": msg("Only together with the buyer"),
    "outside": msg("Outside our control"),
    None: msg("Not in our list"),
}
FEW_CASES: Final = msg("few")
"""Stands beside what rests on few cases."""
OUTCOME_WORDS: Final = {**labels.OUTCOMES, "": msg("outcome not known")}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `share` is the length of its bar, 0 to 1; None: no bar. `behind` finds the meetings behind it."""

    label: str
    value: str
    n: str
    few: bool
    behind: Behind
    share: float | None = None
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading. `note` says how they are meant."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    id: SectionId
    title: str
    groups: tuple[Group, ...]


def sections(found: Insights, factors: FactorList, lang: str) -> tuple[Section, ...]:
    """All sections; groups without a row are left out."""
    page = _Page(found, factors, lang)
    made: dict[SectionId, Iterator[Group]] = {
        "factors": page.factors_named(),
        "rates": page.rates(),
        "trials": page.trials(),
        "time": page.time(),
        "room": page.room(),
    }
    return tuple(
        Section(an_id, page.say(SECTIONS[an_id]), tuple(group for group in groups if group.rows))
        for an_id, groups in made.items()
    )


def heading(found: Insights, lang: str) -> str:
    """How many meetings, and of which days."""
    say = catalogue(lang).tr
    many = say(plural("{n} meeting", "{n} meetings", len(found.meetings)))
    if found.first is None or found.last is None:
        return many
    return f"{many} · {formats.date(found.first, lang)} – {formats.date(found.last, lang)}"


def few_note(lang: str) -> str:
    """What "few" means."""
    return catalogue(lang).tr(
        msg("“few” stands beside what rests on fewer than {n} cases: no more than a hint.", n=FEW)
    )


def linear(found: Insights, factors: FactorList, lang: str) -> str:
    """The table of the command line: a figure a line, no signs to decode."""
    say = catalogue(lang).tr
    lines = [heading(found, lang), few_note(lang)]
    for section in sections(found, factors, lang):
        lines += ["", section.title]
        if not section.groups:
            lines.append(f"  {say(msg('Nothing yet.'))}")
        for group in section.groups:
            lines.append(f"  {group.title}" + (f" ({group.note})" if group.note else ""))
            wide = max(len(row.label) for row in group.rows)
            for row, value in zip(group.rows, in_column([row.value for row in group.rows]), strict=True):
                few = f"  ({say(FEW_CASES)})" if row.few else ""
                lines.append(f"    {row.label.ljust(wide)}  {value}  {row.n}{few}".rstrip())
    return "\n".join(lines)


def in_column(values: Sequence[str]) -> list[str]:
    """The figures padded to one width: the numbers under one another, and their units: 12 deals, _1 deal_."""
    parts = [value.partition(" ") for value in values]
    number = max((len(found) for found, _, _ in parts), default=0)
    unit = max((len(gap + words) for _, gap, words in parts), default=0)
    return [f"{found.rjust(number)}{(gap + words).ljust(unit)}" for found, gap, words in parts]


class _Page:
    """The rows of one answer in one language."""

    def __init__(self, found: Insights, factors: FactorList, lang: str) -> None:
        self.found = found
        self.factors = factors
        self.lang = lang
        self.say = catalogue(lang).tr

    # -- small words ---------------------------------------------------------------------------------------

    def _factor(self, an_id: str) -> str:
        return one_line(self.factors.label(an_id, self.lang))

    def _percent(self, share: float | None) -> str:
        return "–" if share is None else formats.percent(round(share * 100), self.lang)

    def _of(self, one: Figure) -> str:
        return self.say(
            msg(
                "{value} of {n}",
                value=formats.number(one.value, self.lang),
                n=formats.number(one.n, self.lang),
            )
        )

    def _n(self, n: int) -> str:
        return f"n = {formats.number(n, self.lang)}"

    def _deals(self, n: int) -> str:
        return self.say(plural("{n} deal", "{n} deals", n))

    def _share(self, label: str, one: Figure, tone: Tone = "") -> Row:
        return Row(
            label, self._percent(one.share), self._of(one), one.few, one.behind, one.share or 0.0, tone
        )

    def _shares(self, cases: Sequence[tuple[Message, Figure]]) -> tuple[Row, ...]:
        return tuple(self._share(self.say(words), one) for words, one in cases if one.n)

    # -- factors -------------------------------------------------------------------------------------------

    def factors_named(self) -> Iterator[Group]:
        yield Group(
            self.say(msg("Keeps coming back")),
            tuple(self._back(one) for one in self.found.recurring),
            self.say(msg("within twelve months, in three meetings or more; n counts deals")),
        )
        most = max((max(one.helped.n, one.hurt.n) for one in self.found.causes.factors), default=1) or 1
        for control, words in CONTROLS.items():
            named = [one for one in self.found.causes.factors if self.factors.control(one.factor) == control]
            rows = tuple(row for one in named for row in self._frequency(one, most))
            yield Group(self.say(words), rows, self.say(msg("n counts deals")))
        yield Group(
            self.say(msg("How we know")),
            tuple(
                self._share(self.say(labels.SOURCES[source]), one)
                for source, one in zip(SOURCES, self.found.causes.sources, strict=True)
                if one.n
            ),
            self.say(msg("of all factors that were named")),
        )
        yield Group(
            self.say(msg("Backed by the buyer's word")),
            tuple(
                self._share(self._factor(one.factor), one.buyer)
                for one in self.found.causes.factors
                if one.buyer.n
            ),
            self.say(msg("of the times it was named")),
        )

    def _back(self, one: Back) -> Row:
        found = one.found
        since = self.say(
            plural(
                "{n} meeting since {day}",
                "{n} meetings since {day}",
                found.meetings,
                day=formats.date(found.since, self.lang),
            )
        )
        label = f"{self._factor(found.factor)} · {self._effect(found.effect)}"
        return Row(
            label, self._deals(found.n), since, found.n < FEW, lambda: one.meetings,
            found.n / max(each.found.n for each in self.found.recurring), found.effect,
        )  # fmt: skip

    def _effect(self, effect: str) -> str:
        return self.say(msg("helped")) if effect == "helped" else self.say(msg("hurt"))

    def _frequency(self, one: Frequency, most: int) -> Iterator[Row]:
        both: tuple[tuple[Tone, Figure], ...] = ("hurt", one.hurt), ("helped", one.helped)
        looked = self.say(
            msg("of {n} looked at", n=formats.number(self.found.looked.outcomes[0].n, self.lang))
        )
        for effect, figure in both:
            if figure.n:
                label = f"{self._factor(one.factor)} · {self._effect(effect)}"
                value = self._deals(figure.n)
                yield Row(label, value, looked, figure.few, figure.behind, figure.n / most, effect)

    # -- win rate ------------------------------------------------------------------------------------------

    def rates(self) -> Iterator[Group]:
        causes, looked = self.found.causes, self.found.looked
        note = self.say(
            msg("won, of those won or lost among the deals we looked at; that is no rate of the pipeline")
        )
        won = causes.won
        yield Group(
            self.say(msg("Of the deals we looked at")),
            (self._share(self.say(msg("all of them")), won),) if won.n else (),
            note,
        )
        rows: list[Row] = []
        for one in causes.rates:
            factor = self._factor(one.factor)
            rows.append(self._share(self.say(msg("with {factor}", factor=factor)), one.having))
            rows.append(self._share(self.say(msg("without {factor}", factor=factor)), one.without))
        yield Group(
            self.say(msg("With a factor and without")),
            tuple(rows),
            self.say(msg("named on the deal, whether it helped or hurt")),
        )
        yield Group(
            self.say(msg("Won against lost")),
            tuple(
                self._share(self.say(OUTCOME_WORDS[outcome]), one)
                for outcome, one in zip(OUTCOMES, looked.outcomes, strict=True)
                if one.value
            ),
            self.say(msg("which deals we choose to look at")),
        )
        yield self._spread(msg("Days from decision to review"), looked.days)

    def _spread(self, title: Message, one: Spread, note: str = "") -> Group:
        """The median, then the brackets."""
        if one.median is None:
            return Group(self.say(title), ())
        median = self.say(msg("{number} days", number=formats.number(str(one.median), self.lang)))
        rows = [Row(self.say(msg("median")), median, self._n(one.n), one.whole.few, one.whole.behind)]
        rows += [self._share(self._bracket(each), each.figure) for each in one.brackets]
        return Group(self.say(title), tuple(rows), note)

    def _bracket(self, one: Bracket) -> str:
        if one.high is None:
            return self.say(msg("more than {n} days", n=one.low - 1))
        return self.say(msg("{low} to {high} days", low=one.low, high=one.high))

    # -- experiments ---------------------------------------------------------------------------------------

    def trials(self) -> Iterator[Group]:
        yield from self._trials(self.found.experiments, "x")
        yield from self._trials(self.found.actions, "a")

    def _trials(self, one: Trials, kind: Kind) -> Iterator[Group]:
        own = kind == "x"
        verdicts = [
            (labels.DECISIONS[decision], each)
            for decision, each in zip(DECISIONS[kind], one.verdicts, strict=True)
        ]
        verdicts.append((msg("extended before"), one.extended))
        if own:
            by_date = (
                (msg("judged by their date"), one.by_date),
                (msg("judged later"), one.late),
                (msg("past their date, without a verdict"), one.unjudged),
            )
            yield Group(self.say(msg("Experiments with a verdict by their date")), self._shares(by_date))
        yield Group(
            self.say(msg("Verdicts on experiments") if own else msg("Verdicts on actions")),
            self._shares(verdicts),
        )
        yield self._spread(
            msg("Days from an experiment's begin to its verdict")
            if own
            else msg("Days from an action's begin to its verdict"),
            one.days,
        )
        carried = self._spread(
            msg("Experiments carried over, by age") if own else msg("Actions carried over, by age"),
            one.carried,
        )
        twice = self._shares(((msg("carried twice and more"), one.often),))
        yield Group(carried.title, (*carried.rows, *twice), carried.note)

    # -- time ----------------------------------------------------------------------------------------------

    def time(self) -> Iterator[Group]:
        time = self.found.room.time
        if not time.n:
            return
        rows = []
        for place, kind in enumerate(KINDS_OF_TIME):
            planned, spent = time.planned[place] / time.n / 60, time.spent[place] / time.n / 60
            value = self.say(
                msg(
                    "{spent} of {planned} min planned",
                    spent=self._minutes(spent),
                    planned=self._minutes(planned),
                )
            )
            rows.append(
                Row(
                    self.say(labels.COUNTS[kind]),
                    self._percent(time.spent_share(place)),
                    f"{value} · {self._n(time.n)}",
                    time.few,
                    lambda: time.meetings,
                    time.spent_share(place),
                )
            )
        yield Group(self.say(msg("A meeting's time")), tuple(rows), self.say(msg("spent, on average")))
        yield Group(
            self.say(msg("Planned against spent")),
            self._shares(
                (
                    (msg("meetings longer than planned"), self.found.room.over),
                    (msg("figures that used their whole box"), self.found.room.caps),
                )
            ),
        )
        yield Group(
            self.say(msg("Reflecting, month by month")),
            tuple(self._month(one) for one in reversed(self.found.room.months)),
            self.say(msg("of the time spent; the newest first; n counts meetings")),
        )

    def _minutes(self, minutes: float) -> str:
        return formats.number(str(round(minutes)), self.lang)

    def _month(self, one: Month) -> Row:
        reflecting = one.time.spent_share(KINDS_OF_TIME.index("reflect"))
        return Row(
            formats.month(one.first, self.lang),
            self._percent(reflecting),
            self._n(one.time.n),
            one.time.few,
            lambda: one.time.meetings,
            reflecting,
        )

    # -- the room ------------------------------------------------------------------------------------------

    def room(self) -> Iterator[Group]:
        room = self.found.room
        yield Group(
            self.say(msg("Functions in the room")),
            tuple(
                self._share(one_line(function_label(function, self.lang)), one)
                for function, one in room.functions
            ),
            self.say(msg("of the meetings that say who was there")),
        )
        yield self._votes(msg("How openly could we speak"), room.safety)
        yield self._votes(msg("Was it worth the time"), room.worth)

    def _votes(self, title: Message, one: Votes) -> Group:
        if one.mean is None:
            return Group(self.say(title), ())
        mean = formats.number(str(round(one.mean, 1)), self.lang)
        rows = [
            Row(
                self.say(msg("mean")),
                mean,
                self.say(plural("{n} vote", "{n} votes", one.whole.n)),
                one.whole.few,
                one.whole.behind,
            )
        ]
        rows += [self._share(str(value), each) for value, each in enumerate(one.counts, 1)]
        return Group(self.say(title), tuple(rows), self.say(msg("1 = not at all, 5 = wholly")))
