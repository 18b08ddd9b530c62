"""Sentences in the language of the reader.

Owns the look-up of a sentence and the filling of its places. Must not fail: a sentence without a
translation is shown in English, a place without a value as it stands.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from retrotui.errors import Message
from retrotui.locale import formats
from retrotui.locale.spoken import language

DOMAIN = "retrotui"

# Not str.format: a value from a file or a careless translation must neither raise nor reach into objects.
_PLACE = re.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*)\}")


class Catalogue:
    """The sentences of one language."""

    def __init__(self, lang: str, translations: gettext.NullTranslations) -> None:
        self.language = lang
        self._translations = translations

    def tr(self, sentence: str | Message, **values: object) -> str:
        """The sentence in this language, with its values; `values` come before those of a `Message`.

        A value may be a `Message` itself; dates, instants and decimals are written in the language's way.
        """
        if isinstance(sentence, Message):
            values = {**sentence.values, **values}
            template = self._template(sentence)
            if sentence.n is not None and isinstance(values.get("n"), int):
                values["n"] = formats.number(sentence.n, self.language)  # 2.473 lines
        else:
            template = self._translations.gettext(sentence) if sentence else ""
        return self._filled(template, values)

    def _template(self, sentence: Message) -> str:
        if not sentence.id:
            return ""
        if sentence.n is None:
            return self._translations.gettext(sentence.id)
        return self._translations.ngettext(sentence.id, sentence.many or sentence.id, sentence.n)

    def _filled(self, template: str, values: Mapping[str, object]) -> str:
        def place(found: re.Match[str]) -> str:
            if not found[1]:
                return found[0][0]
            return self._word(values[found[1]]) if found[1] in values else found[0]

        return _PLACE.sub(place, template)

    def _word(self, value: object) -> str:
        if isinstance(value, Message):
            return self.tr(value)
        if isinstance(value, datetime):
            return f"{formats.date(value, self.language)} {formats.time(value)}"
        if isinstance(value, date):
            return formats.date(value, self.language)
        if isinstance(value, Decimal | float):
            return formats.number(str(value), self.language)
        if isinstance(value, list | tuple):
            return ", ".join(self._word(part) for part in value)
        return str(value)


@lru_cache(maxsize=4)
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language; English for one that we do not speak. Loaded once."""
    path = Path(__file__).parent / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if lang == "de" and path.is_file():
        with path.open("rb") as file:
            return Catalogue(lang, gettext.GNUTranslations(file))
    return Catalogue(lang if lang == "de" else "en", gettext.NullTranslations())


def tr(sentence: str | Message, **values: object) -> str:
    """The sentence in the language of the interface; see `Catalogue.tr`."""
    return catalogue(language()).tr(sentence, **values)
