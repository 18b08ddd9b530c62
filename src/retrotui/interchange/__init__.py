"""Other people's formats: CRM exports in; Markdown, HTML, tables and calendars out.

May import the domain and the store. Must not import Textual.
"""
