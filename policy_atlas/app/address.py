"""The query part of the page's address, as the session last knew it.

Every request of the browser names the address that it shows. A click that is sent before the answer to the
one before it has arrived names an old address, and the choice made in between would be undone. So a session
remembers the query; only a full run of the page, which is what links and the back button ask for, takes it
from the browser.
"""

import streamlit as st

_KEPT, _REPEATED = "query-of-session", "repeated-in-query"


def arrived() -> None:
    """Take the query from the browser; at the start of a full run."""
    asked = st.query_params
    st.session_state[_KEPT] = asked.to_dict()
    st.session_state[_REPEATED] = [(key, value) for key in asked for value in asked.get_all(key)[:-1]]


def repeated() -> list[tuple[str, str]]:
    """Return what the browser's query said of a key before its last word, which is the one that holds."""
    found: list[tuple[str, str]] = st.session_state.get(_REPEATED, [])
    return found


def read() -> dict[str, str]:
    """Return the query; where the browser's is an old one, it is given the session's."""
    kept: dict[str, str] | None = st.session_state.get(_KEPT)
    asked = st.query_params.to_dict()
    if kept is None or kept == asked:
        return asked
    st.query_params.from_dict(kept)
    return kept


def write(query: dict[str, str]) -> None:
    """Put a query into the address."""
    st.session_state[_KEPT] = query
    st.session_state[_REPEATED] = []
    st.query_params.from_dict(query)
