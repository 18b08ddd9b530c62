"""`numbers`: the figures of the meeting, and those that an imported pipeline or a file offers for it.

Owns taking figures in and marking the one that surprises. How figures are counted is `domain.pipeline`'s, to which deal
one leads `leads_to`'s. Source: meeting.md, `numbers`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from retrotui.domain import floor
from retrotui.domain.deals import DealIndex
from retrotui.domain.minutes import Metric
from retrotui.domain.period import Period
from retrotui.domain.pipeline import Counted, PipelineFigure, figures
from retrotui.errors import RetroError, msg, plural
from retrotui.locale import formats, tr
from retrotui.locale.catalogue import catalogue
from retrotui.tui import figures_file
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask
from retrotui.tui.choosers.deal_file import (
    file_row,
    is_there,
    open_row,
    path_of,
    report_rows,
)
from retrotui.tui.choosers.deal_list import period_of
from retrotui.tui.choosers.leads_to import LeadsToPage
from retrotui.tui.choosers.pages import DO, Page, dotted, heading
from retrotui.tui.naming import deal_name_of
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.numbers import deviation, figure

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

_counted: list[tuple[DealIndex, Period, tuple[PipelineFigure, ...]]] = []
"""The last pipeline's figures: counting 100,000 deals at every key would be felt."""


def pages(screen: MeetingScreen) -> tuple[Page, ...]:
    """The meeting's figures, what the pipeline and the file offer, and the deals to which one may lead."""
    return FiguresPage(screen), PipelinePage(screen), FilePage(screen), LeadsToPage(screen)


def first_page(screen: MeetingScreen) -> type[Page]:
    """Where F7 opens: on what there is to take, until the meeting has figures of its own."""
    session = screen.session
    if session.meeting.minutes.metric:
        return FiguresPage
    if session.figures:
        return FilePage
    return PipelinePage if session.pipeline is not None else FiguresPage


class FiguresPage(Page):
    """Space, Enter or its digit marks the one figure that surprises us."""

    name = msg("Figures")

    def rows(self) -> tuple[Row, ...]:
        view = self.view
        found = []
        for number, one in enumerate(self.meeting.minutes.metric, start=1):
            leads = deal_name_of(view, one.deal)
            detail = dotted(_values(view, one), _cases(one), deviation(one)[0], f"→ {leads}" if leads else "")
            found.append(Row(one.id, one.label or one.id, detail, "★" if one.surprise else str(number)))
        return tuple(found)

    def legend(self) -> str:
        return tr("Space or a digit: this one surprises us · Tab: more figures, and where it leads")

    def empty(self) -> str:
        return tr("No figures yet. Tab: from the pipeline or a file. Or type one: Revenue 480/520 T€")

    def tick(self, key: str) -> bool:
        self.session.apply(floor.mark_surprise, key)
        return False

    def digit(self, number: int, _key: str) -> bool:
        metrics = self.meeting.minutes.metric
        return self.tick(metrics[number - 1].id) if 1 <= number <= len(metrics) else False


class Offered(Page):
    """Figures that can be taken into the meeting, and taken away again."""

    def offered(self) -> tuple[Metric, ...]:
        """What there is to take."""
        return ()

    def taken(self, key: str) -> Metric | None:
        return next((one for one in self.meeting.minutes.metric if one.id == key), None)

    def metric_rows(self, metrics: Iterable[Metric]) -> list[Row]:
        view = self.view
        return [
            Row(one.id, one.label, _with_before(view, one), "✓" if self.taken(one.id) else "")
            for one in metrics
        ]

    def tick(self, key: str) -> bool:
        if self.taken(key):
            self.session.apply(floor.drop_metric, key)
        elif (metric := next((one for one in self.offered() if one.id == key), None)) is not None:
            self.session.apply(floor.put_metric, metric)
        return False

    def legend(self) -> str:
        return tr("Space: take or leave · at most {n} in all", n=floor.MAX_METRICS)


class PipelinePage(Offered):
    """Figures of the imported deals for the agenda's period, each beside the period before."""

    name = msg("Pipeline")

    def counted(self) -> tuple[PipelineFigure, ...]:
        """The figures of the deals that were imported."""
        if self.session.pipeline is None:
            return ()
        return pipeline_figures(self.session.pipeline.index, period_of(self.meeting))

    def offered(self) -> tuple[Metric, ...]:
        found = self.counted()
        several = _several_currencies(found)
        return tuple(as_metric(self.view, one, names_currency=several) for one in found)

    def rows(self) -> tuple[Row, ...]:
        pipeline = self.session.pipeline
        if pipeline is None:
            return (file_row(),)
        found, view = self.counted(), self.view
        rows = [
            Row(metric.id, metric.label, told(view, one, metric), "✓" if self.taken(one.id) else "")
            for one, metric in zip(found, self.offered(), strict=True)
        ]
        return (heading(_periods(period_of(self.meeting))), *rows, *report_rows(pipeline), file_row())

    def legend(self) -> str:
        if self.session.pipeline is None:
            return tr("--deals FILE brings the deals of the CRM along; Enter reads a file now")
        return super().legend()

    def tick(self, key: str) -> bool:
        if open_row(self.screen, key):
            return False
        return super().tick(key)


class FilePage(Offered):
    """Figures of `--numbers FILE`, or of a file that is read now."""

    name = msg("File")
    READ = f"{DO}numbers"

    def offered(self) -> tuple[Metric, ...]:
        return self.session.figures

    def rows(self) -> tuple[Row, ...]:
        offered = self.metric_rows(self.offered())
        return (*offered, Row(self.READ, tr("Read a file of figures …"), tr("metric, actual, target"), "…"))

    def tick(self, key: str) -> bool:
        if key == self.READ:
            how = msg("A CSV whose first row reads: metric,actual,target,unit,better")
            ask(self.screen, msg("Which file?"), self._read, explained=how, check=is_there)
            return False
        return super().tick(key)

    def _read(self, line: str) -> None:
        try:
            figures_file.bring(self.session, path_of(line))
        except RetroError as error:
            self.session.say(msg("{what} {hint}", what=error.what, hint=error.hint or ""))
            return
        self.session.figures_laid = True  # here they are chosen
        if self.session.figures_remark is not None:
            self.session.say(self.session.figures_remark)


def pipeline_figures(index: DealIndex, period: Period) -> tuple[PipelineFigure, ...]:
    """The figures of these deals; counted once for the same deals and period."""
    if not _counted or _counted[0][0] is not index or _counted[0][1] != period:
        _counted[:] = [(index, period, figures(index.deals, period))]
    return _counted[0][2]


def as_metric(view: View, one: PipelineFigure, *, names_currency: bool = False) -> Metric:
    """A figure of the pipeline as the minutes keep it, named in the meeting's language. People say its target.

    `n` is kept for rates and medians only: of a sum or a number it says nothing. A rate of before that stands on fewer
    than five cases is not kept: the minutes have no place for its counts.
    """
    label = catalogue(view.language).tr(one.label)
    stands_on = one.now.part is not None or one.unit == "days"
    return Metric(
        id=one.id,
        label=f"{label} ({one.currency})" if names_currency and one.currency else label,
        unit=one.unit,
        currency=(one.currency or view.meeting.minutes.currency) if one.unit == "currency" else "",
        actual=_kept(one.now),
        previous=_kept(one.before) if one.before is not None and not one.before.few else "",
        n=one.now.n if stands_on else None,
        better=one.better,
    )


def _kept(counted: Counted) -> str:
    """The value; nothing where it has more digits than minutes keep."""
    return counted.value if len(counted.value.partition(".")[0].lstrip("-")) <= 15 else ""


def _values(view: View, metric: Metric) -> str:
    """`480.000 € / 520.000 €`."""
    return " / ".join(figure(view, metric, value) for value in (metric.actual, metric.target) if value)


def told(view: View, one: PipelineFigure, metric: Metric) -> str:
    """A figure with the one of before, each with the cases that it stands on; counts lead where they are few."""
    before = (
        tr("before: {value}", value=_counted_words(view, one.before, metric))
        if one.before is not None
        else ""
    )
    lacking = one.now.left_out
    left_out = plural("{number} does not say it", "{number} do not say it", lacking, number=Decimal(lacking))
    return dotted(_counted_words(view, one.now, metric), before, tr(left_out) if lacking else "")


def _counted_words(view: View, counted: Counted, metric: Metric) -> str:
    """`67.1% (51 of 76)`; under five cases `2 of 3 (67%)`; `44 days (n = 12)`; an amount or a number by itself."""
    value = figure(view, metric, counted.value) if counted.value else "–"
    if counted.n == 0 or (counted.part is None and metric.unit != "days"):
        return value
    counts = tr(counted.counts)
    return f"{counts} ({value})" if counted.few else f"{value} ({counts})"


def _several_currencies(found: Iterable[PipelineFigure]) -> bool:
    return len({one.currency for one in found if one.unit == "currency"}) > 1


def _periods(period: Period) -> str:
    """The period and the one before, named."""
    now = formats.period(period.since, period.until)
    try:
        earlier = period.before()
    except RetroError:  # the calendar has none
        return now
    return tr("{period}, before: {before}", period=now, before=formats.period(earlier.since, earlier.until))


def _with_before(view: View, metric: Metric) -> str:
    """The value, what it was before, and on how many cases it stands."""
    before = tr("before: {value}", value=figure(view, metric, metric.previous)) if metric.previous else ""
    return dotted(_values(view, metric) or "–", before, _cases(metric))


def _cases(metric: Metric) -> str:
    """On how many cases a rate or a median stands."""
    return f"n = {metric.n}" if metric.n is not None else ""
