"""The one kind of error a person sees, and the one kind of sentence the rules speak.

Owns `Message` (a gettext id with values; translated only where it is shown) and `RetroError`.
Must not import anything of ours, and must not translate: rules know ids, screens know languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person: an English gettext id with `{named}` places, and the values for them.

    `many` and `n` are set where the sentence has a plural. A value may itself be a `Message`.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    many: str = ""
    n: int | None = None

    def __str__(self) -> str:
        """The English sentence: for logs and tests. Screens use `locale`."""
        template = self.many if self.n is not None and self.n != 1 else self.id
        return template.format(**{key: str(value) for key, value in self.values.items()})


def msg(sentence: str, **values: object) -> Message:
    """A sentence without a plural. The first argument is what translators see."""
    return Message(sentence, values)


def plural(one: str, many: str, n: int, **values: object) -> Message:
    """A sentence that counts: `n` is available as `{n}`."""
    return Message(one, {"n": n, **values}, many, n)


class RetroError(Exception):
    """Something a person must know: what is wrong, what to do, and where.

    `line` and `column` count from 1; they are None where no place in a file is meant.
    """

    def __init__(
        self,
        what: Message,
        hint: Message | None = None,
        *,
        file: Path | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(str(what))
        self.what = what
        self.hint = hint
        self.file = file
        self.line = line
        self.column = column


class Refused(RetroError):
    """A rule of the meeting says no (a capped step is not extended). Nothing has changed; the meeting goes on."""
