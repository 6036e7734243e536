"""The frame of the page: language and choices in the sidebar, pages, document header, the chosen page."""

from collections.abc import Callable

import streamlit as st

from policy_atlas.app import (
    address,
    briefing,
    compare_page,
    document_page,
    elsewhere,
    header,
    ignored,
    instep,
    layout,
    links,
    map_page,
    method_page,
    province_page,
    screen,
    sidebar,
    sign_in,
    sorting,
    state,
    theme_data,
    themes_page,
)
from policy_atlas.app.icon import ICON
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.errors import AtlasError

Draw = Callable[[View, Words], None]
PAGES: dict[str, Draw] = {
    "map": map_page.draw,
    "themes": themes_page.draw,
    "document": document_page.draw,
    "province": province_page.draw,
    "compare": compare_page.draw,
    "method": method_page.draw,
}


def run() -> None:
    """Draw the page once for the state that the URL and the widgets are in."""
    address.arrived()
    st.set_page_config(page_title=state.text()("app.title"), page_icon=ICON, layout="wide")
    try:
        if not sign_in.passed(state.text()):
            return
        pages = {name: _page(name) for name in PAGES if name != "themes" or theme_data.there()}
        st.session_state["pages"] = pages
        chosen = st.navigation(list(pages.values()), position="hidden")
        st.set_page_config(page_title=f"{chosen.title} · {state.text()('app.title')}")
        sidebar.draw(state.current(), state.text())
        chosen.run()
    except AtlasError as error:
        st.error(str(error))


def _page(name: str) -> "st.navigation.StreamlitPage":  # type: ignore[name-defined]
    def body() -> None:
        _body(name)

    default = name == "map"
    return st.Page(body, title=state.text()(f"page.{name}"), url_path=None if default else name, default=default)


@st.fragment
def _body(name: str) -> None:
    """Draw all but the sidebar; a click redraws this and nothing else.

    The chart that a reader waits for is sent before the lists and buttons around it. Which tables a page has
    is known at its end, so what the link said in vain is told then, in its place above.
    """
    sorting.begin()
    asked, unknown = state.read()
    view, empty = ignored.without_empty(asked)
    text = state.text()
    st.html(layout.printed())
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="nav"):
        for page in st.session_state["pages"]:
            state.link(page, text(f"page.{page}"), view.shared())
        basket = st.container(width="content")
    header.draw(view, text)
    notes = st.container()
    elsewhere.draw(view, text)
    PAGES[name](view, text)
    with notes:
        ignored.draw([*unknown, *empty, *sorting.idle()], text)
    with basket:
        briefing.draw(view, text)
    links.follow()
    screen.watch()
    instep.say(view)
