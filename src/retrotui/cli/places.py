"""What every command asks about the team folder before it begins, without loading more than it needs.

Owns the language that the team folder gives to the interface, and the state folder that even a crash can find.
Must not load pydantic, and must not refuse: a damaged settings file is said where settings are needed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from retrotui.errors import RetroError
from retrotui.store import durable
from retrotui.store.toml_reading import parse
from retrotui.store.workspace import find_workspace


def interface_language(directory: str | None) -> str:
    """What `interface` in the team's settings says; "" where there is none, or none that we speak."""
    try:
        workspace = find_workspace(directory)
        content, _ = durable.read(workspace.settings_file, limit=1_000_000)
        wanted = parse(content, workspace.settings_file).get("interface")
    except (RetroError, OSError):
        return ""
    return wanted if wanted in ("de", "en") else ""


def state_folder() -> Path:
    """The user's state folder, found without raising: the last resort is the folder for temporary files."""
    try:
        return find_workspace().state
    except (RetroError, OSError, RuntimeError):
        return Path(tempfile.gettempdir()) / "retrotui"
