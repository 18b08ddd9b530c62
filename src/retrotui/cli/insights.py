"""`insights`: the figures over many meetings.

Owns its arguments and the linear table that a person reads; what is counted is `domain.insights`', the JSON is
`interchange.insights_json`'s. Must not change a file.
"""

from __future__ import annotations

import argparse
from datetime import date

from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.cli.progress import progress
from retrotui.clock import SystemClock
from retrotui.domain.period import parse_period
from retrotui.domain.text import one_line
from retrotui.errors import RetroError, msg
from retrotui.locale import language, tr
from retrotui.store.workspace import find_workspace


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `insights`."""
    parser = subparsers.add_parser("insights", help=tr("the figures over many meetings"))
    parser.add_argument("--from", dest="since", metavar="DATE", help=tr("from this day, month or quarter on"))
    parser.add_argument("--to", dest="until", metavar="DATE", help=tr("up to this day, month or quarter"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))


def run(args: argparse.Namespace) -> int:
    """Does it. Raises RetroError: a day that is none, days the wrong way round, a folder that cannot be read."""
    since, until = read_days(args.since, args.until)
    from retrotui.domain.factors import FactorList
    from retrotui.store import settings
    from retrotui.store.index import Index
    from retrotui.store.insights import read_insights

    workspace, clock = find_workspace(args.dir), SystemClock()
    with Index.open(workspace, clock) as index:
        with progress() as told:
            damaged = index.refresh(told).damaged
        found = read_insights(index, clock.wall().date(), since=since, until=until, look=False)
    factors = FactorList.of_team(settings.load(workspace).settings.factor)
    if args.json:
        from retrotui.interchange.insights_json import document

        output.document(document(found, factors))
    elif found.meetings:
        from retrotui.interchange.insights_page import linear

        output.text(linear(found, factors, language()))
    elif since is None and until is None:
        output.remark(tr("There are no meetings in {folder} yet.", folder=str(workspace.folder)))
        output.remark(
            tr("Figures come with the first one that is closed; retrotui demo shows a year of them.")
        )
    else:
        output.remark(tr("There are no meetings in this time."))
        output.remark(tr("retrotui list shows those that there are."))
    from retrotui.cli.minutes import say_damaged

    say_damaged(damaged)
    return 0


def read_days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of what was typed. Raises RetroError for what is no day, or the wrong way round."""
    first = _read(since, "--from")[0] if since is not None else None
    last = _read(until, "--to")[1] if until is not None else None
    if first is not None and last is not None and last < first:
        raise RetroError(
            msg("{to} lies before {from_}.", to=last.isoformat(), from_=first.isoformat()),
            msg("Type the earlier day after --from, the later one after --to."),
        )
    return first, last


def _read(typed: str, option: str) -> tuple[date, date]:
    """The first and the last day that are meant."""
    try:
        if ".." not in typed:
            period = parse_period(typed)
            return period.since, period.until
    except RetroError:
        pass  # said with the option's own words
    raise RetroError(
        msg("“{given}” is no day for {option}.", given=one_line(typed)[:40], option=option),
        msg("Type it as in 2026-11-23, 2026-11, 2026-Q3 or 2026."),
    )
