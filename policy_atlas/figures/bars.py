"""Ranked bars: what a province's number is made of."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures.base import CLEAR, Sketch, axis, categories, label_width, style, tint, unfading, whole
from policy_atlas.palette import LIGHT, Palette
from policy_atlas.words import decimals as exact

LABEL = 21  # px of a number beyond the longest bar that the axis has room for on a phone


def bars(
    parts: pd.DataFrame,
    names: pd.Series,
    *,
    part_names: dict[str, str],
    value_title: str,
    decimals: int = 0,
    selected: str = "",
    colours: Palette = LIGHT,
    height: int = 430,
    title: str = "",
) -> go.Figure:
    """Return ranked horizontal bars, one per province, stacked by kind of mention.

    `parts` is indexed by adcode with one column per kind; `names` gives the label per adcode.
    A click anywhere on a row selects its province (customdata).
    """
    totals = parts.sum(axis=1).round(9)
    order = list(totals.sort_values(kind="stable", ascending=False).index)[::-1]
    totals = totals.loc[order]
    top = float(totals.max()) or 1.0
    sketch = Sketch()
    if selected in order:
        _chosen(sketch, selected, top, colours)
    base = totals * 0.0
    for kind in part_names:
        column = parts.loc[order, kind]
        if column.any():
            sketch.add(
                "bar",
                x=column.to_list(),
                base=base.to_list(),
                y=order,
                orientation="h",
                marker={"color": colours.parts[kind], "line": {"color": colours.paper, "width": 1}},
                hoverinfo="skip",
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
            )
            base = base + column
    _values(sketch, order, totals, decimals, colours)
    _rows(sketch, order, parts, names, part_names, decimals, top)
    wide = label_width(names)
    beyond = max(0, label_width(f"{value:,.{decimals}f}" for value in totals) - LABEL)
    sketch.set(
        barmode="overlay",
        bargap=0.28,
        xaxis=axis(colours, value_title, range=[0, top * 1.12], **({} if decimals else whole(top))),
        yaxis=categories(colours, order, [str(names[code]) for code in order], showgrid=False),
    )
    return style(sketch, colours, height=height, margin=(wide + 14, 40 if title else 28, 8 + beyond, 48), title=title)


def _chosen(sketch: Sketch, selected: str, top: float, colours: Palette) -> None:
    """Add the ground of the chosen row, under the bars so that it changes none of their colours."""
    sketch.add(
        "bar",
        x=[top * 1.12],
        y=[selected],
        orientation="h",
        width=0.96,
        marker={"color": tint(colours.accent, 0.16), "line": {"width": 0}},
        hoverinfo="skip",
        name="chosen",
    )


def _values(sketch: Sketch, order: list[str], totals: pd.Series, decimals: int, colours: Palette) -> None:
    sketch.add(
        "scatter",
        x=totals.to_list(),
        y=order,
        mode="text",
        text=[f" {value:,.{decimals}f}" for value in totals],
        textposition="middle right",
        textfont={"size": 13, "color": colours.ink},
        hoverinfo="skip",
        cliponaxis=False,
        **unfading(colours),
    )


def _rows(
    sketch: Sketch,
    order: list[str],
    parts: pd.DataFrame,
    names: pd.Series,
    part_names: dict[str, str],
    decimals: int,
    top: float,
) -> None:
    """Add clear bars across the whole width, on top of all: they take pointer and click."""
    hover, places = [], max(decimals, exact(parts.to_numpy().ravel()))
    for code in order:
        row: Any = parts.loc[code]
        lines = [f"{part_names[k]} {row[k]:,.{places}f}" for k in part_names if row[k] > 0]
        hover.append("<br>".join([f"<b>{names[code]}</b>", *lines]))
    sketch.add(
        "bar",
        x=[top * 1.12] * len(order),
        y=order,
        orientation="h",
        width=0.96,
        customdata=order,
        marker={"color": CLEAR, "line": {"width": 0}},
        text=hover,
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        name="pick",
    )


def kinds(
    amounts: pd.Series, *, part_names: dict[str, str], decimals: int = 0, colours: Palette = LIGHT, height: int = 64
) -> go.Figure:
    """Return one stacked bar: what a single number is made of, by kind (index of `amounts`)."""
    sketch = Sketch()
    start = 0.0
    for kind, label in part_names.items():
        amount = float(amounts.get(kind, 0.0))
        if amount:
            sketch.add(
                "bar",
                x=[amount],
                base=[start],
                y=[""],
                orientation="h",
                marker={"color": colours.parts[kind], "line": {"color": colours.paper, "width": 1}},
                customdata=[kind],
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
                text=[f"{label} {amount:,.{decimals}f}"],
                hovertemplate="%{text}<extra></extra>",
                textposition="none",
            )
            start += amount
    sketch.set(barmode="overlay", xaxis={"visible": False, "range": [0, max(start, 1e-9)]}, yaxis={"visible": False})
    return style(sketch, colours, height=height, margin=(0, 4, 0, 4))
