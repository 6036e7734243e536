"""Themes over the text, instruments by province, strength by theme: each with its table and its sentences."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures
from policy_atlas.app import briefing, data, describe, drawn, drill, header, layout, state, theme_data
from policy_atlas.app.grid import Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.records import records
from policy_atlas.regions.labels import of_articles


def draw(view: View, text: Words) -> None:
    """Show the course of the themes, then tools and strength side by side."""
    _course(view, text)
    if theme_data.also("sentence_tools"):
        left, right = layout.pair(0.5)
        with left:
            _instruments(view, text)
        with right:
            _strength(view, text)
        drill.draw(view, text, "family", "strength")


def _course(view: View, text: Words) -> None:
    st.subheader(text("themes.course"), anchor=False)
    source = data.source(view.doc)
    articles = data.of_doc(data.tables().articles, source.doc_id)
    frame = theme_data.course(source.doc_id)
    largest = int(frame["sentences"].max()) if len(frame) else 0
    st.caption(text("themes.course.sub", size=largest) + header.which(view.doc, text))
    areas = theme_data.areas(view.lang)
    marks = of_articles(articles, view.lang)
    style: dict[str, Any] = {"compact": state.small(), "width": layout.PLOT[state.width()], "colours": state.colours()}
    make = partial(figures.course, frame, marks, areas, **style)
    key = drawn.key("course", View(view.lang, source.doc_id))
    line = _course_line(frame, areas, text)
    drawn.chart(key, make, line, drill.clicked(key, _course_mark))
    st.write(line)
    briefing.add_button(view.but(province="", theme=""), text, "course")
    drill.draw(view, text, "course")

    def twin() -> None:
        drill.table(
            view,
            [
                Column(text("themes.theme")),
                Column(text("kwic.article"), lang="zh"),
                Column(text("themes.sentences"), number=True),
            ],
            [
                [areas[row.theme], row.label, (str(row.sentences), f"course.{row.theme}.{row.number}")]
                for row in records(frame.sort_values(["theme", "number"]))
            ],
            label=text("themes.course"),
            key="course-table",
            height=400,
        )

    layout.folded(text("themes.table"), "course", twin, "course-table")


def _course_mark(point: dict[str, Any]) -> str:
    theme, number = point["customdata"][:2]
    return f"course.{theme}.{number}"


def _course_line(frame: pd.DataFrame, areas: dict[str, str], text: Words) -> str:
    if frame.empty:
        return text("themes.course")
    wide, size = frame["theme"].value_counts().reindex(list(areas), fill_value=0), int(frame["sentences"].max())
    most = [
        text("themes.course.one", theme=areas[row.theme], label=text.either(row.label, str(row.number)))
        for row in records(frame[frame["sentences"] == size].sort_values(["number", "theme"]))
    ]
    return text(
        "themes.course.alt",
        wide=describe.at(wide, int(wide.max()), areas, text),
        articles=int(wide.max()),
        most=describe.some(most, text),
        size=size,
    )


def _instruments(view: View, text: Words) -> None:
    st.subheader(text("themes.instruments"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('themes.instruments.sub')}")
    table = theme_data.families(view.doc, view.level)
    known, paper = theme_data.kinds(view.lang), state.colours()
    fills = dict(zip(theme_data.FAMILIES, (paper.parts["P"], paper.parts["A"], paper.parts["R"]), strict=True))
    families = {one: known[one] for one in theme_data.FAMILIES}
    names = {str(key): str(value) for key, value in data.names(view.lang).items()}
    _stacked(view, text, "instruments", (table, names, families), fills, lambda row, column: f"family.{column}.{row}")


def _strength(view: View, text: Words) -> None:
    st.subheader(text("themes.strength"), anchor=False)
    st.caption(text("themes.strength.sub"))
    table = theme_data.strengths(view.doc)
    paper, areas = state.colours(), theme_data.areas(view.lang)
    fills = {0: paper.zero} | {level: paper.at((level - 1) / 4) for level in range(1, 6)}
    levels = {level: text(f"strength.{level}") for level in range(6)}
    _stacked(view, text, "strength", (table, areas, levels), fills, lambda row, column: f"strength.{column}.{row}")


def _stacked(
    view: View,
    text: Words,
    name: str,
    content: tuple[pd.DataFrame, dict[str, str], dict[Any, str]],
    fills: dict[Any, str],
    mark: Callable[[str, str], str],
) -> None:
    """Draw stacked bars whose pieces open their sentences, what they say in words, and their table."""
    table, names, pieces = content
    axis = text("themes.times" if name == "instruments" else "themes.sentences")
    style: dict[str, Any] = {"colours": state.colours(), **({"width": layout.PLOT["narrow"]} if state.small() else {})}
    make = partial(figures.stacked, table, names, pieces, fills, value_title=axis, **style)
    totals = table.sum(axis=1)
    line = text(
        f"themes.{name}.alt",
        most=describe.at(totals, totals.max(), names, text),
        high=int(totals.max()),
        least=describe.at(totals, totals.min(), names, text),
        low=int(totals.min()),
        piece=describe.at(table.sum(), table.sum().max(), pieces, text),
    )
    key = drawn.key(name, view, province="", theme="")
    drawn.chart(key, make, line, drill.clicked(key, lambda point: mark(*map(str, point["customdata"][:2]))))
    st.write(line)
    briefing.add_button(view.but(province="", theme=""), text, name)

    def twin() -> None:
        drill.table(
            view,
            [
                Column(text("table.province" if name == "instruments" else "themes.theme")),
                *(Column(label, number=True) for label in pieces.values()),
            ],
            [
                [names[str(row)], *((str(table.loc[row, column]), mark(str(row), str(column))) for column in pieces)]
                for row in table.index
            ],
            label=text(f"themes.{name}"),
            key=f"{name}-table",
        )

    layout.folded(text("themes.table"), name, twin, f"{name}-table")
