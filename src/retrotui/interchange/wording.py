"""How minutes put things: the facts of a step, a figure, a factor, an owner, as a reader of one language says them.

Owns these short phrases, shared by every page that is written from minutes (`linear`, `page`, `tables`, `calendar`).
Must not decide what stands on a page, nor take out what is hidden: it works on minutes that are discreet already.
Everything that people wrote comes out on one line and without control characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from typing import TypeVar

from retrotui.domain.factors import FactorList
from retrotui.domain.functions import label as function_label
from retrotui.domain.minutes import (
    Action,
    DealRecord,
    Entry,
    Experiment,
    FactorUse,
    FieldValue,
    Lesson,
    Metric,
    Minutes,
    Note,
    Participant,
    Quote,
    StepRun,
    Tally,
)
from retrotui.domain.rounds import is_about_its_deal, subject
from retrotui.domain.text import one_line
from retrotui.domain.timebox import seconds
from retrotui.errors import Message, msg, plural
from retrotui.interchange.labels import OUTCOMES, ROLES
from retrotui.locale import catalogue, formats

T = TypeVar("T", bound=Entry)


@dataclass(frozen=True)
class Wording:
    """The phrases of one meeting in one language. `titles`: what earlier actions and experiments are called, by id."""

    minutes: Minutes
    lang: str
    factors: FactorList
    titles: Mapping[str, str] = field(default_factory=dict)

    def say(self, sentence: Message | str, **values: object) -> str:
        return catalogue(self.lang).tr(sentence, **values)

    def when(self) -> str:
        """The day, and from when to when."""
        minutes = self.minutes
        day = formats.date(minutes.date, self.lang)
        if minutes.started is None:
            return day
        begin = formats.time(minutes.started)
        if minutes.ended is None:
            return self.say(msg("{date}, from {begin}", date=day, begin=begin))
        length = formats.hours_minutes(seconds(minutes.started, minutes.ended))
        end = formats.time(minutes.ended)
        return self.say(
            msg("{date}, {begin} to {end} ({length})", date=day, begin=begin, end=end, length=length)
        )

    def title(self) -> str:
        return one_line(self.minutes.title) or one_line(self.minutes.agenda.id)

    def facilitator(self) -> str:
        minutes = self.minutes
        person = minutes.find_person(minutes.facilitator) if minutes.facilitator else None
        return one_line(person.name) if person else ""

    # -- steps and people ----------------------------------------------------------------------------------

    def steps(self) -> list[StepRun]:
        """The steps that were on the clock: not what was to be read beforehand."""
        return [step for step in self.minutes.step if step.planned_s != 0 or step.spans]

    def step_planned(self, step: StepRun) -> Iterator[str]:
        say = self.say
        if step.planned_s is None:
            yield say(msg("open end"))
        else:
            yield say(msg("{minutes} planned", minutes=formats.hours_minutes(step.planned_s)))
        if step.extended_s:
            yield say(msg("{minutes} added", minutes=formats.hours_minutes(step.extended_s)))
        if step.replanned_s:
            yield say(msg("{minutes} re-planned", minutes=formats.hours_minutes(step.replanned_s)))

    def step_spent(self, step: StepRun) -> str:
        spent = self.spent(step)
        return spent if not spent[:1].isdigit() else self.say(msg("{minutes} spent", minutes=spent))

    def spent(self, step: StepRun) -> str:
        """What a step took, in minutes that add up to those of the meeting; or that it was skipped, or not held."""
        if step.state == "skipped" and not step.spent_s:
            return self.say(msg("skipped"))
        if step.state == "pending" and not step.spans:
            return self.say(msg("not held"))
        steps = self.steps()
        minutes = formats.whole_minutes(one.spent_s for one in steps)
        found = next((n for one, n in zip(steps, minutes, strict=True) if one.id == step.id), 0)
        return formats.hours_minutes(found * 60)

    def step_votes(self, step: StepRun) -> Iterator[str]:
        """The counted votes to go on, in one phrase; nothing where there was none."""
        if step.vote:
            counts = ", ".join(f"{one.ayes}:{one.noes}" for one in step.vote)
            yield self.say(msg("votes to go on {counts}", counts=counts))

    def step_title(self, step: StepRun) -> str:
        """Its title, and what its round is about."""
        title, about = one_line(step.title or step.kind), subject(self.minutes, step)
        words = about if isinstance(about, str) else self.say(about)
        if words:
            return f"{title}: {one_line(words)}"
        return f"{title} {step.round}" if step.round is not None and not step.person else title

    def column(self, note: Note) -> str:
        """What the column of a note is called; "" for one without."""
        step = self.minutes.find_step(note.step)
        heads = {one.id: one.title for one in step.columns} if step is not None else {}
        return one_line(heads.get(note.column, "") or note.column)

    def by_column(self, notes: Sequence[Note]) -> list[Note]:
        """The notes of one step, column by column as they stand on the wall; else as they were said."""
        step = next((self.minutes.find_step(one.step) for one in notes), None)
        places = {one.id: at for at, one in enumerate(step.columns)} if step is not None else {}
        return sorted(notes, key=lambda one: places.get(one.column, 0))

    def round_words(self, step_id: str) -> str:
        """What a round is about, where it is a round of something else than a deal; "" for any other step."""
        step = self.minutes.find_step(step_id)
        if step is None or step.round is None or is_about_its_deal(self.minutes, step):
            return ""
        return self.step_title(step)

    def holders(self, step: StepRun) -> list[str]:
        """Who held which role while the step was on."""
        named = ((one.role, self.minutes.find_person(one.person)) for one in step.held)
        return [
            f"{self.say(ROLES[role]) if role in ROLES else one_line(role)}: {self.person_name(person)}"
            for role, person in named
            if person is not None
        ]

    def answer(self, one: FieldValue) -> str:
        """What was taken down in a field, as a person reads it."""
        try:
            if one.type == "yesno":
                return self.say(msg("yes") if one.value == "yes" else msg("no"))
            if one.type == "number":
                return formats.number(one.value, self.lang)
            if one.type == "date":
                return formats.date(Date.fromisoformat(one.value), self.lang)
        except (ValueError, ArithmeticError):
            return one_line(one.value)
        person = self.minutes.find_person(one.value) if one.type == "person" else None
        return self.person_name(person) if person is not None else one_line(one.value)

    def person_name(self, one: Participant) -> str:
        return one_line(one.name) or self.say(msg("a person without a name"))

    def person_facts(self, one: Participant) -> list[str]:
        """Function, roles, whether absent."""
        facts = [one_line(function_label(one.function, self.lang))] if one.function else []
        facts += [self.say(ROLES[role]) if role in ROLES else one_line(role) for role in one.roles]
        return facts if one.present else [*facts, self.say(msg("absent"))]

    def tally(self, tally: Tally) -> str:
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

    def figure(self, metric: Metric, value: str) -> str:
        """A value in the metric's unit."""
        if metric.unit == "currency":
            return formats.money(value, metric.currency or self.minutes.currency, self.lang)
        if metric.unit == "percent":
            return formats.percent(value, self.lang)
        number = formats.number(value, self.lang)
        if metric.unit == "days":
            return self.say(msg("{number} days", number=number))
        return number

    def metric_remarks(self, metric: Metric) -> Iterator[str]:
        """What is to be known about a figure beside its values."""
        if metric.n is not None:
            yield self.say(plural("from {n} case", "from {n} cases", metric.n))
        if metric.better == "lower":
            yield self.say(msg("lower is better"))
        if metric.surprise:
            yield self.say(msg("surprises us"))
        if metric.deal:
            yield self.say(msg("sends us to {deal}", deal=self.deal_name(metric.deal)))

    def deal_name(self, deal_id: str) -> str:
        for number, deal in enumerate(self.minutes.deal, 1):
            if deal.id == deal_id:
                return one_line(deal.account or deal.title) or self.say(msg("Deal {number}", number=number))
        return self.say(msg("a deal"))

    def deal_head(self, deal: DealRecord) -> list[str]:
        """Its name, amount and outcome, as far as they are known."""
        facts = [self.deal_name(deal.id)]
        if deal.amount is not None:
            facts.append(formats.money(deal.amount, deal.currency or self.minutes.currency, self.lang))
        if deal.outcome:
            facts.append(self.say(OUTCOMES[deal.outcome]))
        return facts

    def deal_facts(self, deal: DealRecord) -> list[str]:
        """What else is known of it, a fact each; the title apart."""
        facts = (
            (msg("Stage: {value}", value=one_line(deal.stage)), deal.stage),
            (msg("Opened: {value}", value=deal.created), deal.created),
            (msg("Decided: {value}", value=deal.decided), deal.decided),
            (msg("Competitors: {value}", value=joined(deal.competitors)), deal.competitors),
            (msg("Contributors: {value}", value=joined(deal.contributors)), deal.contributors),
            (msg("Reason in the CRM: {value}", value=one_line(deal.reason_raw)), deal.reason_raw),
        )
        return [self.say(fact) for fact, there in facts if there]

    def factor_name(self, factor_id: str) -> str:
        """The factor's short name; "unsorted" for none."""
        if not factor_id:
            return self.say(msg("unsorted"))
        return one_line(self.factors.label(factor_id, self.lang))

    # -- entries -------------------------------------------------------------------------------------------

    def quoted(self, words: str) -> str:
        """A buyer's words in the marks of the language."""
        return one_line(words).join("„“" if self.lang == "de" else "“”")

    def ask(self, note: Note) -> str:
        """Whom to ask; "" for nobody."""
        asked = self.minutes.find_person(note.ask) if note.ask else None
        return one_line(asked.name if asked and asked.name else note.ask)

    def votes(self, one: FactorUse | Quote | Note | Lesson) -> str:
        """ "3 votes"; "" where there are none."""
        return self.say(plural("{n} vote", "{n} votes", one.votes)) if one.votes else ""

    def owner(self, one: Action | Experiment) -> str:
        person = self.minutes.find_person(one.owner) if one.owner else None
        return one_line((person.name if person else "") or one.owner_text or one.owner)

    def who_until(self, one: Action | Experiment) -> list[str]:
        until = self.say(msg("until {date}", date=one.due)) if one.due else ""
        return [fact for fact in (self.owner(one), until) if fact]

    def item_name(self, item: str) -> str:
        """What an action or experiment is called; its id where nobody knows."""
        own = {one.id: one.title for one in self.minutes.experiment}
        own |= {one.id: one.text for one in self.minutes.action}
        return one_line(own.get(item) or self.titles.get(item) or item)

    def without_verdict(self) -> dict[str, list[str]]:
        """Earlier items that were spoken of and got no verdict, with what was told of each, in order."""
        minutes = self.minutes
        judged = {one.item for one in minutes.verdict}
        told: dict[str, list[str]] = {}
        for note in minutes.note:
            if note.experiment and note.experiment not in judged:
                told.setdefault(note.experiment, []).append(one_line(note.text))
        for one in minutes.carried:
            told.setdefault(one.item, [])
        return told


def grouped(entries: Sequence[T]) -> Iterator[tuple[int, T]]:
    """Entries in order, each with its depth; those put together with another come after it, one deeper.

    None is left out and none comes twice, whatever a file says.
    """
    there = {one.id: one for one in entries}
    members: dict[str, list[T]] = {}
    for one in entries:
        members.setdefault(getattr(one, "group", ""), []).append(one)
    written: set[str] = set()
    heads = [one for one in entries if getattr(one, "group", "") not in there]
    for head in (*heads, *entries):
        waiting = [(0, head)]
        while waiting:
            depth, one = waiting.pop(0)
            if one.id in written:
                continue
            written.add(one.id)
            yield depth, one
            waiting[:0] = [(depth + 1, member) for member in members.get(one.id, ())]


def joined(words: Iterable[str]) -> str:
    return ", ".join(one_line(word) for word in words)
