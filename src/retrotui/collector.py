"""Python's memory: the garbage collector held while many objects come to life that all stay, and what is free again
given back to the system.

Owns the one way of doing either. Must not know what is made meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def collector_paused(*, freeze: bool = False) -> Iterator[None]:
    """No search for rubbish among objects that are being made and stay: it took up to half of the time.

    `freeze`: what there is afterwards is never walked again; for the program itself, once. Inside another pause it
    does nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if freeze:
            gc.freeze()
        gc.enable()


def give_memory_back() -> None:
    """What many objects left free goes back to the system, where the C library knows how (glibc's `malloc_trim`).

    Without it a meeting holds on to what the index of earlier ones needed while it was built: 20 MB of a thousand
    minutes. Never raises; it is housekeeping.
    """
    import ctypes

    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
