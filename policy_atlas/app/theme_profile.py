"""A province's themes against the document's average, for the pages that show it."""

import streamlit as st

from policy_atlas import figures, profiles
from policy_atlas.app import briefing, state, theme_data
from policy_atlas.app.view import View
from policy_atlas.app.words import Words


def draw(view: View, text: Words, province: str, name: str) -> None:
    """Show how the themes of a province differ from those of the whole text."""
    cells = theme_data.cells(view.doc, view.level)
    st.subheader(text("themes.profile", name=name), anchor=False)
    st.caption(text("themes.profile.sub", few=profiles.FEW))
    average = profiles.document_average(theme_data.body_hits(view.doc), theme_data.AREAS)
    frame = profiles.profile(cells, average, province)
    areas = theme_data.areas(view.lang)
    figure = figures.profile(frame, areas, value_title=text("themes.points"), colours=state.colours())
    over = frame.sort_values("difference", ascending=False)["theme"].iloc[0]
    under = frame.sort_values("difference")["theme"].iloc[0]
    size = int(frame["sentences"].sum())
    line = text("themes.profile.alt", name=name, over=areas[over], under=areas[under], size=size)
    st.plotly_chart(
        figure,
        theme=None,
        config=figures.CONFIG,
        key=f"profile-{province}-{view.but(number='').query()}-{state.colours().name}",
        alt=line,
    )
    st.write(line)
    briefing.add_button(view.but(province=province), text, "profile")
