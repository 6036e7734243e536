"""One province by prefecture: which of its cities and prefectures the document names, and how often."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures
from policy_atlas.app import data, describe, drawn, drill, state
from policy_atlas.app.grid import Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.records import records
from policy_atlas.regions import outlines


def draw(view: View, text: Words, province: str, height: int = 0) -> None:
    """Show the map, the sentence that says the same, and the prefectures that are named as a table."""
    shapes = outlines.prefectures(province)
    frame = _values(view, province)
    line = describe.of_prefectures(view.but(province=province), text)
    said: dict[str, Any] = {"value_title": text("unit.count.axis"), "zero_title": text("map.zero")}
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
        [Column(text("province.city")), Column(text("unit.count.axis"), number=True)],
        [[row.name, (f"{row.value:,.0f}", f"city.{row.adcode}")] for row in records(named)],
        label=line,
        key=f"cities-{province}",
    )


def _values(view: View, province: str) -> pd.DataFrame:
    """Return adcode, name, value, lon, lat of every prefecture of a province; never named is 0."""
    cities = data.cities(view.doc, view.lang, view.level)
    shapes = outlines.prefectures(province)
    places = pd.DataFrame([feature["properties"] for feature in shapes["features"]])
    column = "name" if view.lang == "zh" else "name_en"
    places["name"] = places[column].where(places[column].fillna("") != "", places["name"])
    frame = places[["adcode", "name"]].merge(
        cities.rename(columns={"name": "label"})[["adcode", "label", "value", "lon", "lat"]],
        on="adcode",
        how="left",
        validate="one_to_one",
    )
    frame["value"] = frame["value"].fillna(0)
    return frame
