"""Deals from any CRM's export: read without a question, and without a guess.

Owns reading (`read`) and its account of every row (`Import`). What each CRM calls things stands in `headers.toml` and
`stages.toml` beside this file, which a person can extend. Must not know screens, the team folder, or meetings.
"""

from retrotui.interchange.crm.columns import FIELDS, field_named
from retrotui.interchange.crm.reading import read
from retrotui.interchange.crm.report import Import, Notice, Skipped
from retrotui.interchange.table_text import ReadingStopped

__all__ = ["FIELDS", "Import", "Notice", "ReadingStopped", "Skipped", "field_named", "read"]
