"""Choosing a province: by keyboard from a list, or by a click that some chart made."""

import streamlit as st

from policy_atlas.app import data, state, theme_data
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.places.gazetteer import WEST

CHOSEN = "chosen-in-a-list"


def province_box(view: View, text: Words, field: str = "province", *, place: str = "") -> None:
    """Draw a list of the twelve provinces that follows the URL; a second one on a page has a `place`."""
    names = data.names(view.lang)
    key, empty = f"box-{field}{place and '-'}{place}", field == "province"
    st.selectbox(
        text(f"pick.{field}"),
        ("", *WEST) if empty else WEST,
        format_func=lambda code: str(names[code]) if code else text("pick.none"),
        key=state.follow(key, getattr(view, field) or ("" if empty else WEST[0])),
        on_change=_picked,
        args=(field, key),
        filter_mode=None,
        help=text(f"pick.{field}.help"),
    )


def _picked(field: str, key: str) -> None:
    st.session_state[CHOSEN] = key == "box-province"
    state.go(**{field: state.held(key), "number": "", "kind": "", "rows": ""})


def theme_box(view: View, text: Words, *, place: str = "") -> None:
    """Draw a list of themes and sub-themes that follows the URL; a second one on a page has a `place`."""
    key = f"theme{place and '-'}{place}"
    names = theme_data.names(view.lang)
    options = ["", *(one for one in names if one[:3] in theme_data.AREAS)]
    st.selectbox(
        text("themes.theme"),
        options,
        format_func=lambda one: f"{one} {names[one]}" if one else text("pick.none"),
        key=state.follow(key, view.theme if view.theme in options else ""),
        on_change=_themed,
        args=(key,),
        help=text("pick.theme.help"),
    )


def _themed(key: str) -> None:
    st.session_state[CHOSEN] = key == "theme"
    state.go(theme=state.held(key) or "", rows="")


def remember(chart: str, province: str) -> str:
    """Return the province that a chart was last sent with.

    A chart that made the choice itself already shows it, and is left as it is; one that did
    not is sent anew with the province in it.
    """
    base, clicked = f"base-{chart}", f"clicked-{chart}"
    if st.session_state.get(clicked) != province:
        st.session_state[base] = province
        st.session_state[clicked] = province
    return str(st.session_state.setdefault(base, province))
