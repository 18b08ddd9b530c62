"""A screen that is seen with its words from the first frame on.

Owns the moment between the first layout and the first paint: areas have their sizes then, and nothing was painted. The
framework would paint the empty areas first, and a reader beside it would take the processor from the words. Must not
know what is drawn.
"""

from __future__ import annotations

from contextlib import ExitStack

from textual.screen import Screen


class FirstFrame(Screen[None]):
    """`draw_first` draws for the sizes that the areas have; `appeared` begins what goes on beside the screen.

    A subclass may have the same handlers: the framework runs its own first, then these.
    """

    def __init__(self) -> None:
        super().__init__()
        self._unseen = ExitStack()
        self.drawn = False
        """Whether the first frame was drawn: before it there are no sizes to draw for."""

    def on_mount(self) -> None:
        self._unseen.enter_context(self.app.batch_update())

    def on_resize(self) -> None:
        if not self.drawn:
            self.drawn = True
            self.draw_first()
            self._unseen.close()
            self.call_after_refresh(self.appeared)

    def on_unmount(self) -> None:
        self._unseen.close()

    def draw_first(self) -> None:
        """Everything, for the first time."""
        raise NotImplementedError

    def appeared(self) -> None:
        """The first frame is on the terminal."""
        raise NotImplementedError
