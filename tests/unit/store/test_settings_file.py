"""`retrotui.toml`: what it may say, what is wrong and where, and that it stays its owner's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.domain.factors import FactorList
from retrotui.errors import RetroError
from retrotui.store import settings as settings_file
from retrotui.store.durable import Conflict
from retrotui.store.settings import Person, Settings
from retrotui.store.toml_reading import DamagedFile
from retrotui.store.workspace import Workspace

EXAMPLE = """schema = 1
team = "Vertrieb Süd"
language = "de"                  # de | en: of meetings
currency = "EUR"
theme = "light"                  # light | dark
bell = false
agenda = "monthly-reflection"    # what `retrotui run` takes by itself
expected_functions = ["sales", "delivery", "service", "product"]

[[person]]
id = "anna-berg"
name = "Anna Berg"
function = "sales"

[[factor]]                       # added to the bundled ones
id = "trade_fair"
label = { de = "Messe", en = "Trade fair" }
control = "ours"                 # ours | shared | outside

[keys]                           # command id = key
"step.next" = "f4"

[columns]                        # what `deals --map` remembered
amount = "Auftragswert netto"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")


def put(workspace: Workspace, text: str) -> Path:
    workspace.folder.mkdir(exist_ok=True)
    workspace.settings_file.write_bytes(text.encode())
    return workspace.settings_file


def test_the_example_of_the_design_is_read(workspace: Workspace) -> None:
    put(workspace, EXAMPLE)
    loaded = settings_file.load(workspace)
    settings = loaded.settings
    assert settings.team == "Vertrieb Süd"
    assert settings.language == "de"
    assert settings.interface is None
    assert settings.person == (Person(id="anna-berg", name="Anna Berg", function="sales"),)
    assert settings.factor[0].label.text("en") == "Trade fair"
    assert FactorList.of_team(settings.factor).get("trade_fair") is not None
    assert settings.keys == {"step.next": "f4"}
    assert settings.columns == {"amount": "Auftragswert netto"}
    assert loaded.remarks == ()
    assert not loaded.read_only


def test_without_a_file_everything_has_a_default_and_nothing_is_made(workspace: Workspace) -> None:
    loaded = settings_file.load(workspace)
    assert loaded.settings == Settings()
    assert loaded.hash is None
    assert not workspace.folder.exists()


@pytest.mark.parametrize(
    ("text", "line", "column", "nearest"),
    [
        ('schema = 1\ntaem = "x"\n', 2, 1, "team"),
        ('curency = "EUR"\n', 1, 1, "currency"),
        ('[[person]]\nname = "A"\nfuncton = "sales"\n', 3, 1, "function"),
        ('[[factor]]\nid = "x"\nlabel = "X"\ncontrl = "ours"\n', 4, 1, "control"),
        ("team = 'x'\n\n[key]\na = 'b'\n", 3, 1, "keys"),
    ],
    ids=["team", "currency", "person", "factor", "table"],
)
def test_a_key_within_two_letters_of_a_known_one_is_an_error_at_its_line(
    workspace: Workspace, text: str, line: int, column: int, nearest: str
) -> None:
    put(workspace, text)
    with pytest.raises(RetroError) as caught:
        settings_file.load(workspace)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.file == workspace.settings_file
    assert nearest in str(caught.value.hint)


def test_another_unknown_key_is_a_remark_and_kept(workspace: Workspace) -> None:
    put(
        workspace, 'team = "A"\nlogo_of_the_firm = "x.png"\n[[person]]\nname = "Ben"\nbirthday = 2000-01-01\n'
    )
    loaded = settings_file.load(workspace)
    assert [(remark.line, remark.column) for remark in loaded.remarks] == [(2, 1), (5, 1)]
    assert "logo_of_the_firm" in str(loaded.remarks[0].what)
    saved = settings_file.save(loaded, loaded.settings.model_copy(update={"team": "B"}))
    assert 'logo_of_the_firm = "x.png"' in saved.text
    assert "birthday = 2000-01-01" in saved.text


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("team = 5\n", 1, "team"),
        ('team = "A"\nbell = "perhaps"\n', 2, "bell"),
        ('theme = "green"\n', 1, "theme"),
        ('language = "fr"\n', 1, "language"),
        ('[[person]]\nfunction = "sales"\n', 1, "name"),
        ('[[factor]]\nid = "Not An Id"\nlabel = "x"\n', 2, "Not An Id"),
        ('[[factor]]\nid = "x"\nlabel = { de = 3 }\n', 3, "de"),
        ("expected_functions = 3\n", 1, "expected_functions"),
        ("person = 3\n", 1, "person"),
        ("[keys]\na = 3\n", 2, "a"),
    ],
    ids=["text", "yesno", "theme", "language", "missing", "id", "label", "list", "rows", "keys"],
)
def test_a_value_that_does_not_fit_is_named_with_its_line(
    workspace: Workspace, text: str, line: int, word: str
) -> None:
    put(workspace, text)
    with pytest.raises(RetroError) as caught:
        settings_file.load(workspace)
    assert caught.value.line == line
    assert word in str(caught.value.what)
    assert caught.value.hint is not None


def test_a_file_that_is_no_toml_is_damaged_at_its_line(workspace: Workspace) -> None:
    path = put(workspace, 'team = "A"\nlanguage = de\n')
    with pytest.raises(DamagedFile) as caught:
        settings_file.load(workspace)
    assert (caught.value.file, caught.value.line) == (path, 2)


def test_two_people_with_one_id_are_a_remark(workspace: Workspace) -> None:
    put(workspace, '[[person]]\nid = "a"\nname = "A"\n[[person]]\nid = "a"\nname = "B"\n')
    loaded = settings_file.load(workspace)
    assert [remark.line for remark in loaded.remarks] == [5]
    assert len(loaded.settings.person) == 2


def test_people_without_an_id_get_the_folded_name(workspace: Workspace) -> None:
    put(workspace, '[[person]]\nname = "Carla Weiß"\n[[person]]\nname = "Carla Weiss"\n')
    loaded = settings_file.load(workspace)
    assert [person.id for person in loaded.settings.person] == ["carla-weiss", "carla-weiss-2"]


def test_a_newer_schema_is_read_only(workspace: Workspace) -> None:
    path = put(workspace, 'schema = 9\nteam = "A"\nteem = "B"\n')
    before = path.read_bytes()
    loaded = settings_file.load(workspace)
    assert loaded.read_only
    with pytest.raises(RetroError, match="newer"):
        settings_file.save(loaded, loaded.settings.model_copy(update={"team": "C"}))
    assert path.read_bytes() == before


def changed(workspace: Workspace, text: str, **values: object) -> list[str]:
    """The lines that differ after a change: those gone with -, those new with +."""
    put(workspace, text)
    loaded = settings_file.load(workspace)
    settings_file.save(loaded, loaded.settings.model_copy(update=values))
    before, after = text.splitlines(), workspace.settings_file.read_text().splitlines()
    assert settings_file.load(workspace).settings == loaded.settings.model_copy(update=values)
    return [f"-{line}" for line in before if line not in after] + [
        f"+{line}" for line in after if line not in before
    ]


def test_one_changed_value_is_a_one_line_difference_and_its_comment_stays(workspace: Workspace) -> None:
    assert changed(workspace, EXAMPLE, theme="dark") == [
        '-theme = "light"                  # light | dark',
        '+theme = "dark"                  # light | dark',
    ]


def test_a_new_top_level_key_stands_before_the_tables(workspace: Workspace) -> None:
    assert changed(workspace, EXAMPLE, interface="en") == ['+interface = "en"']


def test_a_remembered_column_is_added_to_its_table(workspace: Workspace) -> None:
    columns = {"amount": "Auftragswert netto", "stage": "Phase"}
    assert changed(workspace, EXAMPLE, columns=columns) == ['+stage = "Phase"']


def test_a_key_taken_back_leaves_the_rest(workspace: Workspace) -> None:
    assert changed(workspace, EXAMPLE, keys={}) == ['-"step.next" = "f4"']


def test_a_new_person_is_a_block_and_the_others_stay(workspace: Workspace) -> None:
    people = (
        Person(id="anna-berg", name="Anna Berg", function="delivery"),
        Person(id="ben-kurz", name="Ben Kurz"),
    )
    assert changed(workspace, EXAMPLE, person=people) == [
        '-function = "sales"',
        '+function = "delivery"',
        '+id = "ben-kurz"',
        '+name = "Ben Kurz"',
    ]


def test_a_person_taken_out_leaves_the_factors(workspace: Workspace) -> None:
    changed(workspace, EXAMPLE, person=())
    text = workspace.settings_file.read_text()
    assert "anna-berg" not in text
    assert 'control = "ours"                 # ours | shared | outside' in text


def test_the_first_save_makes_the_folder_and_the_file(workspace: Workspace) -> None:
    loaded = settings_file.load(workspace)
    settings_file.save(loaded, Settings(team="Süd", columns={"amount": "Wert"}))
    assert workspace.settings_file.read_text() == 'schema = 1\nteam = "Süd"\n\n[columns]\namount = "Wert"\n'
    assert workspace.folder.stat().st_mode & 0o777 == 0o700
    assert workspace.settings_file.stat().st_mode & 0o777 == 0o600


def test_unchanged_settings_are_not_written(workspace: Workspace) -> None:
    path = put(workspace, EXAMPLE)
    loaded = settings_file.load(workspace)
    before = path.stat()
    assert settings_file.save(loaded, loaded.settings.model_copy()) == loaded
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_a_file_changed_meanwhile_is_not_overwritten(workspace: Workspace) -> None:
    path = put(workspace, EXAMPLE)
    loaded = settings_file.load(workspace)
    path.write_text('team = "somebody else"\n')
    with pytest.raises(Conflict):
        settings_file.save(loaded, loaded.settings.model_copy(update={"team": "C"}))
    assert path.read_text() == 'team = "somebody else"\n'
