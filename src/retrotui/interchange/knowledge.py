"""The tables of knowledge that ship with this room and that a person can extend (`*.toml` beside the code).

Owns finding and reading them. Must not know what stands in them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name`, a path below this room such as `crm/headers.toml`; read once."""
    import tomli  # not before a table is asked for

    return tomli.loads(files("retrotui.interchange").joinpath(name).read_text(encoding="utf-8"))
