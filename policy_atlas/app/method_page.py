"""Where everything comes from: sources, definitions, gazetteer, audit, tables to take away, version."""

import pandas as pd
import streamlit as st

from policy_atlas.analysis.counts import PARTS, RULES, UNITS
from policy_atlas.app import (
    accuracy,
    briefing,
    catalogue,
    codebook_panel,
    data,
    gazetteer_panel,
    grid,
    origins,
    overrides_panel,
    reader,
    session,
    state,
    task_list,
)
from policy_atlas.app.grid import Cell, Column, Link
from policy_atlas.app.view import VERDICTS, View
from policy_atlas.app.words import Words
from policy_atlas.places.gazetteer import LEVELS, SCOPES
from policy_atlas.records import records
from policy_atlas.stamp import of_sources, stamp

MOST = 1000


def draw(view: View, text: Words) -> None:
    """Show one section under a heading for each question a careful reader asks."""
    origins.draw(view, text)
    _definitions(text)
    accuracy.draw(view, text)
    gazetteer_panel.draw(view, text)
    codebook_panel.draw(view, text)
    _audit(view, text)
    overrides_panel.draw(text)
    _downloads(view, text)
    _version(view, text)


def _definitions(text: Words) -> None:
    st.header(text("method.definitions"), anchor=False)
    st.markdown(text("method.mention"))
    lines = [
        text(
            "method.kind",
            name=text(f"part.{kind}"),
            kind=kind,
            level=text(f"level.{SCOPES[kind]}"),
            says=text(f"kind.{kind}"),
        )
        for kind in PARTS
    ]
    st.markdown(_list(lines))
    st.subheader(text("side.level"), anchor=False)
    st.markdown(" → ".join(text(f"level.{level}") for level in LEVELS) + f"  \n{text('side.level.help')}")
    st.subheader(text("side.rule"), anchor=False)
    st.markdown(_list([_says(text, f"rule.{rule}") for rule in RULES]))
    st.subheader(text("side.unit"), anchor=False)
    st.markdown(_list([_says(text, f"unit.{unit}") for unit in UNITS]))


def _says(text: Words, key: str) -> str:
    """Return what a choice means."""
    return text("method.says", name=text(key), says=text(f"{key}.help"))


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _audit(view: View, text: Words) -> None:
    """Show every candidate; the verdict stands in the URL, so that a number on the page can lead to its rows."""
    if view.verdict:
        st.html('<div id="pa-focus"></div>')
    st.header(text("method.audit"), anchor=False)
    st.write(text("method.audit.text"))
    frame = catalogue.audit(view.doc)
    kept, reason = st.columns([3, 2])
    with kept:
        st.segmented_control(
            text("audit.which"),
            ("", *VERDICTS),
            required=True,
            format_func=lambda one: text(f"audit.{one or 'all'}"),
            key=state.follow("verdict", view.verdict),
            on_change=_judged,
        )
    if view.verdict:
        frame = frame[frame["verdict"] == view.verdict]
    with reason:
        st.selectbox(
            text("audit.reason"),
            ("", *sorted(frame["reason"].unique())),
            format_func=lambda one: _reason(one, text) or text("pick.all"),
            key=state.follow("reason", view.reason),
            on_change=state.took,
            args=("reason", "reason"),
        )
    if view.reason:
        frame = frame[frame["reason"] == view.reason]
    st.caption(text("method.found", shown=min(len(frame), MOST), size=f"{len(frame):,}"))
    _candidates(frame.head(MOST), view, text)
    if view.verdict:
        reader.scroll_to(f"audit-{view.verdict}")


def _judged() -> None:
    """Take the verdict; its candidates have reasons of their own."""
    state.go(verdict=state.held("verdict") or "", reason="")


def _candidates(frame: pd.DataFrame, view: View, text: Words) -> None:
    columns = [
        Column(text("audit.verdict"), width="3rem"),
        Column(text("audit.surface"), lang="zh", width="5rem"),
        Column(text("audit.context"), lang="zh", width="12rem"),
        Column(text("audit.reason"), width="9rem"),
        Column(text("audit.place")),
        Column(text("audit.start"), number=True),
        Column(text("audit.end"), number=True),
    ]
    rows: list[list[Cell]] = [
        [
            text(f"audit.{row.verdict}"),
            row.surface,
            row.context,
            _reason(row.reason, text),
            row.place_id if isinstance(row.place_id, str) and row.place_id else "–",
            Link(str(row.start), task_list.place(row.doc_id, row.start, row.end, view)),
            str(row.end),
        ]
        for row in records(frame)
    ]
    grid.draw(columns, rows, label=text("method.audit"), key="audit", height=460)
    verdict = text(f"audit.{view.verdict or 'all'}")
    briefing.add_table(view, text, f"{text('method.audit')} · {verdict}", "", grid.frame(columns, rows))


def _reason(reason: str, text: Words) -> str:
    return text.table.get(f"reason.{reason}", reason)


def _downloads(view: View, text: Words) -> None:
    st.header(text("method.downloads"), anchor=False)
    tables = dict(data.tables().items())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = view.table or next(iter(tables))
        st.selectbox(
            text("method.table"),
            list(tables),
            format_func=lambda one: f"{one} ({len(tables[one]):,})",
            key=state.follow("table", name),
            on_change=state.took,
            args=("table", "table"),
            width=320,
        )
        st.download_button(
            text("method.csv"),
            lambda: tables[name].to_csv(index=False, lineterminator="\n").encode("utf-8-sig"),
            file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            text("method.zip"),
            catalogue.all_tables_zip,
            file_name="policy-atlas-tables.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    st.dataframe(_preview(tables[name]), hide_index=True, alt=name, placeholder="")


def _preview(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the first rows as the CSV file will have them: dates without a time of day."""
    first = frame.head(50).copy()
    for column in first.select_dtypes("datetime"):
        first[column] = first[column].dt.strftime("%Y-%m-%d")
    return first


def _version(view: View, text: Words) -> None:
    st.header(text("method.version"), anchor=False)
    parts = stamp(session.overrides(), of_sources(data.sources()))
    rows = [[text(f"version.{part}"), value] for part, value in parts.items()]
    columns = [Column(text("version.part")), Column(text("version.value"))]
    briefing.table(view, text, columns, rows, title=text("method.version"), key="version")
