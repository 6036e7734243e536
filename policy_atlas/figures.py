"""Figures from tidy frames: each function returns a `go.Figure` and fetches nothing."""

import json
from typing import Any
from urllib.parse import quote

import pandas as pd
import plotly.graph_objects as go

from policy_atlas import palette

_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
EMPTY_TOPOLOGY = {
    "type": "Topology",
    "objects": {name: {"type": "GeometryCollection", "geometries": []} for name in _LAYERS},
    "arcs": [],
}
# plotly.js would fetch a world map from a CDN for any figure with a geo axis; an empty one in
# its place keeps the page whole without internet. What follows the # is dropped by the reader.
TOPOLOGY_URL = f"data:application/json,{quote(json.dumps(EMPTY_TOPOLOGY))}#"
CONFIG: dict[str, Any] = {
    "topojsonURL": TOPOLOGY_URL,
    "displaylogo": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoomInGeo", "zoomOutGeo", "resetGeo", "pan2d", "zoom2d"],
    "toImageButtonOptions": {"format": "svg"},
}


def choropleth(
    values: pd.DataFrame,
    outlines: dict[str, Any],
    *,
    title: str,
    value_title: str,
    source: str,
    selected: str | None = None,
    decimals: int = 0,
) -> go.Figure:
    """Return the map of the western provinces on an equal-area projection.

    `values` has adcode, name, value, lon, lat (degrees of the label point); `outlines` is a
    GeoJSON collection whose features carry `properties.adcode`. Zero has a colour of its own.
    """
    some = values[values["value"] > 0]
    none = values[values["value"] <= 0]
    figure = go.Figure()
    if len(none):
        flat = [(0.0, palette.ZERO), (1.0, palette.ZERO)]
        figure.add_trace(_areas(none, outlines, scale=flat, top=1.0, decimals=decimals, legend=None))
    if len(some):
        top = float(some["value"].max())
        scale = palette.ramp_scale()
        figure.add_trace(_areas(some, outlines, scale=scale, top=top, decimals=decimals, legend=value_title))
    if selected is not None:
        figure.add_trace(_outline(selected, outlines))
    figure.add_trace(_labels(values, decimals))
    figure.update_layout(
        title={"text": title, "x": 0, "xanchor": "left", "font": {"size": 16, "color": palette.INK}},
        font={"family": palette.FONT, "color": palette.INK, "size": 13},
        paper_bgcolor="rgba(0,0,0,0)",
        margin={"l": 0, "r": 0, "t": 44, "b": 34},
        height=560,
        showlegend=False,
        dragmode=False,
        annotations=[_source_line(source)],
        geo={
            "visible": False,
            "bgcolor": "rgba(0,0,0,0)",
            "projection": {"type": "conic equal area", "parallels": [25, 47], "rotation": {"lon": 100}},
            "lonaxis": {"range": [74, 126]},
            "lataxis": {"range": [20.5, 53.5]},
        },
    )
    return figure


def _areas(
    rows: pd.DataFrame,
    outlines: dict[str, Any],
    *,
    scale: list[tuple[float, str]],
    top: float,
    decimals: int,
    legend: str | None,
) -> go.Choropleth:
    return go.Choropleth(
        geojson=outlines,
        featureidkey="properties.adcode",
        locations=rows["adcode"],
        z=rows["value"],
        zmin=0,
        zmax=top,
        colorscale=scale,
        showscale=legend is not None,
        colorbar={
            "title": {"text": legend or "", "side": "top", "font": {"size": 12}},
            "orientation": "h",
            "thickness": 10,
            "len": 0.32,
            "x": 0.02,
            "xanchor": "left",
            "y": 0.02,
            "yanchor": "bottom",
            "nticks": 5,
            "outlinewidth": 0,
        },
        marker={"line": {"color": palette.LINE, "width": 1.2}},
        customdata=rows[["name"]],
        hovertemplate=f"<b>%{{customdata[0]}}</b><br>%{{z:,.{decimals}f}}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _outline(adcode: str, outlines: dict[str, Any]) -> go.Choropleth:
    return go.Choropleth(
        geojson=outlines,
        featureidkey="properties.adcode",
        locations=[adcode],
        z=[0],
        colorscale=[(0, "rgba(0,0,0,0)"), (1, "rgba(0,0,0,0)")],
        showscale=False,
        hoverinfo="skip",
        marker={"line": {"color": palette.ACCENT, "width": 2.6}},
    )


def _labels(values: pd.DataFrame, decimals: int) -> go.Scattergeo:
    top = float(values["value"].max()) or 1.0
    dark = [value > 0.55 * top and value > 0 for value in values["value"]]
    text = [f"{name}<br>{value:,.{decimals}f}" for name, value in zip(values["name"], values["value"], strict=True)]
    return go.Scattergeo(
        lon=values["lon"],
        lat=values["lat"],
        mode="text",
        text=text,
        textfont={"size": 12, "color": ["#ffffff" if one else palette.INK for one in dark]},
        hoverinfo="skip",
    )


def bars(
    parts: pd.DataFrame,
    names: pd.Series,
    *,
    part_names: dict[str, str],
    title: str,
    value_title: str,
    decimals: int = 0,
) -> go.Figure:
    """Return ranked horizontal bars, one per province, stacked by kind of mention.

    `parts` is indexed by adcode with one column per kind; `names` gives the label per adcode.
    """
    order = parts.sum(axis=1).sort_values(kind="stable").index
    figure = go.Figure()
    for kind, label in part_names.items():
        column = parts.loc[order, kind]
        if column.any():
            figure.add_trace(
                go.Bar(
                    x=column,
                    y=names.reindex(order),
                    orientation="h",
                    name=label,
                    customdata=list(order),
                    marker={"color": palette.PARTS[kind]},
                    hovertemplate=f"<b>%{{y}}</b><br>{label} %{{x:,.{decimals}f}}<extra></extra>",
                )
            )
    figure.update_layout(
        title={"text": title, "x": 0, "xanchor": "left", "font": {"size": 16, "color": palette.INK}},
        barmode="stack",
        bargap=0.25,
        font={"family": palette.FONT, "color": palette.INK, "size": 13},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 44, "b": 60},
        height=470,
        legend={"orientation": "h", "y": -0.12, "x": 0, "traceorder": "normal"},
        xaxis={"title": {"text": value_title}, "gridcolor": "#e3e3de", "zeroline": False, "fixedrange": True},
        yaxis={"fixedrange": True, "ticklabelposition": "outside"},
        dragmode=False,
    )
    return figure


def _source_line(text: str) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 0,
        "xanchor": "left",
        "yanchor": "top",
        "yshift": -8,
        "font": {"size": 11, "color": palette.MUTED},
    }
