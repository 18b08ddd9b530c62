"""The account of an import as lines: how the file was understood, what became of each row, what is to be looked at.

Pure: a `DealSource` in, lines out. Must never show an owner, nor add amounts of several currencies; what the meeting
hides is hidden here too. Source: import.md, "Every row is accounted for".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from textual.content import Content

from retrotui.domain.deals import Deal
from retrotui.domain.minutes import Discretion
from retrotui.errors import Message, msg, plural
from retrotui.interchange.crm import Notice
from retrotui.interchange.crm.understood import FIELDS, Totals, headers_by_field, how_written, rows_accounted
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.choosers.columns import DIGITS
from retrotui.tui.choosers.pages import dotted
from retrotui.tui.naming import OUTCOMES
from retrotui.tui.view import DealSource

NARROWEST = 44
"""Cells that the page takes at least: a screen that is narrower says which size it needs."""
LINES_NAMED = 8
"""Lines of the file that are named for one reason; how many more there are is said."""
SENTENCES = 8
"""Different sentences of one kind that are given; how many more there are is said."""
HIDDEN = "•••"
_Told = tuple[int | None, Message]
"""A line of the file (None: the whole of it), and what is to be said about it."""


def page(source: DealSource, hidden: Discretion, width: int) -> list[Content]:
    """Everything that there is to say about an import, in lines of at most `width` cells."""
    width = max(NARROWEST, width)
    account, totals = source.account, source.totals
    how = dotted(*(tr(one) for one in how_written(account)))
    lines = [*(text.plain(part) for part in text.wrap(how, width, lines=3)), text.mark("")]
    lines += _counts(source, hidden, width)
    lines += _reasons(msg("Left out"), ((row.line, row.reason) for row in account.skipped), width)
    lines += _reasons(msg("To look at"), _notices(account.warnings, hidden), width)
    lines += _columns(source, width)
    lines += _samples(totals, hidden, width)
    return lines


def _said(words: str, width: int, style: str = "", indent: int = 0) -> list[Content]:
    """People's words or ours, wrapped; lines after the first stand under it."""
    room = max(10, min(width, text.MEASURE + indent) - indent)
    return [
        text.join(text.mark(" " * indent), text.plain(part, style))
        for part in text.wrap(words, room, lines=6)
    ]


def _heading(words: Message) -> list[Content]:
    return [text.mark(""), text.sentence(tr(words), "bold $accent")]


# -- rows and outcomes -------------------------------------------------------------------------------------


def _counts(source: DealSource, hidden: Discretion, width: int) -> Iterator[Content]:
    """Rows = deals + left out; then each outcome with its sums, one for each currency."""
    account, totals = source.account, source.totals
    words = tr(rows_accounted(account.rows, account.imported, len(account.skipped)))
    yield from _said(words, width, "bold")
    for each in totals.by_outcome:
        name = tr(OUTCOMES[each.outcome]) if each.outcome is not None else tr("unknown")
        amounts = (
            HIDDEN if hidden.amounts and each.sums else "; ".join(_money(*one) for one in _of(each.sums))
        )
        label = f"{name}: {formats.number(each.deals)}"
        style = "" if each.outcome is not None else "bold $warn"
        yield from _said(f"{label}  {amounts}" if amounts else label, width, style, indent=2)
    for words in _lacking(totals):
        yield from _said(words, width, "$muted", indent=2)


def _of(sums: object) -> list[tuple[str, Decimal]]:
    assert isinstance(sums, dict)
    return sorted(sums.items())


def _money(currency: str, amount: Decimal) -> str:
    return formats.money(amount, currency) if currency else formats.number(amount, decimals=2)


def _lacking(totals: Totals) -> Iterator[str]:
    if n := totals.without_amount:
        yield tr(plural("{number} without an amount", "{number} without an amount", n, number=Decimal(n)))
    if n := totals.without_customer:
        yield tr(plural("{n} deal without a customer", "{n} deals without a customer", n), n=Decimal(n))


# -- columns -----------------------------------------------------------------------------------------------


def _columns(source: DealSource, width: int) -> Iterator[Content]:
    """Each field with its digit and the headers that stand for it; the fields without a column, the columns without a
    field."""
    yield from _heading(msg("Columns (a digit or m: name one by hand)"))
    by_field = headers_by_field(source.account)
    names = {field: tr(words) for field, words in FIELDS.items()}
    digits = {field: str(number) for number, field in enumerate(FIELDS, start=1) if number <= DIGITS}
    wide = max((text.cells(names[field]) for field, headers in by_field.items() if headers), default=0)
    for field, headers in by_field.items():
        if headers:
            head = text.join(
                text.mark(f"  {digits.get(field, ' ')} ", "bold $accent"),
                text.line(text.pad(names[field], wide)),
                text.mark("  "),
            )
            said = ", ".join(headers)
            if source.by_hand.get(field):
                said = tr("{header} (by hand)", header=said)
            yield text.join(head, text.line(said, "bold", width=max(4, width - head.cell_length)))
    missing = [
        f"{digits.get(field, '')} {names[field]}".strip() for field, some in by_field.items() if not some
    ]
    if missing:
        yield from _said(tr("without a column: {fields}", fields=missing), width, "$muted", indent=4)
    if source.account.unknown_columns:
        unused = tr("not used: {headers}", headers=list(source.account.unknown_columns))
        yield from _said(unused, width, "$muted", indent=4)


# -- reasons -----------------------------------------------------------------------------------------------


def _notices(notices: Iterable[Notice], hidden: Discretion) -> list[_Told]:
    """Warnings with their lines; one that quotes an amount says only where it stands, while amounts are hidden."""
    unsaid = _fields_of(hidden)
    return [(one.line, Message(HIDDEN) if one.line and one.field in unsaid else one.text) for one in notices]


def _fields_of(hidden: Discretion) -> frozenset[str]:
    amounts = {"amount", "currency"} if hidden.amounts else set()
    customers = {"account", "title"} if hidden.customers else set()
    return frozenset(amounts | customers)


def _reasons(title: Message, told: Iterable[_Told], width: int) -> Iterator[Content]:
    """What was said about lines of the file, one kind of sentence after the other; nothing where nothing was said."""
    kinds: dict[str, list[_Told]] = {}
    for line, words in told:
        kinds.setdefault(words.id, []).append((line, words))
    if kinds:
        yield from _heading(title)
    for same_kind in kinds.values():
        yield from _kind(same_kind, width)


def _kind(told: Sequence[_Told], width: int) -> Iterator[Content]:
    """Equal sentences together, with the lines that they are about; of many different ones the first few."""
    by_values: dict[tuple[str, ...], tuple[Message, list[int]]] = {}
    for line, words in told:
        key = tuple(map(str, words.values.values()))
        _, lines = by_values.setdefault(key, (words, []))
        lines.extend([line] if line else [])
    for words, lines in list(by_values.values())[:SENTENCES]:
        yield from _said(f"{_place(lines)}{tr(words)}", width, indent=2)
    rest = len(by_values) - SENTENCES
    if rest > 0:
        more = plural(
            "… and {number} more like these", "… and {number} more like these", rest, number=Decimal(rest)
        )
        yield from _said(tr(more), width, "$muted", indent=2)


def _place(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    named = ", ".join(map(str, lines[:LINES_NAMED]))
    more = len(lines) - LINES_NAMED
    if more > 0:
        return tr("lines {lines} and {n} more: ", lines=named, n=Decimal(more))
    return tr(plural("line {lines}: ", "lines {lines}: ", len(lines), lines=named))


# -- samples -----------------------------------------------------------------------------------------------


def _samples(totals: Totals, hidden: Discretion, width: int) -> Iterator[Content]:
    """The first deal of each outcome, as the meeting would show it. Never the owner."""
    if not totals.samples:
        return
    yield from _heading(msg("For example"))
    for deal in totals.samples:
        yield from _said(_sample(deal, hidden), width, indent=2)


def _sample(deal: Deal, hidden: Discretion) -> str:
    outcome = tr(OUTCOMES[deal.outcome]) if deal.outcome is not None else tr("unknown")
    name = tr("Deal {id}", id=deal.key) if hidden.customers else dotted(deal.account, deal.title) or deal.key
    amount = _money(deal.currency, Decimal(deal.amount)) if deal.amount is not None else "–"
    return dotted(
        tr("line {line}", line=deal.line),
        name,
        f"{tr('“{words}”', words=deal.stage)} → {outcome}" if deal.stage else outcome,
        HIDDEN if hidden.amounts and deal.amount is not None else amount,
        formats.date(deal.day) if deal.day else "",
        deal.reason_raw,
    )
