"""The loop inside a meeting: verdicts on what earlier meetings began, what is carried, ideas taken up again.

Owns the rules of the `followup` step and of what makes an idea an experiment. What is open over many meetings is
told by `experiments`. Must not read files. Source: meeting.md, `followup`, `experiments`; files.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from retrotui.domain.agenda import Agenda
from retrotui.domain.experiments import OpenItem
from retrotui.domain.meeting import Meeting, commit, next_id
from retrotui.domain.minutes import Carried, Decision, Experiment, Minutes, Verdict, change
from retrotui.errors import Refused, msg

DECISIONS: dict[str, tuple[Decision, ...]] = {
    "experiment": ("keep", "adapt", "drop", "extend"),
    "action": ("done", "extend", "drop"),
}
"""The verdicts on each kind."""
BY_DIGIT: dict[int, Decision] = {1: "keep", 2: "adapt", 3: "drop", 4: "extend", 5: "done"}
"""The digits that judge an item (meeting.md, `followup`)."""


def item(meeting: Meeting, item_id: str) -> OpenItem:
    found = next((one for one in meeting.open_items if one.id == item_id), None)
    if found is None:
        raise Refused(msg("This is not open any more."))
    return found


def verdict_on(minutes: Minutes, item_id: str) -> Verdict | None:
    return next((one for one in minutes.verdict if one.item == item_id), None)


def check_decision(one: OpenItem, decision: Decision) -> None:
    """Raises Refused where the item's kind knows no such verdict."""
    if decision in DECISIONS[one.kind]:
        return
    if one.kind == "experiment":
        raise Refused(msg("An experiment is not done: keep, adapt, drop or extend it."))
    raise Refused(msg("An action is done, extended or dropped."))


def judge(
    meeting: Meeting,
    item_id: str,
    decision: Decision,
    now: datetime,
    *,
    due: date | None = None,
    reason: str = "",
) -> Meeting:
    """A verdict; a second one takes the place of the first. Adapt files a copy as an idea with its parent.

    Raises Refused where the kind knows no such verdict, an extension has no date, or a second extension no reason.
    """
    one = item(meeting, item_id)
    check_decision(one, decision)
    if decision == "extend" and due is None:
        raise Refused(msg("Until when is it extended?"))
    if decision == "extend" and one.extensions and not reason:
        raise Refused(msg("This is its second extension: why?"))
    minutes = _without_verdict(meeting.minutes, item_id)
    child = ""
    if decision == "adapt" and one.experiment is not None:
        meeting, child = next_id(meeting, "experiment")
        minutes = change(
            minutes, experiment=(*minutes.experiment, _adapted(meeting, one.experiment, child, now))
        )
    verdict = Verdict(
        item=item_id, kind=one.kind, decision=decision, due=due if decision == "extend" else None, reason=reason,
        child=child, at=now,
    )  # fmt: skip
    minutes = refreshed(change(minutes, verdict=(*minutes.verdict, verdict)))
    return commit(meeting, minutes, msg("the verdict on {title}", title=one.title), now)


def _adapted(meeting: Meeting, parent: Experiment, child: str, now: datetime) -> Experiment:
    """The copy that an adapted experiment leaves: an idea, since what is to change has not been said yet."""
    return Experiment(
        id=child,
        at=now,
        step=meeting.step.id,
        title=parent.title,
        hypothesis=parent.hypothesis,
        change=parent.change,
        owner=parent.owner,
        owner_text=parent.owner_text,
        measure=parent.measure,
        expected=parent.expected,
        parent=parent.id,
        state="idea",
    )


def _without_verdict(minutes: Minutes, item_id: str) -> Minutes:
    """The minutes before the verdict: its idea goes too, unless somebody has made it an experiment."""
    old = verdict_on(minutes, item_id)
    if old is None:
        return minutes
    experiments = tuple(x for x in minutes.experiment if x.id != old.child or x.state == "running")
    return change(
        minutes, experiment=experiments, verdict=tuple(one for one in minutes.verdict if one.item != item_id)
    )


def withdraw(meeting: Meeting, item_id: str, now: datetime) -> Meeting:
    """The verdict is taken back: the item is open again."""
    if verdict_on(meeting.minutes, item_id) is None:
        raise Refused(msg("There is no verdict to take back."))
    minutes = _without_verdict(meeting.minutes, item_id)
    return commit(meeting, minutes, msg("the verdict on {title}", title=item(meeting, item_id).title), now)


def refreshed(minutes: Minutes, before: Minutes | None = None) -> Minutes:
    """Verdicts say what happened and what was learned: the notes and lessons taken down for their item.

    What somebody wrote into the file without a note stays. `before` are the minutes before something was deleted or
    changed: words that came from there alone go with it.
    """
    verdicts = []
    for verdict in minutes.verdict:
        happened, learned = _told(minutes, verdict.item)
        then = _told(before, verdict.item) if before is not None else ("", "")
        if not happened and verdict.happened != then[0]:
            happened = verdict.happened
        if not learned and verdict.learned != then[1]:
            learned = verdict.learned
        verdicts.append(change(verdict, happened=happened, learned=learned))
    return change(minutes, verdict=tuple(verdicts)) if verdicts else minutes


def _told(minutes: Minutes, item_id: str) -> tuple[str, str]:
    """What happened with an item, and what it taught, by the entries of these minutes."""
    happened = " ".join(note.text for note in minutes.note if note.experiment == item_id)
    return happened, " ".join(one.text for one in minutes.lesson if one.experiment == item_id)


def waiting(meeting: Meeting) -> tuple[OpenItem, ...]:
    """What asks for a verdict today and has none."""
    today, judged = meeting.minutes.date, {one.item for one in meeting.minutes.verdict}
    return tuple(one for one in meeting.open_items if one.asks(today) and one.id not in judged)


def with_carried(meeting: Meeting) -> Minutes:
    """The minutes with what was on the table past its date without a verdict."""
    minutes, today = meeting.minutes, meeting.minutes.date
    late = [Carried(item=one.id) for one in waiting(meeting) if one.overdue(today)]
    # after a resume the earlier meetings may not have been read yet: what the file says of them stays
    known = {one.id for one in meeting.open_items} | {one.item for one in minutes.verdict}
    kept = [one for one in minutes.carried if one.item not in known]
    return change(minutes, carried=(*kept, *late))


# -- ideas and experiments -------------------------------------------------------------------------------


def lacks(agenda: Agenda, experiment: Experiment) -> tuple[str, ...]:
    """What an experiment still needs before it runs, by the agenda's `experiment_needs` (by default everything)."""
    missing = []
    for need in agenda.experiment_needs:
        value = (experiment.owner or experiment.owner_text) if need == "owner" else getattr(experiment, need)
        if not value:
            missing.append(str(need))
    return tuple(missing)


def room_for_more(meeting: Meeting) -> int:
    """How many more experiments may begin today."""
    begun = sum(1 for one in meeting.minutes.experiment if one.state == "running")
    return max(0, meeting.agenda.max_experiments - begun)


def settled(meeting: Meeting, experiment: Experiment) -> Experiment:
    """The experiment in the state that it deserves: running once nothing is missing and there is room, else an idea."""
    if lacks(meeting.agenda, experiment):
        return change(experiment, state="idea", start=None)
    if experiment.state == "running":
        return experiment
    if room_for_more(meeting) == 0:
        return experiment
    return change(experiment, state="running", start=experiment.start or meeting.minutes.date)


def take_up_idea(meeting: Meeting, item_id: str, now: datetime) -> Meeting:
    """An idea of an earlier meeting is defined anew in this one, under its own id.

    The lessons that it named are numbers of its old meeting, and go; so does a date that has gone by.
    """
    one = item(meeting, item_id)
    if one.experiment is None:
        raise Refused(msg("Only ideas and experiments can be taken up."))
    if any(x.id == item_id for x in meeting.minutes.experiment):
        raise Refused(msg("This idea has been taken up already."))
    idea, today = one.experiment, meeting.minutes.date
    due = idea.due if idea.due is not None and idea.due >= today else None
    anew = change(idea, at=now, step=meeting.step.id, state="idea", lessons=(), start=None, due=due)
    taken = settled(meeting, anew)
    minutes = change(meeting.minutes, experiment=(*meeting.minutes.experiment, taken))
    return commit(meeting, minutes, msg("the idea {title}", title=one.title), now)


def filled_in(meeting: Meeting, experiment_id: str, values: Mapping[str, Any], now: datetime) -> Meeting:
    """An experiment with more of its parts said; it runs once nothing is missing and there is room.

    `values` are keys of `Experiment`: hypothesis, change, owner, owner_text, measure, expected, due, title.
    """
    old = next((one for one in meeting.minutes.experiment if one.id == experiment_id), None)
    if old is None:
        raise Refused(msg("This experiment is not there any more."))
    new = settled(meeting, change(old, **values))
    if new == old:
        return meeting
    table = tuple(new if one.id == experiment_id else one for one in meeting.minutes.experiment)
    return commit(meeting, change(meeting.minutes, experiment=table), msg("the experiment"), now)
