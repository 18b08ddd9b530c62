"""The pictures of the README: a meeting of the demo's team, held here and photographed.

`python tests/pictures.py` writes `docs/*.png` (needs `rsvg-convert`). Run it when the screens have changed.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from retrotui import locale  # noqa: E402
from retrotui.clock import FakeClock  # noqa: E402
from retrotui.demo import folder as demo  # noqa: E402
from retrotui.store import settings as team_settings  # noqa: E402
from retrotui.store.workspace import Workspace  # noqa: E402
from retrotui.tui.imported_deals import read_deals  # noqa: E402
from retrotui.tui.place import Place  # noqa: E402
from tests.tui import driver  # noqa: E402
from tests.tui.golden import picture  # noqa: E402

BEGINS = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=1)))
SAID = {
    "de": (
        ("Anna Berg, Vertrieb", "Ben Kurz, Vertrieb", "Ola Nowak, Technik", "Carla Weiß, Service", "4453454"),
        "Müller GmbH verloren 48.000",
        (
            "- Preis erst in der dritten Runde genannt #preis *3 /kunde",
            "- Einkauf zu spät am Tisch #einkauf *2 /wir",
            "+ Pilot beim Schwesterwerk #referenzen /beleg",
            '"Beim zweiten Anbieter wusste ich, woran ich bin."',
            "! Preisrahmen im ersten Gespräch nennen #preis",
            "Techniker war nur am Telefon dabei",
        ),
        "Nord AG gewonnen 120.000",
        ("+ Angebot nach zwei Tagen #tempo *2 /kunde", "+ Service saß mit am Tisch #service /wir"),
        ("Wer früh einkauft, verhandelt selten zweimal #einkauf",),
        ("Preisrahmen früh nennen @anna =21.12.",),
        ("Springt seltener spät ab, wer den Rahmen kennt", "Spanne im ersten Gespräch", "Absprünge", "1 von 8"),
        ("4553454", "Gut, dass die Technik dabei war", "21.12."),
    ),
    "en": (
        ("Anna Berg, Sales", "Ben Kurz, Sales", "Ola Nowak, Delivery", "Carla Weiss, Service", "4453454"),
        "Miller Ltd lost 48,000",
        (
            "- Price named in the third round only #price *3 /buyer",
            "- Procurement came late to the table #procurement *2 /team",
            "+ Pilot at the sister plant #references /document",
            '"With the second supplier I knew where I stood."',
            "! Name a price range in the first meeting #price",
            "Engineer was on the phone only",
        ),
        "Northern PLC won 120,000",
        ("+ Offer within two days #responsiveness *2 /buyer", "+ Service sat at the table #service /team"),
        ("Procurement at the table early saves a round #procurement",),
        ("Name the price range early @anna =2026-12-21",),
        ("Who knows the range drops out late less often", "A range in the first meeting", "Drop-outs", "1 in 8"),
        ("4553454", "Good that delivery was here", "2026-12-21"),
    ),
}  # fmt: skip


async def photograph(language: str, scratch: Path) -> None:
    """Home, review, insights, desk, wall and summary in one language."""
    people, lost, of_lost, won, of_won, lessons, experiment, form, closing = SAID[language]
    locale.use(language)
    clock = FakeClock(BEGINS)
    place, deals = _place(language, scratch, clock)
    async with driver.home(scratch, place=place) as room:
        await room.pilot.pause(1.0)
        _develop(room, f"home-{language}")
        await room.pilot.press("slash", *{"de": "preis", "en": "price"}[language], "enter")
        await room.pilot.pause(1.0)
        _develop(room, f"review-{language}")
        await room.pilot.press("escape", "escape", "i")
        await room.pilot.pause(1.0)
        _develop(room, f"insights-{language}")
    pipeline = read_deals(deals, place.settings)
    async with driver.meeting(scratch, place=place, deals=pipeline) as m:
        await m.say(*people)
        await m.later(minutes=5)
        await m.next_step()
        await m.later(minutes=11)
        await m.next_step()
        await m.later(minutes=10)
        await m.next_step()
        await m.say(lost)
        await m.later(minutes=6)
        await m.say(*of_lost)
        await m.later(minutes=7)
        await m.press("pagedown", "pagedown")
        await m.saved()
        _develop(m, f"desk-{language}")
        await m.press("f8")
        await m.saved()
        _develop(m, f"wall-{language}")
        await m.press("f8")
        await m.later(minutes=5)
        await m.next_step()
        await m.say(won, *of_won)
        await m.later(minutes=15)
        await m.next_step()
        await m.say(*lessons)
        await m.later(minutes=14)
        await m.next_step()
        await m.say(*experiment)
        for answer in form:
            await m.type(answer)
            await m.press("enter")
        await m.later(minutes=9)
        await m.next_step()
        await m.say(*closing)
        await m.later(minutes=6)
        await m.next_step()
        await m.press("enter")
        await m.pilot.pause(0.5)
        _develop(m, f"summary-{language}")


def _place(language: str, scratch: Path, clock: FakeClock) -> tuple[Place, Path]:
    workspace = Workspace(scratch / f"team-{language}", scratch / "state", scratch / "cache")
    _, deals = demo.prepare(workspace, language, clock, zone=BEGINS.tzinfo)
    loaded = team_settings.load(workspace)
    return Place(workspace, loaded.settings, clock), workspace.folder / deals


def _develop(room: driver.Room, name: str) -> None:
    svg = ROOT / "docs" / f"{name}.svg"
    svg.write_text(picture(room.app), encoding="utf-8")
    subprocess.run(["rsvg-convert", "-z", "0.75", str(svg), "-o", str(svg.with_suffix(".png"))], check=True)
    svg.unlink()


async def main() -> None:
    (ROOT / "docs").mkdir(exist_ok=True)
    for language in ("de", "en"):
        with tempfile.TemporaryDirectory() as scratch:
            await photograph(language, Path(scratch))


if __name__ == "__main__":
    asyncio.run(main())
