"""Theme charts: who is given what, against the document's average, and where in the text."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures.base import CLEAR, Sketch, axis, categories, in_proportion, label_width, marked, style, whole
from policy_atlas.palette import LIGHT, Palette


def matrix(
    cells: pd.DataFrame,
    names: pd.Series,
    theme_names: dict[str, str],
    *,
    column_names: dict[str, str] | None = None,
    selected: tuple[str, str] = ("", ""),
    colours: Palette = LIGHT,
    compact: bool = False,
    height: int = 540,
    title: str = "",
) -> go.Figure:
    """Return a matrix of square markers, province by theme; a click gives (adcode, theme) as customdata.

    A cell that is never given is a small hollow square without number: it has no place on the ramp.
    The chosen cell takes the accent by plotly's own selection: a click needs no other figure.
    `column_names` may give names with line ends; without them the names run down the page, Chinese ones letter
    by letter, others turned. A `compact` matrix is for a phone.
    """
    provinces, themes = list(cells.index)[::-1], list(cells.columns)
    top = max(int(cells.to_numpy().max()), 1)
    at = [(code, theme, int(cells.loc[code, theme])) for code in provinces for theme in themes]
    fills = [colours.at(value / top) if value else CLEAR for _, _, value in at]
    full = 20 if compact else 36 if column_names else 30
    chosen = [spot for spot, (code, theme, _) in enumerate(at) if (code, theme) == selected]
    sketch = Sketch()
    sketch.add(
        "scatter",
        x=[theme for _, theme, _ in at],
        y=[code for code, _, _ in at],
        mode="markers+text",
        marker={
            "symbol": "square",
            "size": [full if value else full // 2 for _, _, value in at],
            "color": fills,
            "line": {"color": [CLEAR if value else colours.muted for _, _, value in at], "width": 0.6},
            "opacity": 1,
        },
        selectedpoints=chosen or None,
        text=[str(value) if value else "" for _, _, value in at],
        textfont={
            "size": 12 if compact else 14,
            "color": [
                colours.ink_on(fill) if value else colours.ink for fill, (_, _, value) in zip(fills, at, strict=True)
            ],
        },
        customdata=[[code, theme] for code, theme, _ in at],
        hovertext=[f"<b>{names[code]}</b> · {theme_names[theme]}<br>{value}" for code, theme, value in at],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={
            "marker": {"opacity": 1, "color": colours.accent, "size": full + 4},
            "textfont": {"color": colours.ink_on(colours.accent)},
        },
        unselected={"marker": {"opacity": 1}},
    )
    chinese = theme_names[themes[0]] > "\u2e7f"
    downward = {theme: "<br>".join(theme_names[theme]) if chinese else theme_names[theme] for theme in themes}
    labels = [(column_names or downward)[theme] for theme in themes]
    turned = not (column_names or chinese)
    sketch.set(
        xaxis=categories(
            colours,
            themes,
            labels,
            side="top",
            tickangle=-90 if turned else 0,
            showgrid=False,
            tickfont={"size": 13 if chinese else 12, "color": colours.ink},
        ),
        yaxis=categories(colours, provinces, [str(names[code]) for code in provinces], showgrid=False),
    )
    above = 8 + label_width(theme_names.values()) if turned else 20 + 18 * max(one.count("<br>") + 1 for one in labels)
    return style(
        sketch,
        colours,
        height=420 if compact else height,
        margin=(label_width(names) + 14, above + (32 if title else 0), 4, 8),
        title=title,
    )


def profile(
    frame: pd.DataFrame,
    theme_names: dict[str, str],
    *,
    value_title: str,
    colours: Palette = LIGHT,
    compact: bool = False,
    height: int = 440,
    title: str = "",
) -> go.Figure:
    """Return bars of a province's theme shares less the document's (percentage points), quotient beside them.

    `frame` is `profiles.profile`; shares that rest on few sentences are drawn hollow.
    """
    ordered = frame.sort_values("difference", ignore_index=True)
    points = [float(value) * 100 for value in ordered["difference"]]
    fills = [colours.themes[theme] for theme in ordered["theme"]]
    hollow = [CLEAR if few else fill for few, fill in zip(ordered["few"], fills, strict=True)]
    quotients = [f"{value:.1f}×" if pd.notna(value) else "–" for value in ordered["quotient"]]
    labels = [f"{quotient} ({size})" for quotient, size in zip(quotients, ordered["sentences"], strict=True)]
    names = [theme_names[theme] for theme in ordered["theme"]]
    hover = [f"<b>{name}</b><br>{at:+.1f}<br>{label}" for name, at, label in zip(names, points, labels, strict=True)]
    low, high = min(*points, 0.0), max(*points, 0.0)
    wide = label_width(names) + 14
    share = 56 / ((350 if compact else 470) - wide)  # of the plot, at the least as wide, for the labels at either end
    room = max(high - low, 1.0) * share / (1 - 2 * share)
    sketch = Sketch()
    sketch.add(
        "bar",
        x=points,
        y=list(ordered["theme"]),
        orientation="h",
        marker={"color": hollow, "line": {"color": [colours.edge(fill) for fill in fills], "width": 2}},
        text=labels,
        textposition="outside",
        textfont={"size": 12, "color": colours.ink},
        customdata=list(ordered["theme"]),
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        unselected={"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        cliponaxis=False,
    )
    sketch.set(
        xaxis=axis(colours, value_title, range=[low - room, high + room], zeroline=True, zerolinecolor=colours.muted),
        yaxis=axis(colours, type="category", tickvals=list(ordered["theme"]), ticktext=names, showgrid=False),
        bargap=0.35,
    )
    return style(sketch, colours, height=height, margin=(wide, 40 if title else 28, 8, 48), title=title)


def stacked(
    table: pd.DataFrame,
    row_names: dict[str, str],
    column_names: dict[Any, str],
    fills: dict[Any, str],
    *,
    value_title: str,
    colours: Palette = LIGHT,
    height: int = 430,
    width: int = 400,
    title: str = "",
) -> go.Figure:
    """Return horizontal bars, one per row of `table`, stacked by its columns; a click gives (row, column).

    The legend has `width` px.
    """
    order = list(table.index)[::-1]
    top = float(table.sum(axis=1).max()) or 1.0
    sketch = Sketch()
    for column, label in column_names.items():
        amounts = [int(value) for value in table[column].reindex(order)]
        edge = colours.muted if fills[column] == colours.zero else colours.paper  # or a bar would seem to float
        sketch.add(
            "bar",
            x=amounts,
            y=order,
            orientation="h",
            name=label,
            marker={"color": fills[column], "line": {"color": edge, "width": 1}},
            customdata=[[row, str(column)] for row in order],
            hovertext=[f"<b>{row_names[row]}</b><br>{label}: {n}" for row, n in zip(order, amounts, strict=True)],
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    names = [row_names[row] for row in order]
    sketch.set(
        barmode="stack",
        bargap=0.3,
        xaxis=axis(colours, value_title, range=[0, top * 1.04], **whole(top)),
        yaxis=categories(colours, order, names, showgrid=False),
    )
    # A legend gives every entry the room of its widest one.
    across = max(1, width // (label_width(column_names.values()) + 46))
    above = 34 + 20 * (-(-len(column_names) // across) - 1)
    legend = {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "traceorder": "normal", "font": {"size": 13}}
    sketch.set(showlegend=True, legend=legend)
    return style(sketch, colours, height=height, margin=(label_width(names) + 14, above, 8, 48), title=title)


def course(
    frame: pd.DataFrame,
    articles: pd.DataFrame,
    theme_names: dict[str, str],
    *,
    colours: Palette = LIGHT,
    height: int = 430,
    compact: bool = False,
    width: int = 840,
    title: str = "",
) -> go.Figure:
    """Return themes against articles, marker area in proportion to sentences; a click gives (theme, article number).

    `frame` is `profiles.course` with the article's number; `articles` has article_id and label in
    the order of the text; those that have room in `width` px are named.
    """
    themes = list(theme_names)[::-1]
    ids = list(articles["article_id"])
    labels = dict(zip(articles["article_id"], articles["label"], strict=True))
    top = max(int(frame["sentences"].max()), 1) if len(frame) else 1
    sketch = Sketch()
    sketch.add(
        "scatter",
        x=list(frame["article_id"]),
        y=list(frame["theme"]),
        mode="markers",
        marker={
            "size": [max(in_proportion(value, top, 24), 6) for value in frame["sentences"]],
            "color": [colours.themes[theme] for theme in frame["theme"]],
            "line": {"color": colours.ink, "width": 0.6},
            "opacity": 1,
        },
        customdata=[[theme, str(number)] for theme, number in zip(frame["theme"], frame["number"], strict=True)],
        hovertext=[
            f"<b>{theme_names[theme]}</b><br>{labels[article]}: {value}"
            for theme, article, value in zip(frame["theme"], frame["article_id"], frame["sentences"], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    shown = list(marked(articles.assign(position=range(len(ids))), len(ids), width)["article_id"])
    edge = len(ids) * (0.04 if compact else 0.0)  # a large dot of the first article keeps clear of the names
    sketch.set(
        xaxis=categories(
            colours,
            ids,
            [],
            tickvals=shown,
            ticktext=[labels[one] for one in shown],
            tickangle=0,
            range=[-1 - edge, len(ids) + edge],
        ),
        yaxis=categories(colours, themes, [theme_names[theme] for theme in themes]),
    )
    wide = label_width(theme_names.values())
    return style(sketch, colours, height=height, margin=(wide + 14, 40 if title else 28, 12, 36), title=title)
