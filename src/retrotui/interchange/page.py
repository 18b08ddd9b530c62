"""The minutes as a page: headings, lists and tables of plain words, before any format.

Owns what stands on the page and in which order: first what was learned and will be tried, then the deals, then the
rest. `markdown` and `html` write it down and escape it. Must not know markup. The minutes are discreet already
(`outgoing`). Nothing that was said is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from retrotui.domain.minutes import DealRecord, Experiment, FactorUse, Lesson, Note, Quote, StepRun, Verdict
from retrotui.domain.text import one_line
from retrotui.domain.timebox import per_cent
from retrotui.errors import Message, msg
from retrotui.interchange.labels import COUNTS, DECISIONS, EFFECTS, PAUSES, SOURCES, STATUSES
from retrotui.interchange.outgoing import Outgoing
from retrotui.interchange.wording import Wording, grouped
from retrotui.locale import formats

DEEPEST = 3
"""Lists within lists; what is put together in more layers stands no further in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what it is (`label`), the words, what else is to be known (`facts`), and what belongs under it."""

    words: str
    label: str = ""
    facts: tuple[str, ...] = ()
    kind: str = ""
    """For the eye: helped, hurt, quote; "" for the others."""
    below: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[int, ...] = ()
    """The columns that hold figures, from 0."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the whole, in per cent."""

    words: str
    percent: int


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    facts: tuple[str, ...] = ()
    table: Table | None = None
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    lang: str
    title: str
    team: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]


Deep: TypeAlias = Iterable[tuple[int, Line]]


def page_of(out: Outgoing) -> Page:
    """The page of one meeting."""
    writing = _Writing(
        **{name: getattr(out.wording, name) for name in ("minutes", "lang", "factors", "titles")}
    )
    sections = (
        writing.people(), writing.lessons(), writing.experiments(), writing.actions(), writing.earlier(),
        *writing.deals(), writing.loose_factors(), writing.metrics(), *writing.notes(), writing.fields(),
        writing.parked(), writing.worth(), writing.course(),
    )  # fmt: skip
    there = tuple(one for one in sections if one.facts or one.table or one.lines or one.bars)
    return Page(out.lang, writing.title(), one_line(out.minutes.team), tuple(writing.head()), there)


def nested(lines: Deep) -> tuple[Line, ...]:
    """Lines with their depths as lists within lists, in order, at most `DEEPEST` deep."""
    levels: list[list[Line]] = [[]]

    def fold(to: int) -> None:
        while len(levels) > to:
            below = levels.pop()
            levels[-1][-1] = replace(levels[-1][-1], below=(*levels[-1][-1].below, *below))

    for depth, line in lines:
        depth = min(depth, len(levels) - 1 + bool(levels[-1]), DEEPEST - 1)
        fold(depth + 1)
        if depth == len(levels):
            levels.append([])
        levels[-1].append(line)
    fold(1)
    return tuple(levels[0])


@dataclass(frozen=True)
class _Writing(Wording):
    """One page being written; a section without anything in it is not shown."""

    def _under(self, lines: Sequence[tuple[Message, object]]) -> tuple[Line, ...]:
        """A line for each sentence whose value is there."""
        return tuple(Line(self.say(line)) for line, there in lines if there)

    def _facts(self, *facts: str) -> tuple[str, ...]:
        return tuple(fact for fact in facts if fact)

    def head(self) -> Iterator[str]:
        minutes, say = self.minutes, self.say
        yield f"{formats.weekday(minutes.date, self.lang)} {self.when()}"
        if name := self.facilitator():
            yield say(msg("Facilitator: {name}", name=name))
        if minutes.period:
            period = formats.period(minutes.period.since, minutes.period.until, self.lang)
            yield say(msg("Period: {period}", period=period))
        if minutes.next_date:
            yield say(msg("Next date: {date}", date=minutes.next_date))
        yield say(msg("Minutes: {status}", status=STATUSES[minutes.status]))
        for moment in minutes.reopened:
            yield say(msg("Reopened: {when}", when=moment))
        for moment in minutes.corrected:
            yield say(msg("Corrected: {when}", when=moment))
        yield say(msg("Id: {id}", id=one_line(minutes.id)))

    def people(self) -> Section:
        minutes, say = self.minutes, self.say
        lines = [
            Line(self.person_name(one), facts=tuple(self.person_facts(one))) for one in minutes.participant
        ]
        if minutes.safety is not None:
            lines.append(Line(say(msg("How openly can I speak: {votes}", votes=self.tally(minutes.safety)))))
        return Section(say(msg("Participants")), lines=tuple(lines))

    # -- what holds beyond the day -------------------------------------------------------------------------

    def lessons(self) -> Section:
        lines = nested((depth, self._lesson(one)) for depth, one in grouped(self.minutes.lesson))
        return Section(self.say(msg("Lessons")), lines=lines)

    def _lesson(self, lesson: Lesson) -> Line:
        names = [self.factor_name(one) for one in lesson.factors]
        names += [self.deal_name(one) for one in lesson.deals]
        return Line(one_line(lesson.text), facts=self._facts(*names, self.votes(lesson)))

    def experiments(self) -> Section:
        lines = tuple(self._experiment(one) for one in self.minutes.experiment)
        return Section(self.say(msg("Experiments")), lines=lines)

    def _experiment(self, one: Experiment) -> Line:
        below = self._under(
            (
                (msg("Hypothesis: {value}", value=one_line(one.hypothesis)), one.hypothesis),
                (msg("Change: {value}", value=one_line(one.change)), one.change),
                (msg("Measure: {value}", value=one_line(one.measure)), one.measure),
                (msg("Expected: {value}", value=one_line(one.expected)), one.expected),
                (msg("Adapts: {value}", value=self.item_name(one.parent)), one.parent),
            )
        )
        idea = self.say(msg("Idea")) if one.state == "idea" else ""
        return Line(one_line(one.title), idea, tuple(self.who_until(one)), below=below)

    def actions(self) -> Section:
        lines = tuple(
            Line(one_line(one.text), facts=tuple(self.who_until(one))) for one in self.minutes.action
        )
        return Section(self.say(msg("Actions")), lines=lines)

    def earlier(self) -> Section:
        say, lines = self.say, [self._verdict(one) for one in self.minutes.verdict]
        carried = {one.item for one in self.minutes.carried}
        for item, texts in self.without_verdict().items():
            state = say(msg("carried") if item in carried else msg("no verdict yet"))
            below = tuple(Line(say(msg("Happened: {value}", value=text))) for text in texts)
            lines.append(Line(self.item_name(item), state, below=below))
        return Section(say(msg("From earlier meetings")), lines=tuple(lines))

    def _verdict(self, verdict: Verdict) -> Line:
        until = self.say(msg("until {date}", date=verdict.due)) if verdict.due else ""
        below = self._under(
            (
                (msg("Happened: {value}", value=one_line(verdict.happened)), verdict.happened),
                (msg("Learned: {value}", value=one_line(verdict.learned)), verdict.learned),
                (msg("Why: {value}", value=one_line(verdict.reason)), verdict.reason),
                (msg("Goes on as: {value}", value=self.item_name(verdict.child)), verdict.child),
            )
        )
        decision = self.say(DECISIONS[verdict.decision])
        return Line(self.item_name(verdict.item), decision, self._facts(until), below=below)

    # -- deals and figures ---------------------------------------------------------------------------------

    def deals(self) -> Iterator[Section]:
        for deal in self.minutes.deal:
            entries = self.minutes
            yield Section(
                self._deal_title(deal),
                tuple(self._deal_facts(deal)),
                lines=(
                    *self._uses(one for one in entries.factor if one.deal == deal.id),
                    *(self._quote(one) for one in entries.quote if one.deal == deal.id),
                    *self._notes(one for one in entries.note if one.deal == deal.id and not one.experiment),
                ),
            )

    def _deal_title(self, deal: DealRecord) -> str:
        return self.say(msg("Deal: {facts}", facts=", ".join(self.deal_head(deal))))

    def _deal_facts(self, deal: DealRecord) -> Iterator[str]:
        if deal.title and deal.account:
            yield one_line(deal.title)
        yield from self.deal_facts(deal)

    def _uses(self, uses: Iterable[FactorUse]) -> tuple[Line, ...]:
        return nested((depth, self._use(one)) for depth, one in grouped(list(uses)))

    def _use(self, use: FactorUse) -> Line:
        say = self.say
        facts = self._facts(
            say(msg("weight {weight} of 3", weight=use.weight)),
            say(msg("source: {source}", source=SOURCES[use.source])),
            self.votes(use),
        )
        label = f"{say(EFFECTS[use.effect])}: {self.factor_name(use.factor)}"
        return Line(one_line(use.text), label, facts, use.effect)

    def _quote(self, quote: Quote) -> Line:
        return Line(self.quoted(quote.text), facts=self._facts(self.votes(quote)), kind="quote")

    def _notes(self, notes: Iterable[Note]) -> tuple[Line, ...]:
        return nested((depth, self._note(one)) for depth, one in grouped(list(notes)))

    def _note(self, note: Note) -> Line:
        ask = self.ask(note)
        asked = self.say(msg("to ask: {name}", name=ask)) if ask else ""
        return Line(one_line(note.text), facts=self._facts(self.column(note), asked, self.votes(note)))

    def loose_factors(self) -> Section:
        deal = self.minutes.find_deal
        lines = (
            *self._uses(one for one in self.minutes.factor if deal(one.deal) is None),
            *(self._quote(one) for one in self.minutes.quote if deal(one.deal) is None),
        )
        return Section(self.say(msg("Without a deal")), lines=lines)

    def metrics(self) -> Section:
        say = self.say
        head = (msg("Figure"), msg("Actual"), msg("Target"), msg("Before"), msg("Remarks"))
        rows = tuple(
            (
                one_line(one.label),
                *(
                    self.figure(one, value) if value else ""
                    for value in (one.actual, one.target, one.previous)
                ),
                ", ".join(self.metric_remarks(one)),
            )
            for one in self.minutes.metric
        )
        table = Table(tuple(map(say, head)), rows, (1, 2, 3)) if rows else None
        return Section(say(msg("Figures")), table=table)

    # -- the rest ------------------------------------------------------------------------------------------

    def notes(self) -> Iterator[Section]:
        """Notes without a deal, step by step."""
        minutes = self.minutes
        loose = [one for one in minutes.note if minutes.find_deal(one.deal) is None and not one.experiment]
        titles = {step.id: self.step_title(step) for step in minutes.step if step.title}
        for step in dict.fromkeys([*titles, *(one.step for one in loose)]):
            words = self.say(msg("Notes")) + (f": {titles[step]}" if titles.get(step) else "")
            yield Section(
                words, lines=self._notes(self.by_column([one for one in loose if one.step == step]))
            )

    def fields(self) -> Section:
        lines = tuple(
            Line(
                self.answer(one),
                one_line(one.label or one.id),
                self._facts(self.deal_name(one.deal) if one.deal else "", self.round_words(one.step)),
            )
            for one in self.minutes.field
        )
        return Section(self.say(msg("Taken down")), lines=lines)

    def parked(self) -> Section:
        lines = tuple(Line(one_line(topic)) for topic in self.minutes.parked)
        return Section(self.say(msg("Parked topics")), lines=lines)

    def worth(self) -> Section:
        title, worth = self.say(msg("Was it worth the time")), self.minutes.worth
        if worth is None:
            return Section(title)
        counted = bool(worth.counts) or worth.votes is not None
        remarks = tuple(Line(one_line(remark)) for remark in worth.remarks)
        return Section(title, (self.tally(worth),) if counted else (), lines=remarks)

    def course(self) -> Section:
        """What was planned and spent, the votes to go on, the pauses, the shares."""
        say = self.say
        head = (msg("Step"), msg("Counts as"), msg("Planned"), msg("Changed"), msg("Spent"))
        rows = tuple(self._step(step) for step in self.steps())
        votes = tuple(
            Line(words, self.step_title(step)) for step in self.steps() for words in self.step_votes(step)
        )
        pauses = tuple(
            Line(
                say(msg("{begin} to {end}", begin=formats.time(one.since), end=formats.time(one.until))),
                say(PAUSES[one.why]),
            )
            for one in self.minutes.pause
            if one.until is not None
        )
        table = Table(tuple(map(say, head)), rows, (2, 3, 4)) if rows else None
        return Section(say(msg("Course")), table=table, bars=tuple(self._bars()), lines=(*votes, *pauses))

    def _step(self, step: StepRun) -> tuple[str, ...]:
        planned, changed = step.planned_s, step.extended_s + step.replanned_s
        held = self.holders(step) if step.round is not None else []
        return (
            f"{self.step_title(step)} ({', '.join(held)})" if held else self.step_title(step),
            self.say(COUNTS[step.counts_as]),
            self.say(msg("open end")) if planned is None else formats.hours_minutes(planned),
            ("+" if changed > 0 else "") + formats.hours_minutes(changed) if changed else "",
            self.spent(step),
        )

    def _bars(self) -> Iterator[Bar]:
        share = self.minutes.share
        for kind, label in COUNTS.items():
            spent = getattr(share, kind)
            if spent:
                percent = per_cent(spent, share.total)
                words = f"{formats.percent(percent, self.lang)} ({formats.hours_minutes(spent)})"
                yield Bar(f"{self.say(label)}: {words}", percent)
