"""The tasks that a document gives a province: quoted clauses with theme, strength, article and scope."""

from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas.app import data, grid, layout, links, theme_data
from policy_atlas.app.grid import Cell, Column, Link
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.places.gazetteer import scopes_to
from policy_atlas.records import records


def draw(view: View, text: Words, province: str) -> None:
    """Show the clauses within the level; the article of each leads to its place in the document."""
    st.subheader(text("province.tasks"), anchor=False)
    tasks = data.of_doc(data.tables().tasks, view.doc)
    mine = tasks[(tasks["adcode"] == province) & tasks["scope"].isin(scopes_to(view.level))]
    st.caption(f"{text(f'level.{view.level}')} · {text('province.tasks.sub', size=len(mine))}")
    if mine.empty:
        st.write(text("tasks.none"))
        return
    grid.draw(
        [
            Column(text("tasks.verb"), lang="zh", width="3.2rem"),
            Column(text("tasks.phrase"), lang="zh", width="16rem"),
            Column(text("themes.theme"), width="7rem"),
            Column(text("tasks.strength"), number=True),
            Column(text("kwic.article"), lang="zh", width="4.5rem"),
            Column(text("tasks.scope"), width="3.4rem"),
        ],
        [_row(row, view, text) for row in records(mine.sort_values(["doc_id", "start"]))],
        label=text("province.tasks"),
        key=f"tasks-{province}",
        height=layout.height(len(mine)),
    )


def _row(row: Any, view: View, text: Words) -> list[Cell]:
    labels = data.tables().articles.set_index("article_id")["label"]
    label = str(labels[row.article_id]) if pd.notna(row.article_id) else text("evidence.outside")
    theme = theme_data.names(view.lang)[row.theme_id] if pd.notna(row.theme_id) and row.theme_id else ""
    return [
        str(row.verb),
        str(row.phrase),
        theme or text("tasks.notheme"),
        str(row.strength),
        Link(label, place(row.doc_id, row.start, row.end, view)),
        text(f"scope.{row.scope}"),
    ]


def place(doc: str, start: int, end: int, view: View) -> str:
    """Return the address of a span of a document."""
    several = len(data.sources()) > 1
    return links.address("document", view.shared().but(span=f"{start}-{end}", doc=doc if several else view.doc))
