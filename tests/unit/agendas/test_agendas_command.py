"""`retrotui agendas`: list, show, check, new, edit."""

from __future__ import annotations

import json
import sys
from datetime import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from retrotui.cli import main
from retrotui.domain.agenda import Agenda
from retrotui.errors import Message
from retrotui.interchange import run_sheet
from retrotui.interchange.agenda_pages import html_page, markdown_page, text_page
from retrotui.tui.run_options import RunOptions
from tests.unit.agendas.agenda_samples import agenda, step

BROKEN = 'schema = 1\nid = "mine"\ntitle = "Mine"\n[[step]]\nid = "a"\nknd = "deal"\ntitle = "A"\n'
DOUBTFUL = (
    'schema = 1\nid = "mine"\ntitle = "Mine"\nminutes = 10\nloop = false\n'
    '[[step]]\nid = "a"\nkind = "close"\nminutes = 10\ntitle = "A"\ncolour = "red"\n'
)
HOSTILE = "<script>alert(1)</script> & *bold* [link](x) `c` # h"


class Team:
    """The command line on one team folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *words: str, lang: str = "en") -> int:
        code = main(["agendas", *words, "--dir", str(self.folder), "--lang", lang])
        self.out, self.err = self._capsys.readouterr()
        return code

    def put(self, name: str, text: str) -> Path:
        path = self.folder / "agendas" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def team(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return Team(tmp_path, capsys)


def test_list_names_all_with_length_and_share(team: Team) -> None:
    assert team("list") == 0
    lines = team.out.splitlines()
    assert len(lines) == 6
    assert "monthly-reflection" in lines[2] and "90 min" in lines[2] and "56%" in lines[2]


def test_list_has_a_line_for_each_agenda_on_a_narrow_terminal_too(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team("list")
    whole = team.out.splitlines()
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    team("list")
    lines = team.out.splitlines()
    assert len(lines) == 6 and max(map(len, lines)) == 60
    assert all(line == each or line == f"{each[:59]}…" for line, each in zip(lines, whole, strict=True))


def test_list_is_what_agendas_does_by_itself(team: Team) -> None:
    team("list")
    listed = team.out
    assert team() == 0
    assert team.out == listed


def test_list_as_json_is_an_array_with_the_broken_ones(team: Team) -> None:
    team.put("mine.toml", BROKEN)
    for words in (["list", "--json"], ["--json"]):
        assert team(*words) == 0
        rows: list[dict[str, Any]] = json.loads(team.out)
        assert len(rows) == 7
        monthly = next(row for row in rows if row["id"] == "monthly-reflection")
        assert (monthly["minutes"], monthly["source"], monthly["error"]) == (90, "bundled", None)
        assert monthly["share"]["reflect"] == pytest.approx(0.5556)
        assert rows[-1]["id"] == "mine" and rows[-1]["line"] == 6 and "knd" in rows[-1]["error"]


def test_list_says_what_is_broken_on_stderr_and_the_others_still_work(team: Team) -> None:
    path = team.put("mine.toml", BROKEN)
    assert team("list") == 0
    assert f"{path}:6:1: " in team.err
    assert len(team.out.splitlines()) == 6


def test_show_is_linear_text_in_the_asked_language(team: Team) -> None:
    assert team("show", "monthly-reflection", lang="de") == 0
    assert "Lupe: verloren" in team.out and "Woran wäre es fast gescheitert?" in team.out
    assert team("show", "monthly-reflection") == 0
    assert "Close-up: lost" in team.out and "What almost killed it?" in team.out


@pytest.mark.parametrize(("to", "start"), [("md", "# Win review\n"), ("html", "<!DOCTYPE html>\n")])
def test_show_makes_markdown_and_html(team: Team, to: str, start: str) -> None:
    assert team("show", "win-review", "--to", to) == 0
    assert team.out.startswith(start)


def test_show_of_an_unknown_agenda_names_the_nearest_and_exits_two(team: Team) -> None:
    assert team("show", "montly") == 2
    assert "monthly-reflection" in team.err and team.out == ""


def test_check_prints_file_line_column_and_exits_two_on_an_error(team: Team) -> None:
    path = team.put("mine.toml", BROKEN)
    assert team("check", str(path)) == 2
    assert team.out.startswith(f"{path}:6:1: ")
    assert "kind" in team.out


def test_check_exits_zero_on_warnings_alone(team: Team) -> None:
    path = team.put("mine.toml", DOUBTFUL)
    assert team("check", str(path)) == 0
    assert [line.split(": ")[0] for line in team.out.splitlines()] == [f"{path}:6:1", f"{path}:11:1"]


def test_check_says_what_is_kept_and_not_acted_on(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrotui.domain.agenda_checks.KEPT", frozenset({"extend_by"}))
    path = team.put("mine.toml", DOUBTFUL.replace('colour = "red"', "extend_by = 5"))
    assert team("check", str(path)) == 0
    assert f"{path}:11:1: " in team.out and "kept, not acted on yet" in team.out


def test_check_takes_several_files_and_says_when_nothing_is_wrong(team: Team) -> None:
    team("new", "fine")
    fine = Path(team.out.strip())
    broken = team.put("mine.toml", BROKEN)
    assert team("check", str(fine), str(broken), str(team.folder / "nowhere.toml")) == 2
    assert str(fine) in team.err and str(fine) not in team.out
    assert f"{broken}:6:1: " in team.out
    assert f"{team.folder / 'nowhere.toml'}:1:1: " in team.out


def test_check_prints_no_control_character_of_a_file(team: Team) -> None:
    path = team.put("mine.toml", BROKEN.replace("knd", '"k\\u001b[31mnd"'))
    assert team("check", str(path)) == 2
    assert "\x1b" not in team.out + team.err


def test_new_prints_the_path_of_a_copy_that_has_nothing_wrong(team: Team) -> None:
    assert team("new", "our-month") == 0
    path = Path(team.out.strip())
    assert path == team.folder / "agendas" / "our-month.toml"
    assert team("check", str(path)) == 0
    assert team.out == ""


def test_new_from_another_template(team: Team) -> None:
    assert team("new", "our-call", "--from", "weekly-call") == 0
    assert team("show", "our-call") == 0
    assert "Weekly call (our-call)" in team.out


@pytest.mark.parametrize(
    "words", [["new", "a b"], ["new", "x", "--from", "nothing"], ["new"], ["check"], ["shw"]]
)
def test_what_cannot_be_done_exits_two_with_a_sentence(team: Team, words: list[str]) -> None:
    assert team(*words) == 2
    assert team.err.strip() and "Traceback" not in team.err


def test_new_refuses_a_taken_id(team: Team) -> None:
    assert team("new", "x") == 0
    assert team("new", "x") == 2


def editor(folder: Path, code: str) -> str:
    script = folder / "editor.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8")
    return f"'{sys.executable}' '{script}'"


def test_edit_opens_the_file_and_checks_it_afterwards(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    path = team.put("mine.toml", DOUBTFUL)
    replace = "path.write_text(path.read_text().replace('kind', 'knd'))"
    monkeypatch.setenv("EDITOR", editor(team.folder, replace))
    assert team("edit", "mine") == 2
    assert f"{path}:8:1: " in team.out


def test_edit_opens_a_broken_agenda_to_mend_it(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.put("mine.toml", DOUBTFUL.replace("kind", "knd"))
    monkeypatch.setenv(
        "VISUAL", editor(team.folder, "path.write_text(path.read_text().replace('knd', 'kind'))")
    )
    monkeypatch.setenv("EDITOR", "false")
    assert team("edit", "mine") == 0


def test_edit_of_a_bundled_agenda_makes_the_teams_own_copy(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(team.folder, "pass"))
    assert team("edit", "weekly-call") == 0
    assert (team.folder / "agendas" / "weekly-call.toml").is_file()


@pytest.mark.parametrize("command", ["", "'unclosed", "no-such-editor-anywhere", "false"])
def test_an_editor_that_does_not_open_exits_two(
    team: Team, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    path = team.put("mine.toml", DOUBTFUL)
    monkeypatch.setenv("EDITOR", command)
    assert team("edit", "mine") == 2
    assert team.err.strip()
    assert path.read_text(encoding="utf-8") == DOUBTFUL


def test_an_edit_without_an_editor_makes_no_copy(team: Team) -> None:
    assert team("edit", "weekly-call") == 2
    assert not (team.folder / "agendas").exists()


PEERS = """schema = 1
id = "peers"
title = "Peers"
minutes = 45
loop = false
[[step]]
id = "roles"
kind = "checkin"
title = "Roles"
minutes = 5
roles = ["moderator", "case_giver", "time_keeper"]
[[step]]
id = "read"
kind = "notes"
title = "Read"
minutes = 0
[[step]]
id = "case"
kind = "case"
title = "Case"
minutes = 30
confidential = true
[[step.part]]
title = "Tell"
minutes = 10
speaks = "case_giver"
prompts = ["What is the question?"]
[[step.part]]
title = "Advise"
minutes = 20
listens = "case_giver"
[[step.field]]
id = "score"
label = "Use"
type = "scale"
[[step]]
id = "end"
kind = "notes"
title = "Open"
repeat = "person"
votes = 3
columns = [{ id = "a", title = "Keep" }]
"""


def test_a_run_sheet_has_clock_times_prompts_parts_and_roles(team: Team) -> None:
    path = team.put("peers.toml", PEERS)
    assert team("show", str(path), "--to", "md", "--at", "10:30") == 0
    lines = team.out.splitlines()
    assert lines[2].startswith("10:30–11:15 · 45 min · ")
    assert "1. 10:30–10:35 **Roles** (5 min, Framing)" in lines
    assert "    - *Roles: the moderator, the case giver, time keeper*" in lines
    assert "2. **Read** (to read beforehand, Reflecting)" in lines
    assert "3. 10:35–11:05 **Case** (30 min, Reflecting, confidential)" in lines
    at = lines.index("    - **Tell · 10 min · the case giver speaks**")
    assert lines[at + 1 : at + 3] == [
        "        - What is the question?",
        "    - **Advise · 20 min · the case giver only listens**",
    ]
    assert "    - *To take down: Use (1–5)*" in lines
    assert "4. 11:05–11:15 **Open** (open end, Reflecting, once for each person, 3 votes each)" in lines


def test_a_run_sheet_for_another_length_and_in_german(team: Team) -> None:
    path = team.put("peers.toml", PEERS)
    assert team("show", str(path), "--to", "html", "--minutes", "90", lang="de") == 0
    seen = Tags(team.out).text
    assert "09:00–10:30 · 90 min" in seen and "09:10–10:10 Case" in seen
    assert "Tell · 20 min · es spricht: wer den Fall bringt" in seen
    assert "<time>09:10–10:10</time>" in team.out


def test_times_behind_an_open_end_that_nobody_can_foretell_are_left_out() -> None:
    made = agenda(step("a", "deal", 5), step("b", "deal"), step("c", "deal", 5))
    rows = run_sheet.rows(made, "en", say)
    assert [row.clock for row in rows] == ["09:00–09:05", "09:05–", ""]


def test_a_meeting_beyond_midnight_goes_on_at_nought() -> None:
    made = agenda(step("a", "deal", 90), minutes=90)
    assert run_sheet.rows(made, "en", say, begin=time(23, 0))[0].clock == "23:00–00:30"


@pytest.mark.parametrize("at", ["25:00", "10:70", "noon", "", "1:5"])
def test_what_is_no_time_of_day_is_refused(team: Team, at: str) -> None:
    assert team("show", "weekly-call", "--to", "md", "--at", at) == 2
    assert "--at 10:30" in team.err


class Tags(HTMLParser):
    """The tags of a page, and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own signature
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile() -> Agenda:
    return agenda(
        step("a", "deal", 5, title=HOSTILE, prompts=[HOSTILE]), title=HOSTILE, purpose=HOSTILE, minutes=5
    )


def say(message: Message) -> str:
    return str(message)


def test_a_page_of_html_escapes_everything_and_lets_nothing_run() -> None:
    page = html_page(hostile(), "en", say)
    parsed = Tags(page)
    assert "script" not in parsed.tags
    assert parsed.text.count(HOSTILE) == 5  # title, heading, purpose, step, prompt
    assert "default-src 'none'" in page


def test_markdown_escapes_what_would_be_markup() -> None:
    page = markdown_page(hostile(), "en", say)
    assert "<script>" not in page and "[link]" not in page and "*bold*" not in page.replace("\\*", "")
    dated = agenda(step("a", "deal", 5, prompts=["1. first", "- second", "+ third"]), minutes=5)
    prompts = [
        line.strip() for line in markdown_page(dated, "en", say).splitlines() if line.startswith("    -")
    ]
    assert prompts == ["- 1\\. first", "- \\- second", "- \\+ third"]


def test_text_tells_open_ends_and_prereads() -> None:
    made = agenda(step("a", "deal", minutes=0), step("b", "deal"), step("c", "deal", 2.5, silent=True))
    page = text_page(made, "en", say)
    assert (
        "a: to read beforehand" in page
        and "b: open end" in page
        and "c: 2.5 min, Reflecting, in silence" in page
    )


def test_an_agenda_in_shares_has_any_length() -> None:
    page = text_page(agenda(step("a", "deal", share=100)), "en", say)
    assert "any length" in page and "a: 100% of the time" in page


def test_edit_opens_the_screen_in_a_terminal_and_the_own_editor_when_asked(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_screen(command: str, options: RunOptions) -> int:
        opened.append(f"{command} {options.agenda}")
        return 0

    monkeypatch.setattr("retrotui.tui.terminal_check.refusal", lambda: None)
    monkeypatch.setattr("retrotui.cli.screens.open_screen", open_screen)
    assert team("edit", "weekly-call") == 0 and opened == ["edit weekly-call"]
    team.put("mine.toml", BROKEN)
    assert team("edit", "mine") == 2 and "knd" in team.out
    assert team("edit", "nowhere") == 0
    monkeypatch.setenv("EDITOR", editor(team.folder, "pass"))
    assert team("edit", "weekly-call", "--editor") == 0 and len(opened) == 3
    copied = (team.folder / "agendas" / "weekly-call.toml").read_text(encoding="utf-8")
    assert "One deal" in copied and "Ein Deal" not in copied


def test_a_new_agenda_speaks_the_teams_language_alone(team: Team) -> None:
    (team.folder / "retrotui.toml").write_text('schema = 1\nlanguage = "de"\n', encoding="utf-8")
    assert team("new", "unser-monat") == 0
    text = Path(team.out.strip()).read_text(encoding="utf-8")
    assert "Lupe: verloren" in text and "Close-up" not in text
    assert team("check", team.out.strip()) == 0
