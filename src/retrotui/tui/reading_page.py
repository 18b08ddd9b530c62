"""One meeting's minutes as a page to read on the screen: what stands on it, and where each thing can be taken hold of.

Owns the order and the layout; the phrases are `interchange.wording`'s. Discretion is obeyed first, and the owner of a
deal is never told. Must not read files or change minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from retrotui.domain.factors import FactorList
from retrotui.domain.minutes import (
    Action,
    DealRecord,
    Entry,
    Experiment,
    FactorUse,
    Lesson,
    Minutes,
    Note,
    Quote,
    StepRun,
    Verdict,
)
from retrotui.domain.text import one_line
from retrotui.domain.timebox import per_cent
from retrotui.errors import Message, msg
from retrotui.interchange.discretion import discreet, masking
from retrotui.interchange.labels import COUNTS, DECISIONS, PAUSES, STATUSES
from retrotui.interchange.wording import Wording, grouped
from retrotui.locale import catalogue, formats
from retrotui.tui.naming import source_name

T = TypeVar("T", bound=Entry)
Piece = tuple[str, str]
"""Words, and the role of their colour ("" for ink)."""

SIGNS = {"helped": "+", "hurt": "−"}
WEIGHT = "●"
DEEPEST = 3
BETWEEN = " · "
TITLE = 24
FIGURE = 12


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing on the page; it may take several lines."""

    pieces: tuple[Piece, ...] = ()
    sign: str = ""
    role: str = ""
    """The colour of the sign, and of a heading."""
    indent: int = 0
    anchor: str = ""
    """By what it is corrected (see `domain.hindsight`); "" where nothing can be."""
    item: str = ""
    """The action or experiment whose lineage it belongs to."""
    entry: str = ""
    """The entry's id, also where nothing can be corrected."""

    @property
    def words(self) -> str:
        return "".join(words for words, _ in self.pieces)

    @property
    def is_heading(self) -> bool:
        return self.role == "heading"


def page_of(
    minutes: Minutes, lang: str, factors: FactorList, titles: Mapping[str, str] | None = None
) -> tuple[Thing, ...]:
    """The page of one meeting, in `lang`. `titles` are what earlier actions and experiments are called, by id."""
    say = catalogue(lang).tr
    mask = masking(minutes, say)
    shown = {item: mask(title) for item, title in (titles or {}).items()}
    writing = _Writing(discreet(minutes, say), lang, factors, shown)
    sections = (
        writing.head(), writing.course(), writing.people(), writing.earlier(), writing.metrics(), *writing.deals(),
        writing.loose(), *writing.notes(), writing.lessons(), writing.experiments(), writing.actions(),
        writing.fields(), writing.parked(), writing.worth(),
    )  # fmt: skip
    things: list[Thing] = []
    for section in sections:
        found = list(section)
        if found and things:
            things.append(Thing())
        things += found
    return tuple(things)


@dataclass(frozen=True)
class _Writing(Wording):
    """One page being written; every method yields the things of a section, none where there is nothing to say."""

    def _heading(self, words: Message | str) -> Thing:
        return Thing(((self.say(words) if isinstance(words, Message) else words, "accent"),), role="heading")

    def _fact(self, words: Message, *, indent: int = 1, anchor: str = "") -> Thing:
        return Thing(((self.say(words), "muted"),), indent=indent, anchor=anchor)

    # -- head, course, people ------------------------------------------------------------------------------

    def head(self) -> Iterator[Thing]:
        minutes, say = self.minutes, self.say
        yield Thing(((self.title(), "accent"),), role="heading", anchor="title")
        facts = [f"{formats.weekday(minutes.date, self.lang)} {self.when()}"]
        facts += [one_line(minutes.team)] if minutes.team else []
        facts += [say(STATUSES[minutes.status])] if minutes.status != "closed" else []
        yield Thing(((BETWEEN.join(facts), ""),), indent=1)
        more = []
        if name := self.facilitator():
            more.append(say(msg("Facilitator: {name}", name=name)))
        if minutes.period:
            period = formats.period(minutes.period.since, minutes.period.until, self.lang)
            more.append(say(msg("Period: {period}", period=period)))
        if minutes.next_date:
            more.append(say(msg("Next date: {date}", date=minutes.next_date)))
        if more:
            yield Thing(((BETWEEN.join(more), "muted"),), indent=1)
        for moment in minutes.reopened:
            yield self._fact(msg("Reopened: {when}", when=moment))
        for moment in minutes.corrected:
            yield self._fact(msg("Corrected: {when}", when=moment))

    def course(self) -> Iterator[Thing]:
        """The agenda with planned and spent time, the pauses, and what the time was spent on."""
        say, steps = self.say, self.steps()
        if not steps:
            return
        yield self._heading(msg("Course"))
        heads = (say(msg("Planned")), say(msg("Spent")))
        row = "".join((" " * TITLE, *(word.rjust(FIGURE) for word in heads)))
        yield Thing(((row, "muted"), (f"   {say(msg('Counts as'))}", "muted")), indent=1)
        for step in steps:
            yield Thing(tuple(self._step(step)), indent=1)
            for words in self.step_votes(step):
                yield Thing(((words, "muted"),), indent=2)
        for pause in self.minutes.pause:
            if pause.until is not None:
                begin, end = formats.time(pause.since), formats.time(pause.until)
                words = say(msg("{begin} to {end}", begin=begin, end=end))
                yield Thing(((f"{say(PAUSES[pause.why])}: {words}", "muted"),), indent=1)
        share = self.minutes.share
        parts = [
            f"{say(COUNTS[kind])} {formats.percent(per_cent(spent, share.total), self.lang)}"
            for kind in ("reflect", "report", "decide", "frame")
            if (spent := getattr(share, kind))
        ]
        if parts:
            yield Thing(((BETWEEN.join(parts), ""),), indent=1)

    def _step(self, step: StepRun) -> Iterator[Piece]:
        title = self.step_title(step)
        short = title if len(title) < TITLE else title[: TITLE - 2] + "…"
        if step.planned_s is None:
            planned = self.say(msg("open end"))
        else:
            planned = formats.hours_minutes(step.planned_s + step.extended_s + step.replanned_s)
        yield short.ljust(TITLE), ""
        yield planned.rjust(FIGURE), "muted"
        spent = self.spent(step)
        yield spent.rjust(FIGURE) if len(spent) < FIGURE else f"  {spent}", ""
        yield f"   {self.say(COUNTS[step.counts_as])}", "muted"

    def people(self) -> Iterator[Thing]:
        minutes = self.minutes
        if minutes.participant:
            yield self._heading(msg("Participants"))
        for number, one in enumerate(minutes.participant):
            facts = ", ".join(self.person_facts(one))
            anchor = f"participant.{number}.name" if one.name else ""
            yield Thing(
                ((self.person_name(one), ""), (f"  {facts}" if facts else "", "muted")),
                indent=1,
                anchor=anchor,
            )
        if minutes.safety is not None:
            yield self._fact(msg("How openly can I speak: {votes}", votes=self.tally(minutes.safety)))

    # -- what earlier meetings began -----------------------------------------------------------------------

    def earlier(self) -> Iterator[Thing]:
        minutes, told = self.minutes, self.without_verdict()
        if minutes.verdict or told:
            yield self._heading(msg("From earlier meetings"))
        for number, verdict in enumerate(minutes.verdict):
            yield from self._verdict(number, verdict)
        carried = {one.item for one in minutes.carried}
        for item, texts in told.items():
            state = self.say(msg("carried") if item in carried else msg("no verdict yet"))
            yield Thing(
                ((self.item_name(item), "bold"), (f"  {state}", "warn")), "»", "warn", indent=1, item=item
            )
            for text in texts:
                yield self._fact(msg("Happened: {value}", value=text), indent=2)

    def _verdict(self, number: int, verdict: Verdict) -> Iterator[Thing]:
        until = self.say(msg("until {date}", date=verdict.due)) if verdict.due else ""
        role = "experiment" if verdict.kind == "experiment" else "action"
        facts = "  ".join(fact for fact in (self.say(DECISIONS[verdict.decision]), until) if fact)
        yield Thing(
            ((self.item_name(verdict.item), "bold"), (f"  → {facts}", role)),
            "»",
            role,
            indent=1,
            item=verdict.item,
        )
        spoken = {note.experiment for note in self.minutes.note} | {
            one.experiment for one in self.minutes.lesson
        }
        lines = (
            ("happened", msg("Happened: {value}", value=one_line(verdict.happened)), verdict.happened),
            ("learned", msg("Learned: {value}", value=one_line(verdict.learned)), verdict.learned),
            ("reason", msg("Why: {value}", value=one_line(verdict.reason)), verdict.reason),
        )
        for key, line, there in lines:
            if there:
                # what was taken down as notes is corrected there: the verdict says it again
                told_elsewhere = key != "reason" and verdict.item in spoken
                anchor = "" if told_elsewhere else f"verdict.{number}.{key}"
                yield Thing(((self.say(line), ""),), indent=2, anchor=anchor)
        if verdict.child:
            name = self.item_name(verdict.child)
            words = self.say(msg("Goes on as: {value}", value=name))
            yield Thing(((words, "experiment"),), indent=2, item=verdict.child)

    # -- figures and deals ---------------------------------------------------------------------------------

    def metrics(self) -> Iterator[Thing]:
        if self.minutes.metric:
            yield self._heading(msg("Figures"))
        for metric in self.minutes.metric:
            values = [self.figure(metric, value) for value in (metric.actual, metric.target) if value]
            facts = list(self.metric_remarks(metric))
            if metric.previous:
                facts.insert(0, self.say(msg("before {value}", value=self.figure(metric, metric.previous))))
            pieces = ((f"{one_line(metric.label)}  ", ""), (" / ".join(values), "bold"))
            tail = (f"  {', '.join(facts)}", "muted") if facts else ("", "")
            yield Thing((*pieces, tail), "·", indent=1, anchor=f"metric:{metric.id}")

    def deals(self) -> Iterator[Iterator[Thing]]:
        for number, deal in enumerate(self.minutes.deal):
            yield self._deal(number, deal)

    def _deal(self, number: int, deal: DealRecord) -> Iterator[Thing]:
        anchor = f"deal.{number}.account" if deal.account and not self.minutes.discretion.customers else ""
        yield Thing(((BETWEEN.join(self.deal_head(deal)), "accent"),), role="heading", anchor=anchor)
        if deal.title and deal.account:
            yield Thing(((one_line(deal.title), ""),), indent=1, anchor=f"deal.{number}.title")
        told = BETWEEN.join(self.deal_facts(deal))
        if told:
            yield Thing(((told, "muted"),), indent=1)
        minutes = self.minutes
        yield from self._grouped([one for one in minutes.factor if one.deal == deal.id], self._use)
        yield from (self._quote(one) for one in minutes.quote if one.deal == deal.id)
        notes = [one for one in minutes.note if one.deal == deal.id and not one.experiment]
        yield from self._grouped(notes, self._note)

    def loose(self) -> Iterator[Thing]:
        deal = self.minutes.find_deal
        uses = [one for one in self.minutes.factor if deal(one.deal) is None]
        quotes = [one for one in self.minutes.quote if deal(one.deal) is None]
        if uses or quotes:
            yield self._heading(msg("Without a deal"))
        yield from self._grouped(uses, self._use)
        yield from map(self._quote, quotes)

    def _use(self, use: FactorUse, indent: int = 1) -> Thing:
        label = self.factor_name(use.factor)
        tags = [label if use.text else "", WEIGHT * use.weight]
        tags += [source_name(use.source)] if use.source else []
        pieces = (
            (one_line(use.text) or label, ""),
            *((f"   {tag}", use.effect if tag[:1] == WEIGHT else "muted") for tag in tags if tag),
            *self._votes(use),
        )
        return Thing(pieces, SIGNS[use.effect], use.effect, indent, use.id, entry=use.id)

    def _quote(self, quote: Quote) -> Thing:
        pieces = ((self.quoted(quote.text), "quote"), *self._votes(quote))
        return Thing(pieces, " ", "quote", 1, quote.id, entry=quote.id)

    # -- what was said -------------------------------------------------------------------------------------

    def notes(self) -> Iterator[Iterator[Thing]]:
        """Notes without a deal, step by step; what was said of an earlier item stands there too, to be corrected."""
        minutes = self.minutes
        loose = [one for one in minutes.note if minutes.find_deal(one.deal) is None]
        titles = {step.id: self.step_title(step) for step in minutes.step if step.title}
        for step in dict.fromkeys([*titles, *(one.step for one in loose)]):
            mine = self.by_column([one for one in loose if one.step == step])
            yield self._notes(titles.get(step, ""), mine)

    def _notes(self, title: str, notes: Sequence[Note]) -> Iterator[Thing]:
        if notes:
            yield self._heading(self.say(msg("Notes")) + (f": {title}" if title else ""))
        yield from self._grouped(notes, self._note)

    def _note(self, note: Note, indent: int = 1) -> Thing:
        ask = self.ask(note)
        about = self.item_name(note.experiment) if note.experiment else ""
        tags = [self.column(note), self.say(msg("to ask: {name}", name=ask)) if ask else "", about]
        pieces = (
            (one_line(note.text), ""),
            *((f"   {tag}", "muted") for tag in tags if tag),
            *self._votes(note),
        )
        return Thing(pieces, "·", "", indent, note.id, item=note.experiment, entry=note.id)

    def lessons(self) -> Iterator[Thing]:
        if self.minutes.lesson:
            yield self._heading(msg("Lessons"))
        yield from self._grouped(list(self.minutes.lesson), self._lesson)

    def _lesson(self, lesson: Lesson, indent: int = 1) -> Thing:
        tags = [self.factor_name(one) for one in lesson.factors]
        tags += [self.deal_name(one) for one in lesson.deals if self.minutes.find_deal(one)]
        tags += [self.item_name(lesson.experiment)] if lesson.experiment else []
        pieces = (
            (one_line(lesson.text), ""),
            *((f"   {tag}", "muted") for tag in tags),
            *self._votes(lesson),
        )
        return Thing(pieces, "!", "lesson", indent, lesson.id, item=lesson.experiment, entry=lesson.id)

    def experiments(self) -> Iterator[Thing]:
        if self.minutes.experiment:
            yield self._heading(msg("Experiments"))
        for number, one in enumerate(self.minutes.experiment):
            yield self._item(one, one.title, "?", "experiment")
            lines = (
                ("hypothesis", msg("Hypothesis: {value}", value=one_line(one.hypothesis)), one.hypothesis),
                ("change", msg("Change: {value}", value=one_line(one.change)), one.change),
                ("measure", msg("Measure: {value}", value=one_line(one.measure)), one.measure),
                ("expected", msg("Expected: {value}", value=one_line(one.expected)), one.expected),
            )
            for key, line, there in lines:
                if there:
                    anchor = f"experiment.{number}.{key}"
                    yield Thing(((self.say(line), ""),), indent=2, anchor=anchor, item=one.id, entry=one.id)
            if one.parent:
                words = self.say(msg("Adapts: {value}", value=self.item_name(one.parent)))
                yield Thing(((words, "muted"),), indent=2, item=one.parent)

    def actions(self) -> Iterator[Thing]:
        if self.minutes.action:
            yield self._heading(msg("Actions"))
        for one in self.minutes.action:
            yield self._item(one, one.text, ">", "action")

    def _item(self, one: Action | Experiment, title: str, sign: str, role: str) -> Thing:
        tags = self.who_until(one)
        if isinstance(one, Experiment) and one.state == "idea":
            tags.insert(0, self.say(msg("Idea")))
        pieces = ((one_line(title), ""), *((f"   {tag}", "muted") for tag in tags))
        return Thing(pieces, sign, role, 1, one.id, item=one.id, entry=one.id)

    # -- the rest ------------------------------------------------------------------------------------------

    def fields(self) -> Iterator[Thing]:
        if self.minutes.field:
            yield self._heading(msg("Taken down"))
        for number, one in enumerate(self.minutes.field):
            deal = f"{self.deal_name(one.deal)}, " if one.deal else ""
            label = f"{deal}{one_line(one.label or one.id)}: "
            yield Thing(
                ((label, "muted"), (self.answer(one), "")), "·", indent=1, anchor=f"field.{number}.value"
            )

    def parked(self) -> Iterator[Thing]:
        if self.minutes.parked:
            yield self._heading(msg("Parked topics"))
        for number, topic in enumerate(self.minutes.parked):
            yield Thing(((one_line(topic), ""),), "&", "warn", 1, f"parked:{number}")

    def worth(self) -> Iterator[Thing]:
        worth = self.minutes.worth
        if worth is None or not (worth.counts or worth.votes is not None or worth.remarks):
            return
        yield self._heading(msg("Was it worth the time"))
        if worth.counts or worth.votes is not None:
            yield Thing(((self.tally(worth), ""),), indent=1)
        for number, remark in enumerate(worth.remarks):
            yield Thing(((one_line(remark), ""),), "·", "", 1, f"remark:{number}")

    # -- small things --------------------------------------------------------------------------------------

    def _votes(self, one: FactorUse | Quote | Note | Lesson) -> Iterator[Piece]:
        if votes := self.votes(one):
            yield f"   {votes}", "muted"

    def _grouped(self, entries: Sequence[T], thing: Callable[[T, int], Thing]) -> Iterator[Thing]:
        for depth, one in grouped(entries):
            yield thing(one, 1 + min(depth, DEEPEST))
