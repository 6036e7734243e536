"""What maps are laid together from: areas, the layer that takes clicks, names, dots, lines."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import pandas as pd

from policy_atlas.figures.base import CLEAR, Sketch, halo, in_proportion, unfading
from policy_atlas.palette import Palette
from policy_atlas.records import records

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
    """Add cities as dots whose area is in proportion to their number; a click gives the city."""
    top = float(cities["value"].max())
    sketch.add(
        "scattergeo",
        lon=cities["lon"],
        lat=cities["lat"],
        mode="markers",
        marker={
            "size": [diameter(float(value), top, compact) for value in cities["value"]],
            "color": colours.accent,
            "opacity": 1,  # as in its key: what shines through would give a dot the colour of its province
            "line": {"color": colours.paper, "width": 1},
        },
        customdata=list(cities["adcode"]) if "adcode" in cities else None,
        text=[f"<b>{name}</b><br>{value:,.0f}" for name, value in zip(cities["name"], cities["value"], strict=True)],
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        hovertemplate="%{text}<extra></extra>",
    )


def diameter(value: float, top: float, compact: bool) -> float:
    """Return how many px a bubble is across where the largest stands for `top`: its area is in proportion.

    The smallest are drawn a little larger than that, so that a finger or a pointer finds them.
    """
    return round(max(in_proportion(value, top, 18 if compact else 28), 6), 1)


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
