"""The causes that a team speaks of: one list for success and failure, and the nine conversation tips.

Owns the bundled factors of agendas.md, a team's own list made of them, and looking one up by what people
type. Must not know deals or minutes; ids are never used again for something else, since minutes keep them
for years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints

from retrotui.domain.text import fold
from retrotui.domain.words import Words

Control: TypeAlias = Literal["ours", "shared", "outside"]
Group: TypeAlias = Literal["deal", "conduct"]

_SEPARATORS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"\w+")
_SHORTEST_MENTION = 4
"""Letters from which a word counts as the beginning of a longer one ("preisliste" speaks of "preis")."""


class Factor(BaseModel):
    """A cause. `label` is what is shown and typed, `long` explains it; `control` says whether the team can
    change it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
    label: Words
    long: Words = Words()
    control: Control = "shared"
    group: Group = "deal"

    def explained(self, lang: str) -> str:
        """The long name in `lang`, else the short one."""
        return self.long.text(lang) or self.label.text(lang)

    def tag(self, lang: str) -> str:
        """What to type after `#`: the short name in small letters, without spaces ("bedarf-verstanden")."""
        words = _WORDS.findall(self.label.text(lang).casefold().replace("ß", "ss"))
        return "-".join(words) or self.id

    @property
    def names(self) -> frozenset[str]:
        """The keys under which it is found: id and short names, folded."""
        return frozenset(
            key for key in (_key(name) for name in (self.id, *dict(self.label.texts).values())) if key
        )


def _key(text: str) -> str:
    """Folded, and without spaces, hyphens and underscores; the key of a beginning is a beginning of the
    key."""
    return _SEPARATORS.sub("", fold(text))


@dataclass(frozen=True)
class FactorList:
    """The factors that a team uses, in the order in which they are offered. Immutable."""

    factors: tuple[Factor, ...]

    @classmethod
    def of_team(cls, own: Iterable[Factor] = ()) -> FactorList:
        """The bundled factors and the team's own; one with a bundled id takes its place and keeps what it
        leaves open."""
        merged = {factor.id: factor for factor in BUNDLED}
        for factor in own:
            before = merged.get(factor.id)
            if before is not None:
                kept = {
                    name: getattr(before, name)
                    for name in ("long", "control", "group")
                    if name not in factor.model_fields_set
                }
                factor = factor.model_copy(update=kept)
            merged[factor.id] = factor
        return cls(tuple(merged.values()))

    def __iter__(self) -> Iterator[Factor]:  # the tuple's own order
        return iter(self.factors)

    def __len__(self) -> int:
        return len(self.factors)

    @cached_property
    def _by_id(self) -> Mapping[str, Factor]:
        return {factor.id: factor for factor in self.factors}

    @cached_property
    def _keys(self) -> tuple[tuple[str, Factor], ...]:
        return tuple((key, factor) for factor in self.factors for key in sorted(factor.names))

    @property
    def tips(self) -> tuple[Factor, ...]:
        """The conversation tips, leafed through on a deal."""
        return tuple(factor for factor in self.factors if factor.group == "conduct")

    def get(self, factor_id: str) -> Factor | None:
        """The factor with exactly this id."""
        return self._by_id.get(factor_id)

    def label(self, factor_id: str, lang: str) -> str:
        """The short name; of an id that is in no list (an older minutes file's, say) the id itself."""
        factor = self.get(factor_id)
        return factor.label.text(lang) if factor else factor_id

    def control(self, factor_id: str) -> Control | None:
        """Who controls it; None for an id that is in no list."""
        factor = self.get(factor_id)
        return factor.control if factor else None

    def find(self, typed: str) -> Factor | None:
        """The factor that somebody means: by id or short name in either language, or by a beginning that
        only one has.

        Umlauts, ß and case do not matter, nor do hyphens for spaces. None where nobody or more than one is
        meant.
        """
        wanted = _key(typed)
        if not wanted:
            return None
        exact = {factor.id: factor for key, factor in self._keys if key == wanted}
        found = exact or {factor.id: factor for key, factor in self._keys if key.startswith(wanted)}
        return next(iter(found.values())) if len(found) == 1 else None

    def completions(self, typed: str) -> tuple[Factor, ...]:
        """All whose id or short name begins so, exact ones first; all there are for nothing typed."""
        wanted = _key(typed)
        exact = [factor for factor in self.factors if wanted in factor.names]
        begun = [
            factor
            for factor in self.factors
            if factor not in exact and any(name.startswith(wanted) for name in factor.names)
        ]
        return (*exact, *begun)

    def mentioned(self, text: str) -> tuple[Factor, ...]:
        """Those whose short name a sentence speaks of, as a word or as the beginning of a longer one.

        For proposals only ("Preisliste zu spät" proposes `price`); what is proposed is never set by itself.
        """
        folded = [_key(word) for word in _WORDS.findall(text)]
        whole = " ".join(folded)
        return tuple(factor for factor in self.factors if _speaks_of(factor, folded, whole))


def _speaks_of(factor: Factor, words: list[str], whole: str) -> bool:
    for label in dict(factor.label.texts).values():
        parts = [_key(word) for word in _WORDS.findall(label)]
        if len(parts) > 1 and f" {' '.join(parts)} " in f" {whole} ":
            return True
        if len(parts) == 1 and any(
            word == parts[0] or (len(parts[0]) >= _SHORTEST_MENTION and word.startswith(parts[0]))
            for word in words
        ):
            return True
    return False


def _factor(factor_id: str, control: Control, de: tuple[str, str], en: tuple[str, str]) -> Factor:
    label, long = Words.of(de=de[0], en=en[0]), Words.of(de=de[1], en=en[1])
    return Factor(id=factor_id, label=label, long=long, control=control)


def _tip(factor_id: str, de: tuple[str, str], en: tuple[str, str]) -> Factor:
    return _factor(factor_id, "ours", de, en).model_copy(update={"group": "conduct"})


BUNDLED: tuple[Factor, ...] = (
    _factor("price", "shared", ("Preis", "Preis"), ("Price", "Price")),
    _factor(
        "value_case",
        "ours",
        ("Nutzen", "Nutzen, Wirtschaftlichkeit"),
        ("Value", "Value, return on investment"),
    ),
    _factor("budget", "outside", ("Budget", "Budget beim Kunden"), ("Budget", "Budget of the buyer")),
    _factor("timing", "shared", ("Zeitpunkt", "Zeitpunkt, Dringlichkeit"), ("Timing", "Timing, urgency")),
    _factor(
        "no_decision",
        "shared",
        ("Stillstand", "Stillstand, keine Entscheidung"),
        ("Standstill", "Standstill, no decision"),
    ),
    _factor(
        "qualification",
        "ours",
        ("Qualifizierung", "Qualifizierung, falscher Kunde oder Bedarf"),
        ("Qualification", "Qualification, wrong customer or need"),
    ),
    _factor(
        "needs_discovery",
        "ours",
        ("Bedarf verstanden", "Bedarf verstanden"),
        ("Needs understood", "Needs understood"),
    ),
    _factor(
        "product_fit",
        "shared",
        ("Passung", "Passung von Produkt oder Leistung"),
        ("Fit", "Fit of product or service"),
    ),
    _factor(
        "delivery",
        "shared",
        ("Lieferung", "Lieferung, Zeit, Kapazität, Umsetzung"),
        ("Delivery", "Delivery, time, capacity, implementation"),
    ),
    _factor("service", "shared", ("Service", "Service nach dem Kauf"), ("Service", "Service, after-sales")),
    _factor(
        "references",
        "ours",
        ("Referenzen", "Referenzen, Nachweis, Pilot"),
        ("References", "References, proof, pilot"),
    ),
    _factor(
        "relationship", "ours", ("Beziehung", "Beziehung, Vertrauen"), ("Relationship", "Relationship, trust")
    ),
    _factor(
        "seller_fit",
        "ours",
        ("Draht", "Draht zwischen Verkäufer und Kunde"),
        ("Rapport", "Rapport between seller and customer"),
    ),
    _factor(
        "champion",
        "shared",
        ("Fürsprecher", "Fürsprecher beim Kunden"),
        ("Champion", "Champion at the buyer"),
    ),
    _factor("decision_maker", "ours", ("Entscheider", "Entscheider, Zugang"), ("Decider", "Decider, access")),
    _factor(
        "decision_process", "shared", ("Verfahren", "Verfahren, Kriterien"), ("Process", "Process, criteria")
    ),
    _factor(
        "procurement",
        "shared",
        ("Einkauf", "Einkauf, Ausschreibung, Vertrag, Formalien"),
        ("Procurement", "Procurement, tender, contract, formalities"),
    ),
    _factor("competitor", "outside", ("Wettbewerb", "Wettbewerb"), ("Competitor", "Competitor")),
    _factor(
        "incumbent",
        "outside",
        ("Bestandslieferant", "Bestandslieferant, Eigenlösung"),
        ("Incumbent", "Incumbent, in-house solution"),
    ),
    _factor(
        "responsiveness",
        "ours",
        ("Tempo", "Tempo, Nachfassen"),
        ("Responsiveness", "Responsiveness, follow-up"),
    ),
    _factor(
        "internal_alignment",
        "ours",
        ("Abstimmung", "Abstimmung im eigenen Haus"),
        ("Alignment", "Alignment in our own house"),
    ),
    _tip("human", ("Menschlich", "Menschlich, offen und aufrichtig"), ("Human", "Human, open and sincere")),
    _tip("prepared", ("Vorbereitung", "Vorbereitung"), ("Preparation", "Preparation")),
    _tip(
        "flexible",
        ("Flexibel", "Flexibel, was im Moment gebraucht wurde"),
        ("Flexible", "Flexible, to what was needed at that moment"),
    ),
    _tip(
        "proactive",
        ("Initiative", "Initiative, von uns aus Kontakt aufgenommen"),
        ("Initiative", "Initiative, made contact of our own accord"),
    ),
    _tip(
        "integrity",
        ("Integrität", "Integrität, nichts versprochen, was nicht geht"),
        ("Integrity", "Integrity, promised nothing that cannot be kept"),
    ),
    _tip(
        "listening",
        ("Zuhören", "Zuhören, kein vorschneller Vortrag"),
        ("Listening", "Listening, no hasty lecture"),
    ),
    _tip(
        "understood",
        ("Rückfragen", "Rückfragen, vor der Antwort geprüft, ob verstanden"),
        ("Checking", "Checking, before answering, that it was understood"),
    ),
    _tip(
        "summarised",
        ("Zusammenfassen", "Zusammenfassen, To-dos vereinbart, verfolgt, rückgemeldet"),
        ("Summing up", "Summing up, to-dos agreed, followed up, reported back"),
    ),
    _tip("joy", ("Freude", "Freude an Thema und Menschen"), ("Joy", "Joy in the topic and the people")),
)
"""The factors of agendas.md, and after them the nine conversation tips (group "conduct")."""
