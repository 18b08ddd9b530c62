"""Every test begins with an English interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrotui import locale


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = locale.language()
    locale.use("en")
    yield
    locale.use(before)
