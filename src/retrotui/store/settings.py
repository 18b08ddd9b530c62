"""The team's settings: `retrotui.toml`, its people, its own factors, its keys, what the import remembered.

Owns the model of that file, what is wrong in it and where, and changing it without touching the comments and the order
that a person gave it. Must not know commands or agendas: which keys exist is the screens' business. `tomlkit` is loaded
only to save.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from retrotui.domain.factors import Factor
from retrotui.domain.nearness import distance
from retrotui.domain.text import person_id
from retrotui.errors import Message, RetroError, msg
from retrotui.store import durable
from retrotui.store.durable import Hash, Missing
from retrotui.store.toml_codec import first_fault
from retrotui.store.toml_places import KeyPath, Places
from retrotui.store.toml_reading import Migration, Raw, migrate, parse_text, text_of, written_by_newer
from retrotui.store.workspace import Workspace

ROWS: Final = ("person", "factor")
Language: TypeAlias = Literal["de", "en"]

MAX_BYTES: Final = 1_000_000
"""Bytes of a settings file; a larger one is something else."""
SCHEMA: Final = 1
MIGRATIONS: Final[tuple[Migration, ...]] = ()
"""Of the settings, in order: the first goes from schema 1 to 2."""


class Section(BaseModel):
    """A table of the file: frozen; keys that we do not know are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class Person(Section):
    """Somebody of the team, who may be chosen as participant or owner."""

    id: str = ""
    name: str
    function: str = ""


class Settings(Section):
    """What the team settled. Every key may be left out."""

    schema_: int = Field(default=SCHEMA, alias="schema")
    team: str = ""
    language: Language | None = None
    """Of meetings. None: that of the interface."""
    interface: Language | None = None
    """Of the interface. None: the system's."""
    currency: str = "EUR"
    theme: Literal["light", "dark"] = "light"
    bell: bool = False
    agenda: str = "monthly-reflection"
    """What `retrotui run` takes by itself."""
    expected_functions: tuple[str, ...] = ("sales", "delivery", "service", "product")
    person: tuple[Person, ...] = ()
    factor: tuple[Factor, ...] = ()
    """Added to the bundled ones, or in place of one with the same id."""
    keys: Mapping[str, str] = {}
    """Key by command id."""
    columns: Mapping[str, str] = {}
    """Header by field, as `deals --map` remembered them."""

    @property
    def sellers(self) -> int | None:
        """How many of the team sell; None where the file names nobody who does."""
        return sum(person.function == "sales" for person in self.person) or None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd that hinders nothing. Line and column count from 1."""

    line: int
    column: int
    what: Message


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings with the file they came from. `hash` is None where there is no file yet."""

    settings: Settings
    path: Path
    hash: Hash | None = None
    text: str = ""
    remarks: tuple[Remark, ...] = ()
    read_only: bool = False
    """A newer program wrote it."""


def load(workspace: Workspace) -> LoadedSettings:
    """The settings of the team folder; all by default where it has no file.

    Raises RetroError with file, line and column: damaged, a key that is nearly a known one, a value that does not fit.
    """
    path = workspace.settings_file
    try:
        content, its_hash = durable.read(path, limit=MAX_BYTES)
    except Missing:
        return LoadedSettings(Settings(), path)
    text = text_of(content, path, limit=MAX_BYTES)
    settings, remarks, newer = _read(text, path)
    return LoadedSettings(settings, path, its_hash, text, remarks, newer)


def save(loaded: LoadedSettings, settings: Settings) -> LoadedSettings:
    """Writes what differs from the loaded settings into the file; comments, order and everything else stay.

    Raises `Conflict` when the file was changed meanwhile, `NotSaved` when the system refused, RetroError when a newer
    program wrote it.
    """
    if settings == loaded.settings:
        return loaded
    if loaded.read_only:
        raise written_by_newer(loaded.path)
    text = changed_text(loaded, settings)
    new_hash = durable.write(loaded.path, text.encode(), expected=loaded.hash, check=_check_against(settings))
    return replace(loaded, settings=settings, hash=new_hash, text=text)


def changed_text(loaded: LoadedSettings, settings: Settings) -> str:
    """The file as `save` would write it. Raises RetroError where it cannot be changed from here."""
    return _with_changes(loaded.text, loaded.settings, settings)


def _check_against(settings: Settings) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        read, _, _ = _read(content.decode(), None)
        if _values(read) != _values(settings):
            raise _not_changeable()

    return check


def _read(text: str, path: Path | None) -> tuple[Settings, tuple[Remark, ...], bool]:
    raw = parse_text(text, path)
    raw, newer = migrate(raw, MIGRATIONS, path)
    places = Places(text)
    remarks = [] if newer else list(_unknown_keys(raw, places, path))
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        raise _not_valid(error, text, path) from error
    remarks += _doubles("person", settings.person, places)
    remarks += _doubles("factor", settings.factor, places)
    return settings.model_copy(update={"person": _with_ids(settings.person)}), tuple(remarks), newer


def _with_ids(people: Iterable[Person]) -> tuple[Person, ...]:
    """Everybody has an id: the folded name where the file gives none."""
    people = tuple(people)
    taken = {person.id for person in people}
    named: list[Person] = []
    for person in people:
        if not person.id:
            person = person.model_copy(update={"id": person_id(person.name, taken)})
            taken.add(person.id)
        named.append(person)
    return tuple(named)


def _unknown_keys(raw: Raw, places: Places, path: Path | None) -> Iterable[Remark]:
    yield from _unknown(raw, (), Settings, places, path)
    models: tuple[tuple[str, type[BaseModel]], ...] = (("person", Person), ("factor", Factor))
    for name, model in models:
        rows = raw.get(name)
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, Mapping):
                yield from _unknown(row, (name, index), model, places, path)


def _unknown(
    table: Mapping[str, Any], at: KeyPath, model: type[BaseModel], places: Places, path: Path | None
) -> Iterable[Remark]:
    known = [info.alias or name for name, info in model.model_fields.items()]
    for key in table:
        if key in known:
            continue
        line, column = places.locate((*at, key))
        near = min(known, key=lambda name: distance(key, name, 2))
        if distance(key, near, 2) <= 2:
            raise RetroError(
                msg("The key “{key}” is unknown.", key=key),
                msg("“{nearest}” is meant, it seems.", nearest=near),
                file=path,
                line=line,
                column=column,
            )
        yield Remark(line, column, msg("The key “{key}” is unknown; it is kept and has no effect.", key=key))


def _doubles(name: str, rows: Sequence[Person | Factor], places: Places) -> Iterable[Remark]:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.id and row.id in seen:
            line, column = places.locate((name, index, "id"))
            yield Remark(line, column, msg("The id {id} stands here for the second time.", id=row.id))
        seen.add(row.id)


def _not_valid(error: ValidationError, text: str, path: Path | None) -> RetroError:
    fault, line, column = first_fault(error, text)
    first = error.errors(include_url=False)[0]
    what: Message = msg("The settings do not fit: {fault}.", fault=fault)
    if first["type"] == "retrotui":
        what = first["ctx"]["what"]
    elif str(first["type"]).startswith("string_pattern"):
        what = msg("“{given}” cannot be an id.", given=str(first["input"])[:60])
    hint = msg("Mend this line in {file}.", file=path.name if path else "retrotui.toml")
    return RetroError(what, hint, file=path, line=line, column=column)


def _values(table: BaseModel, *, unset: bool = True) -> dict[str, Any]:
    """By the file's keys; with `unset` those too that nobody set."""
    return table.model_dump(by_alias=True, mode="json", exclude_defaults=not unset)


def _with_changes(text: str, before: Settings, after: Settings) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    old, new = _values(before), _values(after)
    try:
        document = tomlkit.parse(text)
        if not text.strip():
            document["schema"] = SCHEMA
        for key, value in new.items():
            if old.get(key) == value:
                continue
            if value is None:
                document.pop(key, None)
            elif key in ROWS:
                _change_rows(document, key, getattr(after, key))
            elif isinstance(value, dict):
                _change_table(document, key, value)
            else:
                document[key] = value
        return document.as_string()
    except TOMLKitError as error:
        raise _not_changeable() from error


def _not_changeable() -> RetroError:
    return RetroError(
        msg("The settings cannot be changed from here."),
        msg("Change retrotui.toml in a text editor."),
    )


def _change_table(document: Any, key: str, values: Mapping[str, Any]) -> None:
    import tomlkit

    if key not in document:
        document[key] = tomlkit.table()
    table = document[key]
    for gone in [name for name in table if name not in values]:
        del table[gone]
    for name, value in values.items():
        if table.get(name) != value:
            table[name] = value


def _change_rows(document: Any, key: str, rows: Sequence[Person | Factor]) -> None:
    """Rows that stay keep their place and their comments; they are known by id, or by name where they have none."""
    import tomlkit

    if key not in document:
        document[key] = tomlkit.aot()
    array = document[key]
    wanted = {row.id for row in rows}
    for index in reversed(range(len(array))):
        if _id_of(array[index]) not in wanted:
            del array[index]
    there = {_id_of(table): table for table in array}
    for row in rows:
        table = there.get(row.id)
        if table is None:
            array.append(_row_into(tomlkit.table(), row))
        else:
            _row_into(table, row)


def _row_into(table: Any, row: BaseModel) -> Any:
    """Changes what differs; a key that nobody set is not put in, one that stands there by default stays."""
    values, to_add = _values(row), _values(row, unset=False)
    for gone in [name for name in table if values.get(name) is None]:
        del table[gone]
    for name, value in values.items():
        if (name in table and table[name] != value) or (name not in table and name in to_add):
            table[name] = _inline(value)
    return table


def _id_of(row: Mapping[str, Any]) -> str:
    return str(row.get("id") or person_id(str(row.get("name", "")), ()))


def _inline(value: Any) -> Any:
    """Labels stand as `{ de = "…", en = "…" }` on one line."""
    if not isinstance(value, dict):
        return value
    import tomlkit

    table = tomlkit.inline_table()
    table.update(value)
    return table
