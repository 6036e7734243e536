"""What all figures share: type, paper, an empty world, and the reader's mode bar."""

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.palette import FONT, Palette, rgb

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
    "doubleClickDelay": 10,  # two quick clicks on two places are two choices
    "modeBarButtonsToRemove": [
        *("select2d", "lasso2d", "zoomInGeo", "zoomOutGeo", "resetGeo", "pan2d", "zoom2d"),
        *("zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d"),
    ],
    "toImageButtonOptions": {"format": "svg"},
}
CLEAR = "rgba(0,0,0,0)"


def unfading(colours: Palette) -> dict[str, Any]:
    """Return what keeps a trace of text as it is when a mark of another trace is clicked; plotly would fade it."""
    return {"selected": {"textfont": {"color": colours.ink}}}


def tint(colour: str, opacity: float) -> str:
    """Return '#rrggbb' as an rgba() string."""
    red, green, blue = rgb(colour)
    return f"rgba({red},{green},{blue},{opacity})"


def in_proportion(value: float, top: float, largest: float) -> float:
    """Return how far across a dot is whose area stands to that of the `largest` as `value` to `top`."""
    return float(largest * math.sqrt(value / max(top, 1.0)))


def halo(colour: str) -> str:
    """Return a text shadow that keeps text readable where it runs over an edge."""
    around = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]
    return ", ".join(f"{x}px {y}px 1px {colour}" for x, y in around)


class Sketch:
    """A figure while it is laid together, as plain values: plotly checks them once, when `style` makes the figure.

    A `go.Figure` that grows checks all it holds again with each piece, which took most of the time of a chart.
    """

    def __init__(self) -> None:
        self.traces: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {}

    def add(self, kind: str, **look: Any) -> None:
        """Add a trace of one of plotly's kinds, over those before."""
        self.traces.append({"type": kind, **look})

    def note(self, **look: Any) -> None:
        """Add an annotation."""
        self.layout.setdefault("annotations", []).append(look)

    def shape(self, **look: Any) -> None:
        """Add a shape."""
        self.layout.setdefault("shapes", []).append(look)

    def set(self, **layout: Any) -> None:
        """Set parts of the layout, in place of those of the same name."""
        self.layout.update(layout)


def style(
    sketch: Sketch, colours: Palette, *, height: int, margin: tuple[int, int, int, int], title: str = ""
) -> go.Figure:
    """Return the figure with the house type, paper and size; `margin` is left, top, right, bottom in px."""
    left, top, right, bottom = margin
    house: dict[str, Any] = {
        "template": "none",
        "font": {"family": FONT, "color": colours.ink, "size": 14},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "height": height,
        "margin": {"l": left, "t": top, "r": right, "b": bottom, "autoexpand": False},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": colours.paper,
            "bordercolor": colours.muted,
            "font": {"family": FONT, "color": colours.ink, "size": 14},  # plotly would take Arial
        },
        "modebar": {"bgcolor": CLEAR, "color": colours.muted, "activecolor": colours.accent},
    }
    if title:
        font = {"size": 16, "color": colours.ink}
        house["title"] = {"text": title, "x": 0, "xref": "paper", "xanchor": "left", "font": font}
    return go.Figure(data=sketch.traces, layout=house | sketch.layout)


def axis(colours: Palette, title: str = "", **more: Any) -> dict[str, Any]:
    """Return a quiet axis: thin grid, no zero line, no zooming."""
    return {
        "title": {"text": title, "font": {"size": 13, "color": colours.muted}},
        "gridcolor": colours.grid,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 13, "color": colours.ink},
        **more,
    }


def categories(colours: Palette, order: Sequence[str], labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """Return an axis of categories in a given order, each with its label; room for half a row at both ends."""
    return axis(
        colours,
        type="category",
        categoryorder="array",
        categoryarray=list(order),
        **{
            "tickvals": list(order),
            "ticktext": list(labels),
            "range": [-0.6, len(order) - 0.4],
            **more,
        },
    )


def whole(top: float) -> dict[str, Any]:
    """Return the ticks of an axis of counts from 0 to `top`: whole numbers only, none between where there are few."""
    return {"tick0": 0, "dtick": 1} if 0 < top <= 6 else {"nticks": 6}


def label_width(names: Iterable[object]) -> int:
    """Return the room in px that the widest name needs; Chinese characters are square."""
    return max(sum(14 if letter > "\u2e7f" else 7 for letter in str(name)) for name in names)


def marked(articles: pd.DataFrame, end: float, width: int) -> pd.DataFrame:
    """Return as many articles, evenly apart, as an axis up to `end` has room for with `width` px for their labels.

    `articles` has position and label, in the order of the text.
    """
    middles = articles["position"] * (width / (end or 1.0))
    halves = articles["label"].map(lambda label: label_width([label]) / 2 + 4)
    for step in range(1, len(articles)):
        begins, ends = (middles - halves).iloc[::step], (middles + halves).iloc[::step]
        if (begins.to_numpy()[1:] >= ends.to_numpy()[:-1]).all():
            return articles.iloc[::step]
    return articles.head(1)
