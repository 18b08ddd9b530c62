"""The words of which the invented meetings are made.

Owns words and sentences, in German as most teams write; all of it is invented. `{}` takes one of the nouns. Must not
know what a meeting is.
"""

from __future__ import annotations

from typing import Final

PEOPLE: Final = (
    ("Anna Berg", "sales"),
    ("Ben Kurz", "sales"),
    ("Carla Weiß", "service"),
    ("Deniz Aydın", "delivery"),
    ("Eva Lindner", "product"),
    ("Farid Nassar", "sales"),
    ("Greta Holm", "finance"),
    ("Henning Voß", "presales"),
)
NAME_STARTS: Final = (
    "Nord", "Süd", "Alster", "Berg", "Falken", "Grün", "Hansa", "Isar", "Krämer", "Linden", "Möller", "Ost",
    "Pfalz", "Rhein", "Sommer", "Tann", "Ufer", "Vogt", "Weser", "Zoll",
)  # fmt: skip
NAME_ENDS: Final = (
    "hof GmbH", "werke AG", "bau GmbH & Co. KG", "technik GmbH", "logistik SE", "kliniken gGmbH", "stadt eG",
)  # fmt: skip
OFFERS: Final = (
    "Telematik, Ausbaustufe 2", "Wartungsvertrag", "Lagersteuerung", "Schulungspaket", "Rahmenvertrag",
    "Umstellung der Leitstelle", "Sensorik für die Kühlkette", "Anbindung der Buchhaltung",
)  # fmt: skip
NOUNS: Final = (
    "Preis", "Angebot", "Einkauf", "Geschäftsführung", "Technik", "Lieferzeit", "Nachbestellung", "Ausschreibung",
    "Pilot", "Referenz", "Budget", "Entscheidung", "Werkleitung", "Messe", "Rückruf", "Wirtschaftlichkeit",
    "Vertrag", "Bestandslieferant", "Service", "Schnittstelle", "Umsetzung", "Rabatt", "Besprechung", "Zusage",
)  # fmt: skip
SENTENCES: Final = (
    "{} erst in der dritten Runde genannt",
    "{} zu spät am Tisch, {} war da schon entschieden",
    "Beim ersten Termin ging es nur um {}, nicht um {}",
    "{} kam aus einer Empfehlung, das hat {} leicht gemacht",
    "Über {} hat zwei Wochen lang niemand mit dem Kunden gesprochen",
    "Der Kunde hat {} mit {} verglichen und uns nicht gefragt",
    "Ohne {} hätten wir {} nie gesehen",
    "{} war geklärt, bevor jemand nach {} fragte",
    "Unklar blieb, wer über {} entscheidet",
    "{} im Schwesterwerk angesehen: das hat überzeugt",
)
QUOTES: Final = (
    "Beim zweiten Anbieter wusste ich, woran ich bin.",
    "Von {} habe ich bei euch nie etwas gehört.",
    "Ihr wart die Einzigen, die nach {} gefragt haben.",
    "Für {} hätten wir auch mehr gezahlt.",
)
LESSONS: Final = (
    "{} im ersten Gespräch ansprechen",
    "Wer {} prüft, gehört vor dem Angebot an den Tisch",
    "{} und {} gehören auf eine Seite",
    "Nach {} fragen, bevor {} zum Thema wird",
)
ACTIONS: Final = ("{} bei {} anrufen", "Vorlage für {} mit {} abstimmen", "{} nachfassen, {} mitnehmen")
EXPERIMENTS: Final = ("{} früh nennen", "{} vor dem Angebot klären", "Zu zweit über {} sprechen")
FACTORS: Final = (
    "price", "value_case", "budget", "timing", "qualification", "needs_discovery", "product_fit", "delivery",
    "references", "relationship", "decision_maker", "procurement", "competitor", "incumbent", "responsiveness",
)  # fmt: skip
