"""What the tests of the exports share: the golden meeting, its neighbours, and texts that would be something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from retrotui.domain.factors import Factor
from retrotui.domain.minutes import (
    Action,
    AgendaRef,
    DealRecord,
    Experiment,
    Minutes,
    Participant,
    Table,
    Tally,
    change,
)
from retrotui.domain.words import Words
from retrotui.interchange.outgoing import Outgoing, around_of, outgoing
from retrotui.store.toml_codec import decode

GOLDEN = Path(__file__).parents[2] / "golden"
OWN = (Factor(id="trade_fair", label=Words.of(de="Messe", en="Trade fair")),)
AT = datetime.fromisoformat("2026-10-26T09:00:00+01:00")
EARLIER = "2026-10-26-monthly-reflection"

HOSTILE = (
    "=HYPERLINK(\"https://evil.example\";\"x\")", "+49 170 1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1:A9)",
    "a,=1+1,b", "b;=1+1;c", "<script>document.title='gotcha'</script>", "<img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)", "{{ 7*7 }}{% raw %}", "[x](javascript:alert(1))", "![x](https://evil.example/p.png)",
    "<https://evil.example>", "https://evil.example www.evil.example a@evil.example", "# title", "- item", "1. one",
    "a | b", "`code`", "**bold** _em_ ~~no~~ $x$", "&amp; &lt;", "\\", "ends with \\",
    "END:VEVENT\r\nBEGIN:VEVENT", "x\nATTENDEE:mailto:a@evil.example", "a\\,b;c:d", "\u202egnp.exe",
    "\x1b[31mred\x1b[0m",
)  # fmt: skip
"""Formulas, HTML, templates, Markdown, calendar lines, directions and control characters."""

hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.sampled_from("\\`*_[]()<>#|~$&=+-@'\"!:;,./wx1{}\n\r\t \u2028\u202e\x00\x1bä"),
        min_size=1,
        max_size=40,
    ),
    st.text(min_size=1, max_size=20),
).filter(lambda words: bool(words.strip()))


def sample() -> Minutes:
    return decode((GOLDEN / "linear-minutes.toml").read_bytes()).minutes


def neighbours() -> tuple[Minutes, ...]:
    """A month before: what the golden meeting speaks of, a customer and a person that it does not have."""
    return (
        Minutes(
            id=EARLIER,
            status="closed",
            title="Monatliche Reflexion",
            team="Vertrieb Süd",
            language="de",
            date=date(2026, 10, 26),
            started=AT,
            agenda=AgendaRef(id="monthly-reflection"),
            participant=(Participant(id="carla-weiss", name="Carla Weiß", function="service"),),
            deal=(DealRecord(id="ost", account="Ostwerk KG", owner="Dora Lang"),),
            action=(
                Action(id=f"{EARLIER}-a1", at=AT, text="Liste der Kunden", due=date(2026, 11, 20)),
                Action(id=f"{EARLIER}-a2", at=AT, text="Ostwerk KG mit Carla anrufen", due=date(2026, 11, 2)),
            ),
            experiment=(
                Experiment(id=f"{EARLIER}-x1", at=AT, title="Preis früher nennen", state="running"),
                Experiment(id=f"{EARLIER}-x2", at=AT, title="Zwanzig Minuten fragen", state="running"),
            ),
        ),
    )


def out_of(minutes: Minutes | None = None, lang: str = "de", **values: Any) -> Outgoing:
    """The golden meeting, or another, as it goes out."""
    around = around_of(neighbours(), lang)
    return outgoing(minutes or sample(), lang, around=around, own_factors=OWN, **values)


def same_as_golden(content: str | bytes, name: str, *, update: bool) -> None:
    """The bytes are the contract: what an export gives is what lies in the golden file, which `update` writes anew."""
    raw = content.encode() if isinstance(content, str) else content
    if update:
        (GOLDEN / name).write_bytes(raw)
    assert raw.decode() == (GOLDEN / name).read_bytes().decode()


def filled_with(words: str) -> Minutes:
    """The golden meeting with these words wherever somebody can write some."""
    minutes = sample()

    def every(tables: tuple[Any, ...], *names: str) -> tuple[Any, ...]:
        return tuple(change(one, **dict.fromkeys(names, words)) for one in tables)

    return change(
        minutes,
        title=words,
        team=words,
        parked=(words,),
        participant=tuple(
            change(one, name=words, function=words, roles=(words,)) for one in minutes.participant
        ),
        step=every(minutes.step, "title"),
        metric=every(minutes.metric, "label"),
        deal=tuple(
            change(one, account=words, title=words, stage=words, reason_raw=words, competitors=(words,))
            for one in minutes.deal
        ),
        factor=every(minutes.factor, "text", "factor"),
        quote=every(minutes.quote, "text"),
        note=every(minutes.note, "text", "ask"),
        lesson=every(minutes.lesson, "text"),
        action=every(minutes.action, "text", "owner_text"),
        experiment=every(minutes.experiment, "title", "hypothesis", "change", "measure", "expected"),
        verdict=every(minutes.verdict, "happened", "learned", "reason"),
        field=every(minutes.field, "id", "value"),
        worth=Tally(counts=(1, 1, 1, 1, 1), remarks=(words,)),
    )


TEXTS = (
    "text", "title", "hypothesis", "change", "measure", "expected", "happened", "learned", "value", "label",
)  # fmt: skip


def said(minutes: Minutes) -> Iterator[str]:
    """Everything that people said, on one line each."""
    tables: tuple[Table, ...] = (
        *minutes.entries(), *minutes.verdict, *minutes.field, *minutes.metric, *minutes.deal,
    )  # fmt: skip
    for table in tables:
        for name in TEXTS:
            if words := " ".join(str(getattr(table, name, "")).split()):
                yield words
    yield from minutes.parked
    yield from minutes.worth.remarks if minutes.worth else ()
