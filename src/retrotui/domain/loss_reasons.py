"""What a CRM's reason may propose: factors of the team's list, as a question, never as an answer.

Owns the table of agendas.md ("What a CRM's reason may propose"). A reason stays raw text; only a person makes a factor
of it.
"""

from __future__ import annotations

PROPOSALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("price", ("price", "preis", "too expensive", "zu teuer")),
    ("budget", ("budget", "funding")),
    (
        "no_decision",
        ("no decision", "non-responsive", "cancel", "silent", "keine entscheidung", "vertagt"),
    ),
    ("timing", ("timing", "verschoben")),
    ("competitor", ("competitor", "out-sold", "wettbewerb")),
    ("incumbent", ("in-house", "eigenbau", "intern gelöst")),
    ("procurement", ("formal", "formfehler", "compliance")),
    ("product_fit", ("feature", "product", "produkt")),
)
"""Factor id, and the lower-case parts of a reason that propose it."""


def proposed_factors(reason_raw: str) -> tuple[str, ...]:
    """The ids of the factors that a reason may propose, in the order of the table; mostly none or one."""
    said = reason_raw.casefold()
    return tuple(factor for factor, parts in PROPOSALS if any(part in said for part in parts))
