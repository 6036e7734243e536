"""The theme codebook on the Method page: definitions, and the phrases behind each number of phrases."""

import streamlit as st

from policy_atlas.app import briefing, catalogue, drill, grid, opened
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.records import records
from policy_atlas.themes.scoring import WORDED


def draw(view: View, text: Words) -> None:
    """Show themes and sub-themes with their definitions; the number of phrases opens them."""
    st.header(text("method.codebook"), anchor=False)
    st.write(text("codebook.text", least=-WORDED.least, slope=WORDED.slope))
    frame = catalogue.codebook_table(text.lang)
    columns = [
        Column(text("codebook.id"), width="4rem"),
        Column(text("codebook.name"), width="9rem"),
        Column(text("codebook.definition"), width="18rem"),
        Column(text("codebook.phrases"), number=True),
    ]
    rows: list[list[Cell]] = [
        [row.theme_id, row.name, row.definition, (str(row.phrases), f"phrases.{row.theme_id}") if row.phrases else "–"]
        for row in records(frame)
    ]
    drill.table(view, columns, rows, label=text("method.codebook"), key="codebook", height=460)
    briefing.add_table(view, text, text("method.codebook"), "", grid.frame(columns, rows))
    if view.rows.startswith("phrases."):
        _phrases(view, text, view.rows.partition(".")[2], dict(zip(frame["theme_id"], frame["name"], strict=True)))


def _phrases(view: View, text: Words, theme: str, names: dict[str, str]) -> None:
    found = catalogue.phrases_of(theme)
    title = text("codebook.rows", name=names.get(theme, theme), size=len(found))
    with st.container(border=True):
        with opened.head("rows"):
            st.markdown(f"**{title}**")
        columns = [Column(text("codebook.phrase"), lang="zh"), Column(text("codebook.weight"), number=True)]
        briefing.table(view, text, columns, found, title=title, key="phrases", height=360)
