"""Hostile words in every field on every screen: shown as text, obeyed by nobody, and nothing is pushed about
(promises.md, "Text is text")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Participant, change
from retrotui.domain.text import one_line
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.screens.summary import SummaryScreen
from tests.tui.driver import Room, home, meeting, place_in
from tests.tui.stage import EVERY_KIND, earlier
from tests.tui.test_text import obeyed
from tests.unit.tui_panels.staging import KINDS, at, everything, titled

MARKUP = "deal [EMEA] [/x] [@click=app.quit]here[/] [$x][bold] [link=http://a]b[/link] {n} %s"
ESCAPES = "\x1b[31mred\x1b[0m\x1b]52;c;aGk=\x07\x9b2J\x00\r\b line\nbreak\ttab\x85\u2028"
UNSEEN = "abc\u202edef\u202c \u200b\ufeff\u00ad\u061c a\u0301\u0302\u0303\u0304\u0305 \ud800lone \ufff9"
WIDE = "漢字" * 40 + "👩\u200d🔧👍🏽🇩🇪❤️" + "x" * 300
HOSTILE = (MARKUP, ESCAPES, UNSEEN, WIDE, "")


def check(m: Room, where: str) -> None:
    """Every row is as wide as the screen, holds nothing that a terminal obeys, and carries no action."""
    width = m.app.size.width
    for strip in m.strips():
        assert strip.cell_length == width, f"{where}: a row of {strip.cell_length} cells"
        assert obeyed(strip.text) == [], f"{where}: {strip.text!r}"
        for segment in strip:
            meta = segment.style.meta if segment.style else {}
            assert "@click" not in meta and not (segment.style and segment.style.link), where


def put(m: Room, state: Meeting) -> None:
    m.session.meeting = state
    m.session.select_something()
    m.wall.show()


async def everywhere(m: Room, words: str) -> None:
    """Every kind of step with these words in every field, on the desk, on the wall and with its list open."""
    state = titled(everything("en", words), words)
    for kind in KINDS:
        put(m, at(state, str(kind), 1))
        await m.settle()
        check(m, f"{kind}, desk")
        await m.press("f8")
        check(m, f"{kind}, wall")
        await m.press("f8", "f7")
        check(m, f"{kind}, list")
        await m.press("escape")
        assert m.uncovered
    for key in ("f6", "ctrl+q", "escape"):
        await m.press(key)
        check(m, key)
        await m.press("escape")
    await m.press("i")


@pytest.mark.parametrize("words", HOSTILE, ids=["markup", "escapes", "unseen", "wide", "empty"])
async def test_hostile_words_in_every_field_of_every_kind_of_step(tmp_path: Path, words: str) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND], team=words, size=(80, 24)) as m:
        await everywhere(m, words)
        if words == MARKUP:
            put(m, at(titled(everything("en", words), "t"), "deal", 1))
            await m.settle()
            assert m.sees("deal [EMEA] [/x]")


@pytest.mark.parametrize("words", HOSTILE, ids=["markup", "escapes", "unseen", "wide", "empty"])
async def test_hostile_words_in_closing_summary_and_reader(tmp_path: Path, words: str) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND], size=(80, 24)) as m:
        put(m, at(titled(everything("en", words), words), "close", 1))
        await m.press("ctrl+q", "2")
        check(m, "closing")
        await m.press("enter")
        assert m.shows(SummaryScreen)
        check(m, "summary")
        await m.press("end", "c", "f1")
        check(m, "help over the summary")
    minutes = change(
        everything("en", words).minutes, id="2026-10-01-x", status="closed", date=date(2026, 10, 1)
    )
    people = tuple(change(person, name=words) for person in (Participant(id="a", function="sales"),))
    past = (minutes, earlier(date(2026, 9, 1), title=words, participant=people))
    async with home(tmp_path / "home", past=past, team=words, size=(80, 24)) as m:
        check(m, "home")
        for _ in range(len(m.app.screen_stack[0].query("*"))):
            await m.press("down")
        await m.press("enter")
        check(m, "reader")
    async with home(tmp_path / "review", past=past, team=words, size=(80, 24)) as m:
        for keys in (
            ("m",),
            ("space", "f7"),
            ("tab",),
            ("escape", "end", "enter"),
            ("end",),
            ("c",),
            ("escape", "l"),
        ):
            await m.press(*keys)
            check(m, f"review, {keys}")
        await m.press("escape", "/")
        await m.paste(words or "x")
        check(m, "what is looked for")


async def test_hostile_words_typed_and_pasted_into_every_kind_of_step(tmp_path: Path) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND], size=(110, 30)) as m:
        for step in m.minutes.step:
            for words in HOSTILE:
                await m.paste(words.replace("\n", " "))
                check(m, f"{step.kind}: half typed")
                await m.press("enter")
                while not m.uncovered:
                    await m.press("escape")
            check(m, f"{step.kind}: taken down")
            if step.kind != "close":
                await m.go_past(step.id)
        for entry in m.minutes.entries():
            for field in ("text", "title"):
                words = getattr(entry, field, "")
                assert one_line(words, limit=20_480) == words, "it is stored clean"


@settings(
    max_examples=12, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(words=st.lists(st.text(st.characters(codec=None), max_size=60), min_size=3, max_size=3))
def test_any_words_at_all(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    """Three strings of anything: in the meeting's fields, in its titles, and half typed."""
    import asyncio

    async def play() -> None:
        async with meeting(
            tmp_path_factory.mktemp("any"), "every-kind", agendas=[EVERY_KIND], size=(80, 24)
        ) as m:
            state = titled(everything("de", words[0]), words[1])
            await m.paste(words[2].replace("\n", " "))
            for kind in ("followup", "deal", "experiments", "close"):
                put(m, at(state, kind, 1))
                await m.settle()
                check(m, kind)

    asyncio.run(play())


async def test_a_damaged_screen_is_impossible_by_settings_too(tmp_path: Path) -> None:
    person = {"id": "x", "name": ESCAPES, "function": MARKUP}
    factor = {"id": "price", "label": {"de": MARKUP, "en": MARKUP}, "control": "ours"}
    place = place_in(tmp_path, person=[person], factor=[factor], team=UNSEEN, currency="[/x]")
    async with meeting(tmp_path, place=place, size=(110, 30)) as m:
        await m.press("f7")
        check(m, "people")
        await m.press("space", "escape")
        await m.go_to("deal-lost")
        await m.say("Müller GmbH lost 48.000", "- late #price")
        check(m, "deal")
        await m.type("- #")
        check(m, "completions")
        await m.press("escape", "ctrl+p")
        check(m, "palette")
        await m.press("escape")
        assert isinstance(m.screen, MeetingScreen)
        m.session.meeting = replace(m.meeting, known_people=m.meeting.known_people * 3)
        await m.press("f8")
        check(m, "wall")
