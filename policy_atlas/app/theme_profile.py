"""A province's themes against the document's average, for the pages that show it."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures
from policy_atlas.analysis import profiles
from policy_atlas.app import briefing, describe, drawn, drill, layout, marks, state, theme_data
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.records import records

NUMBERS = ("sentences", "share", "average", "difference", "quotient")


def draw(view: View, text: Words, province: str, name: str, note: str = "") -> None:
    """Show how the themes of a province differ from those of the whole text; `note` says why of this one."""
    cells = theme_data.cells(view.doc, view.level)
    st.subheader(text("themes.profile", name=name), anchor=False)
    st.caption(
        " · ".join(
            [describe.level(view, text), text("themes.profile.sub", few=profiles.FEW), *([note] if note else [])]
        )
    )
    average = theme_data.average(view.doc)
    frame = profiles.profile(cells, average, province)
    areas = theme_data.areas(view.lang)
    axis, small = text("themes.points"), state.small()
    make = partial(figures.profile, frame, areas, value_title=axis, compact=small, colours=state.colours())
    line = text("themes.choices", said=said(frame, areas, name, text), level=describe.level(view, text))
    key = drawn.key(f"profile-{province}", view)
    drawn.chart(key, make, line, drill.clicked(key, lambda point: f"profile.{point['y']}.{province}"))
    st.write(line)
    briefing.add_button(view.but(province=province), text, "profile")
    drill.draw(view, text, "profile", "average", "share", "against")

    def twin() -> None:
        drill.table(
            view,
            [
                Column(text("themes.theme")),
                *(Column(text(f"profile.{one}"), number=True) for one in NUMBERS),
            ],
            [_row(row, areas, province) for row in records(frame.sort_values("difference", ascending=False))],
            label=line,
            key=f"profile-table-{province}",
        )

    layout.folded(text("themes.table"), "profile", twin, f"profile-table-{province}")


def said(frame: pd.DataFrame, areas: dict[str, str], name: str, text: Words) -> str:
    """Return the differences of the themes with enough sentences, highest first, or that no theme has enough."""
    enough = frame[~frame["few"]].sort_values("difference", ascending=False)
    size = int(frame["sentences"].sum())
    if enough.empty:
        return text("themes.profile.alt.none", name=name, few=profiles.FEW, size=size)
    named = [f"{areas[row.theme]} {marks.signed(row.difference * 100, 1)}" for row in records(enough)]
    return text("themes.profile.alt", name=name, few=profiles.FEW, themes=text.join(named), size=size)


def _row(row: Any, areas: dict[str, str], province: str) -> list[Cell]:
    """Return a row of the table; shares open what they are parts of, differences and quotients both sides."""
    theme, both = row.theme, f"against.{row.theme}.{province}"
    return [
        areas[theme],
        (str(row.sentences), f"profile.{theme}.{province}"),
        (f"{row.share:.1%}", f"share.{theme}.{province}"),
        (f"{row.average:.1%}", f"average.{theme}"),
        (marks.signed(row.difference * 100, 1), both),
        (f"{row.quotient:.1f}", both) if pd.notna(row.quotient) else "–",
    ]
