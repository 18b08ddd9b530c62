"""Starts `retrotui demo` of an installed wheel in a terminal with a home of its own, waits for its home screen, leaves.

    python wheel_demo.py PATH_TO_RETROTUI

Nothing of the checkout is on the program's path: what is seen comes from the wheel. Exit code 0 where all of it held.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
"""A fresh environment compiles everything first, and the demo makes a year of meetings."""
SEEN = {"de": ("Wochen-Telefonat", "Monatliche Reflexion"), "en": ("Weekly call", "Monthly reflection")}
"""What stands on the home screen of the demo: agendas and the last meetings."""
SIZE = (110, 30)


def opens(program: Path, language: str) -> list[str]:
    """The home screen of the demo in this language. Raises AssertionError where it does not come, or does not go."""
    sys.path.insert(0, str(ROOT))
    from tests.terminal.harness import Terminal

    command = [str(program), "demo", "--lang", language]
    with Terminal(command, size=SIZE, env={"PYTHONDONTWRITEBYTECODE": ""}) as terminal:
        lines: list[str] = []
        for words in SEEN[language]:
            lines = terminal.wait_for(words, PATIENCE)
        terminal.press("ctrl+q")
        code = terminal.exit_code(PATIENCE)
        assert code == 0, f"it ended with {code}:\n{terminal}"
        assert terminal.modes() == terminal.attributes_before, "the terminal is not as it was"
        assert b"Traceback" not in terminal.log
    return lines


def main() -> int:
    if len(sys.argv) != 2:
        print("python wheel_demo.py PATH_TO_RETROTUI", file=sys.stderr)
        return 2
    program = Path(sys.argv[1]).absolute()
    for language in SEEN:
        lines = opens(program, language)
        print(f"retrotui demo --lang {language}: the home screen stands, {len(lines)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
