"""The frame of the page: view from the URL, sidebar, document header, the chosen page."""

import streamlit as st

from policy_atlas.app import data, header, map_page, sidebar
from policy_atlas.app.view import View, from_query
from policy_atlas.app.words import Words, words
from policy_atlas.errors import AtlasError


def run() -> None:
    """Draw the page once for the state that the URL and the widgets are in."""
    view, ignored = from_query(st.query_params.to_dict(), _browser_language())
    text = words(view.lang)
    st.set_page_config(page_title=text("app.title"), page_icon=":material/map:", layout="wide")
    try:
        _draw(view, text, ignored)
    except AtlasError as error:
        st.error(str(error))


def _draw(view: View, text: Words, ignored: list[str]) -> None:
    view = sidebar.draw(view, text)
    header.draw(data.tables(), data.sources(), text)
    if ignored:
        st.warning(text("url.ignored", keys=", ".join(sorted(ignored))))
    map_page.draw(view, text)


def _browser_language() -> str:
    locale = st.context.locale or ""
    return "en" if locale and not locale.lower().startswith("zh") else "zh"
