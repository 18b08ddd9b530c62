"""Files: the team folder, the minutes, the drafts, the agendas.

Owns every path and every write (through `durable`). May import the domain. Must not import Textual.
"""
