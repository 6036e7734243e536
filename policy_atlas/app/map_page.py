"""The map page: where the document speaks of, and the sentences that say so."""

from functools import partial
from typing import Any

import streamlit as st

from policy_atlas.app import (
    briefing,
    data,
    describe,
    drawn,
    drill,
    evidence_panel,
    layout,
    opened,
    prefecture_map,
    state,
)
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.picker import province_box, remember
from policy_atlas.app.view import LAYERS, View
from policy_atlas.app.words import Words
from policy_atlas.export.basket import CHINA
from policy_atlas.records import records
from policy_atlas.regions import outlines


def draw(view: View, text: Words) -> None:
    """Show the map with its evidence beside it, the ranked bars and the table below."""
    left, right = layout.pair()
    with left:
        st.subheader(text(f"map.title.{view.layer}"), anchor=False)
        st.caption(_subtitle(view, text))
        _layers(view, text)
        if view.layer == "prefectures" and view.province:
            prefecture_map.draw(view, text, view.province)
            briefing.add_button(view.but(theme=""), text, "prefectures")
        else:
            _map(view, text)
        drill.draw(view, text, "city")
        if view.layer == "cities":
            _cities(view, text)
        nine = view.china and _with_china(view) and outlines.nine_dashes()
        st.caption(text.sentences([text("map.source"), *([text("map.china.note")] if nine else [])]))
    with right:
        if state.small():
            province_box(view, text, place="map")
        if view.province:
            evidence_panel.draw(view, text)
        else:
            st.info(text("evidence.none"))
            _table(view, text)
    left, right = layout.pair()
    with left:
        _bars(view, text)
    with right:
        if view.province:
            _table(view, text)
        st.subheader(text("describe.title"), anchor=False)
        st.write(describe.of_map(view, text))


def _table(view: View, text: Words) -> None:
    """Show the ranked table: below the evidence, or in its place where no province is chosen."""
    shown = describe.table(view, text, _chosen)
    briefing.add_table(view.but(theme=""), text, text("table.title"), describe.choices(view, text), shown)


def _chosen(province: str) -> None:
    opened.click("province")
    state.go(province=province, number="", kind="", rows="")


def _subtitle(view: View, text: Words) -> str:
    if view.layer == "count":
        return describe.choices(view, text)
    if view.layer == "prefectures":
        return describe.prefecture_choices(view, text) if view.province else text("map.sub.prefectures")
    if view.layer == "cities":
        return f"{text('map.sub.cities')} · {describe.choices(view, text)}"
    return text(f"map.sub.{view.layer}")


def _layers(view: View, text: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.segmented_control(
            text("map.layer"),
            LAYERS,
            format_func=lambda layer: text(f"map.layer.{layer}"),
            key=state.follow("layer", view.layer),
            required=True,
            on_change=state.took,
            args=("layer", "layer"),
            label_visibility="collapsed",
        )
        if _with_china(view):
            st.toggle(
                text("map.china"),
                key=state.follow("china", bool(view.china)),
                on_change=_china,
                help=text("map.china.help"),
            )


def _with_china(view: View) -> bool:
    """Tell whether the layer can show the rest of China."""
    return view.layer not in ("silence", "prefectures")


def _china() -> None:
    state.go(china="1" if state.held("china") else "")


def _map(view: View, text: Words) -> None:
    """Draw the map; a click moves the outline in the browser, so the figure is not sent again."""
    base = remember("map", view.province)
    paper, china = state.colours().name, bool(view.china)
    make = partial(drawn.map_figure, view.doc, view.choices, view.lang, paper, view.layer, china, base, state.small())
    key = drawn.key("map", view, province=base, theme="", other="")
    drawn.chart(key, make, describe.of_map(view, text), lambda: _clicked(key, "location", "map"))
    # Without a province the layer of prefectures shows the map of numbers.
    kind = {"count": "map", "prefectures": "map"}.get(view.layer, view.layer)
    briefing.add_button(view.but(theme=""), text, kind, CHINA if view.china and kind != "silence" else "")


def _cities(view: View, text: Words) -> None:
    """Show what the bubbles say as a table."""
    names, cities = data.names(view.lang), data.cities(view.doc, view.lang, view.level)
    columns = [Column(text("province.city")), Column(text("table.province"))]
    columns.append(Column(text("counted.full"), number=True))
    rows: list[list[Cell]] = [
        [row.name, str(names[row.province_adcode]), (f"{row.value:,.0f}", f"city.{row.adcode}")]
        for row in records(cities)
    ]
    title = text("map.title.cities")
    shown = partial(drill.table, view, columns, rows, label=title, key="cities", height=400)
    layout.folded(text("themes.table"), "cities", shown)


def _bars(view: View, text: Words) -> None:
    st.subheader(text("bars.title"), anchor=False)
    st.caption(f"{describe.count_choices(view, text)} · {text('bars.sub')}")
    st.html(describe.legend(view, text))
    counted, paper = view.choices.but(unit="count"), state.colours().name
    key = drawn.key("bars", view, unit="count", theme="", other="", layer="", china="")
    make = partial(drawn.bars_figure, view.doc, counted, view.lang, paper, view.province)
    line = describe.of_bars(view, text, data.values(view.doc, counted)[0])
    drawn.chart(key, make, line, lambda: _clicked(key, "y", ""))
    briefing.add_button(view.but(unit="count", theme=""), text, "ranking")


def _clicked(key: str, field: str, source: str) -> None:
    """Put the clicked province into the URL; a second click on it takes it away."""
    points: list[dict[str, Any]] = st.session_state[key]["selection"]["points"]
    city = [str(point["customdata"]) for point in points if "lon" in point and point.get("customdata")]
    if city:
        opened.click("rows")
        state.go(rows=f"city.{city[-1]}")
        return
    chosen = [str(point[field]) for point in points if field in point]
    province = chosen[-1] if chosen and chosen[-1] in data.names("zh").index else ""
    if source:
        st.session_state[f"clicked-{source}"] = province
    if province:
        opened.click("province")
    state.go(province=province, number="", kind="", rows="")
