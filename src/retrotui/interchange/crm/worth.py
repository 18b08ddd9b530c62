"""What the deals are worth: amounts, currencies and the CRM's own chances.

Owns the choice between several amounts, the zero that a lost deal bears for "no revenue", and the rule that currencies
stay apart. Amounts are decimal strings from end to end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from retrotui.domain.deals import NOT_WON, Outcome
from retrotui.errors import Message, msg, plural
from retrotui.interchange.amounts import Mark, Shape, currency_code, decimal_string, in_ones, shape_of
from retrotui.interchange.crm.cells import Cells, shown
from retrotui.interchange.crm.dialect import AMOUNTS, Dialect, NumberColumn
from retrotui.interchange.crm.headings import key
from retrotui.interchange.crm.outcomes import says_nothing
from retrotui.interchange.knowledge import table

_ORDER_OF = {
    # of a won deal what came of it; of every other one what was offered
    "won": ("amount_won", "amount", "amount_offered"),
    "other": ("amount_offered", "amount", "amount_won"),
}


@dataclass(frozen=True, slots=True)
class _Money:
    amounts: list[str | None]
    currencies: list[str]


def without_weighted(cells: Cells, outcomes: Sequence[Outcome | None]) -> Cells:
    """The columns without one that may be weighted by the chance of winning, unless the file says that it is not.

    "Expected revenue" is the whole amount in one CRM and amount x chance in another. A lost deal has no chance: where
    one has such a revenue, it is the whole; so it is where another column is the weighted one.
    """
    about = table("crm/headers.toml")
    names, weighted = {key(one) for one in about["perhaps_weighted"]}, tuple(map(key, about["weighted"]))
    columns = cells.columns
    if "amount" not in columns.at or "amount" in columns.by_hand or "amount" in columns.strong:
        return cells
    place = columns.at["amount"][0]
    if not columns.fits(place, names) or any(word in key(h) for word in weighted for h in columns.headers):
        return cells
    rows = zip(outcomes, cells.by_column[place], strict=True)
    if any(outcome in NOT_WON and any(char in "123456789" for char in text) for outcome, text in rows):
        return cells
    said = msg(
        "The column {header} was not taken: it may be weighted by the chance. If it is the amount, name it by hand.",
        header=columns.headers[place],
    )
    cells.notices.about_file("amount", said)
    at = {field: places for field, places in columns.at.items() if field != "amount"}
    return replace(cells, columns=replace(columns, at=at))


def worth_of(
    cells: Cells, dialect: Dialect, outcomes: Sequence[Outcome | None], default: str | None
) -> tuple[list[str | None], list[str]]:
    """Amount and currency of every deal."""
    columns = {field: _money(cells, dialect, field) for field in AMOUNTS if cells.columns.has(field)}
    if not columns and not any(notice.field == "amount" for notice in cells.notices.kept):
        what = msg("No column of amounts was understood; name it by hand: --map amount=HEADER")
        cells.notices.about_file("amount", what)
    for field, money in columns.items():
        _forget_zero_of_lost(cells, field, money, outcomes)
    amounts, said = _chosen(columns, outcomes, len(cells))
    currencies = _currencies(cells, said, default)
    several = sorted({code for code, amount in zip(currencies, amounts, strict=True) if code and amount})
    if len(several) > 1:
        cells.notices.about_file(
            "currency",
            msg(
                "Several currencies ({codes}): they stay apart and are never added up.",
                codes=", ".join(several),
            ),
        )
    return amounts, currencies


def _chosen(
    columns: dict[str, _Money], outcomes: Sequence[Outcome | None], count: int
) -> tuple[list[str | None], list[str]]:
    if not columns:
        return [None] * count, [""] * count
    if len(columns) == 1:
        (money,) = columns.values()
        return money.amounts, money.currencies
    amounts: list[str | None] = []
    currencies: list[str] = []
    for at, outcome in enumerate(outcomes):
        order = [
            columns[field] for field in _ORDER_OF["won" if outcome == "won" else "other"] if field in columns
        ]
        best = next((money for money in order if money.amounts[at] is not None), order[0])
        amounts.append(best.amounts[at])
        currencies.append(best.currencies[at])
    return amounts, currencies


def _money(cells: Cells, dialect: Dialect, field: str) -> _Money:
    """One column of amounts, read by its decimal mark; what cannot be read is unknown and reported."""
    ((place, values), *_) = cells.of(field)
    column = dialect.numbers[place]
    power, header_currency = cells.columns.unit_of(place)
    read = {value: _read(shape, column.mark) for value, shape in column.shapes.items()}
    troubles = {
        value: what for value, (_, _, what) in read.items() if what and not says_nothing(value.strip())
    }
    if troubles:
        places = [(line, v) for line, v in zip(cells.lines, values, strict=True) if v in troubles]
        cells.notices.about_rows("amount", [(line, _trouble(v, troubles[v])) for line, v in places])
    known: dict[str, str | None] = {value: amount for value, (amount, _, _) in read.items()}
    codes = {value: code for value, (_, code, _) in read.items() if code}
    if column.bulk is not None:
        known |= column.bulk.amounts
        if column.bulk.currency:
            codes |= dict.fromkeys(column.bulk.amounts, column.bulk.currency)
    own = {value: shape.power for value, shape in column.shapes.items() if shape and shape.power}
    if power:  # a cell that counts in thousands itself is not multiplied twice
        known = {
            v: in_ones(amount, power) if amount and v not in own else amount for v, amount in known.items()
        }
    _tell_of_thousands(cells, place, power, own, known)
    amounts = list(map(known.get, values))
    if not codes:
        return _Money(amounts, [header_currency] * len(values))
    return _Money(amounts, [codes.get(value, header_currency) for value in values])


_SCALES = {3: msg("thousands"), 6: msg("millions"), 9: msg("thousand millions")}


def _tell_of_thousands(
    cells: Cells, place: int, power: int, own: Mapping[str, int], known: Mapping[str, str | None]
) -> None:
    """What was multiplied stands in the account: it is the one reading here that changes what is written."""
    if power:
        said = msg(
            "The column {header} counts in {scale}; its amounts were multiplied.",
            header=cells.columns.headers[place],
            scale=_SCALES[power],
        )
        cells.notices.about_file("amount", said)
    if not own:
        return
    at = [line for line, value in zip(cells.lines, cells.by_column[place], strict=True) if value in own]
    value = next(value for value in cells.by_column[place] if value in own)
    said = plural(
        "{n} amount is written in thousands or millions: “{value}” was read as {amount}.",
        "{n} amounts are written in thousands or millions: “{value}” was read as {amount}.",
        len(at),
        value=shown(value),
        amount=Decimal(known[value] or 0),
    )
    cells.notices.about_file("amount", said, at[0])


def _read(shape: Shape | None, mark: Mark | None) -> tuple[str | None, str, str]:
    if shape is None:
        return None, "", "unreadable"
    amount = decimal_string(shape, mark)
    return (
        amount,
        shape.currency,
        "" if amount is not None else "mixed" if shape.doubtful and mark is None else "huge",
    )


def _trouble(value: str, what: str) -> Message:
    if what == "mixed":
        return msg(
            "“{value}” could be read in two ways: the column mixes decimal marks. Unknown.",
            value=shown(value),
        )
    if what == "huge":
        return msg("“{value}” has too many digits. Unknown.", value=shown(value))
    return msg("“{value}” is no amount. Unknown.", value=shown(value))


def _forget_zero_of_lost(cells: Cells, field: str, money: _Money, outcomes: Sequence[Outcome | None]) -> None:
    """Where all lost deals that have an amount have zero, the column holds revenue: what was offered is unknown."""
    lost = [at for at, outcome in enumerate(outcomes) if outcome in NOT_WON and money.amounts[at] is not None]
    zero = [at for at in lost if not (money.amounts[at] or "").strip("-0.")]
    if not zero or (len(zero) < len(lost) and field != "amount_won"):
        return
    for at in zero:
        money.amounts[at] = None
    if field != "amount_won":
        cells.notices.about_file(
            "amount",
            plural(
                "{n} lost deal has the amount 0, which means no revenue: what was offered is unknown.",
                "{n} lost deals have the amount 0, which means no revenue: what was offered is unknown.",
                len(zero),
            ),
            cells.lines[zero[0]],
        )


def _currencies(cells: Cells, said: list[str], default: str | None) -> list[str]:
    """The currency of each deal: what the cell says, else the currency's column, else the header, else `default`."""
    written = cells.texts("currency") if cells.columns.has("currency") else None
    fallback = default or ""
    if written is None:
        return [code or fallback for code in said] if fallback else said
    codes = {text: _code(text) for text in set(written)}
    strange = {text for text, code in codes.items() if text and not code and not says_nothing(text)}
    if strange:
        places = zip(cells.lines, written, strict=True)
        cells.notices.about_rows(
            "currency",
            [
                (line, msg("“{value}” is no currency that we know. Unknown.", value=shown(text)))
                for line, text in places
                if text in strange
            ],
        )
    return [code or codes[text] or fallback for code, text in zip(said, written, strict=True)]


def _code(text: str) -> str:
    """A currency's code; three capital letters that we do not know are taken by their word."""
    if code := currency_code(text):
        return code
    return text if len(text) == 3 and text.isascii() and text.isalpha() and text.isupper() else ""


def chances_of(cells: Cells, dialect: Dialect) -> list[int | None]:
    """The CRM's probability in per cent: `60`, `60 %`, `0,6`; a column without a value over 1 holds fractions."""
    if not cells.columns.has("probability"):
        return [None] * len(cells)
    ((place, values), *_) = cells.of("probability")
    column = dialect.numbers[place]
    found: dict[str, float | None] = {value: _number(value, column) for value in column.shapes}
    if column.bulk is not None:
        found |= {value: float(amount) for value, amount in column.bulk.amounts.items()}
    known = [number for number in found.values() if number is not None]
    fractions = bool(known) and max(known) <= 1 and not any("%" in value for value in found)
    percent = {value: _percent(number, fractions) for value, number in found.items()}
    return list(map(percent.get, values))


def _number(value: str, column: NumberColumn) -> float | None:
    shape = column.shapes.get(value) or shape_of(value.replace("%", ""))
    text = decimal_string(shape, column.mark) if shape else None
    return float(text) if text is not None else None


def _percent(number: float | None, fractions: bool) -> int | None:
    if number is None:
        return None
    whole = round(number * 100 if fractions else number)
    return whole if 0 <= whole <= 100 else None
