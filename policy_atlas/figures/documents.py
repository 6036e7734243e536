"""Two documents as pairs of dots, and many as lines over the years."""

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures.base import Sketch, axis, categories, label_width, style
from policy_atlas.palette import LIGHT, Palette
from policy_atlas.records import records

ROW = 30


def dumbbells(
    frame: pd.DataFrame,
    names: dict[str, str],
    *,
    documents: tuple[str, str],
    value_title: str,
    chosen: str = "",
    colours: Palette = LIGHT,
) -> go.Figure:
    """Return one row per key of documents_compared.change: hollow dot before, full dot after, a line between.

    What gained stands on top. `documents` are the names of the two in the hover text; the
    customdata of a dot is its key.
    """
    order = [str(key) for key in frame["key"]][::-1]
    most = float(frame[["rate_before", "rate_after"]].to_numpy().max()) or 1.0
    sketch = Sketch()
    for row in records(frame):
        gained = row.change > 0
        sketch.add(
            "scatter",
            x=[row.rate_before, row.rate_after],
            y=[row.key, row.key],
            mode="lines",
            line={"color": colours.accent if gained else colours.muted, "width": 5 if row.key == chosen else 2.5},
            hoverinfo="skip",
        )
    for column, count, document in (
        ("rate_before", "count_before", documents[0]),
        ("rate_after", "count_after", documents[1]),
    ):
        full = column == "rate_after"
        sketch.add(
            "scatter",
            x=frame[column].to_list(),
            y=[str(key) for key in frame["key"]],
            mode="markers",
            cliponaxis=False,
            marker={
                "size": 13,
                "symbol": "circle" if full else "circle-open",
                "color": [colours.accent if change > 0 else colours.muted for change in frame["change"]],
                "line": {"width": 2},
            },
            customdata=[str(key) for key in frame["key"]],
            text=[
                f"<b>{names[key]}</b><br>{_flat(document)}<br>{value:,.2f} ({number:,.10g})"
                for key, value, number in zip(frame["key"], frame[column], frame[count], strict=True)
            ],
            hovertemplate="%{text}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    sketch.set(
        xaxis=axis(colours, value_title, range=[-0.04 * most, 1.06 * most]),
        yaxis=categories(colours, order, [f"<b>{names[key]}</b>" if key == chosen else names[key] for key in order]),
    )
    return style(sketch, colours, height=ROW * len(order) + 70, margin=(label_width(names.values()) + 14, 12, 20, 52))


def courses(
    frame: pd.DataFrame,
    names: dict[str, str],
    *,
    titles: dict[str, str],
    value_title: str,
    highlighted: tuple[str, ...] = (),
    colours: Palette = LIGHT,
    height: int = 420,
) -> go.Figure:
    """Return one line per key of documents_compared.over_time; `titles` are the documents' names by doc_id."""
    sketch = Sketch()
    ends = []
    for key in sorted(names, key=lambda one: one in highlighted):
        mine = frame[frame["key"] == key]
        strong = key in highlighted
        colour = colours.accent if strong else colours.muted
        sketch.add(
            "scatter",
            x=mine["date"].dt.strftime("%Y-%m-%d").to_list(),
            y=mine["rate"].to_list(),
            mode="lines+markers",
            cliponaxis=False,
            line={"color": colour, "width": 3 if strong else 1.2},
            marker={"size": 8 if strong else 6, "color": colour},
            customdata=[key] * len(mine),
            text=[
                f"<b>{names[key]}</b><br>{_flat(titles[row.doc_id])}<br>"
                f"{row.date:%Y-%m-%d}: {row.rate:,.2f} ({row.count_:,.10g})"
                for row in records(mine.rename(columns={"count": "count_"}))
            ],
            hovertemplate="%{text}<extra></extra>",
        )
        ends.append((float(mine["rate"].iloc[-1]), key))
    for value, key in ends:
        if key in highlighted:
            sketch.note(
                x=1, xref="paper", y=value, text=f"<b>{names[key]}</b>", xanchor="left", xshift=8, showarrow=False
            )
    sketch.set(
        xaxis=axis(colours, type="date", tickformat="%Y-%m", nticks=5, tickangle=0),
        yaxis=axis(colours, value_title, rangemode="tozero"),
    )
    return style(sketch, colours, height=height, margin=(64, 16, label_width(names.values()) + 20, 44))


def _flat(title: str) -> str:
    """Return a document's title as a hover text may hold it: plotly would read its tags."""
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
