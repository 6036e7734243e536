"""The way out: collect charts and quotations, give them order and notes, take them away as files."""

from collections.abc import Callable

import streamlit as st

from policy_atlas import stamp
from policy_atlas.app import data, session
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.errors import AtlasError
from policy_atlas.export import basket, compose, csvzip, material, page, pictures, slides, word, workbook
from policy_atlas.export.basket import Basket, Item
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.saving import file_name
from policy_atlas.gazetteer import WEST

KEY = "briefing"
CHARTS = ("map", "silence", "ranking", "matrix")
_TYPES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "html": "text/html",
}


@session.shared(1)
def gathered() -> Material:
    """Return what exports read: all tables, the facts of the documents, the version stamp."""
    return material.gather(data.tables(), data.sources(), stamp.line(session.overrides()))


def selection(view: View) -> Selection:
    """Return the choices of a view as exports know them."""
    return Selection(view.lang, view.doc, view.choices, view.theme, view.province)


def collected() -> Basket:
    """Return what this session has collected."""
    found: Basket = st.session_state.get(KEY, ())
    return found


def add_button(view: View, text: Words, kind: str, key: str = "") -> None:
    """Show the button that puts a chart, a list of tasks or a quotation into the briefing."""
    st.button(
        text("brief.add"),
        key=f"brief-add-{kind}-{key}",
        icon=":material/add:",
        type="tertiary",
        on_click=_add,
        args=(Item(kind, selection(view), key),),
    )


def draw(view: View, text: Words) -> None:
    """Show the briefing: what was collected, and the files it can leave as."""
    held = collected()
    with st.popover(text("brief.title", number=len(held)), icon=":material/ios_share:"):
        st.caption(text("brief.text") if held else text("brief.default"))
        for at, item in enumerate(held):
            _item(at, item, len(held), text)
        with st.container(horizontal=True):
            for kind in CHARTS:
                st.button(
                    text(f"brief.{kind}"),
                    key=f"brief-take-{kind}",
                    icon=":material/add:",
                    on_click=_add,
                    args=(Item(kind, selection(view)),),
                )
        st.divider()
        _files(view, held, text)


def _item(at: int, item: Item, size: int, text: Words) -> None:
    names = data.names(text.lang)
    where = str(names[item.selection.province]) if item.selection.province else ""
    counting = item.selection.choices
    choices = text.join([text(f"level.{counting.level}"), text(f"rule.{counting.rule}")])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{at + 1}. **{text(f'brief.{item.kind}')}** {where}  \n{choices}", width="stretch")
        for icon, to in ((":material/arrow_upward:", at - 1), (":material/arrow_downward:", at + 1)):
            label = text("brief.up") if to < at else text("brief.down")
            blocked = not 0 <= to < size
            st.button(
                "", key=f"brief-{to}-{at}", icon=icon, help=label, on_click=_move, args=(at, to), disabled=blocked
            )
        st.button(
            "", key=f"brief-x-{at}", icon=":material/close:", help=text("brief.remove"), on_click=_drop, args=(at,)
        )
    st.text_input(
        text("brief.note"), item.note, key=f"brief-note-{at}-{item.kind}-{item.key}", on_change=_note, args=(at, item)
    )


def _files(view: View, held: Basket, text: Words) -> None:
    """Show a button per format; a file is made when it is asked for, from what this session sees now."""
    chosen, found = selection(view), gathered().only(view.doc)
    items = held or basket.default(chosen)
    name = view.doc or data.sources()[0].doc_id
    missing = _no_pictures()
    made: dict[str, Callable[[], bytes]] = {
        "pptx": lambda: slides.write_deck(found, chosen, compose.blocks(found, items)),
        "docx": lambda: _word(found, held, chosen, drawn=not missing),
        "xlsx": lambda: workbook.write(found, chosen),
        "csv": lambda: csvzip.write(found, chosen),
        "html": lambda: page.write_page(found, chosen, compose.blocks(found, items)),
    }
    with st.container(horizontal=True):
        for form, make in made.items():
            st.download_button(
                text(f"brief.{form}"),
                _told(make),
                file_name=file_name("brief", form, chosen, name),
                mime=_TYPES[form],
                key=f"brief-file-{form}",
                on_click="ignore",
            )
    if missing:
        st.caption(text("brief.nopictures", why=missing))


@st.cache_resource(show_spinner=False)
def _no_pictures() -> str:
    return pictures.missing()


def _word(found: Material, held: Basket, chosen: Selection, *, drawn: bool) -> bytes:
    """Return the briefing as Word: what was collected, else a province's brief, else all provinces' tasks."""
    if held:
        return word.write_briefing(found, chosen, compose.blocks(found, held), with_pictures=drawn)
    if chosen.province:
        return word.write_briefs(found, chosen, (chosen.province,), with_pictures=drawn)[0]
    return word.write_all(found, chosen, WEST, with_pictures=drawn)


def _told(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Let an export that fails say why in a file instead of breaking the page."""

    def run() -> bytes:
        try:
            return make()
        except AtlasError as error:
            return str(error).encode()

    return run


def _add(item: Item) -> None:
    try:
        st.session_state[KEY] = basket.add(collected(), item)
    except AtlasError as error:
        st.toast(str(error))


def _drop(at: int) -> None:
    st.session_state[KEY] = basket.remove(collected(), at)


def _move(at: int, to: int) -> None:
    st.session_state[KEY] = basket.move(collected(), at, to)


def _note(at: int, item: Item) -> None:
    note = st.session_state[f"brief-note-{at}-{item.kind}-{item.key}"]
    st.session_state[KEY] = basket.noted(collected(), at, note)
