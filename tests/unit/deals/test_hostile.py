"""Files that mean harm, or are something else: refused in one sentence or read, never a traceback, never a freeze."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrotui.errors import RetroError
from retrotui.interchange import crm
from tests.unit.deals.tables import read_bytes, read_text, warned

HEAD = "Deal Name;Stage;Amount;Close Date\n"
ROW = "A;Won;1;2026-01-01\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n \n\t\n", "is empty"),
        (b";;;;;\n;;;;\n", "is empty"),
        (b"PK\x03\x04" + bytes(500), "zip archive"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "old Excel"),
        (b"%PDF-1.7\n" + bytes(range(256)), "PDF"),
        (b"\x1f\x8b\x08" + bytes(500), "compressed"),
        (random.Random(1).randbytes(20_000), "no text"),
        (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(3000), "no text"),
        (bytes(5000), "no text"),
        (b"<html><body>Deal Name</body></html>", "web page"),
        (b'{"deals": [{"stage": "won"}]}', "no table of deals"),
        (b"Lorem ipsum dolor sit amet, consetetur.\n" * 50, "no table of deals"),
        (b"x\n", "no table of deals"),
        (";".join(f"c{n}" for n in range(5000)).encode() + b"\n1\n", "no table of deals"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(RetroError) as refused:
        read_bytes(tmp_path, content)
    assert said in str(refused.value.what)
    assert refused.value.hint is not None
    assert "\n" not in str(refused.value)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RetroError, match="no file"):
        crm.read(tmp_path / "none.csv")
    with pytest.raises(RetroError, match="folder"):
        crm.read(tmp_path)
    with pytest.raises(RetroError):
        crm.read(Path("a\x00b"))
    with pytest.raises(RetroError):
        crm.read(Path("x" * 5000))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_that_nobody_fills_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(RetroError, match="not a file"):
        crm.read(tmp_path / "pipe.csv")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + ROW + '"B;Won;2;2026-01-02\nC;Lost;3;2026-01-03\n', 3),
        (HEAD + ROW + 'B;Won;2;"2026-01-02', 3),
        ('"Deal Name;Stage;Amount\nA;Won;1\n', 1),
        (HEAD + ROW + '"' + "x;Won;2;2026-01-02\n" * 20_000, 3),
        (HEAD + "x" * 10_000_000 + ";Won;1;2026-01-01\n" + ROW, 2),
        (HEAD + ROW + '"' + "x\n" * 5_000_000 + '";Won;1;2026-01-01\n', 3),
        ("x" * 10_000_000 + ";Stage\n", 1),
    ],
)
def test_an_open_quotation_mark_and_a_huge_cell_are_refused_with_their_line(
    tmp_path: Path, text: str, line: int
) -> None:
    began = time.perf_counter()
    with pytest.raises(RetroError) as refused:
        read_text(tmp_path, text)
    assert refused.value.line == line
    assert time.perf_counter() - began < 10


def test_quotation_marks_inside_a_cell_are_text(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        HEAD + 'Rohr 5" lang;Won;1;2026-01-01\n"a ""b"" c";Won;2;2026-01-01\nRohr 3";Won;3;2026-01-01',
    )
    assert [deal.title for deal in found.deals] == ['Rohr 5" lang', 'a "b" c', 'Rohr 3"']


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_every_encoding_of_an_export_is_found(tmp_path: Path, encoding: str, named: str) -> None:
    text = HEAD + "Müller & Söhne;Won;1;2026-01-01\n" + "Größe – „Weiß“;Lost;2;2026-01-01\n"
    found = read_text(tmp_path, text, encoding=encoding)
    assert found.encoding == named
    assert [deal.title for deal in found.deals] == ["Müller & Söhne", "Größe – „Weiß“"]


def test_a_file_cut_inside_a_letter_is_still_utf8(tmp_path: Path) -> None:
    content = (HEAD + "Müller Söhne Größe äöü;Won;1;2026-01-01\nMü").encode()[:-1]
    found = read_bytes(tmp_path, content)
    assert found.encoding == "utf-8"
    assert found.deals[0].title == "Müller Söhne Größe äöü"
    assert (None, "") in warned(found)


def test_control_and_direction_characters_are_dropped_and_counted_and_the_rest_is_kept(
    tmp_path: Path,
) -> None:
    rows = (
        "\x1b[31mRot\x1b[0m [link](x);Won;1;2026-01-01",
        "=cmd|' /C calc'!A0;Won;2;2026-01-01",
        "\u202eevil [/b] [@click=x];Won;3;2026-01-01",
        "n" * 300 + ";Won;4;2026-01-01",
        "a\x00b;Won;5;2026-01-01",
    )
    found = read_text(tmp_path, HEAD + "\n".join(rows))
    titles = [deal.title for deal in found.deals]
    assert titles == ["Rot [link](x)", "=cmd|' /C calc'!A0", "evil [/b] [@click=x]", "n" * 300, "ab"]
    assert sorted(warned(found)) == [(2, "title"), (4, "title"), (6, "title")]


def test_hostile_text_reaches_no_sentence(tmp_path: Path) -> None:
    bad = "\x1b]0;x\x07\u202e"
    text = f"Bericht {bad}\nDeal Name;Stage;Amount;Close Date;Neu{bad}\nA;{bad}St;{bad}1x;{bad}2;x\n"
    found = read_text(tmp_path, text)
    said = str(found.document(str))
    assert not any(char in said for char in "\x1b\x07\u202e")
    with pytest.raises(RetroError) as refused:
        read_text(tmp_path, f"Foo{bad};Bar\n1;2\n")
    assert not any(char in str(refused.value.what) for char in "\x1b\x07\u202e")


def test_reading_reports_progress_and_stops_when_asked(tmp_path: Path) -> None:
    text = HEAD + "".join(f"D{n};Won;1;2026-01-01\n" for n in range(20_000))
    done: list[float] = []

    def progress(share: float) -> bool:
        done.append(share)
        return True

    read_text(tmp_path, text, progress=progress)
    assert done == sorted(done)
    assert done[0] == 0.0
    assert done[-1] == 1.0
    assert len(done) > 5
    for stop in range(1, len(done)):
        asked: list[float] = []

        def stopping(share: float, asked: list[float] = asked, stop: int = stop) -> bool:
            asked.append(share)
            return len(asked) < stop

        with pytest.raises(crm.ReadingStopped):
            read_text(tmp_path, text, progress=stopping)
        assert len(asked) == stop


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for before in (b"", HEAD.encode(), b"\xff\xfe", b"sep=;\n"):
        try:
            found = read_bytes(tmp_path, before + content)
        except RetroError:
            continue
        assert found.imported + len(found.skipped) == found.rows


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "Won",
            "verloren",
            "1.234,56",
            "12/31/2026",
            "31.12.26",
            "=1+2",
            "-",
            "€",
            "\x1b[0m",
            '"',
            "Summe",
            "99999999999999999",
        ]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, max_size=9), max_size=12), st.sampled_from([",", ";", "\t"]))
def test_any_cells_below_a_header_are_read_or_refused(
    tmp_path: Path, rows: list[list[str]], delimiter: str
) -> None:
    header = [
        "Id",
        "Deal",
        "Kunde",
        "Stage",
        "Status",
        "Betrag",
        "Währung",
        "Erstellt am",
        "Abschlussdatum",
        "Grund",
        "Wahrscheinlichkeit",
    ]
    text = "\n".join(delimiter.join(row) for row in [header, *rows])
    try:
        found = read_text(tmp_path, text.encode("utf-8", "replace").decode())
    except RetroError:
        return
    assert found.imported + len(found.skipped) == found.rows
    assert [deal.record for deal in found.deals] == sorted({deal.record for deal in found.deals})
    assert len({deal.key for deal in found.deals}) == len(found.deals)
