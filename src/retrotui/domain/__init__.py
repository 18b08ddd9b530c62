"""The nouns and rules of a reflection meeting in plain Python.

Owns agenda, minutes, meeting, capture, timebox, deals, factors, experiments. Must not import Textual, read files, ask
what time it is, or speak a language: it knows ids, and sentences as `Message`.
"""
