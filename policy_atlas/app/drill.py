"""The rows behind any number on a page: a mark names the number, its sentences are listed below the chart.

A mark is the chart's name and what was clicked, as in `rule.fractional.510000` or `course.T03.8`;
it stands in the URL, so that a copied link opens the same rows. `view.ROWS` says which marks there are,
`rows_behind` and `derived` what each stands for.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from policy_atlas.app import derived, grid, marks, opened, rows_behind, state, theme_data
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.rows_behind import Part, Rows
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, number


def pick(mark: str) -> None:
    """Open the rows of a number, or close them where they are open; for callbacks."""
    if state.current().rows == mark:
        state.go(rows="")
        return
    opened.click("rows")
    state.go(rows=mark)


def clicked(key: str, mark: Callable[[dict[str, Any]], str]) -> Callable[[], None]:
    """Return a callback that opens the rows of the point that was clicked on a chart."""

    def chosen() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points:
            opened.click("rows")
        state.go(rows=mark(points[-1]) if points else "")

    return chosen


def table(
    view: View, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, label: str, key: str, height: int = 0
) -> None:
    """Draw a table whose numbers open their rows."""
    grid.draw(columns, rows, label=label, key=key, on_pick=pick, picked=view.rows, height=height)


def draw(view: View, text: Words, *charts: str) -> None:
    """List the open rows, if they belong to one of the charts named.

    Their place is kept where none are open: what stands below would else be drawn anew, and an open table close.
    """
    place = st.empty()
    if view.rows.split(".")[0] not in charts:
        return
    rows = collect(view, text)
    with place.container(border=True, key=f"rows-{charts[0]}"):
        with opened.head("rows"), st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{_said(rows, text)}**", width="stretch")
            st.button(text("rows.close"), key=f"close-{charts[0]}", type="tertiary", on_click=pick, args=(view.rows,))
        if rows.formula:
            st.caption(rows.formula)
        if rows.ranking:
            columns = [Column(text("table.rank"), number=True), Column(text("table.province"))]
            columns.append(Column(text("province.number"), number=True))
            table(view, columns, rows.ranking, label=rows.title, key=f"ranked-{charts[0]}")
            return
        several = len(rows.parts) > 1
        listed = "".join(_listed(part, view, text, several) for part in rows.parts)
        with st.container(height=360 if sum(len(part.found) for part in rows.parts) > 3 else "content", border=False):
            st.html(marks.style(state.colours()) + marks.region(listed, rows.title, view.rows))


def collect(view: View, text: Words) -> Rows:
    """Return the rows that `view.rows` names."""
    chart, *rest = view.rows.split(".")
    return {**rows_behind.KINDS, **derived.KINDS}[chart](view, text, rest)


def _said(rows: Rows, text: Words) -> str:
    """Return the title with the sum that the sentences make up, where they make one up."""
    size = sum(len(part.found) for part in rows.parts)
    if rows.stated or rows.ranking:
        return rows.title
    total = marks.signed(rows.total) if any(part.sign < 0 for part in rows.parts) else number(rows.total)
    return text("rows.sum", title=rows.title, total=total, size=size)


def _listed(part: Part, view: View, text: Words, several: bool) -> str:
    chips = theme_data.of_sentence(view.lang) if theme_data.there() else {}
    how = marks.Listing(window=0, each=part.each, sign=part.sign, linked=part.linked)
    head = marks.head(text("rows.part", title=part.title, total=number(part.total))) if several else ""
    return head + marks.rows(part.found, view, text, how, chips)
