"""Garbage collection, put off while many records are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put garbage collection off; for work whose records hold no cycles.

    The collector would walk every record made so far again and again, and find nothing:
    the time per character would grow with the length of the text.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
