"""Maps on an equal-area projection: how often, in what way or where exactly a text speaks of the West."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures.base import CLEAR, halo, style, tint, whole
from policy_atlas.palette import LIGHT, Palette
from policy_atlas.records import records

# A range of degrees is a fan on this projection; this one's bounding box fits the West's own within 1 %.
WEST_VIEW = ((77.75, 117.75), (20.9, 53.9))
CHINA_VIEW = ((79.85, 124.65), (17.6, 54.4))
SEA_VIEW = ((104.5, 123.5), (2.5, 25.5))
# Above the lower edge in px: the colour bar's title, and the legend of zero above that.
SCALE_TITLE, ABOVE_SCALE = 40, 64
Outlines = dict[str, Any] | str


def choropleth(
    values: pd.DataFrame,
    outlines: Outlines,
    *,
    value_title: str,
    zero_title: str,
    decimals: int = 0,
    top: float = 0.0,
    selected: str = "",
    colours: Palette = LIGHT,
    backdrop: dict[str, Any] | None = None,
    lines: list[list[tuple[float, float]]] | None = None,
    cities: pd.DataFrame | None = None,
    compact: bool = False,
    height: int = 540,
    title: str = "",
) -> go.Figure:
    """Return the map of the western provinces coloured by value; zero has a colour of its own.

    `values` has adcode, name, value, lon, lat, leader_lon, leader_lat (degrees; the leader is
    missing where the name stands inside). `outlines` is a GeoJSON collection, or its address,
    whose features carry `properties.adcode`. `backdrop` adds the rest of China, `lines` the
    lines beside it, `cities` (name, value, lon, lat) bubbles. The scale runs to `top`, else to the
    highest value. A click selects a province.
    """
    top = max(top, float(values["value"].max())) or 1.0
    fills = [colours.at(value / top) if value > 0 else colours.zero for value in values["value"]]
    texts = [f"{value:,.{decimals}f}" for value in values["value"]]
    hover = [f"<b>{name}</b><br>{text}" for name, text in zip(values["name"], texts, strict=True)]
    figure = _base(values, outlines, fills, hover, selected, colours, backdrop, lines)
    if cities is not None and len(cities):
        figure.add_trace(_bubbles(cities, colours, compact))
        _names(figure, values, fills, [], colours, compact, over_dots=True)
    else:
        _names(figure, values, fills, texts, colours, compact)
    some = bool((values["value"] > 0).any())
    if some:
        _scale(figure, values, outlines, top, value_title, colours, height, ticks={} if decimals else whole(top))
    if (values["value"] <= 0).any():
        _swatches(figure, [(zero_title, colours.zero)], colours, x=0.0, y=ABOVE_SCALE / height if some else 0.02)
    return _framed(figure, colours, height, title, china=backdrop is not None)


def silence(
    values: pd.DataFrame,
    outlines: Outlines,
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
    figure = _base(values, outlines, fills, hover, selected, colours, None, None)
    _names(figure, values, fills, [], colours, compact)
    _swatches(figure, [(words[key], colours.silence[key]) for key in words], colours, x=0.0, y=0.02)
    return _framed(figure, colours, height, title, china=False)


def prefectures(
    values: pd.DataFrame,
    outlines: Outlines,
    *,
    value_title: str = "",
    zero_title: str = "",
    colours: Palette = LIGHT,
    height: int = 420,
    title: str = "",
) -> go.Figure:
    """Return one province by prefecture, the view fitted to its outlines; a click gives the prefecture.

    `values` has adcode, name, value, lon, lat; those with a value carry name and number where lon and lat are known.
    """
    top = max(float(values["value"].max()), 1.0)
    fills = [colours.at(value / top) if value > 0 else colours.zero for value in values["value"]]
    hover = [f"<b>{name}</b><br>{value:,.0f}" for name, value in zip(values["name"], values["value"], strict=True)]
    figure = go.Figure(_fill(values["adcode"], outlines, fills, colours.muted, 0.5))
    figure.data[0].update(text=hover, hovertemplate="%{text}<extra></extra>", hoverinfo=None, name="pick")
    figure.data[0].update(selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}})
    named = values[values["value"] > 0]
    if "lon" in named and len(named):
        labels = [f"{row.name}<br><b>{row.value:,.0f}</b>" for row in records(named)]
        place = {
            "lon": named["lon"],
            "lat": named["lat"],
            "text": labels,
            "textfont": {"size": 12, "color": colours.ink, "shadow": halo(colours.paper)},
        }
        figure.add_trace(go.Scattergeo(mode="text", hoverinfo="skip", **place))
        _scale(figure, values, outlines, top, value_title, colours, height, ticks=whole(top))
    if zero_title:
        _swatches(figure, [(zero_title, colours.zero)], colours, x=0.0, y=ABOVE_SCALE / height if len(named) else 0.02)
    figure.update_geos(
        visible=False,
        bgcolor=CLEAR,
        fitbounds="locations",
        projection={"type": "conic equal area", "parallels": [25, 47]},
    )
    return style(figure, colours, height=height, margin=(0, 36 if title else 4, 0, 4), title=title)


def _base(
    values: pd.DataFrame,
    outlines: Outlines,
    fills: list[str],
    hover: list[str],
    selected: str,
    colours: Palette,
    backdrop: dict[str, Any] | None,
    lines: list[list[tuple[float, float]]] | None,
) -> go.Figure:
    """Return backdrop, filled provinces, and on top of them the layer that takes hover and click."""
    figure = go.Figure()
    if backdrop is not None:
        codes = [feature["properties"]["adcode"] for feature in backdrop["features"]]
        for geo in ("geo", "geo2"):
            figure.add_trace(
                _fill(codes, backdrop, [colours.outside] * len(codes), tint(colours.muted, 0.45), 0.8, geo)
            )
    figure.add_trace(_fill(values["adcode"], outlines, fills, colours.line, 1.2))
    for line in lines or []:
        for geo in ("geo", "geo2"):
            figure.add_trace(_line(line, colours.muted, 1.2, geo))
    figure.add_trace(_picker(values, outlines, hover, selected, colours))
    return figure


def _fill(codes: Any, outlines: Outlines, fills: list[str], line: str, width: float, geo: str = "geo") -> go.Choropleth:
    """Return areas with a given colour each: the position in a stepped scale is the row's number."""
    last = max(len(fills) - 1, 1)
    scale = (
        [(at / last, fill) for at, fill in enumerate(fills)] if len(fills) > 1 else [(0.0, fills[0]), (1.0, fills[0])]
    )
    return go.Choropleth(
        geojson=outlines,
        featureidkey="properties.adcode",
        locations=list(codes),
        z=list(range(len(fills))),
        zmin=0,
        zmax=last,
        colorscale=scale,
        showscale=False,
        hoverinfo="skip",
        marker={"line": {"color": line, "width": width}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        geo=geo,
    )


def _picker(
    values: pd.DataFrame, outlines: Outlines, hover: list[str], selected: str, colours: Palette
) -> go.Choropleth:
    """Return a clear layer whose selected province has an outline: a click changes nothing else."""
    codes = list(values["adcode"])
    return go.Choropleth(
        geojson=outlines,
        featureidkey="properties.adcode",
        locations=codes,
        z=[0] * len(codes),
        colorscale=[(0, CLEAR), (1, CLEAR)],
        showscale=False,
        marker={"opacity": 0, "line": {"color": colours.accent, "width": 3}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0}},
        selectedpoints=[codes.index(selected)] if selected in codes else None,
        text=hover,
        hovertemplate="%{text}<extra></extra>",
        name="pick",
    )


def _scale(
    figure: go.Figure,
    values: pd.DataFrame,
    outlines: Outlines,
    top: float,
    value_title: str,
    colours: Palette,
    height: int,
    *,
    ticks: dict[str, Any],
) -> None:
    """Add the colour bar, carried by a layer that draws nothing, and its title, flush left above it."""
    figure.add_trace(
        go.Choropleth(
            geojson=outlines,
            featureidkey="properties.adcode",
            locations=[values["adcode"].iloc[0]],
            z=[top],
            zmin=0,
            zmax=top,
            colorscale=colours.scale(),
            marker={"opacity": 0, "line": {"width": 0}},
            hoverinfo="skip",
            colorbar={
                "orientation": "h",
                "thickness": 10,
                "len": 0.3,
                "x": 0,
                "xanchor": "left",
                "y": 0,
                "yanchor": "bottom",
                "ypad": 0,
                "xpad": 0,
                **(ticks or {"nticks": 5}),
                "tickfont": {"size": 12, "color": colours.ink},
                "outlinewidth": 0,
            },
        )
    )
    if value_title:
        where = {"x": 0, "y": SCALE_TITLE / height, "xanchor": "left", "yanchor": "middle"}
        font = {"size": 13, "color": colours.ink}
        figure.add_annotation(text=value_title, xref="paper", yref="paper", showarrow=False, font=font, **where)


def _names(
    figure: go.Figure,
    values: pd.DataFrame,
    fills: list[str],
    texts: list[str],
    colours: Palette,
    compact: bool,
    *,
    over_dots: bool = False,
) -> None:
    """Add the names (and values) in the text colour that reads on each fill, with leaders where they stand outside.

    Where they may stand over dots (`over_dots`), they are dark on a light edge, or light on a dark one.
    """
    for row in records(values[values["leader_lon"].notna()]):
        ends = [(float(row.lon) - 0.6, float(row.lat)), (float(row.leader_lon), float(row.leader_lat))]
        figure.add_trace(_line(ends, colours.ink, 1.0, "geo"))
    labels = list(values["name"])
    if texts and not compact:
        labels = [f"{name}<br><b>{text}</b>" for name, text in zip(labels, texts, strict=True)]
    outside = values["leader_lon"].notna().to_list()
    size = 11 if compact else 14
    plain = [out or over_dots for out in outside]
    inks = [colours.ink if one else colours.ink_on(fill) for one, fill in zip(plain, fills, strict=True)]
    edge = {"shadow": halo(colours.paper)} if over_dots else {}
    for place in (False, True):
        rows = [at for at, out in enumerate(outside) if out is place]
        figure.add_trace(
            go.Scattergeo(
                lon=values["lon"].iloc[rows],
                lat=values["lat"].iloc[rows],
                mode="text",
                text=[labels[at].replace("<br>", " ") if place else labels[at] for at in rows],
                textposition="middle right" if place else "middle center",
                textfont={"size": size, "color": [inks[at] for at in rows], **edge},
                hoverinfo="skip",
            )
        )


def _bubbles(cities: pd.DataFrame, colours: Palette, compact: bool) -> go.Scattergeo:
    size = (cities["value"] / max(float(cities["value"].max()), 1.0)) ** 0.5
    return go.Scattergeo(
        lon=cities["lon"],
        lat=cities["lat"],
        mode="markers",
        marker={
            "size": ((8 + 20 * size) * (0.6 if compact else 1.0)).round(1),
            "color": tint(colours.accent, 0.85),
            "line": {"color": colours.paper, "width": 1},
        },
        customdata=list(cities["adcode"]) if "adcode" in cities else None,
        text=[f"<b>{name}</b><br>{value:,.0f}" for name, value in zip(cities["name"], cities["value"], strict=True)],
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertemplate="%{text}<extra></extra>",
    )


def _line(points: list[tuple[float, float]], colour: str, width: float, geo: str) -> go.Scattergeo:
    return go.Scattergeo(
        lon=[lon for lon, _ in points],
        lat=[lat for _, lat in points],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        geo=geo,
    )


def _swatches(figure: go.Figure, items: list[tuple[str, str]], colours: Palette, *, x: float, y: float) -> None:
    for at, (label, colour) in enumerate(reversed(items)):
        bottom = y + at * 0.052
        figure.add_shape(
            type="rect",
            xref="paper",
            yref="paper",
            x0=x,
            x1=x + 0.03,
            y0=bottom,
            y1=bottom + 0.03,
            fillcolor=colour,
            line={"color": colours.muted, "width": 0.8},
        )
        figure.add_annotation(
            text=label,
            xref="paper",
            yref="paper",
            x=x + 0.04,
            y=bottom + 0.015,
            xanchor="left",
            yanchor="middle",
            showarrow=False,
            font={"size": 13, "color": colours.ink},
        )


def _framed(figure: go.Figure, colours: Palette, height: int, title: str, *, china: bool) -> go.Figure:
    lon, lat = CHINA_VIEW if china else WEST_VIEW
    middle = (lon[0] + lon[1]) / 2
    projection = {"type": "conic equal area", "parallels": [25, 47], "rotation": {"lon": middle}}
    geo = {"visible": False, "bgcolor": CLEAR, "projection": projection, "lonaxis": {"range": list(lon)}}
    figure.update_layout(geo={**geo, "lataxis": {"range": list(lat)}})
    if china:
        figure.update_layout(geo_domain={"x": [0.0, 0.87], "y": [0.0, 1.0]})
        inset = {**geo, "lonaxis": {"range": list(SEA_VIEW[0])}, "lataxis": {"range": list(SEA_VIEW[1])}}
        inset["domain"] = {"x": [0.88, 1.0], "y": [0.0, 0.3]}
        inset["projection"] = {"type": "mercator"}
        figure.update_layout(geo2=inset)
        box = {"x0": 0.88, "x1": 0.999, "y0": 0.0, "y1": 0.3, "line": {"color": colours.muted, "width": 1}}
        figure.add_shape(type="rect", xref="paper", yref="paper", **box)
    return style(figure, colours, height=height, margin=(0, 40 if title else 0, 0, 4), title=title)
