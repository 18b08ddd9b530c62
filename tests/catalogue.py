"""The catalogue's workshop: collects the sentences of the code, merges translations, compiles.

`python tests/catalogue.py merge [FRAGMENT.po ...]` rewrites `retrotui.po` and `retrotui.mo`: every sentence
of the code once, sorted, with the German that the fragments or the present file give. `python
tests/catalogue.py check` lists what is wrong. Needs babel, which the program itself does not.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[1] / "src" / "retrotui"
PO = SOURCE / "locale" / "de" / "LC_MESSAGES" / "retrotui.po"
KEYWORDS = {"msg": None, "tr": None, "plural": (1, 2)}
_STAMP = datetime(2026, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*)\}")

Id = str | tuple[str, ...]
"""A sentence, or its singular and plural."""


@dataclass
class Merged:
    """A complete catalogue, and what did not fit into it."""

    catalog: Catalog
    missing: list[Id] = field(default_factory=list)
    unused: list[Id] = field(default_factory=list)
    conflicts: list[tuple[Id, list[Id]]] = field(default_factory=list)


def sentences(source: Path = SOURCE) -> dict[Id, str]:
    """Every sentence for a person in the code, with the first place where it stands. A plural takes the
    place of the same sentence without one.
    """
    found: dict[Id, str] = {}
    extracted = extract_from_dir(source, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for name, line, message, _comments, _context in extracted:
        key: Id = tuple(message) if isinstance(message, list | tuple) else message
        if key:
            found.setdefault(key, f"{name}:{line}")
    singulars = {key[0] for key in found if isinstance(key, tuple)}
    return {key: place for key, place in found.items() if key not in singulars}


def load(path: Path) -> Catalog:
    """A .po file."""
    with path.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def german(message: Message) -> Id:
    """The translation, "" where one of its forms is missing."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    if not all(forms):
        return ""
    return tuple(forms) if isinstance(message.string, list | tuple) else str(message.string)


def _first(key: Id) -> str:
    return key if isinstance(key, str) else key[0]


def merge(known: Iterable[Catalog], wanted: Iterable[Id]) -> Merged:
    """A catalogue of exactly the wanted sentences; of several translations the last one counts."""
    offered: dict[str, dict[bool, list[Id]]] = {}
    for catalog in known:
        for message in catalog:
            if message.id and german(message):
                forms = offered.setdefault(_first(id_of(message)), {}).setdefault(message.pluralizable, [])
                if german(message) in forms:
                    forms.remove(german(message))
                forms.append(german(message))
    merged = Merged(_empty())
    used = set()
    for key in sorted(wanted, key=lambda each: (_first(each).casefold(), str(each))):
        used.add(_first(key))
        forms = offered.get(_first(key), {}).get(isinstance(key, tuple), [])
        if not forms:
            merged.missing.append(key)
        if len(forms) > 1:
            merged.conflicts.append((key, forms))
        merged.catalog.add(key, forms[-1] if forms else "")
    merged.unused = sorted(set(offered) - used)
    return merged


def id_of(message: Message) -> Id:
    """The sentence, or its singular and plural."""
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _empty() -> Catalog:
    return Catalog(
        locale="de",
        project="retrotui",
        version="1",
        header_comment="# German sentences of retrotui. The ids are the English ones; see tests/catalogue.py.",
        copyright_holder="the retrotui authors",
        msgid_bugs_address="",
        creation_date=_STAMP,
        revision_date=_STAMP,
        last_translator="the retrotui authors",
        language_team="German",
        fuzzy=False,
    )


def po_bytes(catalog: Catalog) -> bytes:
    """The .po file, the same for the same sentences: sorted, without places in the code, without dates."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    text = buffer.getvalue().decode()
    text = re.sub(
        r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To):.*\n',
        "",
        text,
        flags=re.M,
    )
    return text.encode()


def mo_bytes(catalog: Catalog) -> bytes:
    """The .mo file that belongs to these sentences; without those that wait for their German."""
    complete = _empty()
    for message in catalog:
        if message.id and german(message):
            complete.add(id_of(message), german(message))
    buffer = io.BytesIO()
    write_mo(buffer, complete)
    return buffer.getvalue()


def compiled(po: Path = PO) -> bytes:
    """What the .mo beside this .po must hold."""
    return mo_bytes(load(po))


def places(text: str) -> set[str]:
    """The names of a sentence's places."""
    return {found[1] for found in _PLACE.finditer(text) if found[1]}


def misfits(catalog: Catalog) -> list[str]:
    """Translations whose places are not those of their sentence. A singular may spell its number out."""
    wrong = []
    for message in catalog:
        if not message.id or not german(message):
            continue
        ids = id_of(message)
        forms = german(message)
        pairs = [(ids, forms)] if isinstance(ids, str) else list(zip(ids, forms, strict=True))
        for number, (english, translated) in enumerate(pairs):
            singular = len(pairs) > 1 and number == 0
            spare = {"n"} if singular else set()
            if places(str(english)) - spare != places(str(translated)) - spare:
                wrong.append(f"{english!r} -> {translated!r}")
    return wrong


def rewrite(fragments: Iterable[Path], po: Path = PO, source: Path = SOURCE) -> Merged:
    """Merge the fragments into the .po, and compile it."""
    known = [load(path) for path in ([po] if po.exists() else [])] + [
        load(path) for path in sorted(fragments)
    ]
    merged = merge(known, sentences(source))
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(po_bytes(merged.catalog))
    po.with_suffix(".mo").write_bytes(compiled(po))
    return merged


def main(arguments: list[str]) -> int:
    """`merge [FRAGMENT ...]` or `check`; 1 where something is missing."""
    if arguments[:1] == ["merge"]:
        merged = rewrite([Path(name) for name in arguments[1:]])
        for key, forms in merged.conflicts:
            print(f"several translations, the last one taken: {key!r}: {forms!r}")
        for key in merged.unused:
            print(f"not in the code: {key!r}")
    elif arguments != ["check"]:
        print(__doc__)
        return 2
    where = sentences()
    missing = merge([load(PO)], where).missing
    for key in missing:
        print(f"{where[key]}: no German for {key!r}")
    wrong = misfits(load(PO))
    for line in wrong:
        print(f"other places: {line}")
    return 1 if missing or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
