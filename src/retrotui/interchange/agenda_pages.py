"""An agenda to read: as linear text, as Markdown, as a page for a browser.

Owns the layout and the escaping of these three. Must not choose a language for sentences: the caller hands
in `say`, which translates; agenda texts are taken in `lang`. Must not read or write files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias

from retrotui.domain.agenda import Agenda, CountsAs, Step
from retrotui.errors import Message, msg

Say: TypeAlias = Callable[[Message], str]

COUNTS_LABELS = {
    CountsAs.REPORT: msg("Reporting"),
    CountsAs.REFLECT: msg("Reflecting"),
    CountsAs.DECIDE: msg("Deciding"),
    CountsAs.FRAME: msg("Framing"),
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_MARKDOWN_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;"
    "background:#fff}li{margin:.8rem 0}small{color:#333}ul{margin:.2rem 0}"
)


def text_page(agenda: Agenda, lang: str, say: Say) -> str:
    """Linear text, fit for a pipe or a screen reader; a line for each step, its prompts under it."""
    lines = [f"{agenda.title.text(lang)} ({agenda.id})"]
    if agenda.purpose:
        lines.append(agenda.purpose.text(lang))
    lines += [" · ".join(_overview(agenda, say)), ""]
    for number, step in enumerate(agenda.steps, 1):
        lines.append(f"{number:2}. {step.title.text(lang)}: {', '.join(_facts(agenda, step, say))}")
        lines += [f"      {prompt}" for prompt in step.prompts.lines(lang)]
    return "\n".join(lines) + "\n"


def markdown_page(agenda: Agenda, lang: str, say: Say) -> str:
    """Markdown (CommonMark); what people wrote is escaped."""
    lines = [f"# {_markdown(agenda.title.text(lang))}", ""]
    if agenda.purpose:
        lines += [_markdown(agenda.purpose.text(lang)), ""]
    lines += [" · ".join(_overview(agenda, say)), ""]
    for number, step in enumerate(agenda.steps, 1):
        lines.append(
            f"{number}. **{_markdown(step.title.text(lang))}** ({', '.join(_facts(agenda, step, say))})"
        )
        lines += [f"    - {_markdown(prompt)}" for prompt in step.prompts.lines(lang)]
    return "\n".join(lines) + "\n"


def html_page(agenda: Agenda, lang: str, say: Say) -> str:
    """One page of HTML without scripts; what people wrote is escaped, and a policy lets nothing run or
    load."""
    title = html.escape(agenda.title.text(lang))
    body = [f"<h1>{title}</h1>"]
    if agenda.purpose:
        body.append(f"<p>{html.escape(agenda.purpose.text(lang))}</p>")
    body += [f"<p><small>{html.escape(' · '.join(_overview(agenda, say)))}</small></p>", "<ol>"]
    for step in agenda.steps:
        facts = html.escape(", ".join(_facts(agenda, step, say)))
        body.append(
            f"<li><strong>{html.escape(step.title.text(lang))}</strong> <small>{facts}</small>{_items(step, lang)}</li>"
        )
    body.append("</ol>")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{_STYLE}</style>'
    )
    content = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(lang)}">\n<head>\n{head}\n</head>\n'
        f"<body>\n{content}\n</body>\n</html>\n"
    )


def minutes_label(agenda: Agenda, step: Step) -> Message:
    """How long the step is planned to take, in words."""
    seconds = agenda.planned_seconds()[step.id]
    if step.is_preread:
        return msg("to read beforehand")
    if seconds is None and step.share is not None:
        return msg("{percent} % of the time", percent=_minutes(step.share))
    if seconds is None or step.is_open_end:
        return msg("open end")
    return msg("{minutes} min", minutes=_minutes(seconds / 60))


def length_label(agenda: Agenda) -> Message:
    """How long the whole meeting is, in words."""
    if agenda.length is None:
        return msg("any length")
    return msg("{minutes} min", minutes=_minutes(agenda.length))


def _minutes(minutes: float) -> Decimal:
    """To a tenth; a decimal, since each language writes it its way."""
    return Decimal(f"{minutes:.1f}".removesuffix(".0"))


def _overview(agenda: Agenda, say: Say) -> Iterator[str]:
    yield say(length_label(agenda))
    for counts, share in agenda.shares().items():
        if share:
            yield f"{say(COUNTS_LABELS[counts])} {share * 100:.0f} %"


def _facts(agenda: Agenda, step: Step, say: Say) -> Iterator[str]:
    yield say(minutes_label(agenda, step))
    yield say(COUNTS_LABELS[step.counts])
    marks = (
        (step.cap, msg("cannot be extended")),
        (step.optional, msg("can be skipped")),
        (step.silent, msg("in silence")),
        (step.go_round, msg("one turn each")),
        (step.confidential, msg("confidential")),
    )
    for holds, words in marks:
        if holds:
            yield say(words)


def _items(step: Step, lang: str) -> str:
    items = "".join(f"<li>{html.escape(prompt)}</li>" for prompt in step.prompts.lines(lang))
    return f"<ul>{items}</ul>" if items else ""


def _markdown(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\1", text).replace("&", "&amp;")
    return _MARKDOWN_START.sub(
        lambda start: start[1] + (f"\\{start[2]}" if not start[2].isdigit() else f"{start[2]}\\"), escaped
    )
