"""Tables of deals for the tests: written to a file, read back."""

from __future__ import annotations

from pathlib import Path

from retrotui.interchange import crm
from retrotui.interchange.crm import Import


def read_text(
    folder: Path, text: str, name: str = "deals.csv", encoding: str = "utf-8", **how: object
) -> Import:
    """What an export with this text reads as."""
    return read_bytes(folder, text.encode(encoding), name, **how)


def read_bytes(folder: Path, content: bytes, name: str = "deals.csv", **how: object) -> Import:
    path = folder / name
    path.write_bytes(content)
    return crm.read(path, **how)  # type: ignore[arg-type]


def warned(found: Import) -> list[tuple[int | None, str]]:
    """Where the warnings stand: line and field."""
    return [(notice.line, notice.field) for notice in found.warnings]
