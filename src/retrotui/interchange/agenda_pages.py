"""An agenda to read: as linear text, and as a run sheet in Markdown or as a page for a browser or the printer.

Owns the layout and the escaping of these three; what stands on a run sheet is `run_sheet`'s. Must not choose a
language for sentences: the caller hands in `say`, which translates; agenda texts are taken in `lang`. Must not read or
write files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import time

from retrotui.domain.agenda import Agenda
from retrotui.errors import Message, msg
from retrotui.interchange import run_sheet
from retrotui.interchange.run_sheet import BEGIN, Say, SheetRow, tenths

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_MARKDOWN_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;"
    "background:#fff}li{margin:.8rem 0;break-inside:avoid}small{color:#333}ul{margin:.2rem 0}ul li{margin:.2rem 0}"
    "time{font-variant-numeric:tabular-nums}"
)


def text_page(agenda: Agenda, lang: str, say: Say, *, minutes: int | None = None) -> str:
    """Linear text, fit for a pipe or a screen reader; a line for each step, its prompts under it."""
    lines = [f"{agenda.title.text(lang)} ({agenda.id})"]
    if agenda.purpose:
        lines.append(agenda.purpose.text(lang))
    lines += [" · ".join(run_sheet.overview(agenda, say, minutes=minutes)), ""]
    for number, row in enumerate(run_sheet.rows(agenda, lang, say, minutes=minutes), 1):
        lines.append(f"{number:2}. {row.title}: {', '.join(row.facts)}")
        lines += [f"      {line}" for line in _lines(row)]
    return "\n".join(lines) + "\n"


def markdown_page(
    agenda: Agenda, lang: str, say: Say, *, begin: time = BEGIN, minutes: int | None = None
) -> str:
    """A run sheet in Markdown (CommonMark), with clock times from `begin`; what people wrote is escaped."""
    lines = [f"# {_markdown(agenda.title.text(lang))}", ""]
    if agenda.purpose:
        lines += [_markdown(agenda.purpose.text(lang)), ""]
    lines += [" · ".join(run_sheet.overview(agenda, say, begin=begin, minutes=minutes)), ""]
    for number, row in enumerate(run_sheet.rows(agenda, lang, say, begin=begin, minutes=minutes), 1):
        clock = f"{row.clock} " if row.clock else ""
        facts = ", ".join(_markdown(fact) for fact in row.facts)
        lines.append(f"{number}. {clock}**{_markdown(row.title)}** ({facts})")
        lines += [f"    - {_markdown(prompt)}" for prompt in row.prompts]
        for part in row.parts:
            lines.append(f"    - **{_markdown(part.title)}**")
            lines += [f"        - {_markdown(prompt)}" for prompt in part.prompts]
        lines += [f"    - *{_markdown(remark)}*" for remark in row.remarks]
    return "\n".join(lines) + "\n"


def html_page(agenda: Agenda, lang: str, say: Say, *, begin: time = BEGIN, minutes: int | None = None) -> str:
    """A run sheet as one page of HTML without scripts; what people wrote is escaped, and a policy lets nothing run or
    load."""
    title = html.escape(agenda.title.text(lang))
    body = [f"<h1>{title}</h1>"]
    if agenda.purpose:
        body.append(f"<p>{html.escape(agenda.purpose.text(lang))}</p>")
    whole = " · ".join(run_sheet.overview(agenda, say, begin=begin, minutes=minutes))
    body += [f"<p><small>{html.escape(whole)}</small></p>", "<ol>"]
    body += [_step(row) for row in run_sheet.rows(agenda, lang, say, begin=begin, minutes=minutes)]
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


def length_label(agenda: Agenda) -> Message:
    """How long the whole meeting is, in words."""
    if agenda.length is None:
        return msg("any length")
    return msg("{minutes} min", minutes=tenths(agenda.length))


def _lines(row: SheetRow) -> Iterable[str]:
    yield from row.prompts
    for part in row.parts:
        yield part.title
        yield from (f"  {prompt}" for prompt in part.prompts)
    yield from row.remarks


def _step(row: SheetRow) -> str:
    clock = f"<time>{row.clock}</time> " if row.clock else ""
    facts = html.escape(", ".join(row.facts))
    items = [html.escape(prompt) for prompt in row.prompts]
    for part in row.parts:
        inner = _list(html.escape(prompt) for prompt in part.prompts)
        items.append(f"<strong>{html.escape(part.title)}</strong>{inner}")
    items += [f"<em>{html.escape(remark)}</em>" for remark in row.remarks]
    return f"<li>{clock}<strong>{html.escape(row.title)}</strong> <small>{facts}</small>{_list(items)}</li>"


def _list(items: Iterable[str]) -> str:
    """Items that are escaped already."""
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{inner}</ul>" if inner else ""


def _markdown(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\1", text).replace("&", "&amp;")
    return _MARKDOWN_START.sub(
        lambda start: start[1] + (f"\\{start[2]}" if not start[2].isdigit() else f"{start[2]}\\"), escaped
    )
