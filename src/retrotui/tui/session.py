"""One meeting as the screens work with it: what it is told, and who is told that it changed.

Owns the commands, the selection, and the gap that the clock noticed. Every change goes through `apply`. The state and
its way to the disk are `keeping`'s. Knows no widget: the meeting screen draws what stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from retrotui.domain import (
    capture,
    corrections,
    course,
    entries,
    followup,
    lifecycle,
    pacing,
    rhythm,
    roundtable,
    timebox,
)
from retrotui.domain import meeting as meetings
from retrotui.domain.factors import FactorList
from retrotui.domain.fields import typed_field
from retrotui.domain.meeting import Meeting
from retrotui.domain.memory import Memory, Question, questions
from retrotui.domain.minutes import Metric, Minutes
from retrotui.errors import Message, Refused, msg, plural
from retrotui.locale import formats
from retrotui.store.settings import Settings
from retrotui.tui import figures_file, last_words, recall_words
from retrotui.tui.echo import echoed
from retrotui.tui.keeping import KeptMeeting
from retrotui.tui.turns import turns
from retrotui.tui.view import Pipeline, View


@dataclass(kw_only=True)
class Session(KeptMeeting):
    """What the meeting screen, its dialogs and the summary share."""

    settings: Settings
    factors: FactorList
    pipeline: Pipeline | None = None
    period_chosen: bool = False
    """Somebody named the period to look at: no file of deals moves it."""
    past: tuple[Minutes, ...] = ()
    """Earlier meetings, newest first."""
    memory: Memory = field(default_factory=Memory)
    """What they knew of what is on the table; answers come in while the meeting goes on."""
    figures: tuple[Metric, ...] = ()
    """Figures from a file (`--numbers`), to choose from."""
    figures_remark: Message | None = None
    """What of that file could not be read."""
    figures_laid: bool = False
    """The numbers step has had them."""
    selected: str = ""
    editing: str = ""
    """The entry that stands in the line to be changed."""
    edited_from: str = ""
    """How it stood in the line when it was opened."""
    gap: tuple[datetime, datetime] | None = None
    """A silence of the clock that F6 offers to take out."""
    turn: int = 0
    """Whose turn it is in a go-round; not stored."""
    on_change: Callable[[], None] = field(default=lambda: None, repr=False)
    on_question: Callable[[frozenset[Question]], object] = field(default=lambda _: None, repr=False)
    """Something new is on the table: whoever knows the earlier meetings is asked, beside the screen."""
    on_move: Callable[[], object] = field(default=lambda: None, repr=False)
    """Another step has the floor: the files may have changed meanwhile."""
    agenda_text: str = ""
    """The file of the agenda that the meeting carries, as it was at the start."""
    deals_file: Path | None = None
    """The file of deals that was brought along; the draft remembers it for when the meeting goes on."""
    opening: Message | None = None
    """What is to be said when the meeting comes onto the wall."""
    long_away: datetime | None = None
    """The last word before a long time away: the first offer is to end the meeting there."""
    _asked_for: frozenset[Question] = frozenset()
    _last_tick: datetime | None = None
    _last_phase: str = ""
    _new_experiment: str = ""
    _say_besides: Message | None = None
    """What the step that was moved to says already: one line has to hold it and what the last one left."""

    # -- looking -------------------------------------------------------------------------------------------

    def view(self, **size: Any) -> View:
        """A look at the meeting for a drawer: `width`, `height`, `wall`."""
        return View(
            self.meeting,
            self.now(),
            self.settings,
            self.factors,
            selected=self.selected,
            turn=self.turn,
            pipeline=self.pipeline,
            past=self.past,
            memory=self.memory,
            **size,
        )

    def context(self) -> capture.Context:
        """What the capture line needs to know to read what is typed now."""
        return entries.context(self.meeting, self.factors, self.selected, self.now())

    # -- changing ------------------------------------------------------------------------------------------

    def apply(self, rule: Callable[..., Meeting], *args: Any, **values: Any) -> bool:
        """Run a rule of the domain at this instant. False where it refused; its sentence was said then."""
        try:
            self.become(rule(self.meeting, *args, **({"now": self.now()} | values)))
        except Refused as refused:
            self.refuse(refused)
            return False
        return True

    def become(self, meeting: Meeting, *, milestone: bool = False) -> None:
        """This is the meeting now. `milestone`: the minutes are written at once (a step change, the end)."""
        was_confidential = self.meeting.is_confidential
        moved = (
            meeting.step.id != self.meeting.step.id or meeting.minutes.status != self.meeting.minutes.status
        )
        self.meeting = meeting
        if moved:
            self._line_is_secret = bool(self.line) and (was_confidential or self._line_is_secret)
            self.selected = ""
            self.turn = 0
        self.select_something()
        self.save(milestone=milestone or moved)
        self.look_up()
        if moved:
            self.on_move()
        self.on_change()
        if moved and (unread := figures_file.lay_out(self)) is not None:
            self._say_besides = unread
            self.say(unread)

    def look_up(self, *, anew: bool = False) -> None:
        """Ask for what earlier meetings knew of everything that is new on the table; each thing once, or all `anew`."""
        if anew:
            self._asked_for = frozenset()
        if fresh := questions(self.meeting.minutes) - self._asked_for:
            self._asked_for |= fresh
            self.on_question(fresh)

    def refuse(self, refused: Refused) -> None:
        self.say(
            msg("{what} {hint}", what=refused.what, hint=refused.hint or "") if refused.hint else refused.what
        )

    # -- commands ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self.apply(lifecycle.begin)

    def pause_or_go_on(self) -> None:
        """F2: begins a held meeting; before the first entry holds it; else pauses and goes on."""
        if not self.meeting.begun:
            self.begin()
        elif lifecycle.nothing_happened(self.meeting):
            self.become(lifecycle.hold(self.meeting))
        elif timebox.paused(self.meeting.minutes) is not None:
            self.apply(pacing.go_on)
        else:
            self.apply(pacing.pause)

    def next(self) -> None:
        """F4, where it leads to a deal, a part or a step; the end is a question of the screen's."""
        if not self.meeting.begun:
            self.begin()
            return
        before, self._say_besides = self.meeting, None
        self._leave_followup()
        if not self.apply(course.on):
            self.meeting = before
            return
        if before.step.id != self.meeting.step.id:
            self._say_what_is_left(before)

    def back(self) -> None:
        self.apply(course.back)

    def _leave_followup(self) -> None:
        if self.meeting.step.kind == "followup":
            self.meeting = replace(self.meeting, minutes=followup.with_carried(self.meeting))

    def _say_what_is_left(self, before: Meeting) -> None:
        """What the step that was left leaves open; after it, what the new one says already: there is one line."""
        left: Message | None = None
        if before.step.kind == "followup" and (late := followup.waiting(before)):
            left = plural("{n} without a verdict: carried", "{n} without a verdict: carried", len(late))
        if before.step.kind == "experiments":
            from retrotui.domain.closing import experiment_gaps

            gaps = tuple(experiment_gaps(before))
            if len(gaps) == 1:
                left = gaps[0].what
            elif gaps:
                left = msg("{n} experiments lack details and stay ideas: the close names them.", n=len(gaps))
        besides, self._say_besides = self._say_besides, None
        if left is not None:
            self.say(msg("{first} · {second}", first=left, second=besides) if besides is not None else left)

    def extend(self) -> None:
        more = round(pacing.extension(self.meeting) * 60)
        if self.apply(pacing.extend, more / 60):
            words = plural(
                "One minute more. F9 takes it back.", "{n} minutes more. F9 takes it back.", more // 60
            )
            if more % 60:
                words = msg("{time} more. F9 takes it back.", time=formats.length(more))
            self.say(words)

    def undo(self) -> None:
        self._travel(meetings.undo, msg("Taken back: {what}"))

    def redo(self) -> None:
        self._travel(meetings.redo, msg("Brought back: {what}"))

    def _travel(self, way: Callable[[Meeting, datetime], tuple[Meeting, Message]], said: Message) -> None:
        try:
            meeting, label = way(self.meeting, self.now())
        except Refused as refused:
            self.refuse(refused)
            return
        self.become(meeting)
        self.say(msg(said.id, what=label))

    def record(self, text: str, *, at: datetime | None = None) -> None:
        """Enter: take down what stands in the line, or change the entry that is being edited; now, or `at` an instant
        before."""
        self.line, self._line_is_secret = "", False
        known = self.meeting.minutes.experiment
        said: dict[str, Any] = {
            "factors": self.factors,
            "selected": self.selected,
            "now": at or self.now(),
        }
        if self.editing:
            editing, self.editing = self.editing, ""
            self.apply(corrections.rewrite, editing, text, **said)
            return
        before = self.meeting
        if not self.apply(entries.say, text, **said):
            return
        for words in recall_words.said_again(self.view(), before.minutes):
            self.say(msg("{words}", words=words))
        for echo in echoed(before, self.meeting):
            self.say(echo)
        if self.meeting.step.kind == "experiments":
            self._new_experiment = next((x.id for x in self.meeting.minutes.experiment[len(known) :]), "")

    def take_new_experiment(self) -> str:
        """The experiment that was just named and whose form is to be asked; once."""
        new, self._new_experiment = self._new_experiment, ""
        if new:
            self.selected = new
        return new

    def begin_edit(self, entry_id: str) -> str | None:
        """The entry as it could be typed, for the line; None where it cannot be edited."""
        try:
            words = corrections.line_of(self.meeting, entry_id, self.factors, self.selected)
        except Refused as refused:
            self.refuse(refused)
            return None
        self.editing, self.edited_from = entry_id, words
        return words

    def next_date(self) -> date:
        """The next meeting: as said, else by the rhythm of the agenda's period."""
        minutes = self.meeting.minutes
        return minutes.next_date or rhythm.proposed_next(minutes.date, self.meeting.agenda.period)

    def show_prompt(self, number: int) -> None:
        self.become(course.show_prompt(self.meeting, number))

    def next_turn(self) -> None:
        """Enter on an empty line: in a go-round it is the next person's turn."""
        count = len(turns(self.view()))
        if count:
            self.turn = (self.turn + 1) % count
            self.on_change()

    def counts_slips(self, line: str) -> bool:
        """Whether these digits are slips of a tally: the wall shows dots instead of them."""
        return not self.editing and bool(entries.tallied(self.meeting)) and roundtable.is_tally(line)

    def proposal(self, line: str) -> str:
        """The tag that an unsorted factor seems to mean: Tab takes it."""
        reading = next(iter(capture.read(line, self.context())), None)
        if reading is None or not reading.proposal:
            return ""
        factor = self.factors.get(reading.proposal)
        return f"#{factor.tag(self.meeting.minutes.language)}" if factor else ""

    def about(self) -> str:
        """What text in this step belongs to: the deal at hand, or the item that is selected."""
        kind = self.meeting.step.kind
        if kind == "followup" and self.selected:
            return next((one.title for one in self.meeting.open_items if one.id == self.selected), "")
        deal = self.meeting.deal_at_hand
        if deal is None or self.meeting.minutes.discretion.customers:
            return ""
        return deal.account or deal.title

    def places(self) -> dict[str, str]:
        """Where a note of this step goes, the column, and what a plain line answers, the field; only what there is."""
        step, language = self.meeting.agenda_step, self.meeting.minutes.language
        found: dict[str, str] = {}
        if step is not None and step.columns:
            chosen = next((one for one in step.columns if one.id == self.selected), step.columns[0])
            found["note"] = chosen.title.text(language) or chosen.id
        if (field := typed_field(self.meeting)) is not None:
            found["field"] = field.label.text(language) or field.id
        return found

    def close(self, *, aborted: bool = False) -> None:
        """End the meeting; what stands in the line is taken down, and the minutes are written at once."""
        last_words.take_down(self)
        if any(step.kind == "followup" and step.spans for step in self.meeting.minutes.step):
            self.meeting = replace(self.meeting, minutes=followup.with_carried(self.meeting))
        self.become(lifecycle.close(self.meeting, self.now(), aborted=aborted), milestone=True)

    def keep_line(self) -> None:
        """Before leaving: where no draft keeps the half-typed line, it is an entry now."""
        if self.saver is not None and self.saver.state.draftless is not None:
            last_words.take_down(self)

    def leave(self) -> bool:
        """As of every kept meeting. May be called beside the screen, once `keep_line` was called on it."""
        self.keep_line()
        return super().leave()

    # -- selection -----------------------------------------------------------------------------------------

    def selectable(self) -> tuple[str, ...]:
        """What text and verdicts can go to in this step."""
        kind = self.meeting.step.kind
        if kind == "followup":
            judged = {one.item for one in self.meeting.minutes.verdict}
            items = [one for one in self.meeting.open_items if not one.idea]
            return tuple(one.id for one in sorted(items, key=lambda one: one.id in judged))
        if kind == "numbers":
            return tuple(one.id for one in self.meeting.minutes.metric)
        if kind == "experiments":
            return tuple(one.id for one in self.meeting.minutes.experiment)
        step = self.meeting.agenda_step
        return tuple(column.id for column in step.columns) if step is not None else ()

    def select_something(self) -> None:
        """Keep the selection where it is; else take the first that waits."""
        choices = self.selectable()
        if self.selected in choices:
            return
        waiting = {one.id for one in followup.waiting(self.meeting)}
        self.selected = next((one for one in choices if one in waiting), choices[0] if choices else "")

    def select_next_open(self) -> None:
        """After a verdict: the next one that waits."""
        waiting = [one.id for one in followup.waiting(self.meeting)]
        if waiting:
            self.selected = waiting[0]

    # -- the clock -----------------------------------------------------------------------------------------

    def tick(self) -> bool:
        """Called by the interval; True when a second has gone by. A long silence is remembered as a gap."""
        now = self.now()
        if now == self._last_tick:
            return False
        last, self._last_tick = self._last_tick, now
        self.keep_up()
        time_runs = (
            self.meeting.begun and self.meeting.running and timebox.paused(self.meeting.minutes) is None
        )
        rehearsed = self.saver is None  # twenty times the speed has gaps of its own
        if (
            last is not None
            and time_runs
            and not rehearsed
            and timebox.seconds(last, now) > timebox.LONG_SILENCE
        ):
            self.gap = (last, now)  # the notice line says so until it is dealt with
        return True

    def phase_changed(self) -> bool:
        """True once when the step on the floor begins to run out, or has run out."""
        phase = timebox.phase(self.meeting.step, self.now())
        last, self._last_phase = self._last_phase, phase
        return last != phase
