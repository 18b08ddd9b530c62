"""What the words of the minutes' file are called for a reader: outcomes, verdicts, sources, kinds of time.

Owns these tables. Must not translate; pages hand the messages to `locale`.
"""

from __future__ import annotations

from retrotui.errors import msg

OUTCOMES = {
    "won": msg("won"),
    "lost": msg("lost"),
    "no_decision": msg("no decision"),
    "withdrawn": msg("withdrawn"),
    "open": msg("still open"),
}
DECISIONS = {
    "keep": msg("keep"),
    "adapt": msg("adapt"),
    "drop": msg("drop"),
    "extend": msg("extend"),
    "done": msg("done"),
}
SOURCES = {"buyer": msg("the buyer"), "document": msg("a document"), "team": msg("we"), "": msg("not said")}
EFFECTS = {"helped": msg("Helped"), "hurt": msg("Hurt")}
STATUSES = {"running": msg("still running"), "closed": msg("closed"), "aborted": msg("aborted")}
COUNTS = {
    "report": msg("Reporting"),
    "reflect": msg("Reflecting"),
    "decide": msg("Deciding"),
    "frame": msg("Framing"),
}
PAUSES = {"pause": msg("Pause"), "gap": msg("Taken out"), "away": msg("Away")}
ROLES = {
    "facilitator": msg("facilitator"),
    "moderator": msg("moderator"),
    "case_giver": msg("case giver"),
    "adviser": msg("adviser"),
    "minute_keeper": msg("minute keeper"),
}
