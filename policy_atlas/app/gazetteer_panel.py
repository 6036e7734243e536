"""The gazetteer on the Method page: every place, searchable by any of its names."""

import streamlit as st

from policy_atlas.analysis.counts import PARTS
from policy_atlas.app import briefing, catalogue, state
from policy_atlas.app.grid import Column
from policy_atlas.app.view import MAX_NAME, View, typed
from policy_atlas.app.words import Words
from policy_atlas.records import records

SHOWN = 200


def draw(view: View, text: Words) -> None:
    """Show the places whose names hold what is searched for."""
    st.header(text("method.gazetteer"), anchor=False)
    places = catalogue.gazetteer_table()
    st.text_input(
        text("method.gazetteer.find", size=f"{len(places):,}"),
        max_chars=MAX_NAME,
        key=state.follow("gazetteer-find", view.gazetteer),
        placeholder="成渝",
        on_change=_found,
    )
    if find := view.gazetteer:
        inside = places["names"].str.contains(find, regex=False) | places["name_en"].str.contains(
            find, case=False, regex=False
        )
        places = places[inside]
    names = catalogue.province_names(view.lang)
    shown = places.head(SHOWN)
    st.caption(text("method.found", shown=len(shown), size=f"{len(places):,}"))
    rows = [
        [
            row.names,
            row.name_en,
            text(f"part.{row.kind}") if row.kind in PARTS else row.kind,
            text.join([str(names[code]) for code in row.provinces.split("|") if code]),
            row.source,
        ]
        for row in records(shown)
    ]
    columns = [
        Column(text("method.names"), lang="zh", width="8rem"),
        Column(text("method.name_en"), lang="en", width="8rem"),
        Column(text("audit.kind"), width="6rem"),
        Column(text("method.members"), width="8rem"),
        Column(text("method.source"), lang="zh", width="12rem"),
    ]
    title = text("method.gazetteer")
    briefing.table(view, text, columns, rows, title=title, key="gazetteer", subtitle=find, height=380)


def _found() -> None:
    state.go(gazetteer=typed(state.held("gazetteer-find"), MAX_NAME))
