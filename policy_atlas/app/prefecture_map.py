"""One province by prefecture: which of its cities and prefectures the document names, and how often."""

from functools import partial
from typing import Any

import streamlit as st

from policy_atlas import figures
from policy_atlas.app import data, describe, drawn, drill, state
from policy_atlas.app.grid import Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.records import records
from policy_atlas.regions import outlines, prefecture_counts


def draw(view: View, text: Words, province: str, height: int = 0) -> None:
    """Show the map, the sentence that says the same, and the prefectures that are named as a table."""
    shapes = outlines.prefectures(province)
    frame = prefecture_counts.of_province(data.cities(view.doc, view.lang, view.level), province, view.lang)
    line = describe.of_prefectures(view.but(province=province), text)
    said: dict[str, Any] = {"value_title": text("counted.full"), "zero_title": text("map.zero")}
    look: dict[str, Any] = {"colours": state.colours(), "height": height or (330 if state.small() else 520)}
    key = drawn.key(f"prefectures-{province}-{height}", View(view.lang, view.doc, level=view.level))
    make = partial(figures.prefectures, frame, shapes, **said, **look)
    drawn.chart(key, make, line, drill.clicked(key, lambda point: f"city.{point['location']}"))
    named = frame[frame["value"] > 0].sort_values(["value", "adcode"], ascending=[False, True])
    if named.empty:
        st.write(line)
        return
    drill.table(
        view,
        [Column(text("province.city")), Column(text("counted.full"), number=True)],
        [[row.name, (f"{row.value:,.0f}", f"city.{row.adcode}")] for row in records(named)],
        label=line,
        key=f"cities-{province}",
    )
