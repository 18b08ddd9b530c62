"""Which language the interface speaks.

Owns the choice, made once at the start and changed only by the person. Must not load catalogues.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

LANGUAGES = ("de", "en")

_chosen = "en"


def use(lang: str) -> None:
    """Speak this language from now on: "de", "en", or a system's name for one ("de_AT.UTF-8")."""
    global _chosen
    _chosen = _known(lang) or "en"


def language() -> str:
    """The language of the interface: "de" or "en"."""
    return _chosen


def system_language(environment: Mapping[str, str] | None = None) -> str:
    """The language that the system asks for, in gettext's order.

    LC_ALL, LC_MESSAGES and LANG say the locale, the first that is set; LANGUAGE lists preferences and comes
    before it, but not in the C locale. German for de*, else English.
    """
    variables = os.environ if environment is None else environment
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    system = next((variables[name] for name in names if variables.get(name)), "")
    if system.partition(".")[0] in ("C", "POSIX"):
        return "en"
    for wanted in [*variables.get("LANGUAGE", "").split(":"), system]:
        if known := _known(wanted):
            return known
    return "en"


def _known(name: str) -> str | None:
    """Our name for a system's, None where we do not speak it."""
    short = name.strip().lower().replace("-", "_").partition(".")[0].partition("@")[0].partition("_")[0]
    return short if short in LANGUAGES else None
