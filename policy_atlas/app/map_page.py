"""The map page: where the document speaks of, and the sentences that say so."""

import pandas as pd
import streamlit as st

from policy_atlas import counts, evidence, figures
from policy_atlas.app import data, evidence_panel
from policy_atlas.app.sidebar import choose_province
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.gazetteer import WEST


def draw(view: View, text: Words) -> None:
    """Show the map, the ranked bars and the evidence of the chosen province."""
    tables, labels = data.tables(), data.provinces()
    rows = counts.evidence(tables.mentions, tables.mention_provinces, view.choices)
    values = counts.totals(rows)
    n_chars = int(tables.documents["n_chars"].sum())
    shown = counts.in_unit(values, view.unit, n_chars=n_chars, residents=data.residents())
    left, right = st.columns([3, 2], gap="large")
    with left:
        _map(view, text, labels, shown)
        _bars(view, text, labels, rows)
        _table(text, labels, shown, view)
    with right:
        names = _names(labels, text)
        st.selectbox(
            text("map.province"),
            ("", *WEST),
            format_func=lambda code: names.get(code, text("map.none")),
            key="province",
            on_change=lambda: choose_province(st.session_state["province"]),
        )
        evidence_panel.draw(view, text, values, shown, rows, names)


def _names(labels: pd.DataFrame, text: Words) -> dict[str, str]:
    column = "short" if text.lang == "zh" else "name_en"
    return dict(zip(labels["adcode"], labels[column], strict=True))


def _map(view: View, text: Words, labels: pd.DataFrame, shown: pd.Series) -> None:
    scale = 100 if view.unit == "share" else 1
    frame = labels.merge((shown * scale).reset_index(), on="adcode", validate="one_to_one")
    frame["name"] = frame["short" if text.lang == "zh" else "name_en"]
    figure = figures.choropleth(
        frame,
        data.outlines(),
        title=text("map.title", choices=choices_line(view, text)),
        value_title=text(f"unit.{view.unit}.axis"),
        source=text("map.source"),
        selected=view.province or None,
        decimals=decimals(view),
    )
    state = st.plotly_chart(
        figure,
        theme=None,
        config=figures.CONFIG,
        on_select="rerun",
        selection_mode="points",
        key=f"map-{view.level}-{view.rule}-{view.unit}-{view.lang}-{view.province}",
        alt=describe(frame, view, text),
    )
    clicked = [point["location"] for point in state["selection"]["points"] if "location" in point]
    if clicked and clicked[0] != view.province:
        st.query_params.from_dict(view.but(province=clicked[0]).query())
        st.rerun()


def _bars(view: View, text: Words, labels: pd.DataFrame, rows: pd.DataFrame) -> None:
    names = pd.Series(_names(labels, text))
    part_names = {kind: text(f"part.{kind}") for kind in counts.PARTS}
    figure = figures.bars(
        counts.parts(rows),
        names,
        part_names=part_names,
        title=text("bars.title"),
        value_title=text("unit.count.axis"),
        decimals=0 if view.rule == "full" else 2,
    )
    st.plotly_chart(figure, theme=None, config=figures.CONFIG, key="bars")


def _table(text: Words, labels: pd.DataFrame, shown: pd.Series, view: View) -> None:
    ranked = counts.ranking(shown)
    names = _names(labels, text)
    ranked["name"] = ranked["adcode"].map(names)
    with st.expander(text("table.title")):
        st.dataframe(
            ranked[["rank", "name", "value"]],
            hide_index=True,
            column_config={
                "rank": st.column_config.NumberColumn(text("table.rank"), width="small"),
                "name": text("table.province"),
                "value": st.column_config.NumberColumn(
                    text("table.value"), format="percent" if view.unit == "share" else f"%.{decimals(view)}f"
                ),
            },
        )


def describe(frame: pd.DataFrame, view: View, text: Words) -> str:
    """Return one sentence that says what the map shows."""
    ordered = frame.sort_values("value", ascending=False)
    zero = list(ordered.loc[ordered["value"] == 0, "name"])
    zeros = text("map.alt.zero", names="、".join(zero)) if zero else text("map.alt.nozero")
    first, last = ordered.iloc[0], ordered.iloc[-1]
    places = decimals(view)
    return text(
        "map.alt",
        highest=first["name"],
        high=f"{first['value']:,.{places}f}",
        lowest=last["name"],
        low=f"{last['value']:,.{places}f}",
        none=zeros,
        choices=choices_line(view, text),
    )


def choices_line(view: View, text: Words) -> str:
    """Return the choices in words, for titles."""
    return " · ".join(text(f"{name}.{getattr(view, name)}") for name in ("level", "rule", "unit"))


def decimals(view: View) -> int:
    """Return how many decimals the chosen number needs."""
    return 0 if view.unit == "count" and view.rule != "fractional" else 2 if view.unit != "share" else 1
