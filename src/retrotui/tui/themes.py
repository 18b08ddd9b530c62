"""The light and the dark theme: a sheet of paper, and the same sheet at night.

Owns every colour that is shown, by what it means (`ROLES`), and the framework's own variables in terms of them.
Must not know a widget. Most of the screen is ink on paper; colour only underlines what a sign or a word already
says. All text has a contrast of 7:1 or more (WCAG 2, level AAA) on every ground that it may stand on, also after a
terminal with 256 colours has rounded it: a test computes both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from textual.app import App
from textual.theme import Theme

LIGHT = "retro-light"
DARK = "retro-dark"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What text stands on."""

    background: str
    """the wall"""
    surface: str
    """a panel on the wall"""
    panel: str
    """a bar or a dialog, set off from the surface"""
    lit: str
    """the row under the cursor (which also has a sign)"""


@dataclass(frozen=True, slots=True)
class Inks:
    """Text by what it means. A style or a sheet names them as `$helped` and so on."""

    ink: str
    muted: str
    accent: str
    helped: str
    hurt: str
    lesson: str
    quote: str
    experiment: str
    action: str
    warn: str
    over: str


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours."""

    name: str
    dark: bool
    grounds: Grounds
    inks: Inks
    rule: str
    """frames and the rest of a bar: never text"""
    marker: str
    """behind ink, where a text marker would be used: running out, a found word"""


ROLES = tuple(role.name for role in fields(Inks))

PALETTES: Mapping[str, Palette] = {
    LIGHT: Palette(
        LIGHT,
        dark=False,
        grounds=Grounds(background="#FAF9F6", surface="#FFFFFF", panel="#F3F1EC", lit="#ECEFF6"),
        inks=Inks(
            ink="#1A1C20",
            muted="#4A4B50",
            accent="#1B2E5A",
            helped="#0C4F2A",
            hurt="#84201C",
            lesson="#4A2E80",
            quote="#4A4038",
            experiment="#102D7E",
            action="#0B4A52",
            warn="#6B2F00",
            over="#8F1322",
        ),
        rule="#BDB9AF",
        marker="#FFE08A",
    ),
    DARK: Palette(
        DARK,
        dark=True,
        grounds=Grounds(background="#15171B", surface="#1B1D21", panel="#24272C", lit="#2C3036"),
        inks=Inks(
            ink="#F1EEE6",
            muted="#C9CACD",
            accent="#A9CBF2",
            helped="#93D9B1",
            hurt="#FFB3AA",
            lesson="#CDBEFF",
            quote="#DDD5C6",
            experiment="#9FCBFF",
            action="#8FDAE0",
            warn="#F4C873",
            over="#FFA99E",
        ),
        rule="#565B66",
        marker="#4F2E00",
    ),
}


def _variables(palette: Palette) -> dict[str, str]:
    """Our roles, and the framework's variables in terms of them: none is left to its own blends of alpha."""
    inks, grounds = palette.inks, palette.grounds
    roles = {role: str(getattr(inks, role)) for role in ROLES}
    # drawn inverse, so that a cursor is seen without colours too
    cursor = {"background": inks.ink, "foreground": grounds.surface, "text-style": "reverse"}
    swapped = {
        "background": cursor["foreground"],
        "foreground": cursor["background"],
        "text-style": cursor["text-style"],
    }
    heads = {f"markdown-h{n}-color": inks.ink for n in range(1, 7)}
    return {
        **roles,
        **heads,
        **{f"input-cursor-{part}": value for part, value in swapped.items()},
        "rule": palette.rule,
        "lit": grounds.lit,
        "marker": palette.marker,
        **_texts(palette),
        **_widgets(palette),
    }


def _texts(palette: Palette) -> dict[str, str]:
    """The framework's own roles of text, and the grounds that it puts behind them."""
    inks, grounds = palette.inks, palette.grounds
    return {
        "text": inks.ink,
        "text-muted": inks.muted,
        "text-disabled": inks.muted,
        "text-primary": inks.accent,
        "text-secondary": inks.accent,
        "text-accent": inks.accent,
        "text-warning": inks.warn,
        "text-error": inks.over,
        "text-success": inks.helped,
        "foreground-muted": inks.muted,
        "foreground-disabled": inks.muted,
        "primary-muted": grounds.lit,
        "secondary-muted": grounds.lit,
        "accent-muted": grounds.lit,
        "warning-muted": grounds.lit,
        "error-muted": grounds.lit,
        "success-muted": grounds.lit,
    }


def _widgets(palette: Palette) -> dict[str, str]:
    """What the framework's widgets are drawn with: cursors, frames, scroll bars, links, buttons."""
    inks, grounds = palette.inks, palette.grounds
    return {
        "block-cursor-foreground": inks.ink,
        "block-cursor-background": grounds.lit,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": inks.ink,
        "block-cursor-blurred-background": grounds.lit,
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": grounds.panel,
        "border": inks.accent,
        "border-blurred": palette.rule,
        "surface-active": grounds.surface,
        "input-selection-background": palette.marker,
        "input-selection-foreground": inks.ink,
        "screen-selection-background": palette.marker,
        "screen-selection-foreground": inks.ink,
        "scrollbar": palette.rule,
        "scrollbar-hover": inks.muted,
        "scrollbar-active": inks.ink,
        "scrollbar-background": grounds.background,
        "scrollbar-background-hover": grounds.background,
        "scrollbar-background-active": grounds.background,
        "scrollbar-corner-color": grounds.background,
        "link-color": inks.accent,
        "link-style": "underline",
        "link-background-hover": grounds.lit,
        "link-color-hover": inks.accent,
        "footer-foreground": inks.muted,
        "footer-background": grounds.background,
        "footer-key-foreground": inks.ink,
        "footer-description-foreground": inks.muted,
        "button-foreground": inks.ink,
        "button-color-foreground": grounds.surface,
        "button-focus-text-style": "bold underline",
    }


def theme(palette: Palette) -> Theme:
    """The framework's theme of a palette."""
    inks, grounds = palette.inks, palette.grounds
    return Theme(
        name=palette.name,
        primary=inks.accent,
        secondary=inks.accent,
        accent=inks.accent,
        warning=inks.warn,
        error=inks.over,
        success=inks.helped,
        foreground=inks.ink,
        background=grounds.background,
        surface=grounds.surface,
        panel=grounds.panel,
        boost=grounds.panel,
        dark=palette.dark,
        variables=_variables(palette),
    )


THEMES = tuple(theme(palette) for palette in PALETTES.values())


def dress(app: App[Any], name: str = LIGHT) -> None:
    """Registers both themes and puts one on. Call it in the app's `__init__`, before any sheet is read.

    `name` is one of ours, or the settings' word for it (`light`, `dark`); anything else is light.
    """
    for ours in THEMES:
        app.register_theme(ours)
    app.theme = DARK if name in {DARK, "dark"} else LIGHT
