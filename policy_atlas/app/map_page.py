"""The map page: where the document speaks of, and the sentences that say so."""

from typing import Any

import streamlit as st

from policy_atlas import counts
from policy_atlas.app import briefing, data, describe, drawn, drill, evidence_panel, layout, prefecture_map, state
from policy_atlas.app.picker import province_box, remember
from policy_atlas.app.view import LAYERS, View
from policy_atlas.app.words import Words
from policy_atlas.export.basket import CHINA


def draw(view: View, text: Words) -> None:
    """Show the map with its evidence beside it, the ranked bars and the table below."""
    left, right = layout.pair()
    with left:
        st.subheader(text(f"map.title.{view.layer}"), anchor=False)
        st.caption(_subtitle(view, text))
        _layers(view, text)
        if view.layer == "prefectures" and view.province:
            prefecture_map.draw(view, text, view.province)
            briefing.add_button(view, text, "prefectures")
        else:
            _map(view, text)
        drill.draw(view, text, "city")
        st.caption(text("map.source"))
    with right:
        if state.small():
            province_box(view, text, place="map")
        evidence_panel.draw(view, text)
    left, right = layout.pair()
    with left:
        _bars(view, text)
    with right:
        shown = describe.table(view, text, _chosen)
        briefing.add_table(view, text, text("table.title"), describe.choices(view, text), shown)


def _chosen(province: str) -> None:
    state.go(province=province, number="", kind="", rows="")


def _subtitle(view: View, text: Words) -> str:
    if view.layer == "count":
        return describe.choices(view, text)
    if view.layer == "prefectures":
        return text("province.cities.sub") if view.province else text("map.sub.prefectures")
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
        if view.layer not in ("silence", "prefectures"):
            st.toggle(
                text("map.china"),
                key=state.follow("china", bool(view.china)),
                on_change=_china,
                help=text("map.china.help"),
            )


def _china() -> None:
    state.go(china="1" if st.session_state["china"] else "")


def _map(view: View, text: Words) -> None:
    """Draw the map; a click moves the outline in the browser, so the figure is not sent again."""
    base = remember("map", view.province)
    paper = state.colours().name
    figure = drawn.map_figure(
        view.doc, view.choices, view.lang, paper, view.layer, bool(view.china), base, state.small()
    )
    key = f"map-{view.frame(province=base)}-{paper}"
    st.plotly_chart(
        figure,
        theme=None,
        config=state.chart_config(),
        on_select=lambda: _clicked(key, "location", "map"),
        selection_mode="points",
        key=key,
        alt=describe.of_map(view, text),
    )
    # Without a province the layer of prefectures shows the map of numbers.
    kind = {"count": "map", "prefectures": "map"}.get(view.layer, view.layer)
    briefing.add_button(view, text, kind, CHINA if view.china and kind != "silence" else "")


def _bars(view: View, text: Words) -> None:
    st.subheader(text("bars.title"), anchor=False)
    st.caption(describe.count_choices(view, text))
    st.html(describe.legend(view, text))
    paper = state.colours().name
    key = f"bars-{view.frame()}-{paper}"
    st.plotly_chart(
        drawn.bars_figure(view.doc, view.choices.but(unit="count"), view.lang, paper, view.province),
        theme=None,
        config=state.chart_config(),
        on_select=lambda: _clicked(key, "y", ""),
        selection_mode="points",
        key=key,
        alt=describe.of_bars(view, text, counts.totals(data.rows_of(view.doc, view.level, view.rule))),
    )
    briefing.add_button(view.but(unit="count"), text, "ranking")


def _clicked(key: str, field: str, source: str) -> None:
    """Put the clicked province into the URL; a second click on it takes it away."""
    points: list[dict[str, Any]] = st.session_state[key]["selection"]["points"]
    city = [str(point["customdata"]) for point in points if "lon" in point and point.get("customdata")]
    if city:
        state.go(rows=f"city.{city[-1]}")
        return
    chosen = [str(point[field]) for point in points if field in point]
    province = chosen[-1] if chosen and chosen[-1] in data.names("zh").index else ""
    if source:
        st.session_state[f"clicked-{source}"] = province
    state.go(province=province, number="", kind="", rows="")
