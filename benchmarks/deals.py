"""An invented export of deals as a CRM writes it, as long as wanted, the same for the same seed.

Owns the generator. Must not know how the file is read.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.vocabulary import NAME_ENDS, NAME_STARTS, OFFERS, PEOPLE

HEADER: Final = (
    "Opportunity ID", "Opportunity Name", "Account Name", "Opportunity Owner", "Amount", "Amount Currency", "Stage",
    "Created Date", "Close Date", "Loss Reason", "Next Step",
)  # fmt: skip
_STAGES: Final = ("Closed Won", "Closed Lost", "Negotiation", "Proposal", "Qualification")
_REASONS: Final = ("Price", "No decision", "Competitor", "Timing", "")


def write_deals(path: Path, count: int, *, seed: int = 1) -> Path:
    """Writes `count` deals in the shape of Salesforce's report export: comma, ISO dates, every field filled mostly."""
    chance = Random(seed)
    first = date(2021, 1, 4)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(count):
            created = first + timedelta(days=chance.randrange(1800))
            closed = created + timedelta(days=chance.randrange(5, 200))
            stage = chance.choice(_STAGES)
            writer.writerow(
                (
                    f"006{number:09}", f"{chance.choice(OFFERS)} {number}",
                    chance.choice(NAME_STARTS) + chance.choice(NAME_ENDS), chance.choice(PEOPLE)[0],
                    f"{chance.randrange(1_000, 900_000)}.{chance.randrange(100):02}", "EUR", stage,
                    created.isoformat(), closed.isoformat(),
                    chance.choice(_REASONS) if stage == "Closed Lost" else "", chance.choice(("", "call", "visit")),
                )
            )  # fmt: skip
    return path
