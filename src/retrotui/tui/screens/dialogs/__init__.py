"""Questions and lists over a screen. Each has a result type, is awaited in a worker, and gives None for cancel.

In all of them digits choose what they stand beside, Esc closes, and the keys that always work still do.
"""
