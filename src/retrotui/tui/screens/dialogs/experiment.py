"""The form of an experiment: what its line did not say.

Owns the order of the questions and their checks. Each answer is taken down as its line is left, so nothing is lost; the
form can be left at any time, and what is missing keeps the experiment an idea. The next meeting is proposed as its
date, and set only with Enter. Rules are `domain.followup`'s.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from retrotui.domain import followup
from retrotui.domain.capture_people import whom
from retrotui.domain.minutes import Experiment
from retrotui.domain.text import one_line
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.naming import need_name
from retrotui.tui.screens.dialogs.ask import NO_DATE, day_of
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.session import Session
from retrotui.tui.widgets.drawn import Drawn

WIDTH = 70
ORDER = ("hypothesis", "change", "measure", "expected", "owner", "due")
WHAT = ORDER[:4]
"""What is tried, and how we will know: an agenda of half an hour may need none of it."""
LABEL: dict[str, Message] = {
    "hypothesis": msg("We believe that"),
    "change": msg("What we change"),
    "measure": msg("What we measure"),
    "expected": msg("We expect"),
    "owner": msg("Who"),
    "due": msg("Until when"),
}


class ExperimentForm(Dialog[bool]):
    """Enter goes to the next question, ↑ ↓ and Tab move, Esc leaves it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    ExperimentForm .row { height: 1; margin: 0 0 1 0; }
    ExperimentForm .label { width: 18; }
    ExperimentForm Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; color: $ink; }
    ExperimentForm Input:focus { background: $lit; }
    ExperimentForm #wrong { height: 1; }
    """

    def __init__(self, session: Session, experiment: str) -> None:
        super().__init__()
        self.session = session
        self.experiment = experiment
        self._line = session.line
        self._last = Experiment(id=experiment, at=session.now())
        self.title_of_box = self._now().title
        runs = self._now().state == "running"
        left = tr("Enter: next · Esc: leave it as it is")
        self.hint_of_box = left if runs else tr("Enter: next · Esc: leave it an idea")

    def _now(self) -> Experiment:
        """As it stands in the meeting; when F9 took it back, as it stood last."""
        self._last = next(
            (one for one in self.session.meeting.minutes.experiment if one.id == self.experiment), self._last
        )
        return self._last

    @property
    def gone(self) -> bool:
        return all(one.id != self.experiment for one in self.session.meeting.minutes.experiment)

    def refreshed(self) -> None:
        """Something was taken back below: the form shows what there is now, or closes with its experiment."""
        if self.gone:
            self.dismiss(None)
            return
        for key in ORDER:
            line = self.query_one(f"#field-{key}", Input)
            if not line.has_focus:
                line.value = self._shown(key)
        self._tell()

    def body(self) -> ComposeResult:
        for key in ORDER:
            with Horizontal(classes="row"):
                yield Drawn(classes="label", id=f"label-{key}")
                line = Input(self._shown(key), compact=True, select_on_focus=False, id=f"field-{key}")
                if key == "due":
                    line.placeholder = text.bare(tr("{day}: Enter takes it", day=self.session.next_date()))
                line.cursor_blink = False
                yield line
        yield Drawn(id="wrong")

    def on_mount(self) -> None:
        needs = self.session.meeting.agenda.experiment_needs
        for key in ORDER:
            label = text.sentence(tr(LABEL[key]), "bold" if key in needs else "$muted")
            self.query_one(f"#label-{key}", Drawn).draw(label)
        self.set_focus(self.query_one(f"#field-{self._first()}", Input))
        self._tell()

    def _first(self) -> str:
        """The first question without an answer; where only who and until when are needed, the first of those."""
        empty = [key for key in ORDER if not self._shown(key)] or [ORDER[0]]
        needs = self.session.meeting.agenda.experiment_needs
        needed = [key for key in empty if key in needs]
        return needed[0] if needed and not set(WHAT) & set(needs) else empty[0]

    def _shown(self, key: str) -> str:
        one = self._now()
        if key == "due":
            return formats.date(one.due) if one.due else ""
        if key == "owner" and self.session.meeting.minutes.discretion.people:
            return "…" if one.owner or one.owner_text else ""
        if key == "owner":
            person = self.session.meeting.minutes.find_person(one.owner) if one.owner else None
            known = next((who for who in self.session.meeting.known_people if who.id == one.owner), None)
            named = person or known
            return (named.name if named else "") or one.owner_text or one.owner
        return str(getattr(one, key))

    def _tell(self, wrong: Message | None = None) -> None:
        """What is wrong, or what is still missing."""
        area = self.query_one("#wrong", Drawn)
        if wrong is not None:
            area.draw(text.line(tr(wrong), "bold $warn"))
            return
        one = self._now()
        missing = followup.lacks(self.session.meeting.agenda, one)
        if one.state == "running":
            area.draw(text.sentence(tr("It runs."), "bold $helped"))
        elif missing:
            names = ", ".join(need_name(key) for key in missing)
            area.draw(text.line(tr("Still missing: {what}", what=names), "$muted", width=WIDTH))
        else:
            most = self.session.meeting.agenda.max_experiments
            area.draw(
                text.sentence(
                    tr(
                        plural(
                            "{n} experiment is enough for now: it stays an idea.",
                            "{n} experiments are enough for now: it stays an idea.",
                            most,
                        )
                    ),
                    "bold $warn",
                )
            )

    # -- taking --------------------------------------------------------------------------------------------

    def _take(self, key: str, typed: str) -> bool:
        """Take one answer down. False where it cannot be read; it stays in its line."""
        typed = one_line(typed)
        if self.gone or typed == self._shown(key):
            return True
        self.session.type(self._line)
        values: dict[str, object] = {key: typed}
        if key == "due":
            day = day_of(typed, self.session.meeting.minutes.date) if typed else None
            if typed and day is None:
                self._tell(NO_DATE)
                return False
            values = {"due": day}
        elif key == "owner":
            people = (*self.session.meeting.minutes.participant, *self.session.meeting.known_people)
            found = {one.id: one for one in whom(typed.lstrip("@ "), people)} if typed else {}
            only = next(iter(found)) if len(found) == 1 else ""
            values = {"owner": only, "owner_text": "" if only else typed.lstrip("@ ")}
        self.session.apply(followup.filled_in, self.experiment, values)
        self._tell()
        return True

    def _take_all(self) -> bool:
        done = [self._take(key, self.query_one(f"#field-{key}", Input).value) for key in ORDER]
        return all(done)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """A half-typed answer goes into the draft as the half-typed line: a crash brings it back there."""
        key = (event.input.id or "").removeprefix("field-")
        if event.input.has_focus and not self.gone:
            waiting = event.value if one_line(event.value) != self._shown(key) else ""
            self.session.type(self._line + waiting)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        key = (event.input.id or "").removeprefix("field-")
        typed = event.value
        if key == "due" and not typed.strip() and not self._shown(key):
            typed = formats.date(self.session.next_date())
        if not self._take(key, typed):
            return
        event.input.value = self._shown(key)
        later = ORDER[ORDER.index(key) + 1 :]
        following = next((one for one in later if not self._shown(one)), None)
        if following is None:
            self._take_all()
            self.dismiss(True)
        else:
            # at once: `focus` waits for its turn, and what is typed meanwhile would land here
            self.set_focus(self.query_one(f"#field-{following}", Input))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        if isinstance(event.widget, Input) and event.widget.id:
            self._take(event.widget.id.removeprefix("field-"), event.widget.value)

    def action_cancel(self) -> None:
        self._take_all()
        self.dismiss(None)

    def action_below(self, command: str) -> None:
        self._take_all()
        super().action_below(command)
