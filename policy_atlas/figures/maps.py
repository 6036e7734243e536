"""Maps on an equal-area projection: how often, in what way or where exactly a text speaks of the West."""

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures import layers, legends
from policy_atlas.figures.base import CLEAR, Sketch, halo, style, tint, unfading, whole
from policy_atlas.palette import LIGHT, Palette
from policy_atlas.records import records

# A range of degrees is a fan on this projection; this one's bounding box fits the West's own within 1 %.
WEST_VIEW = ((77.75, 117.75), (20.9, 53.9))
CHINA_VIEW = ((79.85, 124.65), (17.6, 54.4))
SEA_VIEW = ((104.5, 123.5), (2.5, 25.5))
GEOS = ("geo", "geo2")  # the map, and beside the rest of China the inset of the sea


def choropleth(
    values: pd.DataFrame,
    outlines: layers.Outlines,
    *,
    value_title: str,
    zero_title: str,
    decimals: int = 0,
    top: float = 0.0,
    selected: str = "",
    colours: Palette = LIGHT,
    around: layers.Around | None = None,
    cities: pd.DataFrame | None = None,
    compact: bool = False,
    height: int = 540,
    title: str = "",
) -> go.Figure:
    """Return the map of the western provinces coloured by value; zero has a colour of its own.

    `values` has adcode, name, value, lon, lat, leader_lon, leader_lat (degrees; the leader is
    missing where the name stands inside). `outlines` is a GeoJSON collection, or its address,
    whose features carry `properties.adcode`. `around` adds the rest of China and the lines beside it,
    `cities` (name, value, lon, lat) bubbles. The scale runs to `top`, else to the
    highest value. A click selects a province.
    """
    top = max(top, float(values["value"].max())) or 1.0
    fills = [colours.at(value / top) if value > 0 else colours.zero for value in values["value"]]
    texts = [f"{value:,.{decimals}f}" for value in values["value"]]
    hover = [f"<b>{name}</b><br>{text}" for name, text in zip(values["name"], texts, strict=True)]
    sketch = _base(values, outlines, fills, hover, selected, colours, around)
    if cities is not None and len(cities):
        layers.bubbles(sketch, cities, colours, compact)
        legends.bubble_key(sketch, cities, colours, compact, y=(legends.BUBBLES - 16 * compact) / height)
        layers.names(sketch, values, fills, [], colours, compact, over_dots=True)
    else:
        # Beside the rest of China the West is too small on a phone for two lines in every province.
        said = [] if compact and around else texts
        layers.names(sketch, values, fills, said, colours, compact, room=around is not None)
    some = bool((values["value"] > 0).any())
    if some:
        ticks = {} if decimals else whole(top)
        legends.scale(sketch, values, outlines, top, value_title, colours, height, ticks=ticks, compact=compact)
    if (values["value"] <= 0).any():
        legends.swatches(
            sketch, [(zero_title, colours.zero)], colours, x=0.0, y=legends.ABOVE_SCALE / height if some else 0.02
        )
    return _framed(sketch, colours, height, title, china=around is not None)


def silence(
    values: pd.DataFrame,
    outlines: layers.Outlines,
    *,
    words: dict[str, str],
    selected: str = "",
    colours: Palette = LIGHT,
    compact: bool = False,
    height: int = 540,
    title: str = "",
) -> go.Figure:
    """Return the map that tells apart: named, reached only through a group, not mentioned.

    `values` is as in `choropleth` with a column `silence` (named, group or none); `words` names the three.
    """
    fills = [colours.silence[state] for state in values["silence"]]
    hover = [f"<b>{name}</b><br>{words[s]}" for name, s in zip(values["name"], values["silence"], strict=True)]
    sketch = _base(values, outlines, fills, hover, selected, colours, None)
    layers.names(sketch, values, fills, [], colours, compact)
    legends.swatches(sketch, [(words[key], colours.silence[key]) for key in words], colours, x=0.0, y=0.02)
    return _framed(sketch, colours, height, title, china=False)


def prefectures(
    values: pd.DataFrame,
    outlines: layers.Outlines,
    *,
    value_title: str = "",
    zero_title: str = "",
    colours: Palette = LIGHT,
    height: int = 420,
    title: str = "",
) -> go.Figure:
    """Return one province by prefecture, the view fitted to its outlines; a click gives the prefecture.

    `values` has adcode, name, label (a short name), value, lon, lat; those with a value carry label and number where
    lon and lat are known.
    """
    top = max(float(values["value"].max()), 1.0)
    fills = [colours.at(value / top) if value > 0 else colours.zero for value in values["value"]]
    hover = [f"<b>{name}</b><br>{value:,.0f}" for name, value in zip(values["name"], values["value"], strict=True)]
    sketch = Sketch()
    told = {"text": hover, "hovertemplate": "%{text}<extra></extra>", "name": "pick"}
    layers.areas(sketch, values["adcode"], outlines, fills, colours.muted, 0.5, **told)
    named = values[values["value"] > 0]
    if "lon" in named and len(named):
        labels = [f"{row.label}<br><b>{row.value:,.0f}</b>" for row in records(named)]
        grounds = [colours.at(value / top) for value in named["value"]]
        place = {
            "lon": named["lon"],
            "lat": named["lat"],
            "text": labels,
            "textfont": {
                "size": 12,
                "color": [colours.ink_on(ground) for ground in grounds],
                "shadow": [halo(ground) for ground in grounds],
            },
        }
        sketch.add("scattergeo", mode="text", hoverinfo="skip", **place, **unfading(colours))
        legends.scale(sketch, values, outlines, top, value_title, colours, height, ticks=whole(top))
    if zero_title:
        legends.swatches(
            sketch, [(zero_title, colours.zero)], colours, x=0.0, y=legends.ABOVE_SCALE / height if len(named) else 0.02
        )
    sketch.set(
        geo={
            "visible": False,
            "bgcolor": CLEAR,
            "fitbounds": "locations",
            "projection": {"type": "conic equal area", "parallels": [25, 47]},
        }
    )
    return style(sketch, colours, height=height, margin=(0, 36 if title else 4, 0, 4), title=title)


def _base(
    values: pd.DataFrame,
    outlines: layers.Outlines,
    fills: list[str],
    hover: list[str],
    selected: str,
    colours: Palette,
    around: layers.Around | None,
) -> Sketch:
    """Return the rest of the country, filled provinces, and on top of them the layer that takes hover and click."""
    sketch = Sketch()
    if around is not None:
        outside, edge = [colours.outside] * len(around.codes), tint(colours.muted, 0.45)
        for geo in GEOS:
            layers.areas(sketch, around.codes, around.outlines, outside, edge, 0.8, geo=geo, hoverinfo="skip")
    layers.areas(sketch, values["adcode"], outlines, fills, colours.line, 1.2, hoverinfo="skip")
    if around is not None:
        for geo in GEOS:
            layers.lines(sketch, around.lines, colours.muted, 1.2, geo)
    layers.picker(sketch, values, outlines, hover, selected, colours)
    return sketch


def _framed(sketch: Sketch, colours: Palette, height: int, title: str, *, china: bool) -> go.Figure:
    lon, lat = CHINA_VIEW if china else WEST_VIEW
    middle = (lon[0] + lon[1]) / 2
    projection = {"type": "conic equal area", "parallels": [25, 47], "rotation": {"lon": middle}}
    geo = {"visible": False, "bgcolor": CLEAR, "projection": projection, "lonaxis": {"range": list(lon)}}
    whole_domain = {"domain": {"x": [0.0, 0.87], "y": [0.0, 1.0]}} if china else {}
    sketch.set(geo={**geo, "lataxis": {"range": list(lat)}, **whole_domain})
    if china:
        inset = {**geo, "lonaxis": {"range": list(SEA_VIEW[0])}, "lataxis": {"range": list(SEA_VIEW[1])}}
        inset["domain"] = {"x": [0.88, 1.0], "y": [0.0, 0.3]}
        inset["projection"] = {"type": "mercator"}
        sketch.set(geo2=inset)
        box = {"x0": 0.88, "x1": 0.999, "y0": 0.0, "y1": 0.3, "line": {"color": colours.muted, "width": 1}}
        sketch.shape(type="rect", xref="paper", yref="paper", **box)
    return style(sketch, colours, height=height, margin=(0, 40 if title else 0, 0, 4), title=title)
