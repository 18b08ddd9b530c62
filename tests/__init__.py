"""Tests: a package, so that two rooms may name a file alike and share what they test with."""
