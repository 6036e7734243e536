"""The words inside a picture of a block."""

import plotly.graph_objects as go

from policy_atlas.export import numbers
from policy_atlas.export.blocks import Block, FigureBlock, MapBlock, RankingBlock
from policy_atlas.export.framing import Caption, Preset, framed
from policy_atlas.export.material import Material
from policy_atlas.export.words import Words


def picture(
    block: Block, material: Material, text: Words, preset: Preset, *, transparent: bool = False
) -> go.Figure | None:
    """Return the framed figure of a block, None for blocks that are no charts."""
    if not isinstance(block, MapBlock | RankingBlock | FigureBlock):
        return None
    legend = tuple((label, colour) for _, label, colour in block.kinds) if isinstance(block, RankingBlock) else ()
    foot = [text("source", citation=numbers.citation(material, text))]
    if isinstance(block, MapBlock):
        foot.append(text("boundaries"))
    foot.append(text("stamp", stamp=material.stamp))
    caption = Caption(block.title, block.subtitle, legend, tuple(foot))
    return framed(block.figure(), caption, preset, transparent=transparent)
