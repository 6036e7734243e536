"""What a chart shows, in words and as a table: for titles, for screen readers, for checking."""

from html import escape

import pandas as pd
import streamlit as st

from policy_atlas import counts
from policy_atlas.app import data, state
from policy_atlas.app.view import View
from policy_atlas.app.words import Words


def choices(view: View, text: Words) -> str:
    """Return the choices in words, for titles."""
    return f"{count_choices(view, text)} · {text(f'unit.{view.unit}')}"


def count_choices(view: View, text: Words) -> str:
    """Return level and rule in words."""
    return f"{text(f'level.{view.level}')} · {text(f'rule.{view.rule}')}"


def of_map(view: View, text: Words) -> str:
    """Return one paragraph that says what the map shows."""
    if view.layer == "silence":
        return _of_silence(view, text)
    _, shown = data.values(view.doc, view.choices)
    line = _extremes(shown, view, text, data.decimals(view.choices))
    return text("map.alt", line=line, unit=text(f"unit.{view.unit}.axis"), choices=choices(view, text))


def of_bars(view: View, text: Words, totals: pd.Series) -> str:
    """Return one paragraph that says what the bars show."""
    places = 2 if view.rule == "fractional" else 0
    return text("bars.alt", line=_extremes(totals, view, text, places), choices=count_choices(view, text))


def _extremes(values: pd.Series, view: View, text: Words, places: int) -> str:
    names = data.names(view.lang)
    some = values[values > 0]
    if some.empty:
        return text("alt.allzero")
    high, low = some.max(), some.min()
    zero = [str(names[code]) for code in values.index[values <= 0]]
    return text(
        "alt.extremes",
        highest=text.join([str(names[code]) for code in some.index[some == high]]),
        high=f"{high:,.{places}f}",
        lowest=text.join([str(names[code]) for code in some.index[some == low]]),
        low=f"{low:,.{places}f}",
        zero=text("alt.zero", names=text.join(zero)) if zero else text("alt.nozero"),
    )


def _of_silence(view: View, text: Words) -> str:
    names, states = data.names(view.lang), data.silence(view.doc)
    parts = [
        f"{text(f'silence.{key}')}: {text.join([str(names[code]) for code in states.index[states == key]]) or '–'}"
        for key in ("named", "group", "none")
    ]
    return "; ".join(parts)


def legend(view: View, text: Words) -> str:
    """Return the colours of the kinds of names that the level takes in, as HTML."""
    colours = state.colours()
    rows = data.rows_of(view.doc, view.level, view.rule)
    items = "".join(
        '<span style="white-space:nowrap;margin-right:1rem">'
        '<span style="display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.35em;'
        f'background:{colours.parts[kind]}"></span>{escape(text(f"part.{kind}"))}</span>'
        for kind in counts.PARTS
        if (rows["kind"] == kind).any()
    )
    return f'<div style="font-size:.875rem;line-height:1.7">{items}</div>'


def table(view: View, text: Words) -> pd.DataFrame:
    """Show the ranked table that says the same as map and bars, and the description in words; return it as shown."""
    totals, shown = data.values(view.doc, view.choices)
    ranked = counts.ranking(shown)
    ranked["name"] = ranked["adcode"].map(data.names(view.lang))
    ranked["count"] = ranked["adcode"].map(totals)
    st.subheader(text("table.title"), anchor=False)
    st.caption(choices(view, text))
    places = data.decimals(view.choices)
    columns = ["rank", "name", "count"] if view.unit == "count" else ["rank", "name", "count", "value"]
    st.dataframe(
        ranked[columns],
        hide_index=True,
        height=36 * 13,
        row_height=36,
        column_config={
            "rank": st.column_config.NumberColumn(text("table.rank"), width="small"),
            "name": text("table.province"),
            "count": st.column_config.NumberColumn(
                text("unit.count.axis"), format="%.2f" if view.rule == "fractional" else "%d"
            ),
            "value": st.column_config.NumberColumn(text(f"unit.{view.unit}.axis"), format=f"%.{places}f"),
        },
        alt=of_bars(view, text, totals),
    )
    with st.expander(text("describe.title")):
        st.write(of_map(view, text))
    heads = {"rank": "table.rank", "name": "table.province", "count": "unit.count.axis"}
    said = {name: text(heads.get(name, f"unit.{view.unit}.axis")) for name in columns}
    return ranked[columns].round(places).rename(columns=said)
