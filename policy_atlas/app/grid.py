"""A table whose numbers open the rows behind them: our own markup, read by keyboard, screen reader and printer."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from streamlit.components.v2 import component

from policy_atlas.app import sorting


class Link(NamedTuple):
    """A cell that leads to another page: its text, and the address (links.address)."""

    text: str
    address: str
    kind: str = "link"


Cell = str | int | float | tuple[str, str] | Link
_HERE = Path(__file__).parent
_HTML = '<div class="box" role="region" tabindex="0"><table><thead></thead><tbody></tbody></table></div>'


class Column(NamedTuple):
    """A column: its title, which begins with a capital, whether it holds numbers, and how its text is set.

    `lang` is the language of the text, `width` its least width.

    Text of the `fit` "end" ends at the right edge, that of "whole" is not broken over lines.
    """

    title: str
    number: bool = False
    lang: str = ""
    width: str = ""
    fit: str = ""


@st.cache_resource(show_spinner=False)
def _made() -> Any:
    return component(
        "policy_atlas_grid",
        html=_HTML,
        css=_lean("grid.css"),
        js=_lean("grid.js"),
    )


def _lean(name: str) -> str:
    """Return a file of ours without indentation: it goes along with every table that is sent."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if not line.startswith("//"))


def _headed(column: Column) -> str:
    return column.title[:1].upper() + column.title[1:]


def frame(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> pd.DataFrame:
    """Return a table as its readers see it: titles as columns, cells without their marks."""
    cells = [[cell[0] if isinstance(cell, tuple) else str(cell) for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=[_headed(column) for column in columns])


def draw(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    label: str,
    key: str,
    on_pick: Callable[[str], None] | None = None,
    picked: str = "",
    height: int = 0,
) -> None:
    """Draw a table; a cell (text, mark) is a button, and `on_pick` is called with its mark; a Link is a link.

    `picked` is the mark of the cell that is pressed now; a table higher than `height` px scrolls.
    """
    known = {cell[1] for row in rows for cell in row if isinstance(cell, tuple)}
    data: dict[str, Any] = {
        "columns": [column._replace(title=_headed(column))._asdict() for column in columns],
        "rows": [[list(cell) if isinstance(cell, tuple) else str(cell) for cell in row] for row in rows],
        "label": label,
        "picked": picked if picked in known else "",
        "height": height,
        "sort": sorting.of(key, len(columns)),
    }

    def picking() -> None:
        held: Mapping[str, Any] = st.session_state.get(key) or {}
        if on_pick is not None and held.get("pick"):
            on_pick(str(held["pick"]))

    def sorting_by() -> None:
        held: Mapping[str, Any] = st.session_state.get(key) or {}
        if held.get("sort"):
            sorting.sort(key, str(held["sort"]))

    _made()(data=data, key=key, on_pick_change=picking, on_sort_change=sorting_by)
