"""Minutes as linear text: for a pipe, a mail, a screen reader. One thing a line, no columns, no signs to decode.

Owns the order and the wording of that text. Must not read files or change minutes. Discretion is obeyed first
(`discretion.discreet`); the owner of a deal is never told. Source: cli.md, `show`; files.md, "Minutes".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from retrotui.domain.factors import Factor, FactorList
from retrotui.domain.functions import label as function_label
from retrotui.domain.minutes import (
    Action,
    DealRecord,
    Entry,
    Experiment,
    FactorUse,
    Lesson,
    Metric,
    Minutes,
    Note,
    Quote,
    Share,
    StepRun,
    Tally,
    Verdict,
)
from retrotui.domain.text import one_line
from retrotui.domain.timebox import per_cent, seconds
from retrotui.errors import Message, msg, plural
from retrotui.interchange.discretion import discreet
from retrotui.interchange.labels import COUNTS, DECISIONS, EFFECTS, OUTCOMES, PAUSES, ROLES, SOURCES, STATUSES
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
    page = _Page(discreet(minutes, say), lang, FactorList.of_team(own_factors), dict(titles or {}))
    sections = (
        page.head(), page.times(), page.people(), page.metrics(), *page.deals(), page.loose_factors(), page.notes(),
        page.lessons(), page.earlier(), page.actions(), page.experiments(), page.fields(), page.parked(), page.worth(),
    )  # fmt: skip
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section))) + "\n"


@dataclass(frozen=True)
class _Page:
    """One page being written; every method yields the lines of a section, or none where there is nothing to say."""

    minutes: Minutes
    lang: str
    factors: FactorList
    titles: dict[str, str] = field(default_factory=dict)

    def say(self, sentence: Message | str, **values: object) -> str:
        return catalogue(self.lang).tr(sentence, **values)

    # -- head, time, people --------------------------------------------------------------------------------

    def head(self) -> Iterator[str]:
        minutes, say = self.minutes, self.say
        yield one_line(minutes.title) or one_line(minutes.agenda.id)
        if minutes.team:
            yield one_line(minutes.team)
        yield f"{formats.weekday(minutes.date, self.lang)} {self._when()}"
        yield say(msg("Minutes: {status}", status=STATUSES[minutes.status]))
        facilitator = minutes.find_person(minutes.facilitator) if minutes.facilitator else None
        if facilitator and facilitator.name:
            yield say(msg("Facilitator: {name}", name=one_line(facilitator.name)))
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

    def _when(self) -> str:
        minutes = self.minutes
        day = formats.date(minutes.date, self.lang)
        if minutes.started is None:
            return day
        begin = formats.time(minutes.started)
        if minutes.ended is None:
            return self.say(msg("{date}, from {begin}", date=day, begin=begin))
        length = formats.hours_minutes(seconds(minutes.started, minutes.ended))
        return self.say(
            msg(
                "{date}, {begin} to {end} ({length})",
                date=day,
                begin=begin,
                end=formats.time(minutes.ended),
                length=length,
            )
        )

    def times(self) -> Iterator[str]:
        say, steps = self.say, [step for step in self.minutes.step if step.planned_s != 0 or step.spans]
        yield say(msg("Course"))
        for number, step in enumerate(steps, 1):
            yield f"  {number}. {one_line(step.title or step.kind)}: {', '.join(self._step_facts(step))}"
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

    def _step_facts(self, step: StepRun) -> Iterator[str]:
        say = self.say
        if step.planned_s is None:
            yield say(msg("open end"))
        else:
            yield say(msg("{minutes} planned", minutes=formats.hours_minutes(step.planned_s)))
        if step.extended_s:
            yield say(msg("{minutes} added", minutes=formats.hours_minutes(step.extended_s)))
        if step.replanned_s:
            yield say(msg("{minutes} re-planned", minutes=formats.hours_minutes(step.replanned_s)))
        if step.state == "skipped":
            yield say(msg("skipped"))
        elif step.state == "pending" and not step.spans:
            yield say(msg("not held"))
        else:
            yield say(msg("{minutes} spent", minutes=formats.hours_minutes(step.spent_s)))

    def people(self) -> Iterator[str]:
        minutes, say = self.minutes, self.say
        if minutes.participant:
            yield say(msg("Participants"))
        for one in minutes.participant:
            name = one_line(one.name) or say(msg("a person without a name"))
            facts = [one_line(function_label(one.function, self.lang))] if one.function else []
            facts += [say(ROLES[role]) if role in ROLES else one_line(role) for role in one.roles]
            if not one.present:
                facts.append(say(msg("absent")))
            yield f"  {name}" + (f": {', '.join(facts)}" if facts else "")
        if minutes.safety is not None:
            yield "  " + say(msg("How openly can I speak: {votes}", votes=self._tally(minutes.safety)))

    def _tally(self, tally: Tally) -> str:
        """Only counts, and none under four votes (promises.md, "People")."""
        if not tally.counts:
            return self.say(
                plural("{n} vote, too few to show", "{n} votes, too few to show", tally.votes or 0)
            )
        shown = ", ".join(f"{value}: {count}" for value, count in enumerate(tally.counts, 1))
        return self.say(
            plural("{n} vote ({counts})", "{n} votes ({counts})", sum(tally.counts), counts=shown)
        )

    # -- figures and deals ---------------------------------------------------------------------------------

    def metrics(self) -> Iterator[str]:
        if self.minutes.metric:
            yield self.say(msg("Figures"))
        for metric in self.minutes.metric:
            yield f"  {one_line(metric.label)}: {', '.join(self._metric_facts(metric))}"

    def _metric_facts(self, metric: Metric) -> Iterator[str]:
        say = self.say
        if metric.actual:
            yield self._figure(metric, metric.actual)
        if metric.target:
            yield say(msg("target {value}", value=self._figure(metric, metric.target)))
        if metric.previous:
            yield say(msg("before {value}", value=self._figure(metric, metric.previous)))
        if metric.n is not None:
            yield say(plural("from {n} case", "from {n} cases", metric.n))
        if metric.better == "lower":
            yield say(msg("lower is better"))
        if metric.surprise:
            yield say(msg("surprises us"))
        if metric.deal:
            yield say(msg("sends us to {deal}", deal=self._deal_name(metric.deal)))

    def _figure(self, metric: Metric, value: str) -> str:
        if metric.unit == "currency":
            return formats.money(value, metric.currency or self.minutes.currency, self.lang)
        if metric.unit == "percent":
            return formats.percent(value, self.lang)
        number = formats.number(value, self.lang)
        if metric.unit == "days":
            return self.say(msg("{number} days", number=number))
        return number

    def deals(self) -> Iterator[Iterator[str]]:
        for deal in self.minutes.deal:
            yield self._deal(deal)

    def _deal(self, deal: DealRecord) -> Iterator[str]:
        say = self.say
        facts = [self._deal_name(deal.id)]
        if deal.amount is not None:
            facts.append(formats.money(deal.amount, deal.currency or self.minutes.currency, self.lang))
        if deal.outcome:
            facts.append(say(OUTCOMES[deal.outcome]))
        yield say(msg("Deal: {facts}", facts=", ".join(facts)))
        if deal.title and deal.account:
            yield f"  {one_line(deal.title)}"
        lines = (
            (msg("Stage: {value}", value=one_line(deal.stage)), deal.stage),
            (msg("Opened: {value}", value=deal.created), deal.created),
            (msg("Decided: {value}", value=deal.decided), deal.decided),
            (msg("Competitors: {value}", value=_joined(deal.competitors)), deal.competitors),
            (msg("Contributors: {value}", value=_joined(deal.contributors)), deal.contributors),
            (msg("Reason in the CRM: {value}", value=one_line(deal.reason_raw)), deal.reason_raw),
        )
        yield from (f"  {say(line)}" for line, there in lines if there)
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
        name = self._factor_name(use.factor) if use.factor else say(msg("unsorted"))
        facts = [
            say(msg("weight {weight} of 3", weight=use.weight)),
            say(msg("source: {source}", source=SOURCES[use.source])),
        ]
        text = f": {one_line(use.text)}" if use.text else ""
        return f"{say(EFFECTS[use.effect])}: {name} ({', '.join(facts)}){text}{self._votes(use)}"

    def _quoted(self, quote: Quote) -> str:
        marks = "„“" if self.lang == "de" else "“”"
        quoted = one_line(quote.text).join(marks)
        return self.say(msg("Quote: {text}", text=quoted)) + self._votes(quote)

    def _note(self, note: Note) -> str:
        asked = self.minutes.find_person(note.ask) if note.ask else None
        ask = one_line(asked.name if asked and asked.name else note.ask)
        text = self.say(msg("Note: {text}", text=one_line(note.text)))
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
        titles = {step.id: one_line(step.title) for step in minutes.step}
        for step in dict.fromkeys([*titles, *(one.step for one in loose)]):
            mine = [one for one in loose if one.step == step]
            if mine and titles.get(step):
                yield f"  {titles[step]}"
            yield from self._grouped(mine, self._note, indent="    " if titles.get(step) else "  ")

    def lessons(self) -> Iterator[str]:
        if self.minutes.lesson:
            yield self.say(msg("Lessons"))
        yield from self._grouped(list(self.minutes.lesson), self._lesson)

    def _lesson(self, lesson: Lesson) -> str:
        facts = [self._factor_name(one) for one in lesson.factors]
        facts += [self._deal_name(one) for one in lesson.deals]
        return f"{one_line(lesson.text)}" + (f" ({', '.join(facts)})" if facts else "") + self._votes(lesson)

    def actions(self) -> Iterator[str]:
        if self.minutes.action:
            yield self.say(msg("Actions"))
        for one in self.minutes.action:
            yield f"  {one_line(one.text)}{self._who_until(one)}"

    def experiments(self) -> Iterator[str]:
        if self.minutes.experiment:
            yield self.say(msg("Experiments"))
        for one in self.minutes.experiment:
            idea = self.say(msg("Idea")) + ": " if one.state == "idea" else ""
            yield f"  {idea}{one_line(one.title)}{self._who_until(one)}"
            lines = (
                (msg("Hypothesis: {value}", value=one_line(one.hypothesis)), one.hypothesis),
                (msg("Change: {value}", value=one_line(one.change)), one.change),
                (msg("Measure: {value}", value=one_line(one.measure)), one.measure),
                (msg("Expected: {value}", value=one_line(one.expected)), one.expected),
                (msg("Adapts: {value}", value=self._item(one.parent)), one.parent),
            )
            yield from (f"    {self.say(line)}" for line, there in lines if there)

    def _who_until(self, one: Action | Experiment) -> str:
        person = self.minutes.find_person(one.owner) if one.owner else None
        who = one_line((person.name if person else "") or one.owner_text or one.owner)
        until = self.say(msg("until {date}", date=one.due)) if one.due else ""
        facts = ", ".join(fact for fact in (who, until) if fact)
        return f" ({facts})" if facts else ""

    # -- what earlier meetings began -----------------------------------------------------------------------

    def earlier(self) -> Iterator[str]:
        minutes, say = self.minutes, self.say
        judged = {one.item for one in minutes.verdict}
        told: dict[str, list[str]] = {}
        for note in minutes.note:
            if note.experiment and note.experiment not in judged:
                told.setdefault(note.experiment, []).append(one_line(note.text))
        if minutes.verdict or minutes.carried or told:
            yield say(msg("From earlier meetings"))
        for verdict in minutes.verdict:
            yield from self._verdict(verdict)
        carried = {one.item for one in minutes.carried}
        for item in dict.fromkeys([*told, *carried]):
            state = msg("carried") if item in carried else msg("no verdict yet")
            yield f"  {self._item(item)}: {say(state)}"
            yield from ("    " + say(msg("Happened: {value}", value=text)) for text in told.get(item, ()))

    def _verdict(self, verdict: Verdict) -> Iterator[str]:
        say = self.say
        until = say(msg("until {date}", date=verdict.due)).join((" (", ")")) if verdict.due else ""
        yield f"  {self._item(verdict.item)}: {say(DECISIONS[verdict.decision])}{until}"
        lines = (
            (msg("Happened: {value}", value=one_line(verdict.happened)), verdict.happened),
            (msg("Learned: {value}", value=one_line(verdict.learned)), verdict.learned),
            (msg("Why: {value}", value=one_line(verdict.reason)), verdict.reason),
            (msg("Goes on as: {value}", value=self._item(verdict.child)), verdict.child),
        )
        yield from (f"    {say(line)}" for line, there in lines if there)

    def _item(self, item: str) -> str:
        """What an action or experiment is called; its id where nobody knows."""
        own = {one.id: one.title for one in self.minutes.experiment}
        own |= {one.id: one.text for one in self.minutes.action}
        return one_line(own.get(item) or self.titles.get(item) or item)

    # -- the rest ------------------------------------------------------------------------------------------

    def fields(self) -> Iterator[str]:
        if self.minutes.field:
            yield self.say(msg("Taken down"))
        for one in self.minutes.field:
            deal = f"{self._deal_name(one.deal)}, " if one.deal else ""
            yield f"  {deal}{one_line(one.id)}: {one_line(one.value)}"

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
            yield f"  {self._tally(worth)}"
        yield from (f"  {one_line(remark)}" for remark in worth.remarks)

    # -- small things --------------------------------------------------------------------------------------

    def _deal_name(self, deal_id: str) -> str:
        for number, deal in enumerate(self.minutes.deal, 1):
            if deal.id == deal_id:
                return one_line(deal.account or deal.title) or self.say(msg("Deal {number}", number=number))
        return self.say(msg("a deal"))

    def _factor_name(self, factor_id: str) -> str:
        return one_line(self.factors.label(factor_id, self.lang))

    def _votes(self, one: FactorUse | Quote | Note | Lesson) -> str:
        votes = self.say(plural("{n} vote", "{n} votes", one.votes))
        return votes.join((" [", "]")) if one.votes else ""

    def _grouped(self, entries: Sequence[T], line: Callable[[T], str], indent: str = "  ") -> Iterator[str]:
        """Entries in order; those put together with another stand under it. None is left out, whatever a file says."""
        there = {one.id: one for one in entries}
        members: dict[str, list[T]] = {}
        for one in entries:
            members.setdefault(getattr(one, "group", ""), []).append(one)
        written: set[str] = set()
        heads = [one for one in entries if getattr(one, "group", "") not in there]
        for head in (*heads, *entries):
            waiting = [(head, indent)]
            while waiting:
                one, space = waiting.pop(0)
                if one.id in written:
                    continue
                written.add(one.id)
                yield f"{space}{line(one)}"
                deeper = space + "  " if len(space) < DEEPEST else space
                waiting[:0] = [(member, deeper) for member in members.get(one.id, ())]


def _joined(words: Iterable[str]) -> str:
    return ", ".join(one_line(word) for word in words)
