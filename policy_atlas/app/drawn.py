"""Finished figures, made once for each set of choices and shared by all sessions; and the way they go onto a page."""

from collections.abc import Callable
from threading import Lock
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from policy_atlas import figures
from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import Choices
from policy_atlas.app import data, describe, outlines, session, state
from policy_atlas.app.view import View
from policy_atlas.app.words import words
from policy_atlas.palette import palette

MOST = 256
_LOCK = Lock()


class Finished(go.Figure):  # type: ignore[misc]
    """A figure that changes no more: its dictionary is handed out as it is, where `Figure` copies it each time."""

    def __init__(self, figure: go.Figure) -> None:
        super().__init__()
        self._finished: dict[str, Any] = figure.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as a dictionary; read-only."""
        return self._finished


@session.shared()
def _shelf() -> dict[str, Finished]:
    """Return the finished figures of the process, or of a session that has documents of its own."""
    return {}


def finished(key: str, make: Callable[[], go.Figure]) -> Finished:
    """Return the figure of a key, made where there is none yet; the oldest go when there are too many."""
    shelf = _shelf()
    found = shelf.get(key)
    if found is None:
        found = Finished(make())
        with _LOCK:
            while len(shelf) >= MOST:
                del shelf[next(iter(shelf))]
            shelf[key] = found
    return found


def key(name: str, view: View, **fixed: str) -> str:
    """Return the key of a chart: its name and all that it is drawn from, choices that it leaves out `fixed`."""
    return f"{name}-{view.frame(**fixed)}-{state.colours().name}-{state.width()}"


def chart(
    key: str, make: Callable[[], go.Figure], alt: str, on_select: Callable[[], None], *, bar: bool = True
) -> None:
    """Draw a chart whose points can be clicked; a `bar` of tools stands over it but on a phone."""
    config = state.chart_config() if bar else {**figures.CONFIG, "displayModeBar": False}
    st.plotly_chart(
        finished(key, make), theme=None, config=config, key=key, alt=alt, on_select=on_select, selection_mode="points"
    )


def map_figure(
    doc: str, choices: Choices, lang: str, paper: str, layer: str, china: bool, selected: str, compact: bool
) -> go.Figure:
    """Return the map for a set of choices."""
    text = words(lang)
    frame = data.provinces(lang, china)
    style: dict[str, Any] = {
        "selected": selected,
        "colours": palette(paper),
        "compact": compact,
        "height": 350 if compact else 560,
    }
    if layer == "silence":
        states = {key: text(f"silence.{key}") for key in ("named", "group", "none")}
        joined = frame.merge(data.silence(doc).reset_index(), on="adcode", validate="one_to_one")
        return figures.silence(joined, outlines.west(), words=states, **style)
    joined = frame.merge(data.values(doc, choices)[1].reset_index(), on="adcode", validate="one_to_one")
    return figures.choropleth(
        joined,
        outlines.west(),
        value_title=describe.unit(choices, text),
        zero_title=text("map.zero"),
        decimals=choices.decimals,
        around=outlines.around() if china else None,
        cities=data.cities(doc, lang, choices.level) if layer == "cities" else None,
        **style,
    )


def bars_figure(doc: str, choices: Choices, lang: str, paper: str, selected: str) -> go.Figure:
    """Return the ranked bars for a set of choices."""
    text = words(lang)
    return figures.bars(
        counts.parts(data.rows_of(doc, choices.level, choices.rule)),
        data.names(lang),
        part_names={kind: text(f"part.{kind}") for kind in counts.PARTS},
        value_title=describe.unit(choices.but(unit="count"), text),
        decimals=choices.count_decimals,
        selected=selected,
        colours=palette(paper),
    )
