"""The way out: collect charts, tables and quotations, give them order and notes, take them away as files."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import stamp
from policy_atlas.app import data, grid, picture, session
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.errors import AtlasError
from policy_atlas.export import CHARTS, basket, compose, csvzip, material, page
from policy_atlas.export.basket import Basket, Item, Loose
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.saving import file_name
from policy_atlas.places.gazetteer import WEST

KEY = "briefing"
OFFERED = ("map", "silence", "ranking", "matrix")
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
    return material.gather(
        data.tables(), data.sources(), stamp.line(session.overrides(), stamp.of_sources(data.sources()))
    )


def selection(view: View) -> Selection:
    """Return the choices of a view as exports know them."""
    return Selection(view.lang, view.doc, view.choices, view.theme, view.province)


def collected() -> Basket:
    """Return what this session has collected."""
    found: Basket = st.session_state.get(KEY, ())
    return found


def add_button(view: View, text: Words, kind: str, key: str = "") -> None:
    """Show the button that puts a chart, a list of tasks or a quotation into the briefing, and a chart's picture."""
    name = f"{kind}-{key}-{view.theme}-{view.rule}" if kind == "map" else f"{kind}-{key}"
    _offer(Item(kind, selection(view), key), text, name, drawn=kind in CHARTS)


def add_chart(view: View, text: Words, loose: Loose) -> None:
    """Show the same for a chart of the page that no kind of its own stands for."""
    _offer(Item("chart", selection(view), loose=loose), text, f"chart-{loose.title}", drawn=True)


def _offer(item: Item, text: Words, name: str, *, drawn: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            text("brief.add"),
            key=f"brief-add-{name}",
            icon=":material/add:",
            type="tertiary",
            on_click=_add,
            args=(item,),
        )
        if drawn:
            picture.button(gathered, item, text, f"picture-{name}")


def add_table(view: View, text: Words, title: str, subtitle: str, frame: pd.DataFrame) -> None:
    """Show the button that puts a table of the page into the briefing, as its readers see it."""
    if st.button(text("brief.add"), key=f"brief-add-table-{title}", icon=":material/add:", type="tertiary"):
        _add(Item("table", selection(view), loose=Loose(title, subtitle, frame.reset_index(drop=True))))


def table(
    view: View,
    text: Words,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    title: str,
    key: str,
    subtitle: str = "",
    height: int = 0,
) -> None:
    """Draw a table under a title, with the button that puts it into the briefing."""
    grid.draw(columns, rows, label=title, key=key, height=height)
    add_table(view, text, title, subtitle, grid.frame(columns, rows))


def draw(view: View, text: Words) -> None:
    """Show the briefing: what was collected, and the files it can leave as."""
    held = collected()
    with st.popover(text("brief.title", number=len(held)), icon=":material/ios_share:"):
        st.caption(text("brief.text") if held else text("brief.default"))
        for at, item in enumerate(held):
            _item(at, item, len(held), text)
        with st.container(horizontal=True):
            for kind in OFFERED:
                st.button(
                    text(f"brief.{kind}"),
                    key=f"brief-take-{kind}",
                    icon=":material/add:",
                    on_click=_add,
                    args=(Item(kind, selection(view if kind == "matrix" else view.but(theme=""))),),
                )
        st.divider()
        _files(view, held, text)


def _item(at: int, item: Item, size: int, text: Words) -> None:
    names = data.names(text.lang)
    where = str(names[item.selection.province]) if item.selection.province else ""
    counting = item.selection.choices
    said = [text(f"level.{counting.level}"), text(f"rule.{counting.rule}"), text(f"unit.{counting.unit}")]
    name = item.loose.title if item.loose else f"{text(f'brief.{item.kind}')} {where}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{at + 1}. **{_plain(name)}**  \n{text.join(said)}", width="stretch")
        for icon, to in ((":material/arrow_upward:", at - 1), (":material/arrow_downward:", at + 1)):
            label = text("brief.up") if to < at else text("brief.down")
            blocked = not 0 <= to < size
            st.button(
                "", key=f"brief-{to}-{at}", icon=icon, help=label, on_click=_move, args=(at, to), disabled=blocked
            )
        st.button(
            "", key=f"brief-x-{at}", icon=":material/close:", help=text("brief.remove"), on_click=_drop, args=(at,)
        )
    key = f"brief-note-{abs(hash((item.kind, item.selection, item.key, item.loose)))}"
    st.text_input(text("brief.note"), item.note, key=key, max_chars=500, on_change=_note, args=(at, key))


def _plain(name: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\*_[]`<$~:#" else letter for letter in name)


def usable(held: Basket, lang: str) -> Basket:
    """Return the items whose document and sentence are still there, all in one language."""
    known, sentences = {one.doc_id for one in data.sources()}, set(data.tables().sentences["sentence_id"])
    kept = [
        item for item in held if item.selection.doc in known | {""} and (item.kind != "quote" or item.key in sentences)
    ]
    return tuple(replace(item, selection=item.selection.but(lang=lang)) for item in kept)


def _files(view: View, held: Basket, text: Words) -> None:
    """Show a button per format; a file is made when it is asked for, from what this session sees now."""
    chosen, everything = selection(view), gathered()
    found, kept = everything.only(view.doc), usable(held, view.lang)
    if len(kept) < len(held):
        st.warning(text("brief.gone", number=len(held) - len(kept)))
    items = kept or basket.default(chosen)
    first = items[0].selection.but(province=chosen.province)
    docs = {item.selection.doc for item in items}
    mine = everything.only(docs.pop()) if len(docs) == 1 else everything
    drawn = not (missing := picture.lacking())
    name = view.doc or data.sources()[0].doc_id
    made: dict[str, Callable[[], bytes]] = {
        "pptx": lambda: _office("slides").write_deck(
            mine, first, compose.blocks(everything, items), with_pictures=drawn
        ),
        "docx": lambda: _word(mine, everything, kept, chosen, drawn=drawn),
        "xlsx": lambda: _office("workbook").write(found, chosen),
        "csv": lambda: csvzip.write(found, chosen),
        "html": lambda: page.write_page(everything, first, compose.blocks(everything, items)),
    }
    with st.container(horizontal=True):
        for form, make in made.items():
            st.download_button(
                text(f"brief.{form}"),
                make,
                file_name=file_name("brief", form, chosen, name),
                mime=_TYPES[form],
                key=f"brief-file-{form}",
                icon=":material/download:",
                on_click="ignore",
            )
    if missing:
        st.caption(text("brief.nopictures", why=text(f"picture.{missing}")))


def _office(name: str) -> Any:
    """Return an exporter, loaded when a file is first asked for: their libraries are slow to load."""
    return import_module(f"policy_atlas.export.{name}")


def _word(mine: Material, everything: Material, held: Basket, chosen: Selection, *, drawn: bool) -> bytes:
    """Return the briefing as Word: what was collected, else a province's brief, else all provinces' tasks."""
    word = _office("word")
    made: bytes
    if held:
        first = held[0].selection
        made = word.write_briefing(mine, first, compose.blocks(everything, held), with_pictures=drawn)
    elif chosen.province:
        made = word.write_briefs(mine, chosen, (chosen.province,), with_pictures=drawn)[0]
    else:
        made = word.write_all(mine, chosen, WEST, with_pictures=drawn)
    return made


def _add(item: Item) -> None:
    try:
        st.session_state[KEY] = basket.add(collected(), item)
    except AtlasError as error:
        st.toast(str(error))


def _drop(at: int) -> None:
    st.session_state[KEY] = basket.remove(collected(), at)


def _move(at: int, to: int) -> None:
    st.session_state[KEY] = basket.move(collected(), at, to)


def _note(at: int, key: str) -> None:
    st.session_state[KEY] = basket.noted(collected(), at, st.session_state[key])
