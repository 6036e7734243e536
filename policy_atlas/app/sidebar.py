"""The sidebar: how to count, kept in step with the URL."""

import streamlit as st

from policy_atlas.app import data, state, upload
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.counts import RULES, UNITS
from policy_atlas.gazetteer import LEVELS


def draw(view: View, text: Words) -> None:
    """Show language, document and the choices of counting with the values of the URL."""
    with st.sidebar:
        st.segmented_control(
            "语言 Language",
            ("zh", "en"),
            format_func={"zh": "中文", "en": "English"}.__getitem__,
            key=state.follow("lang", view.lang),
            required=True,
            on_change=state.took,
            args=("lang", "lang"),
        )
        _documents(view, text)
        for name, options in (("level", LEVELS), ("rule", RULES), ("unit", UNITS)):
            st.radio(
                text(f"side.{name}"),
                options,
                format_func=lambda value, name=name: text(f"{name}.{value}"),
                key=state.follow(name, getattr(view, name)),
                help=text(f"side.{name}.help"),
                on_change=state.took,
                args=(name, name),
            )
        with st.expander(text("upload.title.side"), icon=":material/upload_file:", expanded=upload.has_news()):
            upload.draw(text)
        st.button(text("side.reset"), on_click=_reset, type="tertiary", icon=":material/restart_alt:")


def _documents(view: View, text: Words) -> None:
    known = {one.doc_id: text.either(one.title, one.title_en) for one in data.sources()}
    if len(known) < 2:
        return
    st.selectbox(
        text("side.doc"),
        ("", *known),
        format_func=lambda doc: known.get(doc, text("side.doc.all")),
        key=state.follow("doc", view.doc),
        help=text("side.doc.help"),
        on_change=state.took,
        args=("doc", "doc"),
    )


def _reset() -> None:
    state.show(View(lang=state.current().lang))
