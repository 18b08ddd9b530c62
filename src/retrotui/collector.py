"""Python's garbage collector, held while many objects come to life that all stay.

Owns that one way of holding it. Must not know what is made meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
