"""Every command of the program, declared once: its id, its keys, its words, where it works.

Footer, palette, help and the key table of the README grow from `COMMANDS`. Must not do anything: a screen runs a
command by its id, and says whether it works now. Source: meeting.md, "Keys".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from retrotui.errors import Message, msg

Where = Literal["meeting", "home", "summary", "list"]


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

    @property
    def key(self) -> str:
        """The key to show: the first that always works, else its twin."""
        return self.keys[0] if self.keys else self.twins[0] if self.twins else ""


COMMANDS: tuple[Command, ...] = (
    Command(
        "help", msg("Help"), msg("help for this screen"), ("f1",), ("?",), ("meeting", "home", "summary"), 8
    ),
    Command("pause", msg("Pause"), msg("pause and go on"), ("f2",), ("space",), footer=1),
    Command(
        "step.back",
        msg("Back"),
        msg("back: to the deal, round or part before, else to the step before"),
        ("f3",),
        ("b", ","),
        footer=2,
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
    ),
    Command("view", msg("Wall view"), msg("desk view or wall view"), ("f8",), ("w",), footer=7),
    Command("undo", msg("Undo"), msg("take the last change back"), ("f9", "ctrl+z"), ("u",), footer=9),
    Command("redo", msg("Redo"), msg("bring it back"), ("ctrl+y",), ("U",)),
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
        ("meeting", "home", "summary"),
    ),
    Command(
        "leave",
        msg("Leave"),
        msg("leave; a running meeting stays open"),
        ("ctrl+q",),
        ("q",),
        ("meeting", "home", "summary"),
    ),
)


def remapped(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """The commands with the team's own keys: `{"step.next": "f10"}` takes the place of the always-keys of one."""
    taken = set(keys.values())
    return tuple(
        replace(one, keys=(keys[one.id],))
        if one.id in keys
        else replace(one, keys=tuple(key for key in one.keys if key not in taken))
        for one in COMMANDS
    )


def by_id(commands: tuple[Command, ...], command_id: str) -> Command:
    return next(one for one in commands if one.id == command_id)


SHOWN = {
    "space": "␣", "ctrl+z": "^Z", "ctrl+y": "^Y", "ctrl+p": "^P", "ctrl+q": "^Q", "pagedown": "PgDn", "pageup": "PgUp",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip


def shown(key: str) -> str:
    """A key as people read it: F4, ^Z, PgDn."""
    return SHOWN.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def key_table(commands: tuple[Command, ...], say: Callable[[Message], str], where: Where = "meeting") -> str:
    """The table of keys in Markdown, as it stands in the README: keys, keys after Esc, what they do."""
    head = f"| {say(msg('always'))} | {say(msg('after Esc'))} | {say(msg('does'))} |\n|---|---|---|"
    rows = [
        f"| {_listed(one.keys)} | {_listed(one.twins)} | {say(one.explained)} |"
        for one in commands
        if where in one.where
    ]
    return "\n".join([head, *rows])


def _listed(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{shown(key)}`" for key in keys)
