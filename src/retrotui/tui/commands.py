"""Every command of the program, declared once: its id, its keys, its words, where it works.

Footer, palette, help and the key table of the README grow from `COMMANDS`. Must not do anything: a screen runs a
command by its id, and says whether it works now. Source: meeting.md, "Keys".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from retrotui.errors import Message, msg

Where = Literal["meeting", "home", "summary", "agendas", "editor", "review", "minutes", "insights"]


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` always work; `twins` work after Esc, since terminals and laptops take function keys away."""

    id: str
    words: Message
    explained: Message
    keys: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    where: tuple[Where, ...] = ("meeting",)
    footer: int = 0
    """Its place in the footer from 1; 0: not there."""
    short: Message | None = None
    """Its words where the footer is narrow; None: the same."""
    spare: bool = False
    """A narrow footer leaves it out, rather than name its key without a word."""

    @property
    def key(self) -> str:
        """The key to show: the first that always works, else its twin."""
        return self.keys[0] if self.keys else self.twins[0] if self.twins else ""


EVERYWHERE: tuple[Where, ...] = get_args(Where)
LAST = 99
"""The place of help: at the end of every footer."""
MADE: tuple[Where, ...] = ("meeting", "editor", "minutes")
"""Where things are made, and can be taken back."""


def _listed(command_id: str, words: Message, explained: Message, *twins: str, footer: int = 0) -> Command:
    """A command of the list of agendas."""
    return Command(command_id, words, explained, (), twins, ("agendas",), footer)


def _edits(
    command_id: str,
    words: Message,
    explained: Message,
    *twins: str,
    keys: tuple[str, ...] = (),
    footer: int = 0,
) -> Command:
    """A command of the agenda's editor, where letters are commands at once."""
    return Command(command_id, words, explained, keys, twins, ("editor",), footer)


AGENDA_COMMANDS: tuple[Command, ...] = (
    _listed("agenda.edit", msg("Edit"), msg("edit the agenda; of a bundled one a copy of your own"), "e", footer=1),
    _listed("agenda.new", msg("New"), msg("a new agenda that begins as this one"), "n", footer=2),
    _listed("agenda.read", msg("Read"), msg("read the agenda with all its questions"), "r", footer=3),
    _listed("agenda.begin", msg("Begin"), msg("begin a meeting with this agenda"), "b", footer=4),
    _edits("edit.save", msg("Save"), msg("save the agenda"), "s", keys=("ctrl+s",), footer=1),
    _edits("edit.more", msg("more"), msg("a minute more (of the whole meeting: five)"), "+", footer=2),
    _edits("edit.less", msg("less"), msg("a minute less (of the whole meeting: five)"), "-"),
    _edits("edit.add", msg("Add"), msg("add a step behind this one, or a question"), "a", footer=4),
    _edits("edit.copy", msg("Copy"), msg("copy the step"), "c"),
    _edits("edit.delete", msg("Delete"), msg("delete the step; among the keys: take the key out"), "d", footer=5),
    _edits("edit.up", msg("Up"), msg("move the step, or the question, up"), "K"),
    _edits("edit.down", msg("Down"), msg("move the step, or the question, down"), "J"),
    _edits("edit.minutes", msg("Timebox"), msg("type the step's time: 10, 2.5, 30 %, nothing for an open end"), "m"),
    _edits("edit.title", msg("Title"), msg("type the title"), "t"),
    _edits("edit.prompts", msg("Prompts"), msg("go to the questions"), "p"),
    _edits("edit.kind", msg("Kind"), msg("change the kind of step"), "y"),
    _edits("edit.check", msg("Next finding"), msg("to the next step in which something is wrong"), "n"),
    _edits("edit.language", msg("Other language"), msg("show and edit the texts in the other language"), "l"),
    _edits("edit.preview", msg("Wall view"), msg("what the room will see in this step"), "w", keys=("f8",), footer=7),
    _edits("edit.text", msg("Text"), msg("the agenda as text (TOML)"), "r", footer=6),
    _edits("edit.editor", msg("Your editor"), msg("open the text in your own editor ($EDITOR)"), "x"),
    _edits("edit.compare", msg("Compare"), msg("compare with the saved file or the bundled agenda"), "v"),
    _edits("edit.bundled", msg("Back to the bundled one"), msg("the bundled agenda in place of your copy"), "B"),
)  # fmt: skip


def _reviews(command_id: str, words: Message, explained: Message, *twins: str, footer: int = 0) -> Command:
    """A command of the list of all minutes."""
    return Command(command_id, words, explained, (), twins, ("review",), footer)


def _reads(command_id: str, words: Message, explained: Message, *twins: str, footer: int = 0) -> Command:
    """A command of the page of one meeting's minutes."""
    return Command(command_id, words, explained, (), twins, ("minutes",), footer)


REVIEW_COMMANDS: tuple[Command, ...] = (
    Command(
        "review", msg("Minutes"), msg("all minutes: read, search, correct, export"), (), ("m",), ("home",)
    ),
    _reviews("review.read", msg("Read"), msg("read the marked minutes"), "enter", footer=1),
    _reviews(
        "review.search", msg("Search"), msg("search as you type; Enter goes back to the list"), "/", footer=2
    ),
    _reviews(
        "review.choose",
        msg("Choose"),
        msg("choose people, customers, factors, outcomes, months"),
        "f7",
        "a",
        footer=3,
    ),
    _reviews("review.mark", msg("Mark"), msg("mark several, to export them at once"), "space", footer=4),
    _reviews("review.export", msg("Export"), msg("export the marked minutes, else this one"), "e", footer=5),
    _reviews("review.clear", msg("All"), msg("search for nothing, and mark nothing"), "c"),
    _reviews("review.look", msg("Look again"), msg("look at the files again"), "r"),
    _reads("minutes.hit", msg("Next hit"), msg("to the next hit"), "n", footer=1),
    _reads("minutes.hit_before", msg("Hit before"), msg("to the hit before"), "N", "p"),
    _reads("minutes.search", msg("Search"), msg("search in these minutes"), "/", footer=2),
    _reads(
        "minutes.correct", msg("Correct"), msg("correct what is marked, as it could be typed"), "c", footer=3
    ),
    _reads("minutes.delete", msg("Delete"), msg("delete what is marked"), "d"),
    _reads(
        "minutes.lineage", msg("Lineage"), msg("where it was begun, carried, judged"), "l", "enter", footer=4
    ),
    _reads("minutes.export", msg("Export"), msg("export these minutes"), "e", footer=5),
    _reads(
        "minutes.reopen",
        msg("Reopen"),
        msg("go on with this meeting; the file says that it was reopened"),
        "o",
    ),
    _reads("minutes.newer", msg("Newer"), msg("to the meeting after"), "left"),
    _reads("minutes.older", msg("Older"), msg("to the meeting before"), "right"),
)


def _figures(command_id: str, words: Message, explained: Message, *twins: str, footer: int = 0) -> Command:
    """A command of the figures over many meetings."""
    return Command(command_id, words, explained, (), twins, ("insights",), footer)


INSIGHTS_COMMANDS: tuple[Command, ...] = (
    Command("insights", msg("Insights"), msg("the figures over many meetings"), (), ("i",), ("home",)),
    _figures(
        "insights.open", msg("Meetings"), msg("the meetings behind the marked figure"), "enter", footer=1
    ),
    _figures(
        "insights.next", msg("Section"), msg("the next section; also its digit"), "right", "tab", footer=2
    ),
    _figures("insights.before", msg("Section before"), msg("the section before"), "left", "shift+tab"),
    _figures("insights.period", msg("Period"), msg("choose the time that the figures are of"), "p", footer=3),
    _figures("insights.look", msg("Look again"), msg("look at the files again"), "r"),
)

COMMANDS: tuple[Command, ...] = (
    Command("help", msg("Help"), msg("help for this screen"), ("f1",), ("?",), EVERYWHERE, LAST),
    Command("pause", msg("Pause"), msg("pause and go on"), ("f2",), ("space",), footer=1),
    Command(
        "step.back",
        msg("Back"),
        msg("back: to the deal, round or part before, else to the step before"),
        ("f3",),
        ("b", ","),
        footer=2,
        short=msg("←"),
    ),
    Command(
        "step.next",
        msg("On"),
        msg("on: to the next deal, round or part while one waits, else to the next step"),
        ("f4",),
        ("n", "."),
        footer=3,
    ),
    Command("extend", msg("+1 min"), msg("one minute more for this step"), ("f5",), ("+",), footer=4),
    Command(
        "course",
        msg("Course"),
        msg("course and time: jump, skip, repeat or add a step, re-plan, repair, discretion, abort"),
        ("f6",),
        ("t",),
        footer=5,
    ),
    Command(
        "choose",
        msg("Choose"),
        msg("what this step chooses from: people, deals, factors, figures, verdicts"),
        ("f7",),
        ("a",),
        footer=6,
        short=msg("Pick"),
    ),
    Command(
        "view", msg("Wall view"), msg("desk view or wall view"), ("f8",), ("w",), footer=7, short=msg("Wall")
    ),
    Command(
        "before",
        msg("Before"),
        msg("read what was said before: of this customer, of a factor, a lesson, an experiment"),
        ("f10",),
        ("m",),
    ),
    Command(
        "undo", msg("Undo"), msg("take the last change back"), ("f9", "ctrl+z"), ("u",), MADE, 8, spare=True
    ),
    Command("redo", msg("Redo"), msg("bring it back"), ("ctrl+y",), ("U",), MADE),
    Command(
        "prompt.next",
        msg("Next prompt"),
        msg("the next question (Tab on an empty line)"),
        ("pagedown",),
        ("right",),
    ),
    Command(
        "prompt.previous",
        msg("Previous prompt"),
        msg("the question before (Shift+Tab on an empty line)"),
        ("pageup",),
        ("left",),
    ),
    Command(
        "entry.up",
        msg("Entry before"),
        msg("the entry before (↑ on an empty line edits the last)"),
        (),
        ("up", "k"),
    ),
    Command("entry.down", msg("Entry after"), msg("the entry after"), (), ("down", "j")),
    Command("entry.edit", msg("Edit"), msg("edit the entry under the cursor; Esc restores it"), (), ("e",)),
    Command("entry.delete", msg("Delete"), msg("delete the entry under the cursor"), (), ("d",)),
    Command(
        "entry.vote", msg("Votes"), msg("votes for the entry: digits, Enter goes to the next"), (), ("v",)
    ),
    Command("entry.clear_votes", msg("Clear votes"), msg("clear the votes of this step"), (), ("V",)),
    Command("entry.group", msg("Put together"), msg("put the entry together with another"), (), ("g",)),
    Command("entry.experiment", msg("Make an experiment"), msg("make it an experiment"), (), ("x",)),
    Command("entry.lesson", msg("Make a lesson"), msg("make it a lesson"), (), ("!",)),
    Command("entry.action", msg("Make an action"), msg("make it an action"), (), (">",)),
    Command(
        "palette",
        msg("Commands"),
        msg("all commands, by name"),
        ("ctrl+p",),
        (":",),
        EVERYWHERE,
    ),
    Command(
        "leave",
        msg("Leave"),
        msg("leave; a running meeting stays open"),
        ("ctrl+q",),
        ("q",),
        EVERYWHERE,
    ),
    *AGENDA_COMMANDS,
    *REVIEW_COMMANDS,
    *INSIGHTS_COMMANDS,
)


def remapped(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """The commands with the team's own keys: `{"step.next": "f10"}` takes the place of the always-keys of one."""
    taken = set(keys.values())
    return tuple(
        replace(one, keys=(keys[one.id],))
        if one.id in keys
        else one
        if taken.isdisjoint(one.keys)
        else replace(one, keys=tuple(key for key in one.keys if key not in taken))
        for one in COMMANDS
    )


def by_id(commands: tuple[Command, ...], command_id: str) -> Command:
    return next(one for one in commands if one.id == command_id)


def command_of(commands: tuple[Command, ...], key: str, character: str | None) -> Command | None:
    """The command that a key means where letters are commands at once."""
    return next((one for one in commands if {key, character} & {*one.keys, *one.twins}), None)


BOUND = {"?": "question_mark", ":": "colon"}
"""Keys that Textual's bindings know by a name."""


def bound(key: str) -> str:
    """The key as a binding has it: "question_mark" for "?"."""
    return BOUND.get(key, key)


SHOWN = {
    "space": "␣", "ctrl+s": "^S", "ctrl+z": "^Z", "ctrl+y": "^Y", "ctrl+p": "^P", "ctrl+q": "^Q",
    "pagedown": "PgDn", "pageup": "PgUp",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "⏎", "tab": "⇥", "shift+tab": "⇤",
}  # fmt: skip


def shown(key: str) -> str:
    """A key as people read it: F4, ^Z, PgDn."""
    return SHOWN.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def key_table(commands: tuple[Command, ...], say: Callable[[Message], str], where: Where = "meeting") -> str:
    """The table of keys in Markdown, as it stands in the README: keys, keys after Esc, what they do."""
    always, after_esc, does = say(msg("always")), say(msg("after Esc")), say(msg("does"))
    head = f"| {always} | {after_esc} | {does} |\n|---|---|---|"
    rows = [
        f"| {_in_code(one.keys)} | {_in_code(one.twins)} | {say(one.explained)} |"
        for one in commands
        if where in one.where
    ]
    return "\n".join([head, *rows])


def _in_code(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{shown(key)}`" for key in keys)
