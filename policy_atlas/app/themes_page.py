"""The theme pages: which policy areas each province is given, by whom it differs, and where in the text."""

from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import figures, profiles
from policy_atlas.app import briefing, data, layout, marks, outlines, state, theme_data, theme_profile
from policy_atlas.app.picker import province_box, theme_box
from policy_atlas.app.view import View
from policy_atlas.app.words import Words


def draw(view: View, text: Words) -> None:
    """Show the matrix with its sentences, then profile, maps, course, tools and strength."""
    cells = theme_data.cells(view.doc, view.level)
    left, right = layout.pair(0.6)
    with left:
        _matrix(view, text, cells)
    with right:
        province_box(view, text)
        theme_box(view, text)
        _sentences(view, text, cells)
    left, right = layout.pair(0.5)
    with left:
        province = view.province or str(cells.sum(axis=1).idxmax())
        theme_profile.draw(view, text, province, str(data.names(view.lang)[province]))
    with right:
        _map(view, text, cells)
    _small_maps(view, text, cells)
    _course(view, text)
    if theme_data.also("sentence_tools"):
        left, right = layout.pair(0.5)
        with left:
            _instruments(view, text)
        with right:
            _strength(view, text)


def _chart(figure: Any, key: str, alt: str, on_select: Any = "ignore") -> None:
    more: dict[str, Any] = {"selection_mode": "points"} if callable(on_select) else {}
    st.plotly_chart(figure, theme=None, config=figures.CONFIG, key=key, alt=alt, on_select=on_select, **more)


def _key(name: str, view: View) -> str:
    return f"{name}-{view.but(number='').query()}-{state.colours().name}"


def _matrix(view: View, text: Words, cells: pd.DataFrame) -> None:
    st.subheader(text("themes.matrix"), anchor=False)
    st.caption(f"{text(f'level.{view.level}')} · {text('themes.unit')}")
    key = _key("matrix", view)
    chosen = (view.province, view.theme[:3])
    names, areas = data.names(view.lang), theme_data.areas(view.lang)
    figure = figures.matrix(cells, names, areas, selected=chosen, colours=state.colours())
    line = _line(cells, view, text)
    _chart(figure, key, line, lambda: _picked(key))
    briefing.add_button(view, text, "matrix")
    with st.expander(text("describe.title")):
        st.write(line)
        st.dataframe(cells.rename(index=names.to_dict(), columns=areas), alt=line)


def _line(cells: pd.DataFrame, view: View, text: Words) -> str:
    high = int(cells.to_numpy().max())
    theme = str(cells.max().idxmax())
    province = str(cells[theme].idxmax())
    return text(
        "themes.matrix.alt",
        province=data.names(view.lang)[province],
        theme=theme_data.areas(view.lang)[theme],
        high=high,
        empty=int((cells == 0).to_numpy().sum()),
        size=cells.size,
    )


def _picked(key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    if points:
        province, theme = points[0]["customdata"][:2]
        state.go(province=str(province), theme=str(theme), number="")


def _sentences(view: View, text: Words, cells: pd.DataFrame) -> None:
    if not (view.province and view.theme):
        st.info(text("themes.none"))
        return
    names = theme_data.names(view.lang)
    name = str(data.names(view.lang)[view.province])
    found = theme_data.excerpts(view.doc, view.level, view.province, view.theme)
    st.markdown(f"**{text('themes.sum', name=name, theme=names[view.theme], size=len(found))}**")
    known = theme_data.of_sentence(view.lang)
    rows = "".join(
        marks.row(one, at, False, text, window=0, credit=1.0, chips=known.get(one.sentence_id, []))
        for at, one in enumerate(found, start=1)
    )
    with st.container(height=470, border=False):
        st.html(marks.style(state.colours()) + marks.region(rows, text("themes.theme")))
    briefing.add_button(view.but(rule="sentence"), text, "quotes")


def _map(view: View, text: Words, cells: pd.DataFrame) -> None:
    theme = view.theme[:3] if view.theme[:3] in theme_data.AREAS else str(cells.sum().idxmax())
    name = theme_data.names(view.lang)[theme]
    st.subheader(text("themes.map", theme=name), anchor=False)
    st.caption(text("themes.unit"))
    numbers = cells[theme].rename("value").reset_index()
    frame = data.provinces(view.lang).merge(numbers, on="adcode", validate="one_to_one")
    figure = figures.choropleth(
        frame,
        outlines.outlines(),
        value_title=text("themes.sentences"),
        zero_title=text("map.zero"),
        selected=view.province,
        colours=state.colours(),
        compact=state.small(),
        height=350 if state.small() else 480,
    )
    key = _key(f"theme-map-{theme}", view)
    ranked = frame.sort_values("value", ascending=False)
    said = [f"{name} {value}" for name, value in zip(ranked["name"], ranked["value"], strict=True)]
    line = text("themes.map.alt", theme=name, names=text.join(said))
    _chart(figure, key, line, lambda: _province(key))
    st.caption(line)
    briefing.add_button(view.but(theme=theme, rule="sentence", unit="count"), text, "map")


def _province(key: str) -> None:
    points = st.session_state[key]["selection"]["points"]
    if points:
        state.go(province=str(points[0]["location"]), number="")


def _small_maps(view: View, text: Words, cells: pd.DataFrame) -> None:
    st.subheader(text("themes.small"), anchor=False)
    st.caption(text("themes.small.sub"))
    small = state.small()
    figure = figures.small_maps(
        cells,
        theme_data.areas(view.lang),
        outlines.outlines(),
        columns=2 if small else 4,
        colours=state.colours(),
        height=1050 if small else 760,
    )
    _chart(figure, _key("small", view.but(province="", theme="")), text("themes.small.sub"))
    briefing.add_button(view.but(province="", theme=""), text, "small")


def _course(view: View, text: Words) -> None:
    st.subheader(text("themes.course"), anchor=False)
    st.caption(text("themes.course.sub"))
    source = data.source(view.doc)
    articles = data.of_doc(data.tables().articles, source.doc_id)
    sentences = data.of_doc(data.tables().sentences, source.doc_id)
    frame = profiles.course(theme_data.body_hits(source.doc_id), sentences, theme_data.AREAS)
    areas = theme_data.areas(view.lang)
    figure = figures.course(frame, articles[["article_id", "label"]], areas, colours=state.colours())
    _chart(figure, _key("course", view.but(province="", theme="")), text("themes.course"))
    briefing.add_button(view.but(province="", theme=""), text, "course")


def _instruments(view: View, text: Words) -> None:
    st.subheader(text("themes.instruments"), anchor=False)
    st.caption(text("themes.instruments.sub"))
    codes = data.of_doc(data.tables().sentence_tools, view.doc)
    table = profiles.instruments(theme_data.rows(view.doc, view.level), codes, theme_data.FAMILIES)
    known, paper = theme_data.kinds(view.lang), state.colours()
    fills = dict(zip(theme_data.FAMILIES, (paper.parts["P"], paper.parts["A"], paper.parts["R"]), strict=True))
    families = {one: known[one] for one in theme_data.FAMILIES}
    names = {str(key): str(value) for key, value in data.names(view.lang).items()}
    figure = figures.stacked(table, names, families, fills, value_title=text("themes.sentences"), colours=paper)
    _chart(figure, _key("instruments", view.but(province="", theme="")), text("themes.instruments"))
    briefing.add_button(view.but(province="", theme=""), text, "instruments")
    with st.expander(text("themes.table")):
        st.dataframe(table.rename(index=names, columns=families), alt=text("themes.instruments"))


def _strength(view: View, text: Words) -> None:
    st.subheader(text("themes.strength"), anchor=False)
    st.caption(text("themes.strength.sub"))
    codes = data.of_doc(data.tables().sentence_tools, view.doc)
    table = profiles.strength(theme_data.body_hits(view.doc), codes, theme_data.AREAS)
    paper, areas = state.colours(), theme_data.areas(view.lang)
    fills = {0: paper.zero} | {level: paper.at((level - 1) / 4) for level in range(1, 6)}
    levels = {level: text(f"strength.{level}") for level in range(6)}
    figure = figures.stacked(table, areas, levels, fills, value_title=text("themes.sentences"), colours=paper)
    _chart(figure, _key("strength", view.but(province="", theme="")), text("themes.strength"))
    briefing.add_button(view.but(province="", theme=""), text, "strength")
    with st.expander(text("themes.table")):
        st.dataframe(table.rename(index=areas, columns=levels), alt=text("themes.strength"))
