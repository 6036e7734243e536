"""The way between the URL, the widgets and the pages."""

from typing import Any

import streamlit as st

from policy_atlas.app import address, data
from policy_atlas.app.view import Setting, View, from_query
from policy_atlas.app.words import Words, words
from policy_atlas.figures import CONFIG
from policy_atlas.palette import Palette, palette

WIDTH = "width-of-window"


def current() -> View:
    """Return the view that the URL asks for now."""
    return read()[0]


def read() -> tuple[View, list[Setting]]:
    """Return the view and the settings of the URL that were ignored, as key and value."""
    view, ignored = from_query(address.read(), _browser_language(), data.facts())
    return view, ignored + address.repeated()


def text() -> Words:
    """Return the words of the language in use."""
    return words(current().lang)


def go(**changes: str) -> None:
    """Put changed choices into the URL; for callbacks."""
    show(current().but(**changes))


def show(view: View) -> None:
    """Put a view into the URL."""
    address.write(view.query())


def follow(key: str, value: Any) -> str:
    """Give a widget the value of the URL before it is drawn; return the key to draw it with.

    A value that is not the reader's own choice goes to a new widget: the browser may still speak of the old
    one, and what it says would be taken for her choice.
    """
    if st.session_state.get(_key(key), value) != value:
        st.session_state[f"{key}-number"] = st.session_state.get(f"{key}-number", 0) + 1
    st.session_state.setdefault(_key(key), value)
    return _key(key)


def held(key: str) -> Any:
    """Return what a widget that follows the URL now holds; for callbacks."""
    return st.session_state.get(_key(key))


def took(name: str, key: str) -> None:
    """Put what a widget now holds into the URL; for callbacks."""
    go(**{name: held(key) or ""})


def _key(key: str) -> str:
    number = st.session_state.get(f"{key}-number", 0)
    return f"{key}-{number}" if number else key


def link(page: str, label: str, view: View, icon: str | None = None) -> None:
    """Draw a link to a page with a view; it is an address that can be copied."""
    if page not in st.session_state["pages"]:
        return
    st.page_link(st.session_state["pages"][page], label=label, icon=icon, query_params=view.query())


def colours() -> Palette:
    """Return the colours that suit the reader's paper."""
    return palette(str(st.context.theme.type or "light"))


def chart_config() -> dict[str, Any]:
    """Return what plotly is told; on a phone its mode bar would lie over the chart."""
    return {**CONFIG, "displayModeBar": False} if small() else CONFIG


def width() -> str:
    """Return how wide the window is, narrow, middle or wide: as measured, before that by what its browser says."""
    phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return str(st.session_state.get(WIDTH) or ("narrow" if phone else "wide"))


def small() -> bool:
    """Tell whether the window is as narrow as a phone's."""
    return width() == "narrow"


def _browser_language() -> str:
    locale = st.context.locale or ""
    return "en" if locale and not locale.lower().startswith("zh") else "zh"
