"""The command line: `main` is the program.

Owns which commands there are, exit codes, and how an error becomes one sentence on stderr. Only the module of the
command that was typed is loaded: `--help` and `list` load neither pydantic nor Textual. Must not do a command's work.

Exit codes: 0 done · 1 it broke · 2 refused, with a sentence that says what to do · 128+n ended by signal n.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

from retrotui import __version__, locale
from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers, command_in, language_in
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import tr

BROKE: Final = 1
REFUSED: Final = 2
INTERRUPTED: Final = 130

COMMANDS: Final[dict[str, tuple[str, Message]]] = {
    "run": ("screens", msg("start a meeting")),
    "resume": ("screens", msg("go on with the open meeting")),
    "review": ("review", msg("past minutes on the screen: read, search, correct, export")),
    "list": ("minutes", msg("the meetings, newest first")),
    "show": ("minutes", msg("the minutes of a meeting as text")),
    "search": ("search", msg("what was said in any meeting")),
    "due": ("minutes", msg("open actions and experiments, overdue first")),
    "insights": ("insights", msg("the figures over many meetings")),
    "deals": ("deals", msg("try an export of deals: what is understood of it")),
    "agendas": ("agendas", msg("the agendas: list, show, check, new, edit")),
    "export": ("export", msg("minutes as Markdown, HTML, tables, JSON or a calendar")),
    "forget": ("forget", msg("take a person out of all files, drafts and the index")),
    "doctor": ("doctor", msg("where everything lies, and what is damaged")),
    "demo": ("demo", msg("a year of invented meetings to look around in")),
}
"""Each command with the module that declares it (`add_parser`) and does it (`run`), in the order of the help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. `argv` without the program's name; None: the process's own."""
    words = list(sys.argv[1:] if argv is None else argv)
    locale.use(language_in(words) or locale.system_language())
    output.prepare()
    try:
        return _run(words)
    except SystemExit as ended:  # --help and --version end so
        return ended.code if isinstance(ended.code, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        output.give_up_stdout()
        return output.PIPE_CLOSED
    except Exception as error:
        return _broke(error, words)


def _run(words: Sequence[str]) -> int:
    try:
        args = build_parser(command_in(words)).parse_args(words)
        _speak(args)
        command: Callable[[argparse.Namespace], int] = _module(args.command).run
        return command(args)
    except RetroError as error:
        _say(error, words)
        return REFUSED


def build_parser(command: str = "") -> Parser:
    """The parser of the whole program. Only `command` brings its own arguments; the others are named for the help."""
    parser = Parser(
        prog="retrotui",
        root=True,
        description=tr(
            "Runs a sales team's reflection meeting: clock, capture, experiments, minutes as plain files."
        ),
        epilog=tr("Without a command: the home screen."),
    )
    parser.add_argument(
        "--version", action="version", version=f"retrotui {__version__}", help=tr("show the version")
    )
    parser.set_defaults(command="")
    subparsers: Subparsers[Parser] = parser.add_subparsers(
        dest="command", metavar="COMMAND", title=tr("Commands")
    )
    for name, (_, words) in COMMANDS.items():
        if name == command:
            _declare(name, subparsers)
        else:
            subparsers.add_parser(name, help=tr(words))
    return parser


def _declare(name: str, subparsers: Subparsers[Parser]) -> None:
    module = _module(name)
    if COMMANDS[name][0] == name:
        module.add_parser(subparsers)
    else:
        module.add_parser(subparsers, name)


def _module(command: str) -> ModuleType:
    return import_module(f"retrotui.cli.{COMMANDS[command][0] if command else 'screens'}")


def _speak(args: argparse.Namespace) -> None:
    """The language of the interface, where `--lang` did not say it: the team folder's, else the system's."""
    if args.lang is None:
        from retrotui.cli.places import interface_language

        locale.use(interface_language(args.dir) or locale.system_language())


def _broke(error: Exception, words: Sequence[str]) -> int:
    """One sentence and a log file; never a traceback, which could stand on a projector."""
    from retrotui.cli.places import state_folder
    from retrotui.clock import SystemClock
    from retrotui.tui.crash import report, write_report

    clock = SystemClock()
    where = msg("There is no log: it could not be written.")
    with contextlib.suppress(OSError):
        log = write_report(state_folder() / "log", report(error, {}, clock.wall()), clock)
        where = msg("The log is {file}.", file=str(log))
    broken = RetroError(
        msg("retrotui broke: {kind}. What was saved is safe.", kind=type(error).__name__), where
    )
    _say(broken, words)
    return BROKE


def _say(error: RetroError, words: Sequence[str]) -> None:
    """The sentence on stderr; for a program that asked for JSON, on stdout too."""
    if "--json" in words:
        output.document({"error": output.sentence(error)})
    output.remark(output.sentence(error))
