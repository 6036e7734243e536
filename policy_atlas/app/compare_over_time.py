"""All dated documents of the picker as lines over time, on the Compare page."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas.analysis import documents_compared
from policy_atlas.app import beside, briefing, data, drawn, grid, layout, state, theme_data
from policy_atlas.app.grid import Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.export.basket import Loose
from policy_atlas.figures.documents import courses
from policy_atlas.palette import LIGHT
from policy_atlas.records import records


def draw(view: View, text: Words) -> None:
    """Show a line per province and per theme over all dated documents, where there are more than two."""
    documents = data.tables().documents
    if len(documents_compared.in_time(documents)) < 3:
        return
    st.subheader(text("beside.time"), anchor=False)
    st.caption(text("beside.time.sub", size=len(documents_compared.in_time(documents))))
    left, right = layout.pair(0.5)
    pair = tuple(code for code in (view.province, view.other) if code)
    for block, what, table, names, strong in (
        (left, "province", beside.provinces(view.level, view.rule), beside.province_names(view.lang), pair),
        (right, "theme", beside.themes(), theme_data.areas(view.lang), (view.theme[:3],) if view.theme else ()),
    ):
        with block:
            _course(view, text, what, documents_compared.over_time(table, documents), names, strong)


def _course(
    view: View, text: Words, what: str, frame: pd.DataFrame, names: dict[str, str], strong: tuple[str, ...]
) -> None:
    titles = beside.titles(text)
    last = frame[frame["doc_id"] == frame["doc_id"].iloc[-1]]
    strong = strong or (str(last.loc[last["rate"].idxmax(), "key"]),)
    key = drawn.key(f"course-{what}-{'-'.join(strong)}", view)
    alt = text("beside.time.alt", name=names[strong[0]], numbers=text.join(_numbers(frame, strong[0], text)))
    style: dict[str, Any] = {"highlighted": strong, "value_title": text(f"beside.{what}.axis")}
    make = partial(courses, frame, names, titles=titles, colours=state.colours(), **style)
    drawn.chart(key, make, alt, partial(beside.pick_dot, what, key))
    st.caption(alt)
    shown = frame.pivot_table(index="key", columns="doc_id", values="rate", sort=False).rename(index=names)
    shown = shown.rename(columns=titles).rename_axis(columns=None, index=text(f"beside.{what}.head")).reset_index()
    title = f"{text('beside.time')} · {text(f'beside.{what}.head')}"
    said = text("beside.time.sub", size=len(shown.columns) - 1)
    briefing.add_chart(view.but(doc=""), text, Loose(title, said, shown, partial(make, colours=LIGHT)))
    layout.folded(
        text("themes.table"), f"time-{what}", lambda: _table(text, what, frame, names, titles), f"time-table-{what}"
    )


def _numbers(frame: pd.DataFrame, key: str, text: Words) -> list[str]:
    return [f"{text.day(row.date)} {row.rate:.2f}" for row in records(frame[frame["key"] == key])]


def _table(text: Words, what: str, frame: pd.DataFrame, names: dict[str, str], titles: dict[str, str]) -> None:
    """Show a row for each document; a rate chooses its province or theme."""
    rates = frame.pivot_table(index="doc_id", columns="key", values="rate", sort=False)
    grid.draw(
        [Column(text("side.doc"), width="9rem"), *(Column(names[key], number=True) for key in names)],
        [[titles[doc], *((f"{rates.loc[doc, key]:.2f}", key) for key in names)] for doc in rates.index.astype(str)],
        label=text("beside.time"),
        key=f"time-table-{what}",
        on_pick=partial(beside.pick, what),
    )
