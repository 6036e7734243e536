"""Themes on maps: which provinces are given one theme, and twelve small maps of all of them."""

from functools import partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from policy_atlas import figures
from policy_atlas.app import briefing, data, describe, drawn, drill, layout, outlines, state, theme_data
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.places.gazetteer import WEST


def one(view: View, text: Words, cells: pd.DataFrame) -> None:
    """Show the chosen theme, else the most frequent one, on a map with its table and sentences."""
    chosen = view.theme[:3] in theme_data.AREAS
    theme = view.theme[:3] if chosen else str(cells.sum().idxmax())
    name = theme_data.names(view.lang)[theme]
    st.subheader(text("themes.map", theme=name), anchor=False)
    note = [] if chosen else [text("themes.map.fullest")]
    st.caption(" · ".join([text(f"level.{view.level}"), text("themes.unit"), *note]))
    numbers = cells[theme].rename("value").reset_index()
    frame = data.provinces(view.lang).merge(numbers, on="adcode", validate="one_to_one")
    ranked = frame.sort_values(["value", "adcode"], ascending=[False, True])
    said = [f"{name} {value}" for name, value in zip(ranked["name"], ranked["value"], strict=True)]
    line = text("themes.map.alt", theme=name, names=text.join(said), level=describe.level(view, text))
    key = drawn.key(f"theme-map-{theme}", view, theme="")
    make = partial(_one, frame, int(cells.to_numpy().max()), view, text)
    drawn.chart(key, make, line, drill.clicked(key, lambda point: f"given.{theme}.{point['location']}"))
    st.write(line)
    briefing.add_button(view.but(theme=theme, rule="sentence", unit="count"), text, "map")
    drill.draw(view, text, "given")

    def twin() -> None:
        rows: list[list[Cell]] = [
            [n, (str(v), f"given.{theme}.{c}")] for n, v, c in ranked[["name", "value", "adcode"]].to_numpy()
        ]
        columns = [Column(text("table.province")), Column(text("themes.sentences"), number=True)]
        drill.table(view, columns, rows, label=line, key="theme-map-table")

    layout.folded(text("themes.table"), "theme-map", twin, "theme-map-table")


def _one(frame: pd.DataFrame, top: int, view: View, text: Words) -> go.Figure:
    """Return the map of one theme on the scale of all of them: a colour stands for one number on the whole page."""
    return figures.choropleth(
        frame,
        outlines.west(),
        value_title=text("themes.sentences"),
        zero_title=text("map.zero"),
        top=float(top),
        selected=view.province,
        colours=state.colours(),
        compact=state.small(),
        height=350 if state.small() else 440,
    )


def all_themes(view: View, text: Words, cells: pd.DataFrame) -> None:
    """Show twelve small maps on one scale, with their table and sentences."""
    st.subheader(text("themes.small"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('themes.small.sub')}")
    st.html(describe.ramp(int(cells.to_numpy().max()), text("map.zero")))
    areas = theme_data.areas(view.lang)
    sums = (cells > 0).sum().sort_values(ascending=False, kind="stable")
    line = text(
        "themes.small.alt",
        wide=areas[str(sums.index[0])],
        size=int(sums.iloc[0]),
        none=text.join([areas[str(one)] for one in sums.index[sums == 0]]) or text("alt.none"),
        level=describe.level(view, text),
    )
    key = drawn.key("small", view, province="", theme="")
    drawn.chart(
        key,
        partial(_all, cells, areas),
        line,
        drill.clicked(key, lambda point: f"small.{point['customdata'][0]}"),
    )
    st.write(line)
    briefing.add_button(view.but(province="", theme=""), text, "small")
    drill.draw(view, text, "small")
    layout.folded(text("themes.table"), "small", lambda: _table(view, text, cells, areas), "small-table")


def _all(cells: pd.DataFrame, areas: dict[str, str]) -> go.Figure:
    small = state.small()
    across, height = (2, 1050) if small else (4, 760)
    return figures.small_maps(
        cells, areas, outlines.small_west(), columns=across, height=height, colours=state.colours()
    )


def _table(view: View, text: Words, cells: pd.DataFrame, areas: dict[str, str]) -> None:
    """Show a row for each small map: how many provinces it colours, and the number of each."""
    names = data.names(view.lang)
    columns = [Column(text("themes.theme")), Column(text("themes.provinces"), number=True)]
    columns += [Column(str(names[code]), number=True) for code in WEST]
    rows: list[list[Cell]] = [
        [
            areas[theme],
            str(int((cells[theme] > 0).sum())),
            *((str(cells[theme][code]), f"small.{theme}.{code}") for code in WEST),
        ]
        for theme in cells.columns
    ]
    drill.table(view, columns, rows, label=text("themes.small"), key="small-table")
