"""How long work tells how far it is, and hears that it is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable

FINE = 1000  # what a stage is divided into


class Cancelled(Exception):
    """The work was given up by the user. Nothing of it is left."""


class Progress:
    """Handed to long work, which calls it as `progress(done, of)` now and then.

    This one tells nobody and is never cancelled; whoever wants to know how far the work is makes another.
    """

    def __call__(self, done: int, of: int) -> None:
        """Tell that `done` of `of` pieces are done; 0 of 0 if nobody can say how many there will be.

        Raises:
            Cancelled: if the work is no longer wanted.
        """

    def stage(self, number: int, of_stages: int) -> Callable[[int, int], None]:
        """The progress of stage `number`, from 0 on, of work in so many stages of about the same length."""

        def tell(done: int, of: int) -> None:
            self(round(FINE * (number + done / of)) if of else 0, FINE * of_stages if of else 0)

        return tell
