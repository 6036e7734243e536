"""One chart as a picture to take away: format, shape, size; what is missing where none can be drawn."""

from collections.abc import Callable

import streamlit as st

from policy_atlas.app.words import Words
from policy_atlas.export import captions, compose, pictures
from policy_atlas.export.basket import Item
from policy_atlas.export.framing import PRESETS
from policy_atlas.export.material import Material
from policy_atlas.export.saving import file_name
from policy_atlas.export.words import words

_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


@st.cache_resource(show_spinner=False, ttl=60)
def lacking() -> str:
    """Return what pictures need and this machine lacks (kaleido, browser or font), '' where nothing is missing."""
    return pictures.lacking()


def button(gathered: Callable[[], Material], item: Item, text: Words, key: str) -> None:
    """Show the button that opens the choices for a picture of a chart."""
    if st.button(text("picture.open"), key=key, icon=":material/image:", type="tertiary"):
        name = item.loose.title if item.loose else text(f"brief.{item.kind}")
        _ask(text("picture.title", name=name), gathered, item, text)


def _ask(title: str, gathered: Callable[[], Material], item: Item, text: Words) -> None:
    @st.dialog(title)
    def body() -> None:
        _choose(gathered, item, text)

    body()


def _choose(gathered: Callable[[], Material], item: Item, text: Words) -> None:
    """Show format, shape, size and background, and the button that makes the picture."""
    form = str(
        st.segmented_control(
            text("picture.format"), pictures.FORMATS, default="png", required=True, format_func=str.upper
        )
    )
    shape = str(
        st.segmented_control(
            text("picture.shape"),
            tuple(PRESETS),
            default="16x9",
            required=True,
            format_func=lambda one: text(f"picture.shape.{one}"),
        )
    )
    scale = 1
    if form == "png":
        label = text("picture.scale")
        said = st.segmented_control(label, pictures.SCALES, default=2, required=True, format_func=lambda at: f"{at}×")
        scale = int(str(said))
    clear = st.toggle(text("picture.clear"))
    missing = lacking()
    whole = gathered()
    st.download_button(
        text("picture.take"),
        lambda: drawn(whole, item, form, shape, scale, clear=clear),
        file_name=file_name(item.kind, form, item.selection, item.selection.doc or whole.facts[0].doc_id),
        mime=_TYPES[form],
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        disabled=bool(missing),
    )
    st.caption(text(f"picture.{missing}") if missing else text("picture.wait"))


def drawn(whole: Material, item: Item, form: str, shape: str, scale: int, *, clear: bool) -> bytes:
    """Return the picture of one chart."""
    said = words(item.selection.lang)
    figure = captions.picture(compose.block(whole, item), whole, said, PRESETS[shape], transparent=clear)
    assert figure is not None  # only charts have the button
    return pictures.render([figure], form, scale=scale)[0]
