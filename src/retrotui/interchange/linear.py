"""Minutes as linear text: for a pipe, a mail, a screen reader. One thing a line, no columns, no signs to decode.

Owns the order and the layout of that text; the phrases are `wording`'s. Must not read files or change minutes.
Discretion is obeyed first (`discretion.discreet`); the owner of a deal is never told. Source: cli.md, `show`;
files.md, "Minutes".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from retrotui.domain.factors import Factor, FactorList
from retrotui.domain.minutes import (
    DealRecord,
    Entry,
    FactorUse,
    Lesson,
    Metric,
    Minutes,
    Note,
    Quote,
    Share,
    Verdict,
)
from retrotui.domain.text import one_line
from retrotui.domain.timebox import per_cent
from retrotui.errors import msg
from retrotui.interchange.discretion import discreet, masking
from retrotui.interchange.labels import COUNTS, DECISIONS, EFFECTS, PAUSES, SOURCES, STATUSES
from retrotui.interchange.wording import Wording, grouped
from retrotui.locale import catalogue, formats

T = TypeVar("T", bound=Entry)

DEEPEST = 8
"""Spaces before a line; what is put together in more layers stands no further in."""


def linear_text(
    minutes: Minutes,
    lang: str,
    *,
    own_factors: Iterable[Factor] = (),
    titles: Mapping[str, str] | None = None,
) -> str:
    """The minutes as text in `lang`, ending with a line end.

    `own_factors` are the team's, `titles` what earlier actions and experiments are called, by id.
    """
    say = catalogue(lang).tr
    mask = masking(minutes, say)
    shown = {item: mask(title) for item, title in (titles or {}).items()}
    page = _Page(discreet(minutes, say), lang, FactorList.of_team(own_factors), shown)
    sections = (
        page.head(), page.times(), page.people(), page.metrics(), *page.deals(), page.loose_factors(), page.notes(),
        page.lessons(), page.earlier(), page.actions(), page.experiments(), page.fields(), page.parked(), page.worth(),
    )  # fmt: skip
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section))) + "\n"


@dataclass(frozen=True)
class _Page(Wording):
    """One page being written; every method yields the lines of a section, or none where there is nothing to say."""

    # -- head, time, people --------------------------------------------------------------------------------

    def head(self) -> Iterator[str]:
        minutes, say = self.minutes, self.say
        yield self.title()
        if minutes.team:
            yield one_line(minutes.team)
        yield f"{formats.weekday(minutes.date, self.lang)} {self.when()}"
        yield say(msg("Minutes: {status}", status=STATUSES[minutes.status]))
        if name := self.facilitator():
            yield say(msg("Facilitator: {name}", name=name))
        if minutes.period:
            period = formats.period(minutes.period.since, minutes.period.until, self.lang)
            yield say(msg("Period: {period}", period=period))
        for moment in minutes.reopened:
            yield say(msg("Reopened: {when}", when=moment))
        for moment in minutes.corrected:
            yield say(msg("Corrected: {when}", when=moment))
        if minutes.next_date:
            yield say(msg("Next date: {date}", date=minutes.next_date))
        yield say(msg("Id: {id}", id=one_line(minutes.id)))

    def times(self) -> Iterator[str]:
        say = self.say
        yield say(msg("Course"))
        for number, step in enumerate(self.steps(), 1):
            held = self.holders(step) if step.round is not None else []
            facts = ", ".join(
                [*self.step_planned(step), self.step_spent(step), *self.step_votes(step), *held]
            )
            yield f"  {number}. {self.step_title(step)}: {facts}"
        for pause in self.minutes.pause:
            if pause.until is not None:
                begin, end = formats.time(pause.since), formats.time(pause.until)
                yield f"  {say(PAUSES[pause.why])}: " + say(msg("{begin} to {end}", begin=begin, end=end))
        share: Share = self.minutes.share
        for kind in COUNTS:
            spent = getattr(share, kind)
            if spent:
                percent = formats.percent(per_cent(spent, share.total), self.lang)
                yield f"  {say(COUNTS[kind])}: {percent} ({formats.hours_minutes(spent)})"

    def people(self) -> Iterator[str]:
        minutes, say = self.minutes, self.say
        if minutes.participant:
            yield say(msg("Participants"))
        for one in minutes.participant:
            facts = ", ".join(self.person_facts(one))
            yield f"  {self.person_name(one)}" + (f": {facts}" if facts else "")
        if minutes.safety is not None:
            yield "  " + say(msg("How openly can I speak: {votes}", votes=self.tally(minutes.safety)))

    # -- figures and deals ---------------------------------------------------------------------------------

    def metrics(self) -> Iterator[str]:
        if self.minutes.metric:
            yield self.say(msg("Figures"))
        for metric in self.minutes.metric:
            yield f"  {one_line(metric.label)}: {', '.join(self._metric_facts(metric))}"

    def _metric_facts(self, metric: Metric) -> Iterator[str]:
        say = self.say
        if metric.actual:
            yield self.figure(metric, metric.actual)
        if metric.target:
            yield say(msg("target {value}", value=self.figure(metric, metric.target)))
        if metric.previous:
            yield say(msg("before {value}", value=self.figure(metric, metric.previous)))
        yield from self.metric_remarks(metric)

    def deals(self) -> Iterator[Iterator[str]]:
        for deal in self.minutes.deal:
            yield self._deal(deal)

    def _deal(self, deal: DealRecord) -> Iterator[str]:
        say = self.say
        yield say(msg("Deal: {facts}", facts=", ".join(self.deal_head(deal))))
        if deal.title and deal.account:
            yield f"  {one_line(deal.title)}"
        yield from (f"  {fact}" for fact in self.deal_facts(deal))
        minutes = self.minutes
        yield from self._uses(one for one in minutes.factor if one.deal == deal.id)
        for quote in minutes.quote:
            if quote.deal == deal.id:
                yield f"  {self._quoted(quote)}"
        notes = [one for one in minutes.note if one.deal == deal.id and not one.experiment]
        yield from self._grouped(notes, self._note)

    def _uses(self, uses: Iterable[FactorUse]) -> Iterator[str]:
        yield from self._grouped(list(uses), self._use)

    def _use(self, use: FactorUse) -> str:
        say = self.say
        facts = [
            say(msg("weight {weight} of 3", weight=use.weight)),
            say(msg("source: {source}", source=SOURCES[use.source])),
        ]
        text = f": {one_line(use.text)}" if use.text else ""
        name = self.factor_name(use.factor)
        return f"{say(EFFECTS[use.effect])}: {name} ({', '.join(facts)}){text}{self._votes(use)}"

    def _quoted(self, quote: Quote) -> str:
        return self.say(msg("Quote: {text}", text=self.quoted(quote.text))) + self._votes(quote)

    def _note(self, note: Note) -> str:
        ask = self.ask(note)
        text = self.say(msg("Note: {text}", text=one_line(note.text)))
        if column := self.column(note):
            text = f"{column}: {one_line(note.text)}"
        tail = self.say(msg("to ask: {name}", name=ask)).join((" (", ")")) if ask else ""
        return text + tail + self._votes(note)

    def loose_factors(self) -> Iterator[str]:
        uses = [one for one in self.minutes.factor if self.minutes.find_deal(one.deal) is None]
        quotes = [one for one in self.minutes.quote if self.minutes.find_deal(one.deal) is None]
        if uses or quotes:
            yield self.say(msg("Without a deal"))
        yield from self._uses(uses)
        for quote in quotes:
            yield f"  {self._quoted(quote)}"

    # -- what was said -------------------------------------------------------------------------------------

    def notes(self) -> Iterator[str]:
        minutes = self.minutes
        loose = [one for one in minutes.note if minutes.find_deal(one.deal) is None and not one.experiment]
        if loose:
            yield self.say(msg("Notes"))
        titles = {step.id: self.step_title(step) for step in minutes.step if step.title}
        for step in dict.fromkeys([*titles, *(one.step for one in loose)]):
            mine = self.by_column([one for one in loose if one.step == step])
            if mine and titles.get(step):
                yield f"  {titles[step]}"
            yield from self._grouped(mine, self._note, indent=4 if titles.get(step) else 2)

    def lessons(self) -> Iterator[str]:
        if self.minutes.lesson:
            yield self.say(msg("Lessons"))
        yield from self._grouped(list(self.minutes.lesson), self._lesson)

    def _lesson(self, lesson: Lesson) -> str:
        facts = [self.factor_name(one) for one in lesson.factors]
        facts += [self.deal_name(one) for one in lesson.deals]
        return f"{one_line(lesson.text)}" + (f" ({', '.join(facts)})" if facts else "") + self._votes(lesson)

    def actions(self) -> Iterator[str]:
        if self.minutes.action:
            yield self.say(msg("Actions"))
        for one in self.minutes.action:
            yield f"  {one_line(one.text)}{_in_brackets(self.who_until(one))}"

    def experiments(self) -> Iterator[str]:
        if self.minutes.experiment:
            yield self.say(msg("Experiments"))
        for one in self.minutes.experiment:
            idea = self.say(msg("Idea")) + ": " if one.state == "idea" else ""
            yield f"  {idea}{one_line(one.title)}{_in_brackets(self.who_until(one))}"
            lines = (
                (msg("Hypothesis: {value}", value=one_line(one.hypothesis)), one.hypothesis),
                (msg("Change: {value}", value=one_line(one.change)), one.change),
                (msg("Measure: {value}", value=one_line(one.measure)), one.measure),
                (msg("Expected: {value}", value=one_line(one.expected)), one.expected),
                (msg("Adapts: {value}", value=self.item_name(one.parent)), one.parent),
            )
            yield from (f"    {self.say(line)}" for line, there in lines if there)

    # -- what earlier meetings began -----------------------------------------------------------------------

    def earlier(self) -> Iterator[str]:
        minutes, say = self.minutes, self.say
        told = self.without_verdict()
        if minutes.verdict or told:
            yield say(msg("From earlier meetings"))
        for verdict in minutes.verdict:
            yield from self._verdict(verdict)
        carried = {one.item for one in minutes.carried}
        for item, texts in told.items():
            state = msg("carried") if item in carried else msg("no verdict yet")
            yield f"  {self.item_name(item)}: {say(state)}"
            yield from ("    " + say(msg("Happened: {value}", value=text)) for text in texts)

    def _verdict(self, verdict: Verdict) -> Iterator[str]:
        say = self.say
        until = [say(msg("until {date}", date=verdict.due))] if verdict.due else []
        yield f"  {self.item_name(verdict.item)}: {say(DECISIONS[verdict.decision])}{_in_brackets(until)}"
        lines = (
            (msg("Happened: {value}", value=one_line(verdict.happened)), verdict.happened),
            (msg("Learned: {value}", value=one_line(verdict.learned)), verdict.learned),
            (msg("Why: {value}", value=one_line(verdict.reason)), verdict.reason),
            (msg("Goes on as: {value}", value=self.item_name(verdict.child)), verdict.child),
        )
        yield from (f"    {say(line)}" for line, there in lines if there)

    # -- the rest ------------------------------------------------------------------------------------------

    def fields(self) -> Iterator[str]:
        if self.minutes.field:
            yield self.say(msg("Taken down"))
        for one in self.minutes.field:
            about = [self.deal_name(one.deal) if one.deal else "", self.round_words(one.step)]
            label = f"{one_line(one.label or one.id)}: {self.answer(one)}"
            yield "  " + ", ".join([*filter(None, about), label])

    def parked(self) -> Iterator[str]:
        if self.minutes.parked:
            yield self.say(msg("Parked topics"))
        yield from (f"  {one_line(topic)}" for topic in self.minutes.parked)

    def worth(self) -> Iterator[str]:
        worth = self.minutes.worth
        if worth is None:
            return
        yield self.say(msg("Was it worth the time"))
        if worth.counts or worth.votes is not None:
            yield f"  {self.tally(worth)}"
        yield from (f"  {one_line(remark)}" for remark in worth.remarks)

    # -- small things --------------------------------------------------------------------------------------

    def _votes(self, one: FactorUse | Quote | Note | Lesson) -> str:
        votes = self.votes(one)
        return f" [{votes}]" if votes else ""

    def _grouped(self, entries: Sequence[T], line: Callable[[T], str], indent: int = 2) -> Iterator[str]:
        for depth, one in grouped(entries):
            yield " " * min(indent + 2 * depth, DEEPEST) + line(one)


def _in_brackets(facts: Iterable[str]) -> str:
    words = ", ".join(facts)
    return f" ({words})" if words else ""
