"""The themes: what can be read from the back row. Contrast as WCAG 2 defines it."""

from __future__ import annotations

from itertools import product

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widgets import Input, OptionList

from retrotui.tui import text, themes

ENOUGH = 7.0
GROUNDS = ("background", "surface", "panel", "lit")

# the framework's own pairs: text and what its default sheets put behind it
PAIRS = [
    *product(("text", "text-muted", "text-disabled", "foreground", "foreground-muted"), GROUNDS),
    *product(("text-primary", "text-warning", "text-error", "text-success", "text-accent"), GROUNDS),
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("text", "block-hover-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("screen-selection-foreground", "screen-selection-background"),
    ("footer-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("link-color", "surface"),
    ("link-color-hover", "link-background-hover"),
    ("button-color-foreground", "primary"),
    ("ink", "marker"),
]


def luminance(color: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    assert color.a == 1.0, "a blend has no contrast of its own"
    channels = [value / 255 for value in (color.r, color.g, color.b)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rounded(color: str) -> str:
    """What a terminal with 256 colours makes of it."""
    return RichColor.parse(color).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


def shown_variables(name: str) -> dict[str, str]:
    """What sheets see: put together as the app does it."""
    ours = themes.theme(themes.PALETTES[name])
    return {**ours.to_color_system().generate(), **ours.variables}


@pytest.mark.parametrize("name", themes.PALETTES)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    variables = shown_variables(name)
    pairs = [*product(themes.ROLES, GROUNDS), *PAIRS]
    poor = {pair: contrast(variables[pair[0]], variables[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < ENOUGH} == {}


@pytest.mark.parametrize("name", themes.PALETTES)
def test_256_colours_are_enough(name: str) -> None:
    variables = shown_variables(name)
    pairs = [*product(themes.ROLES, GROUNDS), *PAIRS]
    poor = {pair: contrast(rounded(variables[pair[0]]), rounded(variables[pair[1]])) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < ENOUGH} == {}


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", themes.PALETTES)
def test_what_helped_and_what_hurt_are_told_apart(name: str) -> None:
    inks = themes.PALETTES[name].inks
    assert len({getattr(inks, role) for role in themes.ROLES}) == len(themes.ROLES)


class Sheet(App[None]):
    CSS = "Input { color: $helped; } OptionList { color: $over; background: $lit; border: round $rule; }"

    def __init__(self, name: str) -> None:
        super().__init__()
        themes.dress(self, name)

    def compose(self) -> ComposeResult:
        yield Input()
        yield OptionList(text.option("eins"))


@pytest.mark.parametrize(
    ("asked", "worn"),
    [("light", themes.LIGHT), ("dark", themes.DARK), ("retro-dark", themes.DARK), ("zebra", themes.LIGHT)],
)
async def test_sheets_may_name_the_roles_from_the_first_frame(asked: str, worn: str) -> None:
    app = Sheet(asked)
    async with app.run_test():
        assert app.theme == worn
        expected = Color.parse(themes.PALETTES[worn].inks.helped)
        assert app.query_one(Input).styles.color == expected
        app.theme = themes.DARK if worn == themes.LIGHT else themes.LIGHT
        assert app.theme != worn
