"""Tips and factors for the deal at hand: leafed through, and taken with a key.

Owns the two pages and what their keys do to a factor use without words of its own; what was typed with words is never
touched from here. Source: meeting.md, `deal`; agendas.md, "Factors".
"""

from __future__ import annotations

from collections.abc import Iterable

from retrotui.domain import corrections, entries
from retrotui.domain.capture_reading import Reading
from retrotui.domain.factors import Factor
from retrotui.domain.loss_reasons import proposed_factors
from retrotui.domain.minutes import DealRecord, Effect, FactorUse
from retrotui.errors import msg
from retrotui.locale import tr
from retrotui.tui import recall_words
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import Page, heading
from retrotui.tui.naming import control_name, deal_name

CONTROLS = ("ours", "shared", "outside")
EFFECTS: dict[int, Effect] = {1: "helped", 2: "hurt"}


class FactorsPage(Page):
    """The team's factors by who controls them; what the CRM's reason may mean comes first, as a question."""

    name = msg("Factors")

    def rows(self) -> tuple[Row, ...]:
        deal = self.meeting.deal_at_hand
        found: list[Row] = []
        factors = [one for one in self.session.factors if one.group != "conduct"]
        wanted = proposed_factors(deal.reason_raw) if deal is not None else ()
        if deal is not None and (meant := [one for one in factors if one.id in wanted]):
            found.append(heading(tr("The CRM says “{words}”. Is it that?", words=deal.reason_raw)))
            found += self.factor_rows(meant, "crm:")
        for control in CONTROLS:
            group = [one for one in factors if one.control == control]
            if group:
                found += [heading(control_name(control)), *self.factor_rows(group, "factor:")]
        return tuple(found)

    def factor_rows(self, factors: Iterable[Factor], prefix: str) -> list[Row]:
        """The long words, with what to type; the mark says how it was used on the deal at hand."""
        lang = self.view.language
        return [
            Row(f"{prefix}{one.id}", one.explained(lang), f"#{one.tag(lang)}", self._mark(one.id))
            for one in factors
        ]

    def _mark(self, factor: str) -> str:
        effects = {use.effect for use in self._uses(factor)}
        return "±" if len(effects) == 2 else "+" if "helped" in effects else "−" if effects else ""

    def legend(self) -> str:
        deal = self.meeting.deal_at_hand
        if deal is None:
            return tr("Choose a deal first: factors belong to one.")
        return tr("{deal}: 1 or Space helped · 2 hurt · 0 take away", deal=deal_name(self.view, deal))

    def tick(self, key: str) -> bool:
        """Helped; once more takes it away."""
        factor = key.partition(":")[2]
        bare = self._bare(factor)
        if bare is not None:
            self.session.apply(corrections.delete, bare.id)
        else:
            self._use(factor, "helped")
        return False

    def digit(self, number: int, key: str) -> bool:
        factor = key.partition(":")[2]
        bare = self._bare(factor)
        effect = EFFECTS.get(number)
        if not factor:
            return False
        if effect is not None and bare is None:
            self._use(factor, effect)
        elif effect is not None and bare is not None and bare.effect != effect:
            self.session.apply(corrections.set_values, bare.id, effect=effect)
        elif number == 0 and bare is not None:
            self.session.apply(corrections.delete, bare.id)
        return False

    def _uses(self, factor: str) -> list[FactorUse]:
        """How it was used on the deal at hand."""
        deal: DealRecord | None = self.meeting.deal_at_hand
        uses = self.meeting.minutes.factor if deal is not None else ()
        return [one for one in uses if one.factor == factor and deal is not None and one.deal == deal.id]

    def _bare(self, factor: str) -> FactorUse | None:
        """The use without words: the one that was taken here."""
        return next((one for one in self._uses(factor) if not one.text), None)

    def _use(self, factor: str, effect: Effect) -> None:
        if self.meeting.deal_at_hand is None:
            self.session.say(msg("Choose a deal first: factors belong to one."))
            return
        # a confidential step keeps words alone, so it needs some
        words = self.session.factors.label(factor, self.view.language) if self.meeting.is_confidential else ""
        before = self.meeting.minutes
        self.session.apply(entries.record, Reading(kind="factor", factor=factor, effect=effect, text=words))
        for again in recall_words.said_again(self.view, before):
            self.session.say(msg("{words}", words=again))


class TipsPage(FactorsPage):
    """The nine conversation tips, to leaf through; taken like factors."""

    name = msg("Tips")

    def rows(self) -> tuple[Row, ...]:
        return tuple(self.factor_rows(self.session.factors.tips, "tip:"))
