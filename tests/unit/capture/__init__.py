"""Tests of texts and of the capture line."""
