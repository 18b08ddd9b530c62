"""The editor's page draws whatever a file holds: nothing that somebody wrote breaks the screen."""

from __future__ import annotations

from pathlib import Path

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.domain.agenda import StepKind
from retrotui.domain.agenda_changes import more_minutes, steps
from retrotui.domain.agenda_keys import AGENDA_KEYS, STEP_KEYS
from retrotui.domain.agenda_outline import outline
from retrotui.domain.agenda_typed import toggled, typed
from retrotui.errors import Refused
from retrotui.store.agenda_editing import look_at
from retrotui.tui import agenda_page
from retrotui.tui.agenda_form import form_rows

PATH = Path("agendas/any.toml")
PLAIN = st.one_of(
    st.booleans(), st.integers(-3, 3000), st.floats(allow_nan=True), st.text("aä[]\x1b\u202e=", max_size=12),
    st.sampled_from([*map(str, StepKind), "same", "person", "won", "de", "en"]),
)  # fmt: skip
LANGUAGES = st.sampled_from(["de", "en", "id", "x"])
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["de", "en", "id", "x"]), inner, max_size=2)
    ),
    max_leaves=6,
)
STEP_NAMES = st.sampled_from([key.name for key in STEP_KEYS] + ["share", "parts", "fields", "weather"])
AGENDA_NAMES = st.sampled_from([key.name for key in AGENDA_KEYS] + ["weather", "steps"])
STEPS = st.lists(st.dictionaries(STEP_NAMES, VALUES, max_size=8), max_size=3)
DOCUMENTS = st.builds(
    lambda keys, rows: {**keys, "step": rows},
    st.dictionaries(AGENDA_NAMES, VALUES, max_size=6),
    STEPS | VALUES,
)


@given(DOCUMENTS, st.sampled_from(["de", "en"]), st.integers(10, 120), st.integers(1, 30))
@settings(max_examples=150, deadline=None)
def test_whatever_a_file_holds_the_page_can_be_drawn(
    document: dict[str, object], language: str, width: int, height: int
) -> None:
    look = look_at(tomli_w.dumps(document), PATH)
    found = outline(look.raw, look.agenda, language)
    for at in range(-1, len(steps(look.raw))):
        rows = form_rows(look.raw, at, language, "de")
        drawn = agenda_page.step_lines(found, steps(look.raw), look.checks, at, width, height, here=True)
        drawn += agenda_page.key_lines(rows, len(rows) // 2, width, height, here=True)
        drawn += agenda_page.summary_lines(rows, width, height)
        drawn += agenda_page.check_lines(look.checks, at, width, height)
        assert all("\x1b" not in line.plain and "\u202e" not in line.plain for line in drawn)
        for row in rows:
            if row.key is not None and not row.is_prompt:
                for line in ("", "5", "deal"):
                    try:
                        typed(look.raw, row.key, row.path, line, language, "de")
                    except Refused:
                        continue
                toggled(look.raw, row.key, row.path)
        if at >= 0:
            try:
                more_minutes(look.raw, at, 1)
            except Refused:
                continue


def test_the_list_never_draws_more_rows_than_there_is_room() -> None:
    text = 'id = "a"\ntitle = "A"\nminutes = 300\n' + "".join(
        f'[[step]]\nid = "s{n}"\nkind = "deal"\nminutes = 5\ntitle = "S{n}"\n' for n in range(60)
    )
    look = look_at(text, PATH)
    found = outline(look.raw, look.agenda, "de")
    for at in (-1, 0, 30, 59):
        lines = agenda_page.step_lines(found, steps(look.raw), look.checks, at, 80, 12, here=True)
        assert len(lines) == 12 and any("▸" in line.plain for line in lines)
