"""What a map says of its colours and sizes: the colour bar, the sizes of bubbles, colours with their names."""

from typing import Any

import pandas as pd

from policy_atlas.figures.base import Sketch
from policy_atlas.figures.layers import Outlines, diameter
from policy_atlas.palette import Palette

# Above the lower edge in px: the colour bar's title, the legend of zero above that, the sizes of bubbles on top.
SCALE_TITLE, ABOVE_SCALE, BUBBLES = 40, 64, 112


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


def bubble_key(sketch: Sketch, cities: pd.DataFrame, colours: Palette, compact: bool, *, y: float) -> None:
    """Add a row of bubbles with the numbers they stand for: the largest, a quarter of it, and one; `y` from below."""
    top, left = float(cities["value"].max()), 0.0
    for value in sorted({1.0, float(max(round(top / 4), 1)), top}):
        across = diameter(value, top, compact)
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
            fillcolor=colours.accent,
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
