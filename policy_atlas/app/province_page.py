"""One page for each province: its numbers under every rule, parts, cities, sentences; made to be printed."""

from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import comparison, counts, figures
from policy_atlas.app import briefing, data, describe, layout, marks, outlines, state, theme_data, theme_profile
from policy_atlas.app.picker import province_box
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, number
from policy_atlas.gazetteer import LEVELS, WEST


def draw(view: View, text: Words) -> None:
    """Show the chosen province, the first one where none is chosen."""
    province = view.province or WEST[0]
    name = str(data.names(view.lang)[province])
    with st.container(width=320):
        province_box(view, text, empty=False)
    st.header(name, anchor=False)
    left, right = layout.pair(0.5)
    with left:
        _numbers(view, text, province)
        _parts(view, text, province)
    with right:
        _prefectures(view, text, province, name)
    if theme_data.there():
        _themes(view, text, province, name)
    _sentences(view, text, province)


def _numbers(view: View, text: Words, province: str) -> None:
    st.subheader(text("province.numbers"), anchor=False)
    mentions, links = data.of_doc(data.tables().mentions, view.doc), data.tables().mention_provinces
    rules = comparison.by_rule(mentions, links, view.level)
    levels = comparison.by_level(mentions, links, view.rule)
    rule_rows = _ranked(rules, province, [text(f"rule.{one}") for one in rules.columns])
    level_rows = _ranked(levels, province, [text(f"level.{one}") for one in levels.columns])
    for label, rows in (
        (text("province.by_rule", level=text(f"level.{view.level}")), rule_rows),
        (text("province.by_level", rule=text(f"rule.{view.rule}")), level_rows),
    ):
        st.caption(label)
        st.dataframe(
            rows,
            hide_index=True,
            column_config={
                "name": st.column_config.TextColumn(text("province.choice"), width="medium"),
                "value": st.column_config.NumberColumn(text("unit.count.axis"), format="%g"),
                "rank": st.column_config.NumberColumn(text("province.rank")),
            },
            alt=label,
        )
    briefing.add_button(view.but(province=province, unit="count"), text, "figures")


def _ranked(values: pd.DataFrame, province: str, names: list[str]) -> pd.DataFrame:
    row: Any = values.loc[province]
    rank: Any = comparison.ranks(values).loc[province]
    return pd.DataFrame({"name": names, "value": row.round(2).to_list(), "rank": rank.to_list()})


def _parts(view: View, text: Words, province: str) -> None:
    amounts: Any = counts.parts(data.rows_of(view.doc, view.level, view.rule)).loc[province]
    total = float(amounts.sum())
    st.subheader(text("province.parts"), anchor=False)
    parts = [f"{number(float(amounts[kind]))} {text(f'part.{kind}')}" for kind in counts.PARTS if amounts[kind] > 0]
    line = (
        f"{number(total)} = {' + '.join(parts)}"
        if parts
        else text("evidence.zero", name=data.names(view.lang)[province])
    )
    st.markdown(line)
    if not parts:
        return
    paper = state.colours()
    names = {kind: text(f"part.{kind}") for kind in counts.PARTS}
    st.plotly_chart(
        figures.kinds(amounts, part_names=names, decimals=2 if view.rule == "fractional" else 0, colours=paper),
        theme=None,
        config={**figures.CONFIG, "displayModeBar": False},
        key=f"kinds-{view.query()}-{paper.name}",
        alt=line,
    )
    st.html(describe.legend(view, text))
    briefing.add_button(view.but(province=province, unit="count"), text, "ranking")


def _prefectures(view: View, text: Words, province: str, name: str) -> None:
    st.subheader(text("province.cities"), anchor=False)
    cities = data.cities(view.doc, view.lang)
    mine = cities[cities["province_adcode"] == province]
    st.caption(text("province.cities.sub"))
    shapes = outlines.prefecture_outlines(province)
    column = "name" if view.lang == "zh" else "name_en"
    places = pd.DataFrame([feature["properties"] for feature in shapes["features"]])
    places["name"] = places[column].where(places[column].fillna("") != "", places["name"])
    frame = places[["adcode", "name"]].merge(mine[["adcode", "value"]], on="adcode", how="left", validate="one_to_one")
    frame["value"] = frame["value"].fillna(0)
    paper = state.colours()
    said = [f"{row.name} {row.value:,.0f}" for row in mine[["name", "value"]].itertuples(index=False)]
    line = text("province.cities.alt", name=name, cities=text.join(said) or text("province.cities.none"))
    st.plotly_chart(
        figures.prefectures(frame, shapes, colours=paper, height=330),
        theme=None,
        config=figures.CONFIG,
        key=f"prefectures-{province}-{view.doc}-{view.lang}-{paper.name}",
        alt=line,
    )
    st.write(line)
    briefing.add_button(view.but(province=province), text, "prefectures")


def _themes(view: View, text: Words, province: str, name: str) -> None:
    left, right = layout.pair(0.5)
    with left:
        theme_profile.draw(view, text, province, name)
    with right:
        _tasks(view, text, province)


def _tasks(view: View, text: Words, province: str) -> None:
    """Show the clauses that give the province something to do, within the level; each is quoted as it stands."""
    st.subheader(text("province.tasks"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('province.tasks.sub')}")
    tasks = data.of_doc(data.tables().tasks, view.doc)
    scopes = LEVELS[: LEVELS.index(view.level) + 1]
    mine = tasks[(tasks["adcode"] == province) & tasks["scope"].isin(scopes)]
    labels = data.tables().articles.set_index("article_id")["label"]
    shown = pd.DataFrame(
        {
            "verb": mine["verb"],
            "phrase": mine["phrase"],
            "theme": mine["theme_id"].map(theme_data.names(view.lang)),
            "strength": mine["strength"],
            "article": mine["article_id"].map(labels).fillna(text("evidence.outside")),
            "scope": [text(f"level.{scope}.short") for scope in mine["scope"]],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        height=min(36 * (len(shown) + 1), 470) + 4,
        row_height=36,
        column_config={
            "verb": st.column_config.TextColumn(text("tasks.verb"), width="small"),
            "phrase": st.column_config.TextColumn(text("tasks.phrase"), width="large"),
            "theme": text("themes.theme"),
            "strength": st.column_config.NumberColumn(text("tasks.strength"), width="small"),
            "article": st.column_config.TextColumn(text("kwic.article"), width="small"),
            "scope": st.column_config.TextColumn(text("tasks.scope"), width="small"),
        },
        alt=text("province.tasks"),
    )
    briefing.add_button(view.but(province=province, theme=""), text, "tasks")


def _sentences(view: View, text: Words, province: str) -> None:
    found = data.excerpts(view.doc, view.level, view.rule, province)
    st.subheader(text("province.sentences", size=len(found)), anchor=False)
    st.caption(describe.count_choices(view, text))
    rows = "".join(marks.row(one, at, False, text, window=0) for at, one in enumerate(found, start=1))
    st.html(f'{marks.style(state.colours())}<div class="pa" style="max-width:52em">{rows}</div>')
    briefing.add_button(view.but(province=province, theme=""), text, "quotes")
