"""Tests without a screen: domain, store, interchange, locale."""
