"""What all tests share: the option and the fixture for golden pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from textual.app import App

# a run that decides whether work lands looks at the same examples each time; at a desk they are new ones
hypothesis.settings.register_profile("ci", derandomize=True, database=None, max_examples=40, deadline=None)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        default=False,
        help="write the golden files as they come out now; look at the difference before committing it",
    )


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture
def golden_screen(update_goldens: bool) -> Callable[[App[Any], str], None]:
    """`golden_screen(app, "meeting-110x30")` compares what stands on the screen with its golden picture."""
    from tests.tui.golden import compare

    return lambda app, name: compare(app, name, update=update_goldens)
