"""The sidebar: every choice of the page as one record, kept in step with the URL."""

import streamlit as st

from policy_atlas.app.view import KEYS, View
from policy_atlas.app.words import Words
from policy_atlas.counts import RULES, UNITS
from policy_atlas.gazetteer import LEVELS


def draw(view: View, text: Words) -> View:
    """Show the choices with the values of `view`; return the view that the reader now asks for."""
    _follow(view)
    with st.sidebar:
        st.segmented_control(
            text("side.language"),
            ("zh", "en"),
            format_func={"zh": "中文", "en": "English"}.__getitem__,
            key="lang",
            required=True,
            on_change=_changed,
        )
        for name, options in (("level", LEVELS), ("rule", RULES), ("unit", UNITS)):
            st.selectbox(
                text(f"side.{name}"),
                options,
                format_func=lambda value, name=name: text(f"{name}.{value}"),
                key=name,
                help=text(f"side.{name}.help"),
                on_change=_changed,
            )
        st.button(text("side.reset"), on_click=_reset, type="tertiary", icon=":material/restart_alt:")
    return view


def choose_province(adcode: str) -> None:
    """Put a province into the URL and the list; an empty code clears it."""
    st.session_state["province"] = adcode
    _changed()


def _follow(view: View) -> None:
    """Give the widgets the values of the URL before they are drawn."""
    for name in KEYS:
        st.session_state[name] = getattr(view, name)


def _changed() -> None:
    wanted = View(**{name: st.session_state[name] for name in KEYS})
    st.query_params.from_dict(wanted.query())


def _reset() -> None:
    st.query_params.from_dict(View(lang=st.session_state["lang"]).query())
