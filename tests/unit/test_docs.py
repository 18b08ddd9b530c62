"""The docs are tested: every command, option and key in the README exists, and the other way round."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from retrotui.cli import COMMANDS as COMMAND_LINE
from retrotui.locale import catalogue
from retrotui.tui.commands import COMMANDS, Where, key_table

ROOT = Path(__file__).parents[2]
README = {"en": ROOT / "README.md", "de": ROOT / "README.de.md"}
KEYS = re.compile(r"<!-- keys:.*?-->\n(.*?)<!-- /keys -->", re.DOTALL)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_table_of_keys_is_the_declaration(language: str, update_goldens: bool) -> None:
    text = README[language].read_text(encoding="utf-8")
    expected = key_table(COMMANDS, catalogue(language).tr) + "\n"
    if update_goldens:
        head = re.search(r"<!-- keys:.*?-->\n", text)
        assert head is not None
        text = KEYS.sub(lambda _found: f"{head.group()}{expected}<!-- /keys -->", text)
        README[language].write_text(text, encoding="utf-8")
    found = KEYS.search(text)
    assert found is not None and found.group(1) == expected


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_command_is_in_the_readme_and_exists(language: str) -> None:
    text = README[language].read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `retrotui ([a-z]+)", text, re.MULTILINE))
    assert named == set(COMMAND_LINE)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_option_in_the_readme_exists(language: str) -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/retrotui/cli").glob("*.py"))
    text = README[language].read_text(encoding="utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `retrotui"))
    for option in sorted(set(re.findall(r"--[a-z]+", rows))):
        assert f'"{option}"' in sources, option


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_picture_and_page_that_is_linked_is_there(language: str) -> None:
    text = README[language].read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


def test_no_two_commands_share_a_key() -> None:
    for where in get_args(Where):
        keys = [key for one in COMMANDS if where in one.where for key in (*one.keys, *one.twins)]
        assert len(keys) == len(set(keys)), where
