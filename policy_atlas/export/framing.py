"""A figure of the page made into a picture that stands alone: title, choices, legend, source and stamp inside."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import plotly.graph_objects as go

from policy_atlas.export import fit
from policy_atlas.palette import LIGHT, Palette

CLEAR = "rgba(0,0,0,0)"
EDGE = 28


class Preset(NamedTuple):
    """Width and height of a picture in px at 1x, and the size of its smallest type."""

    width: int
    height: int
    small: int


PRESETS = {"16x9": Preset(1280, 720, 12), "square": Preset(900, 900, 12), "a4": Preset(680, 760, 10)}
PRINT = Preset(860, 620, 12)


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
    result = go.Figure(figure)
    room = preset.width - 2 * EDGE
    head = [
        *[(f"<b>{escape(line)}</b>", 22) for line in fit.lines(caption.title, 22, room) if line],
        *[(escape(line), 14) for line in fit.lines(caption.subtitle, 14, room) if line],
        *[(line, 13) for line in _legend(caption.legend, room)],
    ]
    foot = [
        line for text in caption.foot for line in fit.lines(fit.clip(text, preset.small, room, 3), preset.small, room)
    ]
    top = EDGE + sum(_leading(size) for _, size in head) + 10
    bottom = EDGE // 2 + len(foot) * _leading(preset.small) + 14
    margin = result.layout.margin
    given = {side: float(getattr(margin, side) or 0) for side in "ltrb"}
    if caption.legend and result.layout.showlegend:
        result.update_layout(showlegend=False)
        given["t"] = 8.0
    edges = {"l": given["l"] + EDGE, "r": given["r"] + EDGE, "t": given["t"] + top, "b": given["b"] + bottom}
    paper = CLEAR if transparent else colours.paper
    result.update_layout(
        width=preset.width,
        height=preset.height,
        margin={**edges, "autoexpand": False},
        paper_bgcolor=paper,
        plot_bgcolor=CLEAR,
        title=None,
    )
    plot = preset.width - edges["l"] - edges["r"], preset.height - edges["t"] - edges["b"]
    _put_lines(result, head, given["l"], plot, given["t"] + top - EDGE - 4, colours.ink)
    under = given["b"] + 14 + len(foot) * _leading(preset.small)
    _put_lines(
        result, [(escape(line), preset.small) for line in foot], given["l"], plot, -(under), colours.muted, down=True
    )
    return result


def _leading(size: int) -> int:
    return round(size * 1.5)


def _put_lines(
    figure: go.Figure,
    lines: Sequence[tuple[str, int]],
    left: float,
    plot: tuple[float, float],
    start: float,
    colour: str,
    *,
    down: bool = False,
) -> None:
    """Add lines of text, the first one `start` px above the plot's top, or its bottom edge where `down`."""
    height = start + (sum(_leading(size) for _, size in lines) if down else 0)
    for text, size in lines:
        note: dict[str, Any] = {"text": text, "font": {"size": size, "color": colour}, "showarrow": False}
        note |= {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -left, "align": "left"}
        note |= {"yref": "paper", "y": 0 if down else 1, "yanchor": "top", "yshift": height}
        figure.add_annotation(note)
        height -= _leading(size)


def _legend(items: Sequence[tuple[str, str]], room: float) -> list[str]:
    """Return the legend as lines of coloured squares and labels."""
    rows: list[str] = []
    used = room + 1
    for label, colour in items:
        wide = fit.width(f"■ {label}", 13) + 26
        piece = f'<span style="color:{colour}">■</span> {escape(label)}'
        if used + wide > room:
            rows.append(piece)
            used = wide
        else:
            rows[-1] += f"    {piece}"
            used += wide
    return rows
