"""`retrotui demo`: a year of one invented sales team, so that a newcomer sees what the program is for.

Owns the story (`chapters/*.toml`, both languages), the calendar that makes it end last week, the pipeline that fits it,
and the folder it is written to. The meetings are held by the domain's own rules, so they are what a real meeting
leaves behind. May import domain, store and locale; must not import Textual, and nobody but the command line imports it.
"""
