"""One page for each province: its numbers under every rule, parts, cities, tasks, sentences; made to be printed."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures
from policy_atlas.analysis import comparison, counts
from policy_atlas.app import (
    briefing,
    data,
    describe,
    drawn,
    drill,
    layout,
    marks,
    prefecture_map,
    state,
    task_list,
    theme_data,
    theme_profile,
)
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.picker import province_box
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, decimals, number
from policy_atlas.export.basket import Loose
from policy_atlas.palette import LIGHT
from policy_atlas.places.gazetteer import WEST


def draw(view: View, text: Words) -> None:
    """Show the chosen province, the first one where none is chosen."""
    province = view.province or WEST[0]
    name = str(data.names(view.lang)[province])
    if state.small():
        province_box(view, text, place="page")
    st.header(name, anchor=False)
    if not view.province:
        st.caption(text("province.first"))
    left, right = layout.pair(0.5)
    with left:
        _numbers(view, text, province)
        drill.draw(view, text, "rule", "level", "rank")
    with right:
        st.subheader(text("province.cities"), anchor=False)
        st.caption(describe.prefecture_choices(view, text))
        prefecture_map.draw(view, text, province, height=330)
        briefing.add_button(view.but(province=province, theme=""), text, "prefectures")
        drill.draw(view, text, "city")
    _parts(view, text, province)
    if theme_data.there():
        task_list.draw(view, text, province)
        briefing.add_button(view.but(province=province, theme=""), text, "tasks")
        theme_profile.draw(view, text, province, name)
    _sentences(view, text, province)


def _numbers(view: View, text: Words, province: str) -> None:
    st.subheader(text("province.numbers"), anchor=False)
    for by, values, label in (
        (
            "rule",
            data.by_rule(view.doc, view.level),
            text("province.by_rule", level=text(f"level.{view.level}")),
        ),
        (
            "level",
            data.by_level(view.doc, view.rule),
            text("province.by_level", rule=text(f"rule.{view.rule}")),
        ),
    ):
        st.caption(label)
        columns = [Column(text(f"province.head.{by}")), Column(text("province.number"), number=True)]
        columns += [Column(text("province.rank"), number=True), Column(text("province.tied.head"))]
        drill.table(view, columns, _ranked(view, values, province, by, text), label=label, key=f"numbers-{by}")
    briefing.add_button(view.but(province=province, unit="count", theme=""), text, "figures")


def _ranked(view: View, values: pd.DataFrame, province: str, by: str, text: Words) -> list[list[Cell]]:
    row: Any = values.loc[province]
    rank: Any = comparison.ranks(values).loc[province]
    tied = (comparison.ranks(values) == rank).sum()
    return [
        [
            text(f"{by}.{one}"),
            (number(float(row[one]), view.choices.but(**{by: one}).count_decimals), f"{by}.{one}.{province}"),
            (str(rank[one]), f"rank.{by}.{one}.{province}") if row[one] > 0 else "–",
            text("province.tied", others=tied[one] - 1) if tied[one] > 1 and row[one] > 0 else "",
        ]
        for one in values.columns
    ]


def _parts(view: View, text: Words, province: str) -> None:
    """Show what the number is made of; every part opens its own sentences."""
    amounts: Any = counts.parts(data.rows_of(view.doc, view.level, view.rule)).loc[province]
    st.subheader(text("province.parts"), anchor=False)
    st.caption(describe.count_choices(view, text))
    kinds = [kind for kind in counts.PARTS if amounts[kind] > 0]
    if not kinds:
        st.markdown(text("evidence.zero", name=data.names(view.lang)[province]))
        return
    places = decimals(amounts)
    said = {kind: number(float(amounts[kind]), places) for kind in kinds}
    parts = " + ".join(f"{said[kind]} {text(f'part.{kind}')}" for kind in kinds)
    line = f"{number(float(amounts.sum()), places)} = {parts}"
    st.markdown(line)
    left, right = layout.pair(0.5)
    with left:
        _bar(view, text, province, amounts, line)
    with right:
        drill.table(
            view,
            [Column(text("audit.kind")), Column(text("province.number"), number=True)],
            [[text(f"part.{kind}"), (said[kind], f"kind.{kind}.{province}")] for kind in kinds],
            label=text("province.parts"),
            key="parts",
        )
    drill.draw(view, text, "kind")


def _bar(view: View, text: Words, province: str, amounts: Any, line: str) -> None:
    exact, names = decimals(amounts), {kind: text(f"part.{kind}") for kind in counts.PARTS}
    make = partial(figures.kinds, amounts, part_names=names, decimals=exact, colours=state.colours())
    key = drawn.key("kinds", view, province=province)
    drawn.chart(key, make, line, drill.clicked(key, lambda point: f"kind.{_kind(point)}.{province}"), bar=False)
    kinds = [kind for kind in counts.PARTS if amounts[kind] > 0]
    st.html(describe.legend(view, text, kinds))
    shown = [float(amounts[kind]) for kind in kinds]
    table = pd.DataFrame({text("audit.kind"): [names[kind] for kind in kinds], text("province.number"): shown})
    title = f"{data.names(view.lang)[province]} · {text('province.parts')}"
    legend = tuple((f"{names[kind]} {number(float(amounts[kind]), exact)}", LIGHT.parts[kind]) for kind in kinds)
    loose = Loose(title, describe.count_choices(view, text), table, partial(make, colours=LIGHT), legend)
    briefing.add_chart(view.but(province=province, unit="count"), text, loose)


def _kind(point: dict[str, Any]) -> str:
    held = point["customdata"]
    return str(held[0] if isinstance(held, list) else held)


def _sentences(view: View, text: Words, province: str) -> None:
    found = data.excerpts(view.doc, view.level, view.rule, province)
    title = text("province.sentences", size=len(found))
    st.subheader(title, anchor=False)
    st.caption(describe.count_choices(view, text))
    rows = marks.rows(found, view, text, marks.Listing())
    listed = marks.region(rows, title, most=layout.height(len(found)))
    st.html(f'{marks.style(state.colours())}<div style="max-width:52em">{listed}</div>')
    briefing.add_button(view.but(province=province, theme=""), text, "quotes")
