"""One file a screen: home, meeting, summary, review, agendas; questions and lists over them in `dialogs`.

A screen owns its areas, its keys and the way out. Must not hold rules (the domain does), read files (work beside the
screen does) or open another screen by itself where the doorman (`tui.app`) can.
"""
