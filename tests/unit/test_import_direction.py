"""house.md: imports run one way, and what has no screen loads no Textual."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import retrotui

SOURCE = Path(retrotui.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))

BELOW: dict[str, set[str]] = {
    "errors": set(),
    "clock": set(),
    "collector": set(),
    "domain": {"errors"},
    "locale": {"errors", "domain"},
    "store": {"clock", "collector", "errors", "domain"},
    "interchange": {"collector", "errors", "domain", "locale"},
    "demo": {"clock", "errors", "domain", "store", "interchange"},
    "tui": {"clock", "errors", "domain", "locale", "store", "interchange", "demo"},
    "cli": {"clock", "collector", "errors", "domain", "locale", "store", "interchange", "demo", "tui"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Whom each room may import: `cli -> tui -> interchange, store -> domain`; `clock`, `collector`, `errors` below all."""

NO_SCREEN = ("errors", "clock", "collector", "domain", "locale", "store", "interchange")


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, at the top or within a function, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            module = node.module or ""
            if module == "retrotui":
                yield from ((node.lineno, f"retrotui.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


def ids(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room(path) for path in MODULES} <= set(BELOW)


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_imports_run_one_way(path: Path) -> None:
    mine = room(path)
    wrong = [
        f"{path.relative_to(SOURCE)}:{line} imports {name}"
        for line, name in imported(path)
        if name.startswith("retrotui.")
        and (other := name.split(".")[1]) != mine
        and not other.startswith("__version")
        and other not in BELOW[mine]
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [one for one in MODULES if room(one) in NO_SCREEN], ids=ids)
def test_a_room_without_a_screen_names_no_framework_of_screens(path: Path) -> None:
    names = {name.split(".")[0] for _, name in imported(path)}
    assert not names & {"textual", "rich"}


@pytest.mark.parametrize("path", [one for one in MODULES if room(one) == "domain"], ids=ids)
def test_the_domain_asks_nobody_what_time_it_is_and_opens_no_file(path: Path) -> None:
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"now", "utcnow", "today", "monotonic", "read_text", "write_text", "open"}
    assert not {name for _, name in imported(path)} & {"time", "os", "io"}


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def loaded_after(code: str, tmp_path: Path) -> tuple[set[str], str]:
    """The modules in a fresh interpreter after this code, and what it printed before."""
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "RETROTUI_DIR": str(tmp_path),
        "PYTHONIOENCODING": "utf-8",
    }
    script = f"import sys\n{code}\nprint('LOADED', *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, _, modules = done.stdout.rpartition("LOADED")
    return set(modules.split()), before


@pytest.mark.parametrize("name", NO_SCREEN)
def test_what_has_no_screen_loads_no_textual(name: str, tmp_path: Path) -> None:
    names = [module_name(path) for path in MODULES if room(path) == name]
    assert names
    code = "import importlib\n" + "\n".join(f"importlib.import_module({one!r})" for one in names)
    modules, _ = loaded_after(code, tmp_path)
    assert f"retrotui.{name}" in modules
    assert not {one for one in modules if one.split(".")[0] in ("textual", "rich")}
    assert not {one for one in modules if one.startswith("retrotui.tui")}


def test_the_command_lines_help_loads_no_textual(tmp_path: Path) -> None:
    code = "from retrotui.cli import main\nassert main(['--help']) == 0"
    modules, said = loaded_after(code, tmp_path)
    assert "retrotui" in said
    assert not {one for one in modules if one.split(".")[0] in ("textual", "rich", "babel", "tomlkit")}


def test_a_running_meeting_loads_nothing_heavy_by_itself(tmp_path: Path) -> None:
    """babel, tomlkit and their like are for exports and the editor, never for the way to the first frame."""
    rules = [module_name(path) for path in MODULES if room(path) in ("domain", "locale", "store")]
    code = "import importlib\n" + "\n".join(f"importlib.import_module({one!r})" for one in rules)
    modules, _ = loaded_after(code, tmp_path)
    heavy = {"babel", "tomlkit", "jinja2", "icalendar", "tomllib"}
    assert not {one for one in modules if one.split(".")[0] in heavy}
