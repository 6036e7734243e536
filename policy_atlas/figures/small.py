"""Small maps: one per theme, side by side on one scale."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from policy_atlas.figures.base import CLEAR, Sketch, style
from policy_atlas.figures.maps import WEST_VIEW
from policy_atlas.palette import LIGHT, Palette


def small_maps(
    cells: pd.DataFrame,
    theme_names: dict[str, str],
    outlines: dict[str, Any] | str,
    *,
    columns: int = 4,
    colours: Palette = LIGHT,
    height: int = 640,
    title: str = "",
) -> go.Figure:
    """Return one small map per theme on a common scale; zero has its own colour."""
    themes, codes = list(cells.columns), list(cells.index)
    top = max(int(cells.to_numpy().max()), 1)
    lines = -(-len(themes) // columns)
    sketch = Sketch()
    for at, theme in enumerate(themes):
        across, down = at % columns, at // columns
        geo = "geo" if at == 0 else f"geo{at + 1}"
        values = [int(value) for value in cells[theme]]
        fills = [colours.at(value / top) if value else colours.zero for value in values]
        scale = [(step / (len(fills) - 1), fill) for step, fill in enumerate(fills)]
        sketch.add(
            "choropleth",
            geojson=outlines,
            featureidkey="properties.adcode",
            locations=codes,
            z=list(range(len(codes))),
            zmin=0,
            zmax=len(codes) - 1,
            colorscale=scale,
            showscale=False,
            marker={"line": {"color": colours.line, "width": 0.6}},
            customdata=[[f"{theme}.{code}"] for code in codes],
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            text=[f"{theme_names[theme]}: {value}" for value in values],
            hovertemplate="%{text}<extra></extra>",
            geo=geo,
        )
        left, upper = across / columns, 1 - down / lines
        box = {"x": [left, left + 0.98 / columns], "y": [upper - 0.86 / lines, upper - 0.1 / lines]}
        view = {"lonaxis": {"range": list(WEST_VIEW[0])}, "lataxis": {"range": list(WEST_VIEW[1])}}
        turn = {"type": "conic equal area", "parallels": [25, 47], "rotation": {"lon": 97.75}}
        sketch.set(**{geo: {"visible": False, "bgcolor": CLEAR, "domain": box, "projection": turn, **view}})
        sketch.note(
            text=theme_names[theme],
            x=left,
            y=upper,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"size": 13, "color": colours.ink},
        )
    return style(sketch, colours, height=height, margin=(0, 40 if title else 4, 0, 4), title=title)
