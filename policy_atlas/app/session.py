"""What belongs to one session: a reader's documents and overrides, and all that is computed from them.

Where a session has nothing of its own, results are made once per process and shared; where it
has, they are kept in that session and go when it ends. No other session can reach them.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from policy_atlas.intake.holding import Own
from policy_atlas.intake.worker import Received
from policy_atlas.places.audit import Override

DOCUMENTS, OVERRIDES, RESULTS = "own-documents", "own-overrides", "own-results"
MOST_RESULTS = 200
_FOR_ALL: list[Any] = []

Given = ParamSpec("Given")
Result = TypeVar("Result")


def documents() -> list[Received]:
    """Return the documents of this session that are counted."""
    return [one.received for one in held() if one.counted]


def witnesses(doc: str = "") -> list[Own]:
    """Return the documents of this session that stand as witnesses, of one document or of any; never counted."""
    found = [one for one in held() if one.as_witness and one.match is not None]
    return [one for one in found if one.match is not None and one.match.doc_id == doc] if doc else found


def held() -> list[Own]:
    """Return all documents that this session brought."""
    found: list[Own] = st.session_state.get(DOCUMENTS, [])
    return found


def overrides() -> list[Override]:
    """Return the overrides of this session."""
    found: list[Override] = st.session_state.get(OVERRIDES, [])
    return found


def shared(most: int | None = None) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Make a function's results once per process, or once per session where the session has something of its own."""

    def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
        for_all: Any = lru_cache(maxsize=most)(function)
        _FOR_ALL.append(for_all)

        @wraps(function)
        def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            results = _results()
            if results is None:
                common: Result = for_all(*args, **kwargs)
                return common
            key = (function.__module__, function.__qualname__, args, tuple(sorted(kwargs.items())))
            if key not in results:
                while len(results) >= MOST_RESULTS:
                    del results[next(iter(results))]
                results[key] = function(*args, **kwargs)
            found: Result = results[key]
            return found

        return run

    return decorate


def forget() -> None:
    """Drop what is shared by all sessions: it is computed anew when it is next asked for."""
    for one in _FOR_ALL:
        one.cache_clear()


def _results() -> dict[Any, Any] | None:
    """Return this session's own results, emptied when what they rest on has changed; None where it has nothing."""
    own, decided = held(), overrides()
    if not own and not decided:
        st.session_state.pop(RESULTS, None)
        return None
    stand = (tuple(_stand(one) for one in own), tuple(decided))
    kept = st.session_state.get(RESULTS)
    if kept is None or kept[0] != stand:
        kept = (stand, {})
        st.session_state[RESULTS] = kept
    found: dict[Any, Any] = kept[1]
    return found


def _stand(own: Own) -> tuple[Any, ...]:
    """Return what results depend on: who the document is, what its reader says of it, and what it is a witness of."""
    one = own.received
    return one.doc_id, one.title, one.issuer, one.date, own.as_witness, own.match
