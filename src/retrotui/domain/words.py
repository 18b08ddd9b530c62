"""Texts that an agenda or a factor brings along in more than one language: `"Zahlen"` or `{ de = …, en = …
}`.

Owns `Words` (one text) and `PromptWords` (a list of texts). Must not know what they are the title of, nor
translate: sentences of the program itself go through `errors.Message`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from retrotui.domain.text import one_line
from retrotui.errors import Message, msg

Raw: TypeAlias = str | dict[str, str]
RawLines: TypeAlias = list[str] | dict[str, list[str]]
T = TypeVar("T")


def refuse(what: Message) -> PydanticCustomError:
    """A validation error that carries a sentence for a person instead of pydantic's own."""
    return PydanticCustomError("retrotui", "not valid", {"what": what})


def _pick(texts: tuple[tuple[str, T], ...], lang: str) -> T | None:
    """The text in `lang`, else the one without a language, else German or English, else any."""
    known = dict(texts)
    for wanted in (lang, "", "de", "en"):
        if wanted in known:
            return known[wanted]
    return texts[0][1] if texts else None


@dataclass(frozen=True, slots=True)
class Words:
    """One text, in one language or several. `texts` pairs a language ("" where none is named) with the
    text."""

    texts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, *plain: str, **by_language: str) -> Words:
        """`Words.of("Zahlen")` or `Words.of(de="Zahlen", en="Numbers")`."""
        return cls((*(("", text) for text in plain), *by_language.items()))

    def text(self, lang: str) -> str:
        """The text in `lang` ("de", "en"); where there is none, in another language; "" where there is no
        text."""
        return _pick(self.texts, lang) or ""

    @property
    def languages(self) -> frozenset[str]:
        """The languages that are named; empty for one plain string."""
        return frozenset(lang for lang, _ in self.texts if lang)

    @property
    def raw(self) -> Raw:
        """As it stands in a file: a string, or a table by language."""
        if len(self.texts) == 1 and self.texts[0][0] == "":
            return self.texts[0][1]
        return dict(self.texts) if self.texts else ""

    def __bool__(self) -> bool:
        return any(text for _, text in self.texts)

    @classmethod
    def read(cls, value: object) -> Words:
        """From what a file holds, cleaned and on one line; raises a pydantic error that carries a
        `Message`."""
        if isinstance(value, Words):
            return value
        if isinstance(value, str):
            text = one_line(value)
            return cls((("", text),)) if text else cls()
        if isinstance(value, Mapping):
            if not value:
                raise refuse(msg("This text is empty."))
            for lang, text in value.items():
                if not isinstance(text, str):
                    raise refuse(msg("The text for “{language}” is not a text in quotes.", language=lang))
            return cls(tuple((str(lang), one_line(text)) for lang, text in value.items()))
        raise refuse(msg('Here belongs a text, "…" or {{ de = "…", en = "…" }}.'))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(lambda words: words.raw)
        )


@dataclass(frozen=True, slots=True)
class PromptWords:
    """A list of texts (prompts, choices), in one language or several; like `Words` otherwise."""

    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, *plain: str, **by_language: Sequence[str]) -> PromptWords:
        """`PromptWords.of("Was?", "Wann?")` or `PromptWords.of(de=["Was?"], en=["What?"])`."""
        named = tuple((lang, tuple(lines)) for lang, lines in by_language.items())
        return cls(((("", plain),) if plain else ()) + named)

    def lines(self, lang: str) -> tuple[str, ...]:
        """The lines in `lang`; where there are none, in another language; () where there are none at all."""
        return _pick(self.texts, lang) or ()

    @property
    def languages(self) -> frozenset[str]:
        """The languages that are named; empty for one plain list."""
        return frozenset(lang for lang, _ in self.texts if lang)

    @property
    def raw(self) -> RawLines:
        """As it stands in a file: a list, or a table of lists by language."""
        if not self.texts:
            return []
        if len(self.texts) == 1 and self.texts[0][0] == "":
            return list(self.texts[0][1])
        return {lang: list(lines) for lang, lines in self.texts}

    def __bool__(self) -> bool:
        return any(lines for _, lines in self.texts)

    @classmethod
    def read(cls, value: object) -> PromptWords:
        """From what a file holds; a single string is a list of one. Raises a pydantic error with a
        `Message`."""
        if isinstance(value, PromptWords):
            return value
        if isinstance(value, Mapping):
            pairs = tuple((str(lang), _lines(lines)) for lang, lines in value.items())
            return cls(pairs)
        lines = _lines(value)
        return cls((("", lines),)) if lines else cls()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(lambda words: words.raw)
        )


def _lines(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (one_line(value),)
    if isinstance(value, list | tuple) and all(isinstance(line, str) for line in value):
        return tuple(one_line(line) for line in value)
    raise refuse(msg('Here belongs a list of texts, ["…", "…"] or {{ de = ["…"], en = ["…"] }}.'))
