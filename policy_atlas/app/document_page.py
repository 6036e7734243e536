"""The document page: the whole text with its outline, every counted name marked, search, and a dispersion plot."""

from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import concordance, counts, figures
from policy_atlas.app import briefing, data, describe, layout, reader, state, theme_data
from policy_atlas.app.picker import province_box, theme_box
from policy_atlas.app.view import MAX_FIND, View
from policy_atlas.app.words import Words
from policy_atlas.sources import Source


def draw(view: View, text: Words) -> None:
    """Show the text with its tools above and the plot below."""
    source = data.source(view.doc)
    hits = concordance.kwic(data.sentences(source.doc_id), view.find)
    at = min(int(view.hit or "1"), len(hits)) if len(hits) else 0
    _tools(view, text, source, at, len(hits))
    st.html(describe.legend(view, text))
    left, right = layout.pair(0.26)
    with left, st.container(height=640, border=False):
        st.html(reader.outline(source.doc_id, text))
    with right, st.container(height=640, border=True):
        st.html(reader.body(view, text, hits, at))
    reader.scroll(view, at)
    if view.find:
        _kwic(view, text, hits)
    _dispersion(view, text, source)


def _tools(view: View, text: Words, source: Source, at: int, size: int) -> None:
    find, province, theme, article = st.columns([3, 2, 3, 3], vertical_alignment="bottom")
    with find:
        st.text_input(
            text("document.find"),
            key=state.follow("find", view.find),
            max_chars=MAX_FIND,
            placeholder=text("document.find.hint"),
            on_change=_found,
        )
    with province:
        province_box(view, text)
    with theme:
        if theme_data.there():
            theme_box(view, text)
    with article:
        labels = data.article_labels(source.doc_id, view.lang)
        st.selectbox(
            text("document.article"),
            ("", *labels),
            format_func=lambda number: labels.get(number, text("pick.none")),
            key=state.follow("article", view.article),
            on_change=_jumped,
        )
    if view.find:
        _hits(text, at, size)


def _hits(text: Words, at: int, size: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(text("document.hit", at=at, size=size) if size else text("document.nohit"), width="content")
        if size:
            back: dict[str, Any] = {"icon": ":material/keyboard_arrow_up:", "args": ((at - 2) % size + 1,)}
            st.button(text("document.hit.previous"), on_click=_turn, type="tertiary", key="hit-back", **back)
            on: dict[str, Any] = {"icon": ":material/keyboard_arrow_down:", "args": (at % size + 1,)}
            st.button(text("document.hit.next"), on_click=_turn, type="tertiary", key="hit-on", **on)


def _found() -> None:
    wanted = "".join(one for one in st.session_state["find"] if one >= " " and one not in "<>\x7f").strip()
    state.go(find=wanted[:MAX_FIND], hit="", span="", article="")


def _turn(at: int) -> None:
    state.go(hit=str(at), span="", article="")


def _jumped() -> None:
    state.go(article=st.session_state["article"], span="", hit="")


def _kwic(view: View, text: Words, hits: pd.DataFrame) -> None:
    if hits.empty:
        return
    st.subheader(text("kwic.title", find=view.find.replace("[", "").replace("`", "")), anchor=False)
    order = st.segmented_control(
        text("kwic.order"),
        concordance.ORDERS,
        format_func=lambda one: text(f"kwic.order.{one}"),
        default="text",
        required=True,
        key="kwic-order",
    )
    rows = concordance.ordered(hits, str(order))
    labels = data.tables().articles.set_index("article_id")["label"]
    shown = rows.assign(article=rows["article_id"].map(labels))[["article", "left", "hit", "right"]]
    st.dataframe(
        shown,
        hide_index=True,
        height=min(36 * (len(rows) + 1), 360),
        row_height=36,
        column_config={
            "article": st.column_config.TextColumn(text("kwic.article"), width="small"),
            "left": st.column_config.TextColumn(text("kwic.left"), alignment="right"),
            "hit": st.column_config.TextColumn(text("kwic.hit"), width="small", alignment="center"),
            "right": text("kwic.right"),
        },
        alt=text("kwic.alt", size=len(rows)),
    )
    heads = {name: text(f"kwic.{name}") for name in shown.columns}
    briefing.add_table(view, text, text("kwic.title", find=view.find), "", shown.fillna("").rename(columns=heads))


def _dispersion(view: View, text: Words, source: Source) -> None:
    st.subheader(text("dispersion.title"), anchor=False)
    st.caption(f"{describe.count_choices(view, text)} · {text('dispersion.sub')}")
    rows, articles = data.positions(source.doc_id, view.level)
    paper = state.colours()
    names = data.names(view.lang)
    figure = figures.dispersion(
        rows,
        names,
        articles=articles[articles["number"].astype(int) % 4 == 1],
        kind_names={kind: text(f"part.{kind}") for kind in counts.PARTS},
        x_title=text("dispersion.axis"),
        colours=paper,
    )
    key = f"dispersion-{source.doc_id}-{view.level}-{view.lang}-{paper.name}"
    widest = rows.groupby("adcode")["position"].agg(["min", "max", "size"]) if len(rows) else pd.DataFrame()
    st.plotly_chart(
        figure,
        theme=None,
        config=figures.CONFIG,
        on_select=lambda: _plotted(key),
        selection_mode="points",
        key=key,
        alt=text("dispersion.alt", size=len(rows), provinces=len(widest)),
    )
    briefing.add_button(view, text, "dispersion")
    with st.expander(text("dispersion.table")):
        table = rows.assign(name=rows["adcode"].map(names), part=rows["kind"].map(lambda kind: text(f"part.{kind}")))
        st.dataframe(
            table[["name", "surface", "part", "label"]],
            hide_index=True,
            column_config={
                "name": text("table.province"),
                "surface": text("audit.surface"),
                "part": text("audit.kind"),
                "label": text("kwic.article"),
            },
        )


def _plotted(key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    ids = [str(point["customdata"]) for point in points if point.get("customdata")]
    articles = data.tables().articles
    number = articles.loc[articles["article_id"].isin(ids), "number"]
    if len(number):
        state.go(article=str(number.iloc[0]), span="", hit="")
