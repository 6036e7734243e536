"""The document page: the whole text with its outline, every counted name marked, search, and a dispersion plot."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures
from policy_atlas.analysis import concordance, counts
from policy_atlas.app import (
    briefing,
    data,
    describe,
    drawn,
    drill,
    grid,
    header,
    headings,
    layout,
    reader,
    state,
    theme_data,
)
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.picker import province_box
from policy_atlas.app.upload import plain
from policy_atlas.app.view import MAX_FIND, View, typed
from policy_atlas.app.words import Words
from policy_atlas.documents.sources import Source
from policy_atlas.records import records
from policy_atlas.regions.labels import of_articles

SHORT = 8  # letters that even a phone has room for on one line


def draw(view: View, text: Words) -> None:
    """Show the text with its tools above and the plot below."""
    source = data.source(view.doc)
    hits = data.hits(view.doc, view.find)
    at = min(int(view.hit or "1"), len(hits)) if len(hits) else 0
    _tools(view, text, source, at, len(hits))
    drill.draw(view, text, "placed")
    if said := header.which(view.doc, text):
        st.caption(said)
    st.html(describe.legend(view, text))
    st.caption(_filtered(view, text))
    left, right = layout.pair(0.26)
    below = state.width() != "wide"  # an open outline would push the text off the screen
    with left, st.expander(text("document.outline")) if below else st.container(height=640, border=False):
        st.html(reader.outline(source.doc_id, text, reader.chosen(view, hits, at)))
    with right, st.container(key="rows-text"), st.container(height=640, border=True):
        st.html(reader.body(view, text, hits, at))
    reader.scroll(view, at)
    if view.find:
        _kwic(view, text, hits)
    _dispersion(view, text, source)


def _tools(view: View, text: Words, source: Source, at: int, size: int) -> None:
    find, article = st.columns([3, 4], vertical_alignment="bottom")
    with find:
        st.text_input(
            text("document.find"),
            key=state.follow("find", view.find),
            max_chars=MAX_FIND,
            placeholder=text("document.find.hint"),
            on_change=_found,
        )
    with article:
        labels = headings.labels(source.doc_id, view.lang)
        st.selectbox(
            text("document.article"),
            ("", *labels),
            format_func=lambda number: labels.get(number, text("pick.none")),
            key=state.follow("article", view.article),
            on_change=_jumped,
        )
    if state.small():
        province_box(view, text, place="document")
    if view.find:
        _hits(view, text, at, size)


def _hits(view: View, text: Words, at: int, size: int) -> None:
    found = text("document.hit", at=at, size=size) if size else text("document.nohit", find=plain(view.find))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(found, width="content")
        if size:
            back: dict[str, Any] = {"icon": ":material/keyboard_arrow_up:", "args": ((at - 2) % size + 1,)}
            st.button(text("document.hit.previous"), on_click=_turn, type="tertiary", key="hit-back", **back)
            on: dict[str, Any] = {"icon": ":material/keyboard_arrow_down:", "args": (at % size + 1,)}
            st.button(text("document.hit.next"), on_click=_turn, type="tertiary", key="hit-on", **on)


def _filtered(view: View, text: Words) -> str:
    """Say which marks are shown, so that text without marks is not read as text without names."""
    parts = [text("document.level", level=text(f"level.{view.level}"))]
    if view.province:
        parts.append(text("document.only", name=data.names(view.lang)[view.province]))
    if theme_data.there():
        named = {"name": theme_data.names(view.lang)[view.theme]} if view.theme else {}
        parts.append(text("document.phrases" if view.theme else "document.nophrases", **named))
    return " · ".join(parts)


def _found() -> None:
    state.go(find=typed(state.held("find"), MAX_FIND), hit="", span="", article="")


def _turn(at: int) -> None:
    state.go(hit=str(at), span="", article="")


def _jumped() -> None:
    state.go(article=state.held("article"), span="", hit="")


def _kwic(view: View, text: Words, hits: pd.DataFrame) -> None:
    if hits.empty:
        return
    st.subheader(text("kwic.title", find=view.find.replace("[", "").replace("`", "")), anchor=False)
    st.segmented_control(
        text("kwic.order"),
        concordance.ORDERS,
        format_func=lambda one: text(f"kwic.order.{one}"),
        required=True,
        key=state.follow("order", view.order),
        on_change=state.took,
        args=("order", "order"),
    )
    rows = concordance.ordered(hits, view.order)
    labels = data.tables().articles.set_index("article_id")["label"]
    starts = data.sentences(data.source(view.doc).doc_id).set_index("sentence_id")["start"]
    columns = [
        Column(text("kwic.article"), lang="zh", width="4.5rem"),
        Column(text("kwic.left"), lang="zh", fit="end"),
        Column(text("kwic.hit"), lang="zh", fit="whole" if len(view.find) <= SHORT else ""),
        Column(text("kwic.right"), lang="zh"),
    ]
    cells: list[list[Cell]] = [
        [
            labels.get(row.article_id, "") or text("evidence.outside"),
            row.left,
            (row.hit, f"{starts[row.sentence_id]}-{starts[row.sentence_id] + 1}"),
            row.right,
        ]
        for row in records(rows)
    ]
    grid.draw(
        columns,
        cells,
        label=text("kwic.alt", size=len(rows)),
        key="kwic",
        on_pick=lambda span: state.go(span=span, article="", hit=""),
        height=360,
    )
    briefing.add_table(view, text, text("kwic.title", find=view.find), "", grid.frame(columns, cells))


def _dispersion(view: View, text: Words, source: Source) -> None:
    st.subheader(text("dispersion.title"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('dispersion.sub')}")
    rows, articles = data.positions(source.doc_id, view.level)
    names, end = data.names(view.lang), len(data.raw_text(source.doc_id)) / 1000
    make = partial(
        figures.dispersion,
        rows,
        names,
        articles=figures.marked(of_articles(articles, view.lang), end, layout.PLOT[state.width()]),
        kind_names={kind: text(f"part.{kind}") for kind in counts.PARTS},
        x_title=text("dispersion.axis"),
        end=end,
        selected=view.province,
        colours=state.colours(),
    )
    key = drawn.key("dispersion", View(view.lang, source.doc_id, view.level, province=view.province))
    line = describe.of_places(view, text, rows["adcode"])
    drawn.chart(key, make, line, lambda: _plotted(key))
    st.write(line)
    briefing.add_button(view.but(theme=""), text, "dispersion")
    layout.folded(text("dispersion.table"), "positions", lambda: _positions(rows, names, text))


def _positions(rows: pd.DataFrame, names: pd.Series, text: Words) -> None:
    grid.draw(
        [
            Column(text("table.province")),
            Column(text("audit.surface"), lang="zh"),
            Column(text("audit.kind")),
            Column(text("kwic.article"), lang="zh"),
        ],
        [
            [
                str(names[row.adcode]),
                (row.surface, f"{row.start}-{row.end}"),
                text(f"part.{row.kind}"),
                row.label or text("evidence.outside"),
            ]
            for row in records(rows)
        ],
        label=text("dispersion.table"),
        key="positions",
        on_pick=lambda span: state.go(span=span, article="", hit=""),
        height=400,
    )


def _plotted(key: str) -> None:
    """Go to the very sentence of the mention that was clicked."""
    points = st.session_state[key]["selection"]["points"]
    if points and points[-1].get("customdata"):
        start, end = points[-1]["customdata"][:2]
        state.go(span=f"{int(start)}-{int(end)}", article="", hit="")
