"""The theme page: which policy areas each province is given, how that differs from the document, and on which map."""

from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures
from policy_atlas.app import (
    briefing,
    data,
    drill,
    grid,
    layout,
    marks,
    outlines,
    state,
    theme_charts,
    theme_data,
    theme_profile,
)
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.picker import province_box, remember, theme_box
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.gazetteer import WEST


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
        theme_profile.draw(view, text, province, str(data.names(view.lang)[province]))
    with right:
        _map(view, text, cells)
    _small_maps(view, text, cells)
    theme_charts.draw(view, text)


def _matrix(view: View, text: Words, cells: pd.DataFrame) -> None:
    st.subheader(text("themes.matrix"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('themes.unit')}")
    paper = state.colours()
    base = remember("matrix", f"{view.province}.{view.theme[:3]}")
    province, theme = base.split(".")
    key = f"matrix-{view.frame(province=province, theme=theme)}-{paper.name}"
    names, areas = data.names(view.lang), theme_data.areas(view.lang)
    figure = figures.matrix(
        cells,
        names,
        areas,
        column_names=None if state.small() else theme_data.columns(view.lang),
        selected=(province, theme),
        compact=state.small(),
        colours=paper,
    )
    theme_charts.chart(figure, key, _line(cells, view, text), lambda: _picked(key))
    briefing.add_button(view, text, "matrix")


def _line(cells: pd.DataFrame, view: View, text: Words) -> str:
    high = int(cells.to_numpy().max())
    theme = str(cells.max().idxmax())
    province = str(cells[theme].idxmax())
    return text(
        "themes.matrix.alt",
        province=data.names(view.lang)[province],
        theme=theme_data.areas(view.lang)[theme],
        high=high,
        empty=int((cells == 0).to_numpy().sum()),
        size=cells.size,
    )


def _twin(view: View, text: Words, cells: pd.DataFrame) -> None:
    """Show the matrix as a paragraph and as a table whose numbers choose their cell."""
    names, areas = data.names(view.lang), theme_data.areas(view.lang)
    with st.expander(text("describe.title")):
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


def _picked(key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    province, theme = map(str, points[-1]["customdata"][:2]) if points else (state.current().province, "")
    st.session_state["clicked-matrix"] = f"{province}.{theme}"
    _cell(province, theme)


def _cell(province: str, theme: str) -> None:
    state.go(province=province, theme=theme, number="", rows="")


def _sentences(view: View, text: Words) -> None:
    """List the sentences of the chosen cell; they are as many as it says."""
    if not (view.province and view.theme):
        st.info(text("themes.none"))
        return
    names = theme_data.names(view.lang)
    name = str(data.names(view.lang)[view.province])
    found = theme_data.excerpts(view.doc, view.level, view.province, view.theme)
    with st.container(border=True):
        st.markdown(f"**{text('themes.sum', name=name, theme=names[view.theme], size=len(found))}**")
        known = theme_data.of_sentence(view.lang)
        rows = "".join(
            marks.row(one, at, False, text, window=0, credit=1.0, chips=known.get(one.sentence_id, []))
            for at, one in enumerate(found, start=1)
        )
        with st.container(height=360 if len(found) > 3 else "content", border=False):
            st.html(
                marks.style(state.colours()) + marks.region(rows, text("themes.theme"), f"{view.province}.{view.theme}")
            )
    briefing.add_button(view.but(rule="sentence"), text, "quotes")


def _map(view: View, text: Words, cells: pd.DataFrame) -> None:
    theme = view.theme[:3] if view.theme[:3] in theme_data.AREAS else str(cells.sum().idxmax())
    name = theme_data.names(view.lang)[theme]
    st.subheader(text("themes.map", theme=name), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('themes.unit')}")
    numbers = cells[theme].rename("value").reset_index()
    frame = data.provinces(view.lang).merge(numbers, on="adcode", validate="one_to_one")
    figure = figures.choropleth(
        frame,
        outlines.west(),
        value_title=text("themes.sentences"),
        zero_title=text("map.zero"),
        selected=view.province,
        colours=state.colours(),
        compact=state.small(),
        height=350 if state.small() else 440,
    )
    key = f"theme-map-{theme}-{view.frame()}-{state.colours().name}"
    ranked = frame.sort_values(["value", "adcode"], ascending=[False, True])
    said = [f"{name} {value}" for name, value in zip(ranked["name"], ranked["value"], strict=True)]
    line = text("themes.map.alt", theme=name, names=text.join(said))
    theme_charts.chart(figure, key, line, drill.clicked(key, lambda point: _mark("given", theme, point)))
    drill.draw(view, text, "given")
    with st.expander(text("themes.table")):
        rows = [[n, (str(v), f"given.{theme}.{c}")] for n, v, c in ranked[["name", "value", "adcode"]].to_numpy()]
        columns = [Column(text("table.province")), Column(text("themes.sentences"), number=True)]
        grid.draw(columns, rows, label=line, key="theme-map-table", on_pick=drill.pick, picked=view.rows)
    st.caption(line)
    briefing.add_button(view.but(theme=theme, rule="sentence", unit="count"), text, "map")


def _mark(chart: str, theme: str, point: dict[str, Any]) -> str:
    return f"{chart}.{theme}.{point['location']}"


def _small_maps(view: View, text: Words, cells: pd.DataFrame) -> None:
    st.subheader(text("themes.small"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('themes.small.sub')}")
    small = state.small()
    figure = figures.small_maps(
        cells,
        theme_data.areas(view.lang),
        outlines.west(),
        columns=2 if small else 4,
        colours=state.colours(),
        height=1050 if small else 760,
    )
    key = f"small-{view.frame(province='', theme='')}-{state.colours().name}"
    sums = (cells > 0).sum().sort_values(ascending=False, kind="stable")
    areas = theme_data.areas(view.lang)
    line = text(
        "themes.small.alt",
        wide=areas[str(sums.index[0])],
        size=int(sums.iloc[0]),
        none=text.join([areas[str(one)] for one in sums.index[sums == 0]]) or "–",
    )
    theme_charts.chart(figure, key, line, drill.clicked(key, lambda point: f"small.{point['customdata'][0]}"))
    st.write(line)
    briefing.add_button(view.but(province="", theme=""), text, "small")
    drill.draw(view, text, "small")
