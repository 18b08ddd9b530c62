"""Every sentence has its German, every translation its places, and what is loaded is what was translated."""

from __future__ import annotations

import ast
import importlib.util
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from retrotui import locale
from retrotui.errors import msg, plural

TESTS = Path(__file__).parents[2]


def _workshop() -> ModuleType:
    """`tests/catalogue.py`, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("catalogue_workshop", TESTS / "catalogue.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


workshop = _workshop()


def test_every_sentence_has_its_german() -> None:
    where = workshop.sentences()
    missing = workshop.merge([workshop.load(workshop.PO)], where).missing
    assert [f"{where[key]}: {key!r}" for key in missing] == []


def test_no_translation_of_a_sentence_that_nobody_says() -> None:
    assert workshop.merge([workshop.load(workshop.PO)], workshop.sentences()).unused == []


def test_translations_have_the_places_of_their_sentences() -> None:
    assert workshop.misfits(workshop.load(workshop.PO)) == []


def test_what_is_loaded_is_what_was_translated() -> None:
    assert workshop.PO.with_suffix(".mo").read_bytes() == workshop.compiled()


def test_the_source_is_in_its_one_order() -> None:
    present = workshop.load(workshop.PO)
    ids = [workshop.id_of(message) for message in present if message.id]
    assert workshop.PO.read_bytes() == workshop.po_bytes(workshop.merge([present], ids).catalog)


def test_sentences_are_written_out_so_that_they_can_be_found() -> None:
    hidden = []
    for path in sorted(workshop.SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            wanted = {"msg": 1, "plural": 2, "tr": 1}.get(node.func.id, 0)
            for argument in node.args[:wanted]:
                spelt = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                spelt |= (
                    isinstance(argument, ast.Attribute) and argument.attr == "id"
                )  # of a message found elsewhere
                if not spelt and (node.func.id != "tr" or isinstance(argument, ast.JoinedStr | ast.BinOp)):
                    hidden.append(f"{path.relative_to(workshop.SOURCE)}:{node.lineno}")
    assert hidden == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "room.py").write_text(
        'def f():\n    raise E(msg("Hello {who}.", who=msg("room")), hint)\n    tr(plural("{n} egg", "{n} eggs", 3))\n'
        '    tr("two " "parts")\n    tr(variable)\n'
    )
    return tmp_path


def test_sentences_are_found_in_msg_tr_and_plural_nested_or_joined(small: Path) -> None:
    assert set(workshop.sentences(small)) == {"Hello {who}.", "room", ("{n} egg", "{n} eggs"), "two parts"}


def test_merging_keeps_old_translations_takes_new_ones_and_compiles(small: Path) -> None:
    po = small / "de.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    one, two = small / "a.po", small / "b.po"
    one.write_text(head + 'msgid "Hello {who}."\nmsgstr "Hallo {who}."\n\nmsgid "gone"\nmsgstr "weg"\n')
    two.write_text('msgid "{n} egg"\nmsgid_plural "{n} eggs"\nmsgstr[0] "ein Ei"\nmsgstr[1] "{n} Eier"\n')
    first = workshop.rewrite([one], po, small)
    assert first.unused == ["gone"]
    second = workshop.rewrite([two], po, small)
    assert second.missing == ["room", "two parts"]
    before = po.read_bytes(), po.with_suffix(".mo").read_bytes()
    workshop.rewrite([], po, small)
    assert before == (po.read_bytes(), po.with_suffix(".mo").read_bytes())
    assert workshop.misfits(workshop.load(po)) == []


def test_two_translations_of_one_sentence_are_told(small: Path) -> None:
    one, two = small / "a.po", small / "b.po"
    one.write_text('msgid "room"\nmsgstr "Raum"\n')
    two.write_text('msgid "room"\nmsgstr "Zimmer"\n')
    merged = workshop.rewrite([one, two], small / "de.po", small)
    assert merged.conflicts == [("room", ["Raum", "Zimmer"])]


def test_a_lost_place_is_told(small: Path) -> None:
    (small / "a.po").write_text('msgid "Hello {who}."\nmsgstr "Hallo {wer}."\n')
    workshop.rewrite([small / "a.po"], small / "de.po", small)
    assert len(workshop.misfits(workshop.load(small / "de.po"))) == 1


# --- what the program says
# --------------------------------------------------------------------------------------


@pytest.fixture
def speaking(tmp_path: Path) -> locale.Catalogue:
    """A German catalogue of its own, so that these tests do not hang on the words of the real one."""
    import gettext

    po = tmp_path / "x.po"
    po.write_text(
        'msgid "Hello {who}."\nmsgstr "Hallo {who}."\n\nmsgid "room"\nmsgstr "Raum"\n\n'
        'msgid "{n} egg"\nmsgid_plural "{n} eggs"\nmsgstr[0] "ein Ei"\nmsgstr[1] "{n} Eier"\n'
    )
    mo = tmp_path / "x.mo"
    catalog = workshop.merge([workshop.load(po)], ["Hello {who}.", "room", ("{n} egg", "{n} eggs")]).catalog
    mo.write_bytes(workshop.mo_bytes(catalog))
    with mo.open("rb") as file:
        return locale.Catalogue("de", gettext.GNUTranslations(file))


def test_a_message_inside_a_message_is_translated(speaking: locale.Catalogue) -> None:
    assert speaking.tr(msg("Hello {who}.", who=msg("room"))) == "Hallo Raum."
    assert speaking.tr("Hello {who}.", who="[b]{n}") == "Hallo [b]{n}."


def test_counting_takes_the_right_form(speaking: locale.Catalogue) -> None:
    assert speaking.tr(plural("{n} egg", "{n} eggs", 1)) == "ein Ei"
    assert [speaking.tr(plural("{n} egg", "{n} eggs", n)) for n in (0, 2)] == ["0 Eier", "2 Eier"]
    english = locale.catalogue("en")
    assert [english.tr(plural("{n} egg", "{n} eggs", n)) for n in (1, 2)] == ["1 egg", "2 eggs"]


def test_values_are_written_in_the_readers_way(speaking: locale.Catalogue) -> None:
    moment = datetime(2026, 11, 23, 9, 5, 12, tzinfo=timezone(timedelta(hours=1)))
    assert speaking.tr("Hello {who}.", who=date(2026, 11, 23)) == "Hallo 23.11.2026."
    assert speaking.tr("Hello {who}.", who=moment) == "Hallo 23.11.2026 09:05."
    assert speaking.tr("Hello {who}.", who=Decimal("1234.5")) == "Hallo 1.234,5."
    assert speaking.tr("Hello {who}.", who=["a", msg("room")]) == "Hallo a, Raum."


@pytest.mark.parametrize(
    "odd", ["", "{", "}", "{}", "{0}", "{a.b}", "{a[0]}", "{who!r}", "100 %", 'like { de = "…" }']
)
def test_no_sentence_makes_it_fail(speaking: locale.Catalogue, odd: str) -> None:
    assert speaking.tr(odd) == odd
    assert speaking.tr(msg(odd, who=1)) == odd


def test_a_value_that_is_missing_leaves_its_place(speaking: locale.Catalogue) -> None:
    assert speaking.tr("Hello {who}.") == "Hallo {who}."


def test_the_interface_speaks_one_language_at_a_time() -> None:
    before = locale.language()
    try:
        locale.use("de_CH.UTF-8")
        assert locale.language() == "de"
        locale.use("fr")
        assert locale.language() == "en"
        assert locale.tr("no such sentence {x}", x=1) == "no such sentence 1"
    finally:
        locale.use(before)


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de-AT"}, "de"),
        ({"LANG": "den_CA.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "de_DE@euro"}, "de"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:en"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "en:de"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr"}, "de"),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "de_DE.UTF-8"}, "de"),
    ],
)
def test_the_language_of_the_system(environment: dict[str, str], spoken: str) -> None:
    assert locale.system_language(environment) == spoken
