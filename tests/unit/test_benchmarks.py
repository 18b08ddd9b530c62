"""What the benchmarks measure on: invented meetings and deals that are the same each time, and figures that add up.

Nothing is timed here.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from benchmarks.deals import write_deals
from benchmarks.figures import Figure, p95, shown, table
from benchmarks.meetings import AGENDAS, NEWEST, meeting, meeting_id, write_meetings
from benchmarks.parts import PARTS

from retrotui.domain.experiments import open_items
from retrotui.interchange import crm
from retrotui.store import agendas
from retrotui.store import minutes as store
from retrotui.store.toml_codec import decode, encode
from retrotui.store.workspace import Workspace

SOME = (0, 1, 7, 123, 9_999)


def team_folder(path: Path) -> Workspace:
    return Workspace(path, path / "state", path / "cache")


def test_a_meeting_is_the_same_for_the_same_number_day_and_seed() -> None:
    for number in SOME:
        assert encode(meeting(number)) == encode(meeting(number))
        assert encode(meeting(number)) != encode(meeting(number, seed=2))
    assert meeting(3).id != meeting(3, newest=date(2025, 1, 6)).id


def test_a_longer_archive_holds_the_shorter_one(tmp_path: Path) -> None:
    short = write_meetings(tmp_path / "short", 4)
    long = write_meetings(tmp_path / "long", 9)
    assert [path.read_bytes() for path in short] == [path.read_bytes() for path in long[:4]]


def test_ten_thousand_meetings_have_ten_thousand_ids() -> None:
    assert len({meeting_id(number) for number in range(10_000)}) == 10_000


def test_the_newest_comes_first() -> None:
    ids = [meeting_id(number)[:10] for number in range(50)]
    assert ids == sorted(ids, reverse=True)
    assert ids[0] == NEWEST.isoformat()


def test_the_files_load_and_come_out_in_the_same_bytes() -> None:
    for number in SOME:
        content = encode(meeting(number))
        document = decode(content)
        assert document.minutes == meeting(number)
        assert encode(document.minutes) == content


def test_a_file_has_the_size_that_the_promises_speak_of() -> None:
    sizes = [len(encode(meeting(number))) for number in range(30)]
    assert 12_000 < sum(sizes) / len(sizes) < 15_000


def test_a_folder_of_them_is_a_team_folder_without_a_fault(tmp_path: Path) -> None:
    write_meetings(tmp_path, 24)
    found, damaged = store.all_meetings(team_folder(tmp_path))
    assert damaged == []
    assert len(found) == 24
    assert {one.minutes.agenda.id for one in found} == {an_id for an_id, _ in AGENDAS}


def test_they_speak_of_agendas_and_of_items_that_there_are() -> None:
    bundled, _ = agendas.all_agendas(None)
    assert {an_id for an_id, _ in AGENDAS} <= {one.agenda.id for one in bundled}
    archive = [meeting(number) for number in range(60)]
    items = {item.id for one in archive for item in (*one.action, *one.experiment)}
    newer = archive[: -2 * len(AGENDAS)]
    assert all(verdict.item in items for one in newer for verdict in one.verdict)
    assert all(carried.item in items for one in newer for carried in one.carried)


def test_what_is_due_stays_a_list_that_a_team_could_have() -> None:
    """An archive in which nothing is ever judged would measure something else."""
    archive = [meeting(number) for number in range(200)]
    assert 10 < len(open_items(archive, NEWEST)) < 80


def test_the_export_of_deals_is_the_same_each_time_and_read_whole(tmp_path: Path) -> None:
    one, other = write_deals(tmp_path / "one.csv", 300), write_deals(tmp_path / "other.csv", 300)
    assert one.read_bytes() == other.read_bytes()
    found = crm.read(one)
    assert len(found.deals) == found.rows == 300
    assert not found.skipped
    assert {deal.outcome for deal in found.deals} >= {"won", "lost", "open"}


def test_the_ratio_is_the_median_of_the_rounds() -> None:
    """A round in which the machine was slow for both says what the others say."""
    figure = Figure("start", "x", "ms", (100.0, 900.0, 120.0), "bare", (50.0, 450.0, 100.0), 1.5)
    assert figure.ratio == 2.0
    assert figure.holds is False
    assert Figure("start", "x", "ms", (140.0,), "bare", (100.0,), 1.5).holds is True


def test_a_value_that_is_good_enough_holds_whatever_the_ratio() -> None:
    fast_disk = Figure("saving", "x", "ms", (14.0,), "one replace", (1.0,), 4.0, 15.0)
    assert fast_disk.holds is True
    assert Figure("saving", "x", "ms", (16.0,), "one replace", (1.0,), 4.0, 15.0).holds is False


def test_what_is_not_promised_neither_holds_nor_misses() -> None:
    assert Figure("start", "x", "ms", (5.0,)).ratio is None
    assert Figure("start", "x", "ms", (5.0,)).holds is None
    assert Figure("start", "x", "ms", (5.0,), "bare", (1.0,)).holds is None


def test_p95_leaves_out_five_of_a_hundred() -> None:
    values = [float(number) for number in range(1, 101)]
    Random(1).shuffle(values)
    assert p95(values) == 95
    assert p95([7.0]) == 7


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1234.5, "ms", "1 234 ms"),
        (12.34, "ms", "12.3 ms"),
        (1.234, "ms", "1.23 ms"),
        (40.6, "bytes", "41 bytes"),
    ],
)
def test_values_are_shown_in_three_digits_or_so(value: float, unit: str, words: str) -> None:
    assert shown(value, unit) == words


def test_the_table_says_which_budgets_hold() -> None:
    rows = table(
        [
            Figure("start", "good", "ms", (1.0,), "bare", (1.0,), 1.5),
            Figure("start", "bad", "ms", (2.0,), "bare", (1.0,), 1.5),
            Figure("start", "told", "ms", (2.0,)),
        ]
    ).splitlines()
    assert rows[1].endswith("holds")
    assert rows[2].endswith("MISSED")
    assert rows[3].endswith("2.00 ms")


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_measure(part: str) -> None:
    from importlib import import_module

    assert callable(import_module(f"benchmarks.parts.{part}").measure)
