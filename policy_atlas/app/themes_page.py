"""The theme page: which policy areas each province is given, how that differs from the document, and on which map."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from policy_atlas import figures
from policy_atlas.app import (
    briefing,
    data,
    describe,
    drawn,
    grid,
    layout,
    marks,
    opened,
    state,
    theme_charts,
    theme_data,
    theme_maps,
    theme_profile,
)
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.picker import province_box, remember, theme_box
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.places.gazetteer import WEST


def draw(view: View, text: Words) -> None:
    """Show the matrix with its sentences, then profile, maps, course, tools and strength."""
    cells = theme_data.cells(view.doc, view.level)
    if state.small():
        province_box(view, text, place="page")
        theme_box(view, text, place="page")
    _matrix(view, text, cells)
    _sentences(view, text)
    _twin(view, text, cells)
    left, right = layout.pair(0.5)
    with left:
        province = view.province or str(cells.sum(axis=1).idxmax())
        note = "" if view.province else text("themes.profile.fullest")
        theme_profile.draw(view, text, province, str(data.names(view.lang)[province]), note)
    with right:
        theme_maps.one(view, text, cells)
    theme_maps.all_themes(view, text, cells)
    theme_charts.draw(view, text)


def _matrix(view: View, text: Words, cells: pd.DataFrame) -> None:
    st.subheader(text("themes.matrix"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('themes.unit')} · {text('themes.matrix.none')}")
    province, theme = remember("matrix", f"{view.province}.{view.theme[:3]}").split(".")
    key = drawn.key("matrix", view, province=province, theme=theme)

    def make() -> go.Figure:
        return figures.matrix(
            cells,
            data.names(view.lang),
            theme_data.areas(view.lang),
            column_names=theme_data.columns(view.lang) if state.width() == "wide" else None,
            selected=(province, theme),
            compact=state.small(),
            colours=state.colours(),
        )

    drawn.chart(key, make, _line(cells, view, text), lambda: _picked(key))
    briefing.add_button(view, text, "matrix")


def _line(cells: pd.DataFrame, view: View, text: Words) -> str:
    """Return one paragraph that says what the matrix shows: the fullest cell, the empty ones, who is given nothing."""
    high = int(cells.to_numpy().max())
    names, areas = data.names(view.lang), theme_data.areas(view.lang)
    most = [
        text("themes.matrix.cell", province=names[code], theme=areas[str(theme)])
        for code in cells.index
        for theme in cells.columns
        if cells.loc[code, theme] == high
    ]
    return text(
        "themes.matrix.alt",
        cells=describe.some(most, text) if high else text("alt.none"),
        high=high,
        empty=int((cells == 0).to_numpy().sum()),
        size=cells.size,
        none=text.join([str(data.names(view.lang)[code]) for code in cells.index[cells.sum(axis=1) == 0]])
        or text("alt.none"),
        level=describe.level(view, text),
    )


def _twin(view: View, text: Words, cells: pd.DataFrame) -> None:
    """Show the matrix as a paragraph and as a table whose numbers choose their cell."""
    names, areas = data.names(view.lang), theme_data.areas(view.lang)

    def twin() -> None:
        st.write(_line(cells, view, text))
        rows: list[list[Cell]] = [
            [str(names[code]), *((str(cells[theme][code]), f"{code}.{theme}") for theme in cells.columns)]
            for code in WEST
        ]
        grid.draw(
            [Column(text("table.province")), *(Column(areas[theme], number=True) for theme in cells.columns)],
            rows,
            label=text("themes.matrix"),
            key="matrix-table",
            on_pick=lambda mark: _cell(*mark.split(".")),
            picked=f"{view.province}.{view.theme[:3]}",
        )

    layout.folded(text("describe.title"), "matrix", twin, "matrix-table")


def _picked(key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    province, theme = map(str, points[-1]["customdata"][:2]) if points else (state.current().province, "")
    st.session_state["clicked-matrix"] = f"{province}.{theme}"
    _cell(province, theme)


def _cell(province: str, theme: str) -> None:
    if theme:
        opened.click("cell")
    state.go(province=province, theme=theme, number="", rows="")


def _sentences(view: View, text: Words) -> None:
    """List the sentences of the chosen cell; they are as many as it says."""
    if not (view.province and view.theme):
        st.info(text("themes.none"))
        return
    names = theme_data.names(view.lang)
    name = str(data.names(view.lang)[view.province])
    found = theme_data.excerpts(view.doc, view.level, view.province, view.theme)
    with st.container(border=True, key="rows-matrix"):
        with opened.head("cell"):
            st.markdown(f"**{text('themes.sum', name=name, theme=names[view.theme], size=len(found))}**")
        known = theme_data.of_sentence(view.lang)
        rows = marks.rows(found, view, text, marks.Listing(each=1.0), known)
        with st.container(height=360 if len(found) > 3 else "content", border=False):
            st.html(
                marks.style(state.colours()) + marks.region(rows, text("themes.theme"), f"{view.province}.{view.theme}")
            )
    briefing.add_button(view.but(rule="sentence"), text, "quotes")
