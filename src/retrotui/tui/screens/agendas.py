"""The agendas that there are, on one page: read one, edit it, begin a meeting with it, or make a new one of it.

Owns the list and its cursor. An agenda is edited by `agenda_editor`, and found by `store.agendas`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from retrotui.domain.agenda import CountsAs
from retrotui.domain.agenda_changes import free_id
from retrotui.errors import Message, RetroError, msg
from retrotui.interchange import agenda_pages
from retrotui.locale import formats, language, tr
from retrotui.store import agenda_editing, agendas
from retrotui.store.agendas import BrokenAgenda, LoadedAgenda
from retrotui.tui import opening, text
from retrotui.tui.commands import Command
from retrotui.tui.place import Place
from retrotui.tui.screens.agenda_editor import AgendaEditor
from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.dialogs.reader import Reader
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.footer import footer

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

LIST_KEYS = (
    ("↑ ↓ ⏎", msg("go through the agendas, and edit what is marked")),
    ("Esc", msg("back")),
)
"""The keys of this screen that are no commands."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One agenda; `broken` has what is wrong with it."""

    id: str
    title: str
    detail: str
    found: LoadedAgenda | BrokenAgenda

    @property
    def is_broken(self) -> bool:
        return isinstance(self.found, BrokenAgenda)


def agenda_rows(place: Place) -> tuple[AgendaRow, ...]:
    """All agendas, the team's own first, with length, share of reflecting and where they come from."""
    good, broken = agendas.all_agendas(place.workspace.folder)
    rows = [AgendaRow(one.id, one.path.name, tr(one.error.what), one) for one in broken]
    own = place.settings.language or language()
    for one in sorted(good, key=lambda each: (each.bundled, each.agenda.id)):
        share = formats.percent(round(one.agenda.shares()[CountsAs.REFLECT] * 100))
        parts = [
            tr(agenda_pages.length_label(one.agenda)),
            tr(msg("reflecting {share}", share=share)),
            tr(msg("bundled") if one.bundled else msg("your own")),
        ]
        rows.append(AgendaRow(one.agenda.id, one.agenda.title.text(own), " · ".join(parts), one))
    return tuple(rows)


class AgendasScreen(Screen[None]):
    """↑ ↓ and Enter, or one letter for each thing."""

    BINDINGS: ClassVar[list[BindingType]] = []
    keys_stay_above = True

    def __init__(self, place: Place, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.place = place
        self.all_commands = commands
        self.declared = tuple(one for one in commands if "agendas" in one.where)
        self.keys = {key: one.id for one in self.declared for key in (*one.keys, *one.twins)}
        self.rows = agenda_rows(place)
        self.at = 0
        self.notice: Message | None = None
        self._ways: dict[str, Callable[[], object]] = {
            "agenda.edit": self._edit,
            "agenda.new": self._new,
            "agenda.read": self._read,
            "agenda.begin": self._begin,
            "leave": lambda: self.dismiss(None),
            "help": lambda: self.app.push_screen(HelpDialog(self.declared, "agendas", LIST_KEYS)),
            "palette": lambda: self.app.action_command_palette(),
        }

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        yield Drawn(id="rows")
        yield Drawn(id="notice")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self.call_after_refresh(self.show)

    def on_screen_resume(self) -> None:
        """Back from the editor: look again."""
        marked = self.marked.id if self.rows else ""
        self.rows = agenda_rows(self.place)
        self.at = next((n for n, row in enumerate(self.rows) if row.id == marked), 0)
        self.call_after_refresh(self.show)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)

    @property
    def marked(self) -> AgendaRow:
        return self.rows[self.at]

    # -- drawing -------------------------------------------------------------------------------------------

    def show(self) -> None:
        area = self.query_one("#rows", Drawn)
        size = area.content_size
        first = max(0, min(self.at - size.height // 2, len(self.rows) - size.height))
        shown = self.rows[first : first + max(1, size.height)]
        area.draw(
            text.stack([self._row(row, first + n == self.at, size.width) for n, row in enumerate(shown)])
        )
        width = self.query_one("#footer").content_size.width
        head = text.join(text.mark(" "), text.line(tr("Agendas"), "bold $accent"))
        self.query_one("#headline", Drawn).draw(head)
        said = text.line(f" {tr(self.notice)}", "bold $warn", width=width) if self.notice else text.mark("")
        self.query_one("#notice", Drawn).draw(said)
        back = text.join(text.mark(" Esc ", "bold $accent"), text.line(tr("back"), "$muted"), text.mark(" "))
        keys = footer(self.declared, lambda one: one.words, max(10, width - back.cell_length), twins=True)
        self.query_one("#footer", Drawn).draw(text.join(back, keys))

    def _row(self, row: AgendaRow, marked: bool, width: int) -> Content:
        detail = text.cut(row.detail, max(16, width - 32))
        label = text.pad(f"{row.title} · {row.id}", max(8, min(width, 110) - text.cells(detail) - 6))
        content = text.join(
            text.mark("▸ " if marked else "  ", "bold $accent"),
            text.mark("✗ " if row.is_broken else "  ", "bold $warn"),
            text.line(label, "bold" if marked else ""),
            text.line(f"  {detail}", "$muted"),
        )
        return content.stylize("on $lit") if marked else content

    def say(self, message: Message) -> None:
        self.notice = message
        self.show()

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        name = event.character if event.is_printable and event.character else event.key
        command = self.keys.get(event.key) or self.keys.get(name)
        moves = {"up": -1, "k": -1, "down": 1, "j": 1, "home": -len(self.rows), "end": len(self.rows)}
        self.notice = None
        if event.key in moves:
            self.at = max(0, min(len(self.rows) - 1, self.at + moves[event.key]))
        elif event.key == "enter":
            self.action_run("agenda.edit")
        elif event.key == "escape":
            self.action_run("leave")
        elif command is not None:
            self.action_run(command)
        else:
            return
        event.stop()
        if self.app.screen is self:
            self.show()

    def action_run(self, command: str) -> None:
        """A key, or a choice in the palette."""
        try:
            self._ways.get(command, lambda: None)()
        except RetroError as error:
            self.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette."""
        for command in self.declared:
            yield command, command.words

    # -- what a row opens ----------------------------------------------------------------------------------

    @property
    def _language(self) -> str:
        return self.place.settings.language or language()

    def _edit(self) -> None:
        row = self.marked
        wanted = row.id if not row.is_broken else str(row.found.path)
        sheet = agenda_editing.open_sheet(self.place.workspace, wanted, self._language)
        self.app.push_screen(AgendaEditor(self.place, sheet, self.all_commands))

    def _new(self) -> None:
        template = self.marked
        if template.is_broken:
            self.say(msg("This one is broken: mend it first, e opens it."))
            return
        taken = {row.id for row in self.rows}

        def check(line: str) -> Message | None:
            return (
                msg("There is an agenda “{id}” already.", id=line.strip()) if line.strip() in taken else None
            )

        def answered(line: str | None) -> None:
            if line is not None:
                self._made(line.strip(), template.id)

        asked = Ask(
            msg("What is the new agenda's id?"),
            explained=msg("It begins as a copy of {title}.", title=template.title),
            value=free_id(f"{template.id}-2" if template.id in taken else template.id, taken),
            check=check,
        )
        self.app.push_screen(asked, answered)

    def _made(self, an_id: str, template: str) -> None:
        try:
            sheet = agenda_editing.new_sheet(self.place.workspace, an_id, template, self._language)
        except RetroError as error:
            self.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
            return
        self.app.push_screen(AgendaEditor(self.place, sheet, self.all_commands))

    def _read(self) -> None:
        found = self.marked.found
        if isinstance(found, BrokenAgenda):
            said = tr(msg("{what} {hint}", what=found.error.what, hint=found.error.hint or ""))
            self.app.push_screen(Reader(self.marked.title, said))
            return
        self.app.push_screen(
            Reader(self.marked.title, agenda_pages.text_page(found.agenda, self._language, tr))
        )

    def _begin(self) -> None:
        app = cast("RetroApp", self.app)
        session = opening.new_session(self.place, opening.with_agenda(app.options, self.marked.id))
        app.show_meeting(session)
