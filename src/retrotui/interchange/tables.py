"""The minutes as tables for a spreadsheet: notes, factors, experiments and actions; each becomes one CSV file.

Owns the columns, the marks that a spreadsheet of the language expects, and the defusing of cells that would be
formulas. Must not know files. The minutes are discreet already (`outgoing`).

A spreadsheet takes its separator and its decimal mark from the system's language and asks nobody: in German that is a
semicolon and a comma, in English a comma and a point. Dates are written 2026-11-23, which both read as dates. Lines end
with CR LF (RFC 4180). Files begin with a byte order mark, without which Excel reads "Müller" as "MÃ¼ller"; what goes
down a pipe has none.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from retrotui.domain.minutes import Action, Entry, Experiment, FactorUse
from retrotui.domain.text import one_line
from retrotui.errors import Message, msg
from retrotui.interchange.labels import DECISIONS, EFFECTS, OUTCOMES, SOURCES
from retrotui.interchange.outgoing import Outgoing
from retrotui.locale import catalogue

BYTE_ORDER_MARK: Final = "\ufeff"
_SEPARATORS: Final = {"de": ";", "en": ","}
_DECIMAL_MARKS: Final = {"de": ",", "en": "."}
_FORMULA_BEGINS: Final = tuple("=+-@\t\r\n＝＋－＠")
# A file for semicolons may be opened by a spreadsheet that parts cells at commas: then these begin a cell as well. A
# price such as "5,-" is none of them.
_BEGINS_INSIDE: Final = re.compile(r"([,;])(?=[=+@＝＋＠]|[-－][\w(=+@])")

Cell: TypeAlias = "str | int | Decimal"
"""A text, or a number of ours: only numbers may begin with a minus."""
Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name (for a file), the words over its columns, and how one meeting fills it."""

    name: str
    head: tuple[Message, ...]
    rows: Callable[[Outgoing], Iterator[Row]]


def csv_text(sheet: Sheet, meetings: Sequence[Outgoing], lang: str) -> str:
    """One table over these meetings, with its head, in the marks of `lang`; without a byte order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=_SEPARATORS[lang], lineterminator="\r\n")
    say = catalogue(lang).tr
    writer.writerow([say(words) for words in sheet.head])
    for out in meetings:
        writer.writerows([_written(cell, lang) for cell in row] for row in sheet.rows(out))
    return stream.getvalue()


def defused(text: str) -> str:
    """The text as a cell that no spreadsheet computes: an apostrophe stands before what would begin a formula.

    The wide signs are formulas where the spreadsheet speaks Japanese or Chinese.
    """
    text = _BEGINS_INSIDE.sub(r"\1'", text)
    return f"'{text}" if text.startswith(_FORMULA_BEGINS) else text


def _written(cell: Cell, lang: str) -> str:
    if isinstance(cell, str):
        return defused(one_line(cell))
    return format(cell, "f").replace(".", _DECIMAL_MARKS[lang]) if isinstance(cell, Decimal) else str(cell)


# -- what stands in every row ----------------------------------------------------------------------------

_MEETING = (msg("Meeting"), msg("Date"))
_ENTRY = (*_MEETING, msg("Entry id"), msg("Time"), msg("Step"))
_DEAL = (msg("Deal"), msg("Outcome"), msg("Amount"), msg("Currency"))


def _meeting(out: Outgoing) -> Row:
    return out.minutes.id, out.minutes.date.isoformat()


def _entry(out: Outgoing, one: Entry) -> Row:
    return *_meeting(out), one.id, f"{one.at:%H:%M:%S}", _step(out, one.step)


def _step(out: Outgoing, step_id: str) -> str:
    step = out.minutes.find_step(step_id)
    return out.wording.step_title(step) if step else step_id


def _deal(out: Outgoing, deal_id: str) -> Row:
    deal = out.minutes.find_deal(deal_id)
    if deal is None:
        return "", "", "", ""
    outcome = out.wording.say(OUTCOMES[deal.outcome]) if deal.outcome else ""
    amount = Decimal(deal.amount) if deal.amount is not None else ""
    currency = (deal.currency or out.minutes.currency) if deal.amount is not None else ""
    return out.wording.deal_name(deal_id), outcome, amount, currency


# -- the tables ------------------------------------------------------------------------------------------


def _notes(out: Outgoing) -> Iterator[Row]:
    """Everything that was said and is no factor, experiment or action."""
    minutes, words = out.minutes, out.wording
    note, quote, lesson = words.say(msg("note")), words.say(msg("quote")), words.say(msg("lesson"))
    for one in minutes.note:
        about = words.item_name(one.experiment) if one.experiment else words.column(one)
        yield (
            *_entry(out, one),
            *_deal(out, one.deal),
            note,
            one.text,
            words.ask(one),
            about,
            one.votes,
            one.group,
        )
    for said in minutes.quote:
        yield *_entry(out, said), *_deal(out, said.deal), quote, said.text, "", "", said.votes, ""
    for learned in minutes.lesson:
        first = learned.deals[0] if len(learned.deals) == 1 else ""
        deals = ", ".join(words.deal_name(deal) for deal in learned.deals)
        deal = _deal(out, first) if first else (deals, "", "", "")
        about = words.item_name(learned.experiment) if learned.experiment else ""
        yield *_entry(out, learned), *deal, lesson, learned.text, "", about, learned.votes, learned.group
    loose = [(msg("parked topic"), topic) for topic in minutes.parked]
    loose += [(msg("remark"), remark) for remark in (minutes.worth.remarks if minutes.worth else ())]
    for kind, text in loose:
        yield *_meeting(out), "", "", "", *_deal(out, ""), words.say(kind), text, "", "", 0, ""
    for field in minutes.field:
        yield (
            *_meeting(out), "", "", _step(out, field.step), *_deal(out, field.deal), words.say(msg("field")),
            field.value, "", field.label or field.id, 0, "",
        )  # fmt: skip


def _factors(out: Outgoing) -> Iterator[Row]:
    for one in out.minutes.factor:
        yield *_entry(out, one), *_deal(out, one.deal), *_factor(out, one), one.group


def _factor(out: Outgoing, one: FactorUse) -> Row:
    say = out.wording.say
    name = out.wording.factor_name(one.factor)
    return (
        one.factor,
        name,
        say(EFFECTS[one.effect]),
        one.weight,
        say(SOURCES[one.source]),
        one.text,
        one.votes,
    )


def _items(out: Outgoing) -> Iterator[Row]:
    """What began here, then the verdicts on what earlier meetings began, then what was carried."""
    for one in out.minutes.experiment:
        state = msg("Idea") if one.state == "idea" else msg("running")
        yield *_begun(out, one, msg("Experiment"), state, one.title), *_plan(out, one), *_NO_VERDICT
    for action in out.minutes.action:
        yield *_begun(out, action, msg("Action"), None, action.text), *_NO_PLAN, *_NO_VERDICT
    yield from _judged(out)


_NO_PLAN: Final = ("",) * 6
_NO_VERDICT: Final = ("",) * 5


def _begun(out: Outgoing, one: Action | Experiment, kind: Message, state: Message | None, title: str) -> Row:
    say = out.wording.say
    due = one.due.isoformat() if one.due else ""
    return *_meeting(out), one.id, say(kind), say(state) if state else "", title, out.wording.owner(one), due


def _plan(out: Outgoing, one: Experiment) -> Row:
    start = one.start.isoformat() if one.start else ""
    return start, one.hypothesis, one.change, one.measure, one.expected, out.wording.item_name(one.parent)


def _judged(out: Outgoing) -> Iterator[Row]:
    words, minutes = out.wording, out.minutes
    kinds = {"experiment": msg("Experiment"), "action": msg("Action")}
    for one in minutes.verdict:
        until = one.due.isoformat() if one.due else ""
        child = words.item_name(one.child) if one.child else ""
        yield (
            *_meeting(out), one.item, words.say(kinds[one.kind]), "", words.item_name(one.item), "", until, *_NO_PLAN,
            words.say(DECISIONS[one.decision]), one.happened, one.learned, one.reason, child,
        )  # fmt: skip
    carried = {one.item for one in minutes.carried}
    for item, told in words.without_verdict().items():
        state = words.say(msg("carried") if item in carried else msg("no verdict yet"))
        yield (
            *_meeting(out), item, "", "", words.item_name(item), "", "", *_NO_PLAN, state, " ".join(told), "", "", "",
        )  # fmt: skip


SHEETS: Final = (
    Sheet(
        "notes",
        (
            *_ENTRY,
            *_DEAL,
            msg("Kind"),
            msg("Text"),
            msg("To ask"),
            msg("About"),
            msg("Votes"),
            msg("Together with"),
        ),
        _notes,
    ),
    Sheet(
        "factors",
        (
            *_ENTRY,
            *_DEAL,
            msg("Factor id"),
            msg("Factor"),
            msg("Effect"),
            msg("Weight"),
            msg("Source"),
            msg("Text"),
            msg("Votes"),
            msg("Together with"),
        ),
        _factors,
    ),
    Sheet(
        "experiments",
        (
            *_MEETING,
            msg("Entry id"),
            msg("Kind"),
            msg("State"),
            msg("Title"),
            msg("Owner"),
            msg("Due"),
            msg("Start"),
            msg("Hypothesis"),
            msg("Change"),
            msg("Measure"),
            msg("Expected"),
            msg("Adapts"),
            msg("Verdict"),
            msg("Happened"),
            msg("Learned"),
            msg("Why"),
            msg("Goes on as"),
        ),
        _items,
    ),
)
