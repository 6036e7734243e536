"""The sidebar: how to count, kept in step with the URL."""

import streamlit as st

from policy_atlas.analysis.counts import RULES, UNITS
from policy_atlas.app import data, instep, picker, state, theme_data, upload
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.intake.limits import Limits
from policy_atlas.places.gazetteer import LEVELS


def draw(view: View, text: Words) -> None:
    """Show language, document, the choices of counting, theme and province with the values of the URL."""
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
                on_change=_counted,
                args=(name,),
            )
        _places()
        st.button(text("side.reset"), on_click=_reset, type="tertiary", icon=":material/restart_alt:")
        if Limits.from_environment().takes_uploads:
            with st.expander(text("upload.title.side"), icon=":material/upload_file:", expanded=upload.has_news()):
                upload.draw(text)


@st.fragment
def _places() -> None:
    """Show theme and province, in step with clicks on charts; a choice made here redraws the page."""
    if st.session_state.pop(picker.CHOSEN, False):
        st.rerun()
    view, text = state.current(), state.text()
    if theme_data.there():
        picker.theme_box(view, text)
    picker.province_box(view, text)
    instep.hear(view)


def _documents(view: View, text: Words) -> None:
    """Show the choice of document, also where there is one: it says what is counted."""
    known = {one.doc_id: upload.plain(text.either(one.title, one.title_en)) for one in data.sources()}
    every = ("",) if len(known) > 1 else ()
    st.selectbox(
        text("side.doc"),
        (*every, *known),
        format_func=lambda doc: known.get(doc, text("side.doc.all")),
        key=state.follow("doc", view.doc or ("" if every else next(iter(known)))),
        help=text("side.doc.help"),
        on_change=_document,
        args=(len(known),),
    )


def _counted(name: str) -> None:
    """Take how to count; under another level or rule the sentences are others, and the list starts anew."""
    state.go(**{name: state.held(name), **({} if name == "unit" else {"number": ""})})


def _document(known: int) -> None:
    """Take the chosen document; the only one there is needs no word in the URL."""
    its = ("article", "span", "rows", "number", "hit", "reason", "variants")
    state.go(doc=state.held("doc") if known > 1 else "", **dict.fromkeys(its, ""))


def _reset() -> None:
    state.show(View(lang=state.current().lang))
