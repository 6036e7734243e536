"""Documents beside each other on the Compare page: what gained, what lost, and the sentences behind both numbers."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from policy_atlas.analysis import documents_compared, evidence
from policy_atlas.app import (
    beside,
    briefing,
    compare_over_time,
    data,
    drawn,
    grid,
    layout,
    marks,
    opened,
    state,
    theme_data,
)
from policy_atlas.app.grid import Cell, Column
from policy_atlas.app.picker import theme_box
from policy_atlas.app.upload import plain
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, decimals, number
from policy_atlas.export.basket import Loose
from policy_atlas.figures.documents import dumbbells
from policy_atlas.intake.limits import Limits
from policy_atlas.palette import LIGHT
from policy_atlas.records import records

NUMBERS = ("count_before", "count_after", "rate_before", "rate_after", "change")
Excerpts = Callable[[str], list[evidence.Excerpt]]


def draw(view: View, text: Words) -> None:
    """Show two documents beside each other, and all dated ones over time; say how to get there where there is one."""
    if len(data.sources()) < 2:
        if Limits.from_environment().takes_uploads:
            st.caption(text("beside.one"))
        return
    st.header(text("beside.title"), anchor=False)
    pair = _pair(view, text)
    left, right = layout.pair(0.5)
    with left:
        frame = documents_compared.change(beside.provinces(view.level, view.rule), data.tables().documents, *pair)
        chosen = view.province or _most(frame)
        names = beside.province_names(view.lang)
        of_place: Excerpts = partial(data.excerpts, level=view.level, rule=view.rule, province=chosen)
        _side(view, text, "province", frame, names, (pair, chosen, of_place))
    with right:
        frame = documents_compared.change(beside.themes(), data.tables().documents, *pair)
        theme = view.theme[:3] or _most(frame)
        of_theme: Excerpts = partial(documents_compared.theme_excerpts, data.tables(), theme=theme)
        _side(view, text, "theme", frame, theme_data.areas(view.lang), (pair, theme, of_theme))
    compare_over_time.draw(view, text)


def _pair(view: View, text: Words) -> tuple[str, str]:
    """Let the reader choose the two documents; return their ids, never the same one twice."""
    titles = beside.titles(text)
    first, last = documents_compared.default_pair(data.tables().documents)
    before = view.before or (first if view.after != first else last)
    after = view.after if view.after and view.after != before else (last if before != last else first)
    for column, field, value in zip(st.columns(2), ("before", "after"), (before, after), strict=True):
        other = after if field == "before" else before
        with column:
            st.selectbox(
                text(f"beside.{field}"),
                [doc for doc in titles if doc != other],
                format_func=titles.__getitem__,
                key=state.follow(f"beside-{field}", value),
                on_change=state.took,
                args=(field, f"beside-{field}"),
            )
    return before, after


def _most(frame: pd.DataFrame) -> str:
    """Return the key that changed most, in either direction."""
    return str(frame["key"].iloc[int(frame["change"].abs().to_numpy().argmax())])


def _side(
    view: View,
    text: Words,
    what: str,
    frame: pd.DataFrame,
    names: dict[str, str],
    rest: tuple[tuple[str, str], str, Excerpts],
) -> None:
    """Show chart, table and sentences of the provinces or of the themes."""
    pair, chosen, found = rest
    st.subheader(text(f"beside.{what}"), anchor=False)
    counted = f"{text(f'level.{view.level}')} · {text(f'rule.{view.rule}')}" if what == "province" else ""
    st.caption(text(f"beside.{what}.sub", choices=counted))
    titles = beside.titles(text)
    line = _line(frame, names, text)
    key = drawn.key(f"beside-{what}-{'-'.join(pair)}-{chosen}", view)
    both, axis = (titles[pair[0]], titles[pair[1]]), text(f"beside.{what}.axis")
    make = partial(dumbbells, frame, names, documents=both, value_title=axis, chosen=chosen, colours=state.colours())
    drawn.chart(key, make, line, partial(beside.pick_dot, what, key))
    st.write(line)
    said = " · ".join(part for part in (" → ".join(both), counted) if part)
    shown = frame.assign(name=frame["key"].map(names))[["name", *NUMBERS]]
    shown.columns = [text(f"beside.{what}.head"), *(text(f"beside.{name}.head") for name in NUMBERS)]
    loose = Loose(text(f"beside.{what}"), said, shown, partial(make, colours=LIGHT))
    briefing.add_chart(view.but(doc=""), text, loose)
    _table(text, what, frame, names, chosen)
    if what == "theme":
        theme_box(view.but(theme=chosen), text)
    with opened.head(f"beside-{what}"):
        _sentences(view, text, names[chosen], pair, found)


def _line(frame: pd.DataFrame, names: dict[str, str], text: Words) -> str:
    """Return one sentence: what gained most and what lost most."""
    said = []
    rows = records(frame)
    for key, row, moved in (
        ("beside.gained", rows[0], rows[0].change > 1e-9),
        ("beside.lost", rows[-1], rows[-1].change < -1e-9),
    ):
        if moved:
            said.append(text(key, name=names[row.key], before=f"{row.rate_before:.2f}", after=f"{row.rate_after:.2f}"))
    return text.sentences(said) or text("beside.same")


def _table(text: Words, what: str, frame: pd.DataFrame, names: dict[str, str], chosen: str) -> None:
    """Show the numbers; each chooses its province or theme, whose sentences in both documents stand below."""
    columns = [Column(text(f"beside.{what}.head"))]
    columns += [Column(text(f"beside.{name}.head"), number=True) for name in NUMBERS]
    places = decimals(frame[list(NUMBERS[:2])].to_numpy().ravel())
    rows: list[list[Cell]] = [
        [
            names[row.key],
            *((number(getattr(row, name), places), row.key) for name in NUMBERS[:2]),
            *((f"{getattr(row, name):.2f}", row.key) for name in NUMBERS[2:4]),
            (marks.signed(row.change, 2), row.key),
        ]
        for row in records(frame)
    ]
    title, key = text("beside.table"), f"beside-table-{what}"
    pick = partial(beside.pick, what)
    layout.folded(title, key, lambda: grid.draw(columns, rows, label=title, key=key, on_pick=pick, picked=chosen))


def _sentences(view: View, text: Words, name: str, pair: tuple[str, str], found: Excerpts) -> None:
    """Show the sentences of both documents behind one pair of numbers."""
    titles = beside.titles(text)
    both = [found(doc) for doc in pair]
    sums = [sum(one.credit for one in mine) if any(one.marks for one in mine) else len(mine) for mine in both]
    labels = [
        text(f"beside.{side}.tab", name=plain(name), size=number(size))
        for side, size in zip(("before", "after"), sums, strict=True)
    ]
    tabs = st.tabs(labels)
    for side, tab, doc, mine in zip(("before", "after"), tabs, pair, both, strict=True):
        with tab:
            st.caption(plain(titles[doc]))
            if not mine:
                st.write(text("beside.none"))
                continue
            marked = bool(mine[0].marks)
            how = marks.Listing(window=marks.WINDOW if marked else 0, each=None if marked else 1.0)
            rows = marks.rows(mine, view, text, how)
            with st.container(key=f"rows-{name}-{side}"), st.container(height=360, border=False):
                st.html(marks.style(state.colours()) + marks.region(rows, text("evidence.list")))
