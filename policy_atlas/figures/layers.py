"""What maps are laid together from: areas, the layer that takes clicks, names, dots, lines, legends."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import pandas as pd

from policy_atlas.figures.base import CLEAR, Sketch, halo, tint, unfading
from policy_atlas.palette import Palette
from policy_atlas.records import records

# Above the lower edge in px: the colour bar's title, the legend of zero above that, the sizes of bubbles on top.
SCALE_TITLE, ABOVE_SCALE, BUBBLES = 40, 64, 112
TWO_LINES = 1.7  # degrees from the middle of a name with its value below to its lower edge, on a phone
SHORT = 3  # letters of a value that has room beside a name at the map's edge
Outlines = dict[str, Any] | str
Line = Sequence[tuple[float, float]]


class Around(NamedTuple):
    """The rest of the country: its provinces' adcodes, their outlines (or the address of these), the lines beside."""

    codes: Sequence[str]
    outlines: Outlines
    lines: Sequence[Line]

    @classmethod
    def of(cls, shapes: dict[str, Any], lines: Sequence[Line]) -> Self:
        """Return the provinces of a GeoJSON collection and the lines beside them."""
        return cls([one["properties"]["adcode"] for one in shapes["features"]], shapes, lines)


def areas(
    sketch: Sketch, codes: Any, outlines: Outlines, fills: list[str], line: str, width: float, **more: Any
) -> None:
    """Add areas with a given colour each: the position in a stepped scale is the row's number."""
    last = max(len(fills) - 1, 1)
    scale = (
        [(at / last, fill) for at, fill in enumerate(fills)] if len(fills) > 1 else [(0.0, fills[0]), (1.0, fills[0])]
    )
    sketch.add(
        "choropleth",
        geojson=outlines,
        featureidkey="properties.adcode",
        locations=list(codes),
        z=list(range(len(fills))),
        zmin=0,
        zmax=last,
        colorscale=scale,
        showscale=False,
        marker={"line": {"color": line, "width": width}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        **more,
    )


def picker(
    sketch: Sketch, values: pd.DataFrame, outlines: Outlines, hover: list[str], selected: str, colours: Palette
) -> None:
    """Add a clear layer whose selected province has an outline: a click changes nothing else."""
    codes = list(values["adcode"])
    sketch.add(
        "choropleth",
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


def scale(
    sketch: Sketch,
    values: pd.DataFrame,
    outlines: Outlines,
    top: float,
    value_title: str,
    colours: Palette,
    height: int,
    *,
    ticks: dict[str, Any],
    compact: bool = False,
) -> None:
    """Add the colour bar, carried by a layer that draws nothing, and its title, flush left above it."""
    sketch.add(
        "choropleth",
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
    if value_title:
        where = {"x": 0, "y": SCALE_TITLE / height, "xanchor": "left", "yanchor": "middle"}
        font = {"size": 12 if compact else 13, "color": colours.ink}
        sketch.note(text=value_title, xref="paper", yref="paper", showarrow=False, font=font, **where)


def names(
    sketch: Sketch,
    values: pd.DataFrame,
    fills: list[str],
    texts: list[str],
    colours: Palette,
    compact: bool,
    *,
    over_dots: bool = False,
    room: bool = False,
) -> None:
    """Add the names (and values) in the text colour that reads on each fill, with leaders where they stand outside.

    Values stand below the names; beside those outside, where the map is wide and they are short
    or have `room` behind them.
    Where they may stand over dots (`over_dots`), they are dark on a light edge, or light on a dark one.
    """
    below = bool(texts) and (compact or (not room and max(map(len, texts)) > SHORT))
    leaders = []
    for row in records(values[values["leader_lon"].notna()]):
        end = (float(row.leader_lon), float(row.leader_lat))
        leaders.append([_leaves(float(row.lon), float(row.lat), end, below=TWO_LINES if below else 0.9), end])
    if leaders:
        lines(sketch, leaders, colours.ink, 1.0, "geo")
    labels = list(values["name"])
    if texts:
        labels = [f"{name}<br><b>{text}</b>" for name, text in zip(labels, texts, strict=True)]
    outside = values["leader_lon"].notna().to_list()
    size = 11 if compact else 14
    plain = [out or over_dots for out in outside]
    inks = [colours.ink if one else colours.ink_on(fill) for one, fill in zip(plain, fills, strict=True)]
    edge = {"shadow": halo(colours.paper)} if over_dots else {}
    for place in (False, True):
        rows = [at for at, out in enumerate(outside) if out is place]
        sketch.add(
            "scattergeo",
            lon=values["lon"].iloc[rows],
            lat=values["lat"].iloc[rows],
            mode="text",
            text=[labels[at].replace("<br>", " ") if place and not below else labels[at] for at in rows],
            textposition="middle right" if place else "middle center",
            textfont={"size": size, "color": [inks[at] for at in rows], **edge},
            hoverinfo="skip",
            **unfading(colours),
        )


def _leaves(lon: float, lat: float, end: tuple[float, float], below: float) -> tuple[float, float]:
    """Return where a leader leaves a name that begins at (lon, lat): before it, or `below` it where it leads down."""
    return (lon - 0.6, lat) if end[0] < lon - 0.6 else (lon + 1.2, lat - below)


def bubbles(sketch: Sketch, cities: pd.DataFrame, colours: Palette, compact: bool) -> None:
    """Add cities as dots whose area grows with their number; a click gives the city."""
    top = float(cities["value"].max())
    sketch.add(
        "scattergeo",
        lon=cities["lon"],
        lat=cities["lat"],
        mode="markers",
        marker={
            "size": [_across(float(value), top, compact) for value in cities["value"]],
            "color": tint(colours.accent, 0.85),
            "line": {"color": colours.paper, "width": 1},
        },
        customdata=list(cities["adcode"]) if "adcode" in cities else None,
        text=[f"<b>{name}</b><br>{value:,.0f}" for name, value in zip(cities["name"], cities["value"], strict=True)],
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertemplate="%{text}<extra></extra>",
    )


def _across(value: float, top: float, compact: bool) -> float:
    """Return how many px a bubble is across where the largest stands for `top`."""
    return round((8 + 20 * math.sqrt(value / max(top, 1.0))) * (0.6 if compact else 1.0), 1)


def bubble_key(sketch: Sketch, cities: pd.DataFrame, colours: Palette, compact: bool, *, y: float) -> None:
    """Add a row of bubbles with the numbers they stand for: the largest, a quarter of it, and one; `y` from below."""
    top, left = float(cities["value"].max()), 0.0
    for value in sorted({1.0, float(max(round(top / 4), 1)), top}):
        across = _across(value, top, compact)
        sketch.shape(
            type="circle",
            xref="paper",
            yref="paper",
            xsizemode="pixel",
            ysizemode="pixel",
            xanchor=0,
            yanchor=y,
            x0=left,
            x1=left + across,
            y0=-across / 2,
            y1=across / 2,
            fillcolor=tint(colours.accent, 0.85),
            line={"color": colours.paper, "width": 1},
        )
        sketch.note(
            text=f"{value:,.0f}",
            xref="paper",
            yref="paper",
            x=0,
            y=y,
            xshift=left + across + 3,
            xanchor="left",
            yanchor="middle",
            showarrow=False,
            font={"size": 13, "color": colours.ink},
        )
        left += across + 14 + 8 * len(f"{value:,.0f}")


def lines(sketch: Sketch, paths: Sequence[Line], colour: str, width: float, geo: str) -> None:
    """Add lines, each through points of longitude and latitude, as one layer."""
    points = [point for path in paths for point in (*path, (None, None))][:-1]
    sketch.add(
        "scattergeo",
        lon=[lon for lon, _ in points],
        lat=[lat for _, lat in points],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        geo=geo,
    )


def swatches(sketch: Sketch, items: list[tuple[str, str]], colours: Palette, *, x: float, y: float) -> None:
    """Add a legend of colours, the first on top; `x` and `y` are parts of the chart, from below."""
    for at, (label, colour) in enumerate(reversed(items)):
        bottom = y + at * 0.052
        sketch.shape(
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
        sketch.note(
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
