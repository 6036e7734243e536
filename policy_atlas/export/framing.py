"""A figure of the page made into a picture that stands alone: title, choices, legend, source and stamp inside."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import plotly.graph_objects as go

from policy_atlas.export import fit
from policy_atlas.palette import LIGHT, Palette

CLEAR = "rgba(0,0,0,0)"
EDGE = 28
LEGEND = 13
GAP = 6
LOW = 100


class Preset(NamedTuple):
    """Width and height of a picture in px at 1x, and the size of its smallest type."""

    width: int
    height: int
    small: int


PRESETS = {"16x9": Preset(1280, 720, 12), "square": Preset(900, 900, 12), "a4": Preset(680, 760, 10)}
PRINT = Preset(900, 580, 13)


class Caption(NamedTuple):
    """The words around a picture: title, choices line, legend (label, colour), and the lines at its foot."""

    title: str
    subtitle: str
    legend: tuple[tuple[str, str], ...] = ()
    foot: tuple[str, ...] = ()


def framed(
    figure: go.Figure, caption: Caption, preset: Preset, *, transparent: bool = False, colours: Palette = LIGHT
) -> go.Figure:
    """Return a copy of `figure` with its caption inside; traces, colours and numbers stay as they are."""
    result, room = go.Figure(figure), preset.width - 2 * EDGE
    head = [
        *[(f"<b>{escape(line)}</b>", 22) for line in _clipped(caption.title, 22, room, 3) if line],
        *[(escape(line), 14) for line in _clipped(caption.subtitle, 14, room, 3) if line],
    ]
    legend = _rows(caption.legend, room)
    foot = [(escape(line), preset.small) for one in caption.foot for line in _clipped(one, preset.small, room, 3)]
    margin = result.layout.margin
    given = {side: float(getattr(margin, side) or 0) for side in "ltrb"}
    if caption.legend and result.layout.showlegend:
        result.update_layout(showlegend=False)
        given["t"] = 8.0
    edges = {"l": given["l"] + EDGE, "r": given["r"] + EDGE}
    given["t"] += fit_ticks(result, preset.width - edges["l"] - edges["r"])
    used = sum(_leading(size) for _, size in head) + len(legend) * _leading(LEGEND)
    top = EDGE + used + 10 if used else 10
    under = given["b"] + 14 + len(foot) * _leading(preset.small)
    edges |= {"t": given["t"] + top, "b": under + EDGE // 2}
    result.update_layout(
        width=preset.width,
        height=preset.height,
        margin={**edges, "autoexpand": False},
        paper_bgcolor=CLEAR if transparent else colours.paper,
        plot_bgcolor=CLEAR,
        title=None,
    )
    if (figure.layout.height or preset.height) < LOW:
        result.update_yaxes(domain=[0.35, 0.65])  # one bar is no wall
    above = given["t"] + top - EDGE - 4
    _put_lines(result, head, given["l"], above, colours.ink)
    above -= sum(_leading(size) for _, size in head)
    _put_legend(result, legend, given["l"], above, colours)
    _put_lines(result, foot, given["l"], -given["b"] - 14, colours.muted, y=0)
    return result


def _clipped(text: str, size: int, room: float, most: int) -> list[str]:
    return fit.lines(fit.clip(text, size, room, most), size, room)


def _leading(size: int) -> int:
    return round(size * 1.5)


def fit_ticks(figure: go.Figure, room: float) -> float:
    """Keep the labels of the horizontal axis off each other in `room` px; return the px that they need more above.

    Labels above the plot name a column each and are turned upright; of those below, some are left out.
    """
    axis = figure.layout.xaxis
    if not axis.ticktext or not axis.range:
        return 0.0
    low, high = (float(end) for end in axis.range)
    order = list(axis.categoryarray or axis.tickvals)
    spots = [float(order.index(value)) if axis.type == "category" else float(value) for value in axis.tickvals]
    at = [(spot - low) / (high - low) * room for spot in spots]
    size = axis.tickfont.size or 13
    lines = [str(label).split("<br>") for label in axis.ticktext]
    wide = [max(fit.width(line, size) for line in one) for one in lines]
    if _apart(at, wide):
        return 0.0
    if axis.side == "top":
        upright = [" ".join(one).replace("- ", "") for one in lines]
        longest = max(fit.width(label, size) for label in upright)
        axis.update(ticktext=upright, tickangle=-90)
        return max(0.0, longest + 12 - float(figure.layout.margin.t or 0))
    step = next(step for step in range(2, len(at) + 2) if _apart(at[::step], wide[::step]))
    axis.update(tickvals=axis.tickvals[::step], ticktext=axis.ticktext[::step])
    return 0.0


def _apart(at: Sequence[float], wide: Sequence[float]) -> bool:
    """Say whether labels of these widths, centred at these places, keep GAP px between them."""
    ends = zip(at, at[1:], wide, wide[1:], strict=False)
    return all(right - left - (one + two) / 2 >= GAP for left, right, one, two in ends)


def _put_lines(
    figure: go.Figure, lines: Sequence[tuple[str, int]], left: float, start: float, colour: str, *, y: int = 1
) -> None:
    """Add lines of text, the first one `start` px above the plot's top (`y` 1) or its bottom edge (`y` 0)."""
    for text, size in lines:
        note: dict[str, Any] = {"text": text, "font": {"size": size, "color": colour}, "showarrow": False}
        note |= {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -left, "align": "left"}
        note |= {"yref": "paper", "y": y, "yanchor": "top", "yshift": start}
        figure.add_annotation(note)
        start -= _leading(size)


def _rows(items: Sequence[tuple[str, str]], room: float) -> list[list[tuple[float, str, str]]]:
    """Return the legend row by row: where each entry begins (px), its label, its colour."""
    rows: list[list[tuple[float, str, str]]] = []
    used = room + 1
    for label, colour in items:
        wide = fit.width(label, LEGEND) + 44
        if used + wide > room:
            rows.append([])
            used = 0.0
        rows[-1].append((used, label, colour))
        used += wide
    return rows


def _put_legend(
    figure: go.Figure, rows: Sequence[Sequence[tuple[float, str, str]]], left: float, start: float, colours: Palette
) -> None:
    """Add the legend, the first row `start` px above the plot: edged squares, so that pale ones are seen too."""
    for at, row in enumerate(rows):
        middle = start - (at + 0.5) * _leading(LEGEND) - 2
        for x, label, colour in row:
            box = {"x0": x - left, "x1": x - left + 12, "y0": middle - 6, "y1": middle + 6}
            here = {"xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 1}
            sized = {"xsizemode": "pixel", "ysizemode": "pixel", "line": {"color": colours.muted, "width": 0.6}}
            figure.add_shape(type="rect", fillcolor=colour, **box, **here, **sized)
            note: dict[str, Any] = {"text": escape(label), "font": {"size": LEGEND, "color": colours.ink}}
            note |= {"showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "xshift": x - left + 17}
            figure.add_annotation(note | {"yref": "paper", "y": 1, "yanchor": "middle", "yshift": middle})
