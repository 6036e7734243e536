"""How the tables of a page are sorted: in the URL, by table, column and direction, as in `ranked.2.d`."""

import streamlit as st

from policy_atlas.app import state
from policy_atlas.app.view import KEYS, MOST_SORTED, Setting

UNKNOWN = 100
_DRAWN, _MET = "tables-of-page", "sortings-met"


def begin() -> None:
    """Forget which tables the page has; before it is drawn."""
    st.session_state[_DRAWN] = {}


def of(key: str, columns: int) -> str:
    """Return the column and direction by which a table of so many columns is sorted: '3.d'; '' if it is not."""
    st.session_state.setdefault(_DRAWN, {})[key] = columns
    return _asked().get(key, "")


def folded(key: str) -> None:
    """Take note of a table that the page has but does not draw; how many columns it has is not known."""
    st.session_state.setdefault(_DRAWN, {})[key] = UNKNOWN


def sort(key: str, column: str) -> None:
    """Put the column by which a table is sorted into the URL; for callbacks."""
    others = {one: by for one, by in _asked().items() if one != key}
    last = [*others.items(), (key, column)][-MOST_SORTED:]
    _met().add(f"{key}.{column}")
    state.go(sorting="~".join(f"{one}.{by}" for one, by in last))


def idle() -> list[Setting]:
    """Return the sortings of the URL that no table of the page drawn has, as key and value.

    One that this session has met before is none of them: its table has gone with a choice, and may come back.
    """
    drawn, met, found = st.session_state.get(_DRAWN, {}), _met(), []
    for said in filter(None, state.current().sorting.split("~")):
        key, by = said.split(".", 1)
        if int(by.split(".")[0]) < drawn.get(key, 0):
            met.add(said)
        elif said not in met:
            found.append((KEYS["sorting"], said))
    return found


def _asked() -> dict[str, str]:
    said = state.current().sorting
    return dict(one.split(".", 1) for one in said.split("~")) if said else {}


def _met() -> set[str]:
    met: set[str] = st.session_state.setdefault(_MET, set())
    return met
