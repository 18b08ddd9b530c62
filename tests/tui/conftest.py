"""Every test of the screens begins with an English interface, in a terminal that has colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrotui import locale


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("NO_COLOR", raising=False)
    before = locale.language()
    locale.use("en")
    yield
    locale.use(before)
