"""How the command line is read: one parser class for every command, and its errors as sentences of ours.

Owns `--dir` and `--lang` (they go with every command, before or after it), the words of the help, and the translation
of what argparse complains about. Must not know what a command does, and must not load pydantic or Textual.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from retrotui.domain.nearness import nearest
from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import LANGUAGES, tr

Subparsers = argparse._SubParsersAction  # its only name; used in annotations

_REQUIRED = re.compile(r"the following arguments are required: (?P<names>.+)", re.DOTALL)
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<words>.+)", re.DOTALL)
_CHOICE = re.compile(
    r"argument (?P<name>\S+): invalid choice: (?P<given>.+) \(choose from (?P<known>.+)\)", re.DOTALL
)
_VALUE = re.compile(r"argument (?P<name>\S+): (?:expected .+|ignored explicit argument .+)", re.DOTALL)
_TYPE = re.compile(r"argument (?P<name>\S+): invalid .+ value: (?P<given>.+)", re.DOTALL)


class UsageError(RetroError):
    """The words on the command line do not make a command."""


class _Help(argparse.HelpFormatter):
    """argparse's layout with our words for its headings."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=100)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, tr("Usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        words = {"positional arguments": tr("Arguments"), "options": tr("Options")}
        super().start_section(words.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser that takes `--dir` and `--lang` and raises `UsageError` instead of leaving the program.

    Parsers of commands, and of commands below them, are made by `add_subparsers().add_parser()` and are of this class
    by themselves.
    """

    def __init__(self, *args: Any, root: bool = False, **values: Any) -> None:
        super().__init__(
            *args, **{"formatter_class": _Help, "allow_abbrev": False, **values, "add_help": False}
        )
        unset = None if root else argparse.SUPPRESS
        self.add_argument("-h", "--help", action="help", help=tr("show this help"))
        self.add_argument(
            "--dir",
            metavar="DIR",
            default=unset,
            help=tr("the team folder; else RETROTUI_DIR, else found by itself"),
        )
        self.add_argument(
            "--lang", choices=LANGUAGES, default=unset, help=tr("the language of the interface: de or en")
        )

    def error(self, message: str) -> NoReturn:
        raise UsageError(*_sentence(message, self.prog))


def _sentence(message: str, command: str) -> tuple[Message, Message]:
    """What argparse says, in our words. `command` is what was typed so far, for the hint."""
    hint = msg("{command} --help shows what can be typed.", command=command)
    if found := _REQUIRED.fullmatch(message):
        return msg("{names} is missing.", names=found["names"]), hint
    if found := _UNKNOWN.fullmatch(message):
        return msg("“{words}” means nothing here.", words=one_line(found["words"])[:80]), hint
    if found := _CHOICE.fullmatch(message):
        given, known = found["given"].strip("'\""), re.findall(r"[\w-]+", found["known"])
        if near := nearest(given, known):
            hint = msg("The nearest: {names}.", names=", ".join(near))
        elif len(known) < 8:
            hint = msg("There are: {names}.", names=", ".join(known))
        option = found["name"]
        if option.startswith("-"):
            return msg(
                "“{given}” is nothing that {option} takes.", given=one_line(given)[:60], option=found["name"]
            ), hint
        return msg("There is no command “{given}”.", given=one_line(given)[:60]), hint
    if found := _TYPE.fullmatch(message):
        given = one_line(found["given"].strip("'\""))[:60]
        return msg("“{given}” is nothing that {option} takes.", given=given, option=found["name"]), hint
    if found := _VALUE.fullmatch(message):
        return msg("{option} has no value, or one too many.", option=found["name"]), hint
    return msg("The command line cannot be read: {what}.", what=one_line(message)[:120]), hint


def command_in(argv: Sequence[str]) -> str:
    """The command that was typed, before anything is parsed; "" where there is none."""
    words = iter(argv)
    for word in words:
        if word in ("--dir", "--lang"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def language_in(argv: Sequence[str]) -> str:
    """The value of `--lang`, before anything is parsed: help and errors speak that language already."""
    for number, word in enumerate(argv):
        if word == "--":
            break
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and number + 1 < len(argv):
            return argv[number + 1]
    return ""
