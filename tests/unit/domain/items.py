"""Open actions and experiments of an earlier meeting, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from retrotui.domain.experiments import OpenItem
from retrotui.domain.minutes import Experiment

BORN = date(2026, 10, 26)
TODAY = date(2026, 11, 23)
"""Where the fake clock stands."""


def experiment_item(item_id: str, due: date | None = BORN, **keys: Any) -> OpenItem:
    values: dict[str, Any] = {"title": f"Try {item_id}", "owner": "Anna", **keys}
    state = "idea" if values.get("idea") else "running"
    experiment = Experiment(
        id=item_id, at=datetime(2026, 10, 26, 9, tzinfo=UTC), title=values["title"], owner="anna", measure="losses",
        expected="fewer", hypothesis="early is better", change="say it early", lessons=("l2",), due=due, state=state,
    )  # fmt: skip
    return OpenItem(item_id, "experiment", due=due, born=BORN, meeting="m1", experiment=experiment, **values)


def action_item(item_id: str, due: date | None = BORN, **keys: Any) -> OpenItem:
    return OpenItem(item_id, "action", f"Do {item_id}", "Ben", due, BORN, "m1", **keys)
