"""The words inside a picture of a block."""

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go

from policy_atlas.export import numbers
from policy_atlas.export.blocks import Block, RankingBlock
from policy_atlas.export.framing import Caption, Preset, framed
from policy_atlas.export.material import Material
from policy_atlas.export.words import Words


def picture(
    block: Block, material: Material, text: Words, preset: Preset, *, transparent: bool = False, titled: bool = True
) -> go.Figure | None:
    """Return the framed figure of a block, None for blocks that are no charts.

    Where it is not `titled`, the words beside the picture say its title and choices.
    """
    make: Callable[[], Any] | None = getattr(block, "figure", None)
    if make is None:
        return None
    legend: tuple[tuple[str, str], ...] = getattr(block, "legend", ())
    if isinstance(block, RankingBlock):
        legend = tuple((label, colour) for _, label, colour in block.kinds)
    foot = [text("source", citation=numbers.citation(material.only(block.selection.doc), text))]
    figure = make()
    if any(str(trace.type).startswith(("choropleth", "scattergeo")) for trace in figure.data):
        around = any(trace.geo == "geo2" for trace in figure.data if trace.type == "scattergeo")  # the inset at sea
        foot.append(numbers.boundaries(text, china=around))
    foot.append(numbers.version(material, text))
    title, under = (block.title, getattr(block, "figured", "") or block.subtitle) if titled else ("", "")
    caption = Caption(title, under, legend, tuple(foot))
    return framed(figure, caption, preset, transparent=transparent)
