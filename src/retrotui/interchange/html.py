"""The minutes as one page of HTML, ready for the printer: no scripts, nothing loaded, nothing that runs.

Owns the policy in the page and the template's environment; the layout is `templates/minutes.html`. Every word is
escaped by the template engine. Must not know what stands on the page (`page`).
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from retrotui.interchange.outgoing import Outgoing
from retrotui.interchange.page import page_of

if TYPE_CHECKING:
    from jinja2 import Template


def html_page(out: Outgoing) -> str:
    """The minutes as an HTML document, ending with a line end."""
    style = _text("minutes.css")
    return _template().render(page=page_of(out), style=_safe(style), policy=policy(style))


def policy(style: str) -> str:
    """What a browser may do with the page: show this one style sheet, and nothing else, from nowhere."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _text(name: str) -> str:
    return files("retrotui.interchange").joinpath("templates", name).read_text(encoding="utf-8")


def _safe(style: str) -> object:
    """The style sheet is ours, and quotes in it must stay quotes."""
    from markupsafe import Markup

    return Markup(style)


@cache
def _template() -> Template:
    """The template, read once. Not loaded before a page is asked for: jinja2 costs the first frame 30 ms."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    environment = Environment(
        loader=DictLoader({"minutes.html": _text("minutes.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("minutes.html")
