"""`forget` on the disk: afterwards no file holds the name in any spelling, and nothing else is lost."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest

from retrotui.clock import FakeClock
from retrotui.domain.forgetting import Change
from retrotui.domain.minutes import Action, AgendaRef, DealRecord, Minutes, Note, Participant
from retrotui.errors import RetroError
from retrotui.store import drafts, durable, forgetting, lock
from retrotui.store import minutes as minutes_store
from retrotui.store import settings as settings_store
from retrotui.store.drafts import Draft, Standing
from retrotui.store.durable import ANY
from retrotui.store.forgetting import Done, Plan, SeveralOfThatName
from retrotui.store.forgotten_file import Place
from retrotui.store.index import Index
from retrotui.store.toml_codec import encode
from retrotui.store.workspace import Workspace

AT = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
SPELLINGS = (
    "Carla",
    "Weiß",
    "Weiss",
    "carla-weiss",
    "carla weiss",
    "CARLA WEISS",
    "carlaweiss",
    "Wei\\u00df",
)
CLOSED, OPEN = "2026-10-26-monthly", "2026-11-23-monthly"
SETTINGS = """# Carla Weiß keeps this file
schema = 1
team = "Vertrieb Süd"  # asked Carla
language = "de"

[[person]]
id = "carla-weiss"
name = "Carla Weiß"
function = "service"

[[person]]
id = "ben-kurz"
name = "Ben Kurz"
"""


def meeting(an_id: str, status: str = "closed", *more: str) -> Minutes:
    return Minutes(
        id=an_id,
        status=status,
        title="Monat",
        team="Vertrieb Süd",
        language="de",
        date=date.fromisoformat(an_id[:10]),
        started=AT,
        facilitator="carla-weiss",
        agenda=AgendaRef(id="monthly"),
        participant=(
            Participant(id="carla-weiss", name="Carla Weiß", function="service", roles=("facilitator",)),
            Participant(id="ben-kurz", name="Ben Kurz", function="sales"),
        ),
        deal=(
            DealRecord(id="nord", account="Nord AG", owner="Weiß, Carla", contributors=("Service: Carla",)),
        ),
        note=tuple(
            Note(id=f"n{number}", at=AT, text=text)
            for number, text in enumerate(
                ("Carla sagt nein", "CARLA WEISS auch", "Einkauf zu spät", *more), 1
            )
        ),
        action=(Action(id=f"{an_id}-a1", at=AT, text="Anrufen", owner="carla-weiss"),),
    )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A team folder, drafts, an index, logs, exports, unfinished files and dead marks, all of them with the name."""
    workspace = Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")
    clock = FakeClock(datetime.fromisoformat("2026-11-24T10:00:00+01:00"))
    documents = tmp_path / "documents"
    durable.make_folder(documents)
    minutes_store.save_new(workspace, meeting(CLOSED))
    base = minutes_store.save_new(workspace, meeting(OPEN, "running")).hash
    durable.write(workspace.settings_file, SETTINGS.encode(), expected=None, check=bytes.decode)
    agenda = b'# by Carla Weiss\nschema = 1\nid = "own"\ntitle = "Runde mit Carla"\n'
    durable.write(workspace.agendas_folder / "own.toml", agenda, expected=None, check=bytes.decode)
    draft = Draft(
        meeting(OPEN, "running", "neu: frag @carla"), "Carla Wei", base, str(workspace.folder), "# Carla\n"
    )
    drafts.save(workspace.draft_file(OPEN), draft, expected=ANY)
    (workspace.minutes_folder / f".{CLOSED}.toml.0a1b2c.tmp").write_text('name = "Carla Weiß"')
    (workspace.minutes_folder / f".{CLOSED}.lock").write_text(
        'host = "gone"\nuser = "carla.weiss"\npid = 1\nsince = 2026-01-01T00:00:00Z\n'.replace(
            "gone", lock.this_process(clock).host
        ).replace("pid = 1\n", "pid = 999999999\n")
    )
    (workspace.state / "log").mkdir()
    (workspace.state / "log" / "crash.log").write_text("person carla-weiss\n")
    (workspace.state / "log" / "other.log").write_text("person ben-kurz\n")
    (documents / f"{CLOSED}.md").write_text(
        "# Monat\n\n- Carla Weiß (Service)\n- Carlas Idee\n", encoding="utf-8"
    )
    folded = "BEGIN:VCALENDAR\r\nDESCRIPTION:Verantwortlich: Carla W\r\n eiß\r\nEND:VCALENDAR\r\n"
    (documents / f"{OPEN}.ics").write_bytes(folded.encode())
    (documents / "letter.md").write_text("Carla Weiß")
    with Index.open(workspace, clock) as index:
        assert index.search("carla weiss")
    return Place(workspace, clock, lambda lang: "jemand" if lang == "de" else "somebody", documents)


def forget(place: Place, typed: str = "Carla Weiß") -> tuple[Plan, Done]:
    plan = forgetting.plan(place, typed)
    return plan, forgetting.carry_out(place, plan)


def holding(place: Place, *spellings: str) -> list[str]:
    """The files of ours that hold one of the spellings, in upper or lower case, whatever they are."""
    roots = (place.workspace.folder, place.workspace.state, place.workspace.cache, place.documents)
    found = []
    for path in (path for root in roots if root for path in root.rglob("*") if path.is_file()):
        content = path.read_bytes().decode("latin-1").casefold()
        for spelling in spellings:
            if spelling.encode().decode("latin-1").casefold() in content:
                found.append(path.name)
    return sorted(set(found))


def tree(place: Place) -> dict[Path, bytes]:
    return {
        path: path.read_bytes()
        for root in (place.workspace.folder, place.workspace.state)
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("typed", ["Carla Weiß", "carla weiss", "carla-weiss", "WEISS, CARLA"])
def test_afterwards_no_file_holds_the_name_in_any_spelling(typed: str, place: Place) -> None:
    assert len(holding(place, *SPELLINGS)) >= 10
    _, done = forget(place, typed)
    assert holding(place, *SPELLINGS) == ["letter.md"]  # none of retrotui's
    assert not done.left
    with Index.open(place.workspace, place.clock) as index:
        assert not index.search("carla") and len(index.search("einkauf")) == 2
    assert holding(place, *SPELLINGS) == ["letter.md"]


def test_the_rest_is_as_it_was(place: Place) -> None:
    before = minutes_store.load_id(place.workspace, CLOSED).minutes
    forget(place)
    after = minutes_store.load_id(place.workspace, CLOSED).minutes
    assert [(one.name, one.function, one.present) for one in after.participant] == [
        ("", "service", True), ("Ben Kurz", "sales", True),
    ]  # fmt: skip
    assert after.facilitator == after.participant[0].id
    assert [one.text for one in after.note] == ["Jemand sagt nein", "Jemand auch", "Einkauf zu spät"]
    assert len(after.action) == len(before.action) and after.deal[0].contributors == ("Service",)
    settings = settings_store.load(place.workspace)
    assert [one.name for one in settings.settings.person] == ["Ben Kurz"]
    assert "keeps this file" in settings.text and settings.settings.team == "Vertrieb Süd"
    assert (place.workspace.state / "log" / "other.log").exists()
    assert not (place.workspace.state / "log" / "crash.log").exists()
    assert place.documents is not None
    assert (place.documents / f"{CLOSED}.md").read_text() == "# Monat\n\n- jemand (Service)\n- jemands Idee\n"
    assert b"Verantwortlich: jemand\r\n" in (place.documents / f"{OPEN}.ics").read_bytes()


def test_the_draft_still_goes_on_from_its_minutes(place: Place) -> None:
    (before,), _ = drafts.list_drafts(place.workspace)
    assert before.standing is Standing.DRAFT_NEWER
    forget(place)
    (after,), broken = drafts.list_drafts(place.workspace)
    assert (after.standing, broken) == (Standing.DRAFT_NEWER, [])
    assert after.draft.minutes.note[-1].text == "neu: frag jemand"


def test_the_plan_counts_and_writes_nothing(place: Place) -> None:
    before = tree(place)
    plan = forgetting.plan(place, "Carla Weiß")
    assert tree(place) == before
    counts = {item.path.name: item.found.changes for item in plan.items if item.kind == "minutes"}
    expected: dict[Change, int] = {
        "participant": 1, "facilitator": 1, "owner": 1, "seller": 1, "contributor": 1, "whole": 1, "part": 1,
    }  # fmt: skip
    assert counts[f"{CLOSED}.toml"] == expected
    assert plan.items[-2].kind == "settings" and plan.items[-1].kind == "index" and plan.ownerless == 2


def test_forgotten_is_forgotten(place: Place) -> None:
    forget(place)
    before = tree(place)
    with pytest.raises(RetroError):
        forgetting.plan(place, "Carla Weiß")
    assert tree(place) == before


def test_killed_at_any_write_the_next_run_does_the_rest(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, written = forgetting.plan(place, "Carla Weiß"), durable.write
    backup = place.workspace.folder.parent / "backup"
    roots = (place.workspace.folder, place.workspace.state, place.workspace.cache)
    for root in roots:
        shutil.copytree(root, backup / root.name)
    for number in range(len(whole.items)):
        left = number

        def dies(*given: object, **values: object) -> object:
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            return written(*given, **values)  # type: ignore[arg-type]

        monkeypatch.setattr(durable, "write", dies)
        try:
            forgetting.carry_out(place, whole)
        except KeyboardInterrupt:
            monkeypatch.setattr(durable, "write", written)
            for mark in place.workspace.minutes_folder.glob(".*.lock"):
                mark.unlink()  # ours; a dead process's is taken over by itself
            forget(place)
        monkeypatch.setattr(durable, "write", written)
        assert holding(place, *SPELLINGS) == ["letter.md"], number
        assert drafts.list_drafts(place.workspace)[0][0].standing is Standing.DRAFT_NEWER
        for root in roots:
            shutil.rmtree(root)
            shutil.copytree(backup / root.name, root)


def test_a_meeting_that_somebody_runs_is_left_and_the_rest_is_done(place: Place) -> None:
    workspace = place.workspace
    minutes_before, draft_before = (
        workspace.minutes_file(OPEN).read_bytes(),
        workspace.draft_file(OPEN).read_bytes(),
    )
    with lock.acquire(workspace, OPEN, place.clock, me=lock.Holder("elsewhere", "eva", 1, AT)):
        plan, done = forget(place)
        assert {each.path.name for each in done.left} == {f"{OPEN}.toml"} and len(done.left) == 2
        assert workspace.minutes_file(OPEN).read_bytes() == minutes_before
        assert workspace.draft_file(OPEN).read_bytes() == draft_before
    assert plan.left and f"{CLOSED}.toml" not in holding(place, "Carla")
    assert not forget(place)[1].left
    assert holding(place, *SPELLINGS) == ["letter.md"]


def test_a_meeting_that_begins_after_the_question_is_left(place: Place) -> None:
    plan = forgetting.plan(place, "Carla Weiß")
    with lock.acquire(place.workspace, OPEN, place.clock, me=lock.Holder("elsewhere", "eva", 1, AT)):
        done = forgetting.carry_out(place, plan)
    assert {each.path.name for each in done.left} == {f"{OPEN}.toml"}


@pytest.mark.parametrize(
    "content", [b'id = "x"\nname = "Carla Wei\xc3\x9f"\n[[[', b'schema = 99\nx = "Carla Wei\xc3\x9f"\n']
)
def test_what_is_damaged_or_newer_is_named_and_left(content: bytes, place: Place) -> None:
    path = place.workspace.minutes_folder / "2026-12-01-bad.toml"
    path.write_bytes(content)
    _, done = forget(place)
    assert [each.path for each in done.left] == [path] and path.read_bytes() == content
    assert holding(place, *SPELLINGS) == ["2026-12-01-bad.toml", "letter.md"]


def test_a_damaged_file_without_the_name_is_no_matter(place: Place) -> None:
    (place.workspace.minutes_folder / "2026-12-01-bad.toml").write_bytes(b"[[[")
    assert not forget(place)[1].left


def test_what_cannot_be_read_may_hold_the_name_and_is_named(place: Place) -> None:
    victim = place.workspace.folder.parent / "victim.toml"
    victim.write_text('name = "Carla Weiß"')
    link = place.workspace.minutes_folder / "2026-12-02-link.toml"
    link.symlink_to(victim)
    large = place.workspace.minutes_folder / "2026-12-03-large.toml"
    large.write_bytes(b"#" * (durable.MAX_BYTES + 1))
    assert {each.path for each in forget(place)[1].left} == {link, large}
    assert victim.read_text() == 'name = "Carla Weiß"' and link.is_symlink()


def test_files_of_others_and_names_of_files_are_named(place: Place) -> None:
    (place.workspace.folder / "pipeline.csv").write_text("Owner\nCarla Weiß\n")
    (place.workspace.agendas_folder / "mit-carla-weiss.toml").write_text(
        'schema = 1\nid = "mit-carla-weiss"\n'
    )
    left = {each.path.name for each in forget(place)[1].left}
    assert left == {"pipeline.csv", "mit-carla-weiss.toml"}


def test_a_comment_by_hand_goes_too(place: Place) -> None:
    an_id = "2026-09-01-monthly"
    bare = meeting(an_id).model_copy(
        update={"participant": (), "facilitator": "", "deal": (), "note": (), "action": ()}
    )
    path = place.workspace.minutes_file(an_id)
    path.write_bytes(b"# Carla Weiss was ill\n" + encode(bare))
    forget(place)
    assert path.read_bytes() == encode(bare)


def test_conflict_copies_are_minutes_like_others(place: Place) -> None:
    copy = place.workspace.minutes_folder / f"{CLOSED} (Konflikt von Eva).toml"
    copy.write_bytes(place.workspace.minutes_file(CLOSED).read_bytes())
    forget(place)
    assert holding(place, *SPELLINGS) == ["letter.md"]


def test_several_of_one_name_are_told_apart_by_their_ids(place: Place) -> None:
    second = Participant(id="carla-weiss-2", name="Carla Weiß", function="sales")
    minutes = meeting("2026-08-01-monthly")
    both = minutes.model_copy(update={"participant": (*minutes.participant, second)})
    minutes_store.save_new(place.workspace, both)
    with pytest.raises(SeveralOfThatName) as refused:
        forgetting.plan(place, "Carla Weiß")
    assert [one.id for one in refused.value.people] == ["carla-weiss", "carla-weiss-2"]
    forget(place, "carla-weiss-2")
    after = minutes_store.load_id(place.workspace, "2026-08-01-monthly").minutes
    assert [one.name for one in after.participant] == ["Carla Weiß", "Ben Kurz", ""]
    assert [one.text for one in after.note] == [one.text for one in minutes.note]


@pytest.mark.parametrize("typed", ["Carla", "Weiß", "Xaver Quorn", "Carla Weise", "", "person"])
def test_nobody_of_that_name_is_refused_and_the_nearest_named(typed: str, place: Place) -> None:
    before = tree(place)
    with pytest.raises(RetroError) as refused:
        forgetting.plan(place, typed)
    assert tree(place) == before
    if typed in ("Carla", "Carla Weise"):
        assert refused.value.hint is not None and "Carla Weiß" in str(refused.value.hint.values)


def test_git_and_other_team_folders_are_warned_of(place: Place) -> None:
    assert forgetting.plan(place, "Carla Weiß").repository is None
    (place.workspace.folder / ".git").mkdir()
    (place.workspace.folder / ".git" / "COMMIT_EDITMSG").write_text("Carla Weiß")
    other = Workspace(place.workspace.folder.parent / "north", place.workspace.state, place.workspace.cache)
    drafts.save(other.draft_file(OPEN), Draft(meeting(OPEN), "", None, str(other.folder)), expected=ANY)
    plan = forgetting.plan(place, "Carla Weiß")
    assert plan.repository == place.workspace.folder and plan.elsewhere == (other.folder,)
    forgetting.carry_out(place, plan)
    assert (place.workspace.folder / ".git" / "COMMIT_EDITMSG").read_text() == "Carla Weiß"


def test_an_index_of_a_folder_that_was_moved_is_removed_too(place: Place) -> None:
    moved = place.workspace.cache / "0123456789"
    moved.mkdir()
    db = sqlite3.connect(moved / "index-2-x.sqlite")
    db.execute("CREATE TABLE t (x)")
    db.execute("INSERT INTO t VALUES ('carla weiss')")
    db.commit()
    db.close()
    forget(place)
    assert not list(moved.iterdir())


def test_somebody_who_is_called_by_one_word(place: Place) -> None:
    minutes = meeting("2026-08-01-monthly", "closed", "Ola prüft es", "Ola Novak nicht", "ola")
    people = (
        Participant(id="ola", name="Ola", function="delivery"),
        Participant(id="ola-novak", name="Ola Novak"),
    )
    minutes_store.save_new(place.workspace, minutes.model_copy(update={"participant": people[:1]}))
    second = meeting("2026-08-02-monthly", "closed", "Ola prüft es")
    minutes_store.save_new(place.workspace, second.model_copy(update={"participant": people[1:]}))
    (place.workspace.state / "log" / "other.log").write_text("person ola\n")
    plan, done = forget(place, "Ola")
    after = minutes_store.load_id(place.workspace, "2026-08-01-monthly").minutes
    assert [one.name for one in after.participant] == [""] and not done.left
    assert [one.text for one in after.note[3:]] == ["Jemand prüft es", "Ola Novak nicht", "ola"]
    other = minutes_store.load_id(place.workspace, "2026-08-02-monthly").minutes
    assert other.note[3].text == "Ola prüft es" and other.participant == people[1:]
    assert any(item.found.kept for item in plan.items)
    assert not (place.workspace.state / "log" / "other.log").exists()
