"""The demo's folder: where it lies, how it is made, and that nothing else is ever taken away.

Owns the mark by which a demo is known. A folder is only deleted when it carries the mark, and the mark names that very
folder: a copy that somebody works with is no demo any more. Every file goes through the store's one writer.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from datetime import date as Date
from datetime import tzinfo
from pathlib import Path
from typing import Final

from retrotui.clock import Clock
from retrotui.demo.pipeline import pipeline_file
from retrotui.demo.story import OWN_AGENDA, own_agenda
from retrotui.demo.year import SEED, Year, make_year
from retrotui.errors import RetroError, msg
from retrotui.store import agendas, durable, lock
from retrotui.store import minutes as store
from retrotui.store.system_calls import reason_of
from retrotui.store.toml_reading import parse
from retrotui.store.workspace import Workspace

MARK: Final = ".retrotui-demo"
EXPECTED: Final = ("sales", "delivery", "service", "product")


def default_folder(language: str) -> Path:
    """Where the demo lies unless `--dir` says otherwise: in the user's data folder, one for each language."""
    import platformdirs

    return platformdirs.user_data_path("retrotui", appauthor=False) / f"demo-{language}"


def prepare(
    workspace: Workspace, language: str, clock: Clock, *, fresh: bool = False, zone: tzinfo | None = None
) -> tuple[bool, str]:
    """Sees to it that the demo stands in the folder; returns whether it was made now, and the name of its deals file.

    An existing demo is kept unless `fresh`; one that was not finished is made anew. Raises RetroError where the folder
    holds something else, a meeting is running in it, or it cannot be written.
    """
    mark = _read_mark(workspace.folder)
    if mark is not None and mark.get("finished") is True and not fresh:
        return False, str(mark.get("deals", ""))
    if mark is not None:
        _take_away(workspace, mark, clock)
    elif workspace.folder.exists() and any(workspace.folder.iterdir()):
        raise RetroError(
            msg("{folder} is not empty, and it is no demo.", folder=str(workspace.folder)),
            msg("Name another folder with --dir DIR, or leave --dir out."),
            file=workspace.folder,
        )
    good, _ = agendas.all_agendas(None)
    year = make_year(language, clock.wall().date(), {one.agenda.id: one.agenda for one in good}, zone=zone)
    try:
        write(workspace, year, clock.wall().date())
    except OSError as error:
        raise RetroError(
            msg(
                "{folder} cannot be written: {reason}.",
                folder=str(workspace.folder),
                reason=reason_of(error),
            ),
            msg("Name another folder with --dir DIR."),
            file=workspace.folder,
        ) from error
    return True, year.pipeline.file


def write(workspace: Workspace, year: Year, today: Date) -> None:
    """Writes everything; the mark first and last, so that a demo that was cut off is known for what it is."""
    folder = workspace.folder
    mark = {"schema": 1, "folder": _real(folder), "made": today, "seed": SEED, "deals": year.pipeline.file}
    _put(folder / MARK, _toml({**mark, "finished": False}))
    _put(workspace.settings_file, settings_text(year).encode())
    _put(workspace.agendas_folder / OWN_AGENDA, own_agenda().encode())
    _put(folder / year.pipeline.file, pipeline_file(year.pipeline, year.story), toml=False)
    for minutes in year.meetings:
        store.save_new(workspace, minutes)
    durable.write(folder / MARK, _toml({**mark, "finished": True}), expected=durable.ANY, check=parse)


def settings_text(year: Year) -> str:
    """The team's `retrotui.toml`, as somebody would have written it."""
    story, pick = year.story, year.story.pick
    lines = [
        "schema = 1",
        f"team = {_text(pick(story.team['name']))}",
        f"language = {_text(story.language)}",
        f"currency = {_text(pick(story.team['currency']))}",
        'agenda = "monthly-reflection"',
        f"expected_functions = [{', '.join(map(_text, EXPECTED))}]",
    ]
    for person in year.people.values():
        lines += ["", "[[person]]", f"id = {_text(person.id)}", f"name = {_text(person.name)}"]
        lines.append(f"function = {_text(person.function)}")
    for factor in story.team["factor"]:
        lines += ["", "[[factor]]", f"id = {_text(factor['id'])}"]
        for key in ("label", "long"):
            german, english = map(_text, factor[key])
            lines.append(f"{key} = {{ de = {german}, en = {english} }}")
        lines.append(f"control = {_text(factor['control'])}")
    return "\n".join(lines) + "\n"


# -- the mark --------------------------------------------------------------------------------------------


def _read_mark(folder: Path) -> dict[str, object] | None:
    """What the mark says; None where there is none that can be read."""
    try:
        content, _ = durable.read(folder / MARK, limit=10_000)
        return parse(content, folder / MARK)
    except RetroError:
        return None


def _take_away(workspace: Workspace, mark: Mapping[str, object], clock: Clock) -> None:
    """Deletes the demo and the drafts of its meetings. Raises RetroError rather than delete anything else."""
    folder = workspace.folder
    if mark.get("folder") != _real(folder):
        raise RetroError(
            msg("{folder} was copied or moved from a demo: it is not taken away.", folder=str(folder)),
            msg("Name another folder with --dir DIR, or delete this one yourself."),
            file=folder,
        )
    for path in workspace.minutes_folder.glob(".*.lock"):
        holder = lock.holder_of(workspace, path.name.removeprefix(".").removesuffix(".lock"), clock)
        if holder is not None:
            raise RetroError(
                msg("A meeting is running in the demo."),
                msg("End it first, then make the demo anew."),
                file=path,
            )
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise RetroError(
            msg("{folder} cannot be deleted: {reason}.", folder=str(folder), reason=reason_of(error)),
            msg("Delete it yourself, or name another folder with --dir DIR."),
            file=folder,
        ) from error
    with contextlib.suppress(OSError):
        shutil.rmtree(workspace.drafts_folder)


def _real(folder: Path) -> str:
    return os.path.realpath(folder)


def _put(path: Path, content: bytes, *, toml: bool = True) -> None:
    durable.write(path, content, expected=None, check=parse if toml else bytes)


def _toml(table: Mapping[str, object]) -> bytes:
    import tomli_w

    return tomli_w.dumps(table).encode()


def _text(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)
