"""Ranks between counting rules, and where in a text each province comes up."""

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures.base import axis, label_width, style
from policy_atlas.palette import LIGHT, Palette
from policy_atlas.records import records


def slopes(
    ranks: pd.DataFrame,
    names: pd.Series,
    *,
    column_names: list[str],
    highlighted: tuple[str, ...] = (),
    rank_title: str = "",
    colours: Palette = LIGHT,
    height: int = 480,
    title: str = "",
) -> go.Figure:
    """Return one line per province through its rank in each column of `ranks` (index adcode), 1 on top.

    Provinces that tie stand next to each other; the rank that they share is in the hover text.
    """
    figure = go.Figure()
    last = len(column_names) - 1
    places = _positions(ranks)
    for code in sorted(ranks.index, key=lambda one: one in highlighted):
        strong = code in highlighted
        colour = colours.accent if strong else colours.muted
        heights = [int(value) for value in places.loc[code]]
        said = [int(value) for value in ranks.loc[code]]
        figure.add_trace(
            go.Scatter(
                x=list(range(last + 1)),
                y=heights,
                mode="lines+markers",
                line={"color": colour, "width": 3 if strong else 1.2},
                marker={"size": 8 if strong else 6, "color": colour},
                customdata=[code] * (last + 1),
                text=[f"<b>{names[code]}</b><br>{c}: {h}" for c, h in zip(column_names, said, strict=True)],
                hovertemplate="%{text}<extra></extra>",
            )
        )
        for side, at in (("right", 0), ("left", last)):
            figure.add_annotation(
                x=at,
                y=heights[at],
                text=f"<b>{names[code]}</b>" if strong else str(names[code]),
                xanchor=side,
                xshift=-10 if side == "right" else 10,
                showarrow=False,
                font={"size": 13, "color": colours.accent if strong else colours.ink},
            )
    wide = label_width(names) + 20
    figure.update_layout(
        xaxis=axis(
            colours,
            tickvals=list(range(last + 1)),
            ticktext=column_names,
            showgrid=True,
            side="top",
            range=[-0.06, last + 0.06],
        ),
        yaxis=axis(
            colours, rank_title, range=[len(ranks) + 0.7, 0.3], showgrid=False, tickvals=[], showticklabels=False
        ),
    )
    return style(figure, colours, height=height, margin=(wide, 70 if title else 34, wide, 8), title=title)


def _positions(ranks: pd.DataFrame) -> pd.DataFrame:
    """Return a row of its own for each province in each column; ties keep the order they came in."""
    placed = pd.DataFrame(index=ranks.index)
    before = pd.Series(range(len(ranks)), index=ranks.index)
    for column in ranks.columns:
        order = pd.DataFrame({"rank": ranks[column], "before": before}).sort_values(["rank", "before"]).index
        before = pd.Series(range(1, len(ranks) + 1), index=order).reindex(ranks.index)
        placed[column] = before
    return placed


def dispersion(
    rows: pd.DataFrame,
    names: pd.Series,
    *,
    articles: pd.DataFrame,
    kind_names: dict[str, str],
    x_title: str,
    colours: Palette = LIGHT,
    height: int = 380,
    title: str = "",
) -> go.Figure:
    """Return a dispersion plot: position in the text against province, one tick per mention.

    `rows` has adcode, position, kind, surface, article_id, label; `articles` has position, label.
    """
    order = list(names.index)[::-1]
    figure = go.Figure()
    for kind, label in kind_names.items():
        some = rows[rows["kind"] == kind]
        if len(some):
            figure.add_trace(
                go.Scatter(
                    x=some["position"].to_list(),
                    y=some["adcode"].to_list(),
                    mode="markers",
                    marker={
                        "symbol": "line-ns-open",
                        "size": 15,
                        "color": colours.parts[kind],
                        "line": {"width": 2.5, "color": colours.parts[kind]},
                    },
                    customdata=some["article_id"].to_list(),
                    text=[
                        f"<b>{names[row.adcode]}</b> {row.surface}<br>{row.label} · {label}" for row in records(some)
                    ],
                    hovertemplate="%{text}<extra></extra>",
                    selected={"marker": {"opacity": 1}},
                    unselected={"marker": {"opacity": 1}},
                )
            )
    wide = label_width(names)
    figure.update_layout(
        xaxis=axis(
            colours,
            x_title,
            tickvals=articles["position"].to_list(),
            ticktext=articles["label"].to_list(),
            tickangle=0,
        ),
        yaxis=axis(
            colours,
            type="category",
            categoryorder="array",
            categoryarray=order,
            tickvals=order,
            ticktext=[str(names[code]) for code in order],
            range=[-0.7, len(order) - 0.3],
        ),
    )
    return style(figure, colours, height=height, margin=(wide + 14, 40 if title else 28, 8, 48), title=title)
