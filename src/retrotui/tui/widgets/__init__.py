"""One file a widget: clock, rail, capture line, entries, and one panel for each kind of step.

Most are pure functions over a `View`: same view, same picture. Must not change a meeting, nor reach into one another.
"""
