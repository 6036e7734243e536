"""What a chart shows, in words and as a table: for titles, for screen readers, for checking."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas.analysis import counts
from policy_atlas.analysis.counts import Choices
from policy_atlas.app import data, grid, state
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.records import records

SOME = 3


def choices(view: View, text: Words) -> str:
    """Return the choices in words, for titles."""
    return f"{count_choices(view, text)} · {text(f'unit.{view.unit}')}"


def count_choices(view: View, text: Words) -> str:
    """Return level and rule in words."""
    return f"{text(f'level.{view.level}')} · {text(f'rule.{view.rule}')}"


def prefecture_choices(view: View, text: Words) -> str:
    """Return what the numbers of prefectures are, and under which choice."""
    return f"{text('province.cities.sub')} · {level(view, text)}"


def unit(choices: Choices, text: Words) -> str:
    """Return what a number counts, mentions, articles or sentences as the rule says, in its unit: for axes."""
    return text(f"unit.{choices.unit}.axis", counted=text(f"counted.{choices.rule}"))


def of_map(view: View, text: Words) -> str:
    """Return one paragraph that says what the map shows."""
    if view.layer == "silence":
        return _of_silence(view, text)
    if view.layer == "prefectures" and view.province:
        return of_prefectures(view, text)
    _, shown = data.values(view.doc, view.choices)
    line = _extremes(shown, view, text, view.choices.decimals)
    said = text("map.alt", line=line, unit=unit(view.choices, text), choices=choices(view, text))
    return text.sentences([said, *_of_cities(view, text)])


def _of_cities(view: View, text: Words) -> list[str]:
    """Return what the bubbles say where the map has any."""
    cities = data.cities(view.doc, view.lang, view.level)
    if view.layer != "cities" or cities.empty:
        return []
    high = int(cities["value"].max())
    most = [str(name) for name in cities.loc[cities["value"] == high, "name"]]
    return [text("map.alt.cities", size=len(cities), names=text.join(most), high=high)]


def of_prefectures(view: View, text: Words) -> str:
    """Return one paragraph that says how often each prefecture of the chosen province is named."""
    cities = data.cities(view.doc, view.lang, view.level)
    mine = cities[cities["province_adcode"] == view.province]
    said = [text("province.cities.one", name=row.name, size=int(row.value)) for row in records(mine[["name", "value"]])]
    name = str(data.names(view.lang)[view.province])
    return text(
        "province.cities.alt",
        name=name,
        cities=text.join(said) or text("province.cities.none"),
        level=level(view, text),
    )


def of_bars(view: View, text: Words, totals: pd.Series) -> str:
    """Return one paragraph that says what the bars show."""
    places = view.choices.count_decimals
    return text("bars.alt", line=_extremes(totals, view, text, places), choices=count_choices(view, text))


def of_places(view: View, text: Words, adcodes: pd.Series) -> str:
    """Return one paragraph that says how often each province comes up in the text."""
    values = adcodes.value_counts().reindex(data.names(view.lang).index, fill_value=0)
    return text("dispersion.alt", size=len(adcodes), line=_extremes(values, view, text, 0), level=level(view, text))


def level(view: View, text: Words) -> str:
    """Return which names count, for charts that no other choice changes."""
    return text(f"level.{view.level}")


def some(names: list[str], text: Words) -> str:
    """Return the first few of several names, and how many more there are."""
    more = len(names) - SOME
    return text("alt.more", names=text.join(names[:SOME]), more=more) if more > 0 else text.join(names)


def at(values: pd.Series, value: float, names: Mapping[Any, str], text: Words) -> str:
    """Return the names of all that have a value, so that none of several alike stands for the others."""
    return some([names[key] for key in values.index[values == value]], text)


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
    said = {
        key: text.join([str(names[code]) for code in states.index[states == key]]) or text("alt.none")
        for key in ("named", "group", "none")
    }
    return text("silence.alt", **said)


def legend(view: View, text: Words, kinds: Sequence[str] | None = None) -> str:
    """Return the colours of `kinds` of names, else of all that the level takes in, as HTML."""
    if kinds is None:
        held = set(data.rows_of(view.doc, view.level, view.rule)["kind"])
        kinds = [kind for kind in counts.PARTS if kind in held]
    return _swatches([(text(f"part.{kind}"), state.colours().parts[kind]) for kind in kinds])


def ramp(top: int, zero: str) -> str:
    """Return the scale of whole counts up to `top` as HTML: nothing counted, then every number or a few of them."""
    colours = state.colours()
    return _swatches([(zero, colours.zero), *colours.steps(top)])


def _swatches(items: Sequence[tuple[str, str]]) -> str:
    grid_line = state.colours().muted
    pieces = "".join(
        '<span style="white-space:nowrap;margin-right:1rem;display:inline-block">'
        '<span style="display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.35em;'
        f'background:{colour};box-shadow:0 0 0 .5px {grid_line}"></span>{escape(label)}</span>'
        for label, colour in items
    )
    return f'<div style="font-size:.875rem;line-height:1.7">{pieces}</div>'


def table(view: View, text: Words, on_pick: Callable[[str], None]) -> pd.DataFrame:
    """Show the ranked table that says the same as map and bars; return it as shown."""
    totals, _ = data.values(view.doc, view.choices)
    ranked = data.ranked(view.doc, view.choices)
    names, places = data.names(view.lang), view.choices.count_decimals
    st.subheader(text("table.title"), anchor=False)
    st.caption(choices(view, text))
    columns = [Column(text("table.rank"), number=True), Column(text("table.province"))]
    columns.append(Column(text("province.number"), number=True))
    rows: list[list[Cell]] = [
        [str(row.rank), str(names[row.adcode]), (f"{totals[row.adcode]:,.{places}f}", row.adcode)] for row in ranked
    ]
    if view.unit != "count":
        columns.append(Column(text(f"unit.{view.unit}"), number=True))
        for row, one in zip(rows, ranked, strict=True):
            row.append((f"{one.value:,.{view.choices.decimals}f}", one.adcode))
    grid.draw(columns, rows, label=text("table.title"), key="ranked", on_pick=on_pick, picked=view.province)
    return grid.frame(columns, rows)
