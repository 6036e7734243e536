"""Ranks between counting rules, and where in a text each province comes up."""

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures.base import Sketch, axis, categories, label_width, style, tint
from policy_atlas.palette import LIGHT, Palette
from policy_atlas.records import records


def slopes(
    ranks: pd.DataFrame,
    names: pd.Series,
    *,
    column_names: list[str],
    highlighted: tuple[str, ...] = (),
    compact: bool = False,
    colours: Palette = LIGHT,
    height: int = 480,
    title: str = "",
) -> go.Figure:
    """Return one line per province through its rank in each column of `ranks` (index adcode), 1 on top.

    Provinces that tie meet in one point, and their names stand below each other from the rank
    that they share on; a `compact` figure has them on the right only. A click gives (adcode, column)
    as customdata.
    """
    sketch = Sketch()
    last = len(column_names) - 1
    for code in sorted(ranks.index, key=lambda one: one in highlighted):
        strong = code in highlighted
        colour = colours.accent if strong else colours.muted
        said = [
            "<br>".join([f"<b>{label}: {ranks.loc[code, column]}</b>", *_sharing(ranks, column, code, names)])
            for label, column in zip(column_names, ranks.columns, strict=True)
        ]
        sketch.add(
            "scatter",
            x=list(range(last + 1)),
            y=[int(value) for value in ranks.loc[code]],
            mode="lines+markers",
            cliponaxis=False,
            line={"color": colour, "width": 3 if strong else 1.2},
            marker={"size": 10 if strong else 8, "color": colour},
            customdata=[[code, str(column)] for column in ranks.columns],
            text=said,
            hovertemplate="%{text}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    for side, at in (("right", 0), ("left", last)):
        shown = names if at or not compact else None
        _end_labels(sketch, ranks.iloc[:, at], shown, highlighted, colours, side=side, at=at)
    wide = label_width(names) + 42
    sketch.set(
        xaxis=axis(
            colours,
            tickvals=list(range(last + 1)),
            ticktext=column_names,
            tickangle=0,
            tickfont={"size": 12, "color": colours.ink},
            showgrid=True,
            side="top",
            range=[-0.06, last + 0.06],
        ),
        yaxis=axis(colours, range=[len(ranks) + 0.7, 0.3], showgrid=False, tickvals=[], showticklabels=False),
    )
    margin = (32 if compact else wide, 70 if title else 34, wide, 8)
    return style(sketch, colours, height=height, margin=margin, title=title)


def _sharing(ranks: pd.DataFrame, column: str, code: str, names: pd.Series) -> list[str]:
    """Return the names of all provinces that share a province's rank in a column."""
    column_ranks = ranks[column]
    return [str(names[one]) for one in column_ranks.index[column_ranks == column_ranks[code]]]


def _end_labels(
    sketch: Sketch,
    ranks: pd.Series,
    names: pd.Series | None,
    highlighted: tuple[str, ...],
    colours: Palette,
    *,
    side: str,
    at: int,
) -> None:
    """Write rank and names at one end, or the rank alone; those that share a rank fill the ranks that nobody has."""
    for rank, group in ranks.groupby(ranks):
        strong = [code in highlighted for code in group.index]
        if names is None:
            labels = [(str(rank), any(strong))]
        else:
            pattern = "{name}  {rank}" if side == "right" else "{rank}  {name}"
            said = [pattern.format(name=names[code], rank=rank) for code in group.index]
            labels = list(zip(said, strong, strict=True))
        for below, (name, bold) in enumerate(labels):
            sketch.note(
                x=at,
                y=int(rank),
                yshift=-16 * below,
                text=f"<b>{name}</b>" if bold else name,
                xanchor=side,
                xshift=-10 if side == "right" else 10,
                showarrow=False,
                font={"size": 13, "color": colours.accent if bold else colours.ink},
            )


def dispersion(
    rows: pd.DataFrame,
    names: pd.Series,
    *,
    articles: pd.DataFrame,
    kind_names: dict[str, str],
    x_title: str,
    end: float,
    selected: str = "",
    colours: Palette = LIGHT,
    height: int = 380,
    title: str = "",
) -> go.Figure:
    """Return a dispersion plot: position in the text against province, one tick per mention.

    `rows` has adcode, position, kind, surface, start, end, label; `articles` has position, label.
    The axis runs from the document's first character to its last, at `end`. The `selected` province has a ground
    and a bold name. A click gives (start, end).
    """
    order = list(names.index)[::-1]
    sketch = Sketch()
    for kind, label in kind_names.items():
        some = rows[rows["kind"] == kind]
        if len(some):
            sketch.add(
                "scatter",
                x=some["position"].to_list(),
                y=some["adcode"].to_list(),
                mode="markers",
                marker={
                    "symbol": "line-ns-open",
                    "size": 15,
                    "color": colours.parts[kind],
                    "line": {"width": 2.5, "color": colours.parts[kind]},
                },
                customdata=[[int(row.start), int(row.end)] for row in records(some)],
                text=[f"<b>{names[row.adcode]}</b> {row.surface}<br>{row.label} · {label}" for row in records(some)],
                hovertemplate="%{text}<extra></extra>",
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
            )
    wide = label_width(names)
    sketch.set(
        xaxis=axis(
            colours,
            x_title,
            tickvals=articles["position"].to_list(),
            ticktext=articles["label"].to_list(),
            tickangle=0,
            range=[0, end],
        ),
        yaxis=categories(
            colours, order, [f"<b>{names[one]}</b>" if one == selected else str(names[one]) for one in order]
        ),
    )
    if selected in order:
        row = order.index(selected)
        band = {"x0": 0, "x1": 1, "y0": row - 0.5, "y1": row + 0.5, "line": {"width": 0}}
        sketch.shape(type="rect", xref="paper", yref="y", layer="below", fillcolor=tint(colours.accent, 0.16), **band)
    return style(sketch, colours, height=height, margin=(wide + 14, 40 if title else 28, 8, 48), title=title)
