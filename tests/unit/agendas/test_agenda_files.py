"""Agendas on the disk: the team's and the bundled, broken ones beside good ones, lines and columns, new
ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.agenda_reading import read_agenda
from retrotui.errors import RetroError
from retrotui.store.agendas import (
    BrokenAgenda,
    LoadedAgenda,
    PlacedFinding,
    all_agendas,
    bundled_folder,
    find,
    load,
    look_up,
    new_agenda,
)
from retrotui.store.toml_reading import parse_text

OWN = """\
# ours
schema = 1
id = "monday"      # the id
title = "Monday"
minutes = 10
loop = false

[[step]]
id = "talk"
kind = "notes"
minutes = 10
title = "Talk"
"""


@pytest.fixture
def team(tmp_path: Path) -> Path:
    (tmp_path / "agendas").mkdir()
    return tmp_path


def put(team: Path, name: str, text: str) -> Path:
    path = team / "agendas" / name
    path.write_text(text, encoding="utf-8")
    return path


def found(path: Path) -> list[PlacedFinding]:
    return list(load(path).findings)


def test_the_teams_agendas_stand_beside_the_bundled_ones(team: Path) -> None:
    put(team, "monday.toml", OWN)
    good, broken = all_agendas(team)
    assert broken == []
    assert len(good) == 7
    assert [each.agenda.id for each in good if not each.bundled] == ["monday"]


def test_a_folder_without_agendas_has_the_bundled_ones(tmp_path: Path) -> None:
    assert len(all_agendas(tmp_path / "nowhere")[0]) == 6


def test_a_teams_agenda_takes_the_place_of_the_bundled_one_whatever_its_file_is_called(team: Path) -> None:
    put(team, "ours.toml", OWN.replace("monday", "weekly-call"))
    good, _ = all_agendas(team)
    assert len(good) == 6
    assert find("weekly-call", team).agenda.title.text("en") == "Monday"
    assert find("monthly-reflection", team).bundled


def test_a_broken_agenda_is_told_with_its_place_and_the_others_work(team: Path) -> None:
    put(team, "bad.toml", OWN.replace("kind =", "knd ="))
    put(team, "monday.toml", OWN)
    good, broken = all_agendas(team)
    assert len(good) == 7
    (bad,) = broken
    assert (bad.error.file, bad.error.line, bad.error.column) == (bad.path, 10, 1)
    assert "kind" in str(bad.error.hint)


def test_a_broken_override_is_not_run_as_the_bundled_one(team: Path) -> None:
    put(team, "weekly-call.toml", "schema = \n")
    assert "weekly-call" not in {each.agenda.id for each in all_agendas(team)[0]}
    with pytest.raises(RetroError) as refused:
        find("weekly-call", team)
    assert refused.value.line == 1
    assert isinstance(look_up("weekly-call", team), BrokenAgenda)


def test_of_two_files_with_one_id_the_second_is_broken(team: Path) -> None:
    put(team, "a.toml", OWN)
    put(team, "b.toml", OWN)
    good, broken = all_agendas(team)
    assert [each.path.name for each in good if not each.bundled] == ["a.toml"]
    assert [(each.path.name, each.error.line) for each in broken] == [("b.toml", 3)]
    assert find("monday", team).path.name == "a.toml"


def test_hidden_and_other_files_are_no_agendas(team: Path) -> None:
    put(team, ".monday.toml", OWN)
    put(team, "monday.toml~", OWN)
    assert len(all_agendas(team)[0]) == 6


def test_a_link_in_the_team_folder_is_not_followed(team: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text(OWN, encoding="utf-8")
    (team / "agendas" / "monday.toml").symlink_to(outside)
    _, broken = all_agendas(team)
    assert [each.id for each in broken] == ["monday"]


def test_an_agenda_can_be_named_as_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "anywhere.toml"
    path.write_text(OWN, encoding="utf-8")
    assert find(str(path), None).agenda.id == "monday"
    (tmp_path / "plain").write_text(OWN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert find("plain", None).agenda.id == "monday"


@pytest.mark.parametrize(
    "wanted", ["montly-reflection", "monthly", "Monthly Reflection", "Monatliche Reflexion"]
)
def test_an_unknown_id_is_told_the_nearest(wanted: str) -> None:
    with pytest.raises(RetroError) as refused:
        find(wanted, None)
    assert "monthly-reflection" in str(refused.value.hint)


def test_an_id_like_no_other_is_told_all_there_are() -> None:
    with pytest.raises(RetroError) as refused:
        find("zzz", None)
    assert all(path.stem in str(refused.value.hint) for path in bundled_folder().glob("*.toml"))


@pytest.mark.parametrize("wanted", ["", " ", "../../etc/passwd", "x" * 5000, "a\0b", "no/such.toml", "."])
def test_whatever_is_asked_for_the_answer_is_a_sentence(wanted: str, team: Path) -> None:
    with pytest.raises(RetroError) as refused:
        find(wanted, team)
    assert str(refused.value.what)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("minutes = 10\nloop", "minutes = 9\nloop", (5, 1)),
        ('kind = "notes"', 'kind = "note"', (10, 1)),
        ('title = "Talk"', 'title = { de = "Rede", "en" = 3 }', (12, 1)),
        ("loop = false", "lop = false", (6, 1)),
        ('title = "Monday"', "title = Monday", (4, 9)),
        ("minutes = 10\nloop", "minutes = 10\nminutes = 10\nloop", (6, 1)),
    ],
)
def test_an_error_names_its_line_and_column(team: Path, old: str, new: str, place: tuple[int, int]) -> None:
    path = put(team, "monday.toml", OWN.replace(old, new))
    first = next(each for each in found(path) if each.severity == "error")
    assert (first.line, first.column) == place


def test_windows_line_ends_and_a_byte_order_mark_are_taken(team: Path) -> None:
    path = team / "agendas" / "monday.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").replace("kind", "knd").encode())
    assert [(each.line, each.column) for each in found(path)] == [(10, 1)]
    path.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    loaded = load(path)
    assert isinstance(loaded, LoadedAgenda)
    new = new_agenda(team, "tuesday", loaded)
    assert new.read_bytes() == OWN.replace("monday", "tuesday").encode()


def test_an_id_that_differs_from_the_file_is_warned(team: Path) -> None:
    (warning,) = found(put(team, "tuesday.toml", OWN))
    assert (warning.severity, warning.line) == ("warning", 3)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"\xff\xfe", b"a = " + b"[" * 50_000, b"a." * 50_000 + b"a = 1", b"<<<<<<< HEAD\n"],
)
def test_a_damaged_file_is_broken_and_never_more(team: Path, content: bytes) -> None:
    path = team / "agendas" / "x.toml"
    path.write_bytes(content)
    loaded = load(path)
    assert isinstance(loaded, BrokenAgenda)
    assert loaded.findings[0].line >= 1
    assert path.read_bytes() == content


def test_a_huge_file_is_not_read(team: Path) -> None:
    path = put(team, "x.toml", "# " + "x" * 1_100_000)
    assert isinstance(load(path), BrokenAgenda)


def test_a_new_agenda_is_the_template_with_another_id_and_all_its_comments(team: Path) -> None:
    template = find("monthly-reflection", team)
    path = new_agenda(team, "our-month", template)
    assert path == team / "agendas" / "our-month.toml"
    before, after = template.source_text.splitlines(), path.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [('id = "monthly-reflection"', 'id = "our-month"')]
    assert find("our-month", team).findings == ()


def test_the_comment_behind_an_id_stays(team: Path) -> None:
    put(team, "monday.toml", OWN)
    path = new_agenda(team, "tuesday", find("monday", team))
    assert 'id = "tuesday"      # the id' in path.read_text(encoding="utf-8")


def test_a_new_agenda_makes_the_folder(tmp_path: Path) -> None:
    assert new_agenda(tmp_path / "team", "x", find("weekly-call", None)).is_file()


def test_a_bundled_agenda_can_be_copied_under_its_own_id_to_change_it(team: Path) -> None:
    new_agenda(team, "weekly-call", find("weekly-call", team))
    assert not find("weekly-call", team).bundled


def test_a_new_agenda_never_overwrites(team: Path) -> None:
    path = put(team, "monday.toml", "anything")
    with pytest.raises(RetroError):
        new_agenda(team, "monday", find("weekly-call", None))
    assert path.read_text(encoding="utf-8") == "anything"
    put(team, "other.toml", OWN.replace("monday", "tuesday"))
    with pytest.raises(RetroError):
        new_agenda(team, "tuesday", find("weekly-call", None))


@pytest.mark.parametrize("an_id", ["", "a b", "../x", "ä", "-x", "x-", "a--b", "x" * 61, ".x", "a\n"])
def test_what_cannot_be_an_id_makes_no_file(team: Path, an_id: str) -> None:
    with pytest.raises(RetroError):
        new_agenda(team, an_id, find("weekly-call", None))
    assert list((team / "agendas").iterdir()) == []


def test_an_id_that_cannot_be_changed_by_itself_is_refused(team: Path) -> None:
    put(team, "monday.toml", OWN.replace('id = "monday"', 'id = """\nmonday"""'))
    template = look_up("monday", team)
    assert isinstance(template, LoadedAgenda)
    with pytest.raises(RetroError):
        new_agenda(team, "tuesday", template)


LINES = OWN.splitlines()


@given(st.lists(st.sampled_from([*LINES, "]", "[step]", "x = 1", 'id = "a', "[[step.field]]"]), max_size=14))
def test_any_shuffle_of_lines_gives_an_agenda_or_an_error_with_a_place(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        raw = parse_text(text)
    except RetroError as error:
        assert error.line is not None
        return
    reading = read_agenda(raw)
    assert (reading.agenda is None) <= bool(reading.errors)
