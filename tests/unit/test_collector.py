"""Python's memory: the collector is held and let go, and giving memory back never ends anything."""

from __future__ import annotations

import ctypes
import gc

import pytest

from retrotui.collector import collector_paused, give_memory_back


def test_the_collector_goes_on_afterwards_also_after_an_error() -> None:
    with pytest.raises(ValueError, match="x"), collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            pass
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()


def test_a_system_without_a_way_to_give_memory_back_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def library(name: object) -> object:
        asked.append(name)
        return object()

    monkeypatch.setattr(ctypes, "CDLL", library)
    give_memory_back()
    assert asked == [None]
