"""The languages of the program: German and English.

Owns which language is spoken, the catalogue of sentences (gettext; the English sentences are the ids) and
how dates, numbers and money are written. Must not know what a sentence is about, nor write sentences of its
own.

`de/LC_MESSAGES/retrotui.po` is the source, `retrotui.mo` what is loaded. `tests/catalogue.py` collects the
sentences from the code, merges translations into the source and compiles it;
`tests/unit/locale/test_catalogue.py` says what is missing or stale.
"""

from retrotui.locale.catalogue import Catalogue, catalogue, tr
from retrotui.locale.spoken import LANGUAGES, language, system_language, use

__all__ = ["LANGUAGES", "Catalogue", "catalogue", "language", "system_language", "tr", "use"]
