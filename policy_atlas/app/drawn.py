"""Finished figures, made once per set of choices and shared by all sessions; read-only."""

from typing import Any

import plotly.graph_objects as go

from policy_atlas import counts, figures, outlines
from policy_atlas.app import data, session
from policy_atlas.app.outlines import west
from policy_atlas.app.words import words
from policy_atlas.counts import Choices
from policy_atlas.palette import palette


class Finished(go.Figure):  # type: ignore[misc]
    """A figure that changes no more: its dictionary is handed out as it is, where `Figure` copies it each time."""

    def __init__(self, figure: go.Figure) -> None:
        super().__init__()
        self._finished: dict[str, Any] = figure.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as a dictionary; read-only."""
        return self._finished


@session.shared(256)
def map_figure(
    doc: str, choices: Choices, lang: str, paper: str, layer: str, china: bool, selected: str, compact: bool
) -> Finished:
    """Return the finished map for a set of choices; read-only."""
    text = words(lang)
    frame = data.provinces(lang)
    style: dict[str, Any] = {
        "selected": selected,
        "colours": palette(paper),
        "compact": compact,
        "height": 350 if compact else 560,
    }
    if layer == "silence":
        states = {key: text(f"silence.{key}") for key in ("named", "group", "none")}
        joined = frame.merge(data.silence(doc).reset_index(), on="adcode", validate="one_to_one")
        return Finished(figures.silence(joined, west(), words=states, **style))
    joined = frame.merge(data.values(doc, choices)[1].reset_index(), on="adcode", validate="one_to_one")
    figure = figures.choropleth(
        joined,
        west(),
        value_title=text(f"unit.{choices.unit}.axis"),
        zero_title=text("map.zero"),
        decimals=data.decimals(choices),
        backdrop=outlines.backdrop() if china else None,
        lines=outlines.lines() if china else None,
        cities=data.cities(doc, lang) if layer == "cities" else None,
        **style,
    )
    return Finished(figure)


@session.shared(256)
def bars_figure(doc: str, choices: Choices, lang: str, paper: str, selected: str) -> Finished:
    """Return the finished bars for a set of choices; read-only."""
    text = words(lang)
    figure = figures.bars(
        counts.parts(data.rows_of(doc, choices.level, choices.rule)),
        data.names(lang),
        part_names={kind: text(f"part.{kind}") for kind in counts.PARTS},
        value_title=text("unit.count.axis"),
        decimals=0 if choices.rule != "fractional" else 2,
        selected=selected,
        colours=palette(paper),
    )
    return Finished(figure)
