"""Compare: two provinces, ranks between counting choices, and two witnesses of the document."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures
from policy_atlas.analysis import comparison
from policy_atlas.app import (
    briefing,
    compare_documents,
    compare_witnesses,
    data,
    describe,
    drawn,
    drill,
    grid,
    layout,
    marks,
    session,
    state,
)
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.picker import province_box
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, number
from policy_atlas.places.gazetteer import WEST
from policy_atlas.records import records

EPSILON = 1e-9


def draw(view: View, text: Words) -> None:
    """Show documents beside each other, the pair, the slopes and the witnesses."""
    compare_documents.draw(view, text)
    pair = _who(view, text)
    rules = data.by_rule(view.doc, view.level)
    levels = data.by_level(view.doc, view.rule)
    _pair(view, text, pair, rules, levels)
    drill.draw(view, text, "rule", "level", "gap")
    left, right = layout.pair(0.5)
    with left:
        _slopes(view, text, pair, rules, "rule")
    with right:
        _slopes(view, text, pair, levels, "level")
    drill.draw(view, text, "rules", "levels", "tied")
    compare_witnesses.draw(view, text)


def _who(view: View, text: Words) -> tuple[str, str]:
    """Let the reader choose whom to compare with; never a province with itself."""
    one = view.province or next(code for code in (WEST[1], WEST[0]) if code != view.other)
    other = next(code for code in (view.other, WEST[0], WEST[1]) if code and code != one)
    with st.container(width=660):
        left, right = st.columns(2)
        if state.small():
            with left:
                province_box(view.but(province=one), text, place="compare")
        with right if state.small() else left:
            province_box(view.but(other=other), text, "other")
    return one, other


def _pair(view: View, text: Words, pair: tuple[str, str], rules: pd.DataFrame, levels: pd.DataFrame) -> None:
    names = data.names(view.lang)
    one, other = (str(names[code]) for code in pair)
    st.subheader(text("compare.pair", one=one, other=other), anchor=False)
    if not view.province:
        st.caption(text("compare.first", name=one))
    st.caption(text("compare.pair.sub", level=text(f"level.{view.level}"), rule=text(f"rule.{view.rule}")))
    rows: list[list[Cell]] = []
    leads = set()
    for by, values in (("rule", rules), ("level", levels)):
        for choice in values.columns:
            mine, theirs = (float(values[choice][code]) for code in pair)
            ahead = one if mine - theirs > EPSILON else other if theirs - mine > EPSILON else text("compare.tie")
            leads.add(ahead)
            places = view.choices.but(**{by: choice}).count_decimals
            cells = [(number(float(values[choice][code]), places), f"{by}.{choice}.{code}") for code in pair]
            gap = (marks.signed(mine - theirs, places), f"gap.{by}.{choice}.{pair[0]}.{pair[1]}")
            rows.append([text(f"{by}.{choice}"), *cells, gap, ahead])
    columns = [Column(text("province.choice")), Column(one, number=True), Column(other, number=True)]
    columns += [Column(text("witness.difference"), number=True), Column(text("compare.ahead"), width="3rem")]
    label = text("compare.pair", one=one, other=other)
    shown = 4 if state.small() else 5  # a phone has no room for who is ahead, which the sign of the difference says
    drill.table(view, columns[:shown], [row[:shown] for row in rows], label=label, key="pair")
    briefing.add_table(view, text, label, describe.count_choices(view, text), grid.frame(columns, rows))
    certain = len(leads) == 1 and text("compare.tie") not in leads
    key = "compare.same" if certain else "compare.moves"
    st.write(text(key, one=one, other=other, ahead=next(iter(leads))))


def _slopes(view: View, text: Words, pair: tuple[str, str], values: pd.DataFrame, by: str) -> None:
    names = data.names(view.lang)
    fixed = text(f"level.{view.level}") if by == "rule" else text(f"rule.{view.rule}")
    st.subheader(text(f"compare.slopes.{by}"), anchor=False)
    st.caption(text("compare.slopes.sub", fixed=fixed))
    columns = [text(f"{by}.{key}.short") for key in values.columns]
    found = reversals(by, view.doc, view.level if by == "rule" else view.rule)
    line = text("compare.reversals", size=len(found), pairs=len(WEST) * (len(WEST) - 1) // 2)
    key = drawn.key(f"slopes-{by}-{'-'.join(pair)}", view)
    ranks, colours = comparison.ranks(values), state.colours()
    shape = partial(figures.slopes, column_names=columns, highlighted=pair, compact=state.small())
    make = partial(shape, ranks, names, colours=colours)

    def mark(point: dict[str, Any]) -> str:
        code, choice = point["customdata"]
        alone = (ranks[choice] == ranks[choice][code]).sum() == 1
        return f"{by}s.{choice}.{code}" if alone else f"tied.{by}.{choice}.{code}"

    marked = drill.clicked(key, mark)
    drawn.chart(key, make, line, marked)
    st.write(line)
    briefing.add_button(view.but(province=pair[0]), text, "slopes", f"{by}-{pair[1]}")
    every = partial(_all_values, view, text, values, by, columns)
    layout.folded(text("compare.slopes.table"), f"slopes-{by}", every, f"slope-table-{by}")
    layout.folded(text("compare.reversals.table"), f"reversals-{by}", lambda: _reversals(view, found, names, by, text))


@session.shared(64)
def reversals(by: str, doc: str, fixed: str) -> pd.DataFrame:
    """Return the pairs of provinces whose order depends on the rule or on the level, the other one `fixed`."""
    return comparison.reversals(data.by_rule(doc, fixed) if by == "rule" else data.by_level(doc, fixed))


def _all_values(view: View, text: Words, values: pd.DataFrame, by: str, columns: list[str]) -> None:
    names, ranks = data.names(view.lang), comparison.ranks(values)
    places = {key: view.choices.but(**{by: key}).count_decimals for key in values.columns}
    drill.table(
        view,
        [Column(text("table.province")), *(Column(column, number=True) for column in columns)],
        [
            [
                str(names[code]),
                *(
                    (f"{number(float(values[key][code]), places[key])} ({ranks[key][code]})", f"{by}s.{key}.{code}")
                    for key in values.columns
                ),
            ]
            for code in values.index
        ],
        label=text(f"compare.slopes.{by}"),
        key=f"slope-table-{by}",
    )
    st.caption(text("compare.slopes.table.sub"))


def _reversals(view: View, found: pd.DataFrame, names: pd.Series, by: str, text: Words) -> None:
    def said(keys: list[str]) -> str:
        return text.join([text(f"{by}.{key}.short") for key in keys])

    columns = [Column(text(f"compare.{one}")) for one in ("one", "other", "one_ahead", "other_ahead")]
    rows: list[list[Cell]] = [
        [str(names[row.one]), str(names[row.other]), said(row.ahead), said(row.behind)] for row in records(found)
    ]
    grid.draw(columns, rows, label=text("compare.reversals.table"), key=f"reversals-{by}", height=400)
    title = f"{text('compare.reversals.table')} · {text(f'compare.slopes.{by}')}"
    fixed = text(f"level.{view.level}") if by == "rule" else text(f"rule.{view.rule}")
    briefing.add_table(view, text, title, text("compare.slopes.sub", fixed=fixed), grid.frame(columns, rows))
