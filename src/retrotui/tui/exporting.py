"""Exporting, for the command line and for the summary: what goes out of which meeting, where to, and the writing.

Owns the names of the files and the promise that nothing is overwritten unasked; `store.durable` writes. Loads no
Textual. What is left out is `interchange.outgoing`'s, how it is written `interchange.exports`'.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from retrotui.domain.experiments import OpenItem, open_items
from retrotui.domain.minutes import Minutes
from retrotui.errors import RetroError, msg
from retrotui.interchange import exports
from retrotui.interchange.exports import Format, Written
from retrotui.interchange.outgoing import Around, Outgoing, around_of, outgoing
from retrotui.store import durable
from retrotui.store.settings import Settings


@dataclass
class Exporter:
    """Meetings of one team on their way out. `neighbours` are the other meetings at hand, `now` is the export's."""

    settings: Settings
    neighbours: Sequence[Minutes]
    now: datetime
    lang: str = ""
    """The language to write in; "": each meeting's own."""
    anonymous: bool = False
    _around: dict[str, Around] = field(default_factory=dict, init=False, repr=False)

    def out(self, minutes: Minutes, lang: str = "") -> Outgoing:
        """What goes out of a meeting."""
        lang = lang or self.lang or minutes.language
        if lang not in self._around:
            team = [person.name for person in self.settings.person]
            self._around[lang] = around_of(self.neighbours, lang, people=team)
        own = self.settings.factor
        return outgoing(minutes, lang, anonymous=self.anonymous, around=self._around[lang], own_factors=own)

    def stem(self, minutes: Minutes, name: str = "") -> str:
        """What the files of a meeting are called: `name`, or its id, without people where they are left out."""
        name = name or minutes.id
        return self.out(minutes).unnamed(name) if self.anonymous else name

    def written(self, minutes: Minutes, wanted: Format) -> tuple[Written, ...]:
        """A meeting in a format. Raises RetroError for a calendar without a day.

        A calendar follows the newest word on each item: for it all meetings must be among the neighbours.
        """
        items = self._newest_word if wanted == "ics" else ()
        if wanted == "ics" and all(one.id != minutes.id for one in self.neighbours):
            items = open_items((*self.neighbours, minutes), self.now.date())
        return exports.written(self.out(minutes), wanted, open_items=items, stamp=self.now)

    @cached_property
    def _newest_word(self) -> tuple[OpenItem, ...]:
        return open_items(self.neighbours, self.now.date())

    def tables(self, meetings: Sequence[Minutes], lang: str) -> tuple[Written, ...]:
        """One file a table over several meetings, in one language: a spreadsheet knows but one separator.

        `lang` is for meetings of several languages.
        """
        spoken = {one.language for one in meetings}
        common = self.lang or (spoken.pop() if len(spoken) == 1 else lang)
        return exports.tables([self.out(one, common) for one in meetings], common)


@dataclass(frozen=True, slots=True)
class ExportFile:
    path: Path
    content: bytes


def in_folder(folder: Path, stem: str, wanted: Format, parts: Iterable[Written]) -> list[ExportFile]:
    """The files in a folder, named for their meeting: `ID.md`; tables `ID-notes.csv` …; `notes.csv` without a stem."""
    return [
        ExportFile(folder / f"{'-'.join(filter(None, (stem, part.table)))}.{wanted}", part.content)
        for part in parts
    ]


def at_path(typed: str, stem: str, wanted: Format, parts: Sequence[Written]) -> list[ExportFile]:
    """The files of one meeting where somebody wants them.

    An existing folder, or a path that ends with a slash, is a folder. Tables need one each: `x.csv` becomes
    `x-notes.csv` …, any other path is a folder for them.
    """
    path = Path(os.path.expanduser(typed)).absolute()  # noqa: PTH111 - Path's own raises for an unknown user
    several = wanted == "csv"
    if typed.endswith(("/", os.sep)) or os.path.isdir(path) or (several and path.suffix.lower() != ".csv"):  # noqa: PTH112
        return in_folder(path, stem, wanted, parts)
    if several:
        return in_folder(path.parent, path.stem, wanted, parts)
    return [ExportFile(path, part.content) for part in parts]


def refusal(files: Iterable[ExportFile], *, force: bool = False) -> RetroError | None:
    """Why these files cannot be written; None where nothing stands in the way."""
    for each in files:
        if each.path.suffix.lower() == ".toml":
            return RetroError(
                msg("{file} would take the place of minutes or settings.", file=each.path.name),
                msg("An export is called otherwise than .toml."),
            )
        if not force and os.path.lexists(each.path):
            return RetroError(
                msg("{file} is there already.", file=each.path.name),
                msg("Choose another name, or overwrite it with --force."),
            )
    return None


def write(files: Sequence[ExportFile], *, force: bool = False) -> list[Path]:
    """Writes all of them, or refuses before the first. Raises RetroError: a file is there, or the system refused."""
    if (refused := refusal(files, force=force)) is not None:
        raise refused
    for each in files:
        try:
            expected = durable.ANY if force else None
            durable.write(each.path, each.content, expected=expected, check=bytes.decode)
        except durable.Conflict as error:  # it came between the look and the writing
            hint = msg("Choose another name, or overwrite it with --force.")
            raise RetroError(msg("{file} is there already.", file=each.path.name), hint) from error
        except durable.NotSaved as error:
            raise RetroError(error.what, msg("Choose another place for it.")) from error
    return [each.path for each in files]
