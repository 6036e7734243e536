"""The rows behind any number on a page: a mark names the number, its sentences are listed below the chart.

A mark is the chart's name and what was clicked, as in `rule.fractional.510000` or `course.T03.8`;
it stands in the URL, so that a copied link opens the same rows. `view.ROWS` says which marks there are.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from policy_atlas import evidence
from policy_atlas.app import data, marks, state, theme_data
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, number
from policy_atlas.counts import Choices
from policy_atlas.counts import evidence as counted

ONE = 1.0


class Rows(NamedTuple):
    """What a number stands for, its sentences, and what each adds (None: what its own marks add)."""

    title: str
    found: list[evidence.Excerpt]
    each: float | None = None

    @property
    def total(self) -> float:
        """The sum of the rows: the number that was clicked."""
        return sum(one.credit if self.each is None else self.each for one in self.found)


def pick(mark: str) -> None:
    """Open the rows of a number, or close them where they are open; for callbacks."""
    state.go(rows="" if state.current().rows == mark else mark)


def clicked(key: str, mark: Callable[[dict[str, Any]], str]) -> Callable[[], None]:
    """Return a callback that opens the rows of the point that was clicked on a chart."""

    def chosen() -> None:
        points = st.session_state[key]["selection"]["points"]
        state.go(rows=mark(points[-1]) if points else "")

    return chosen


def draw(view: View, text: Words, *charts: str) -> None:
    """List the open rows, if they belong to one of the charts named."""
    if view.rows.split(".")[0] not in charts:
        return
    rows = collect(view, text)
    with st.container(border=True, key=f"rows-{charts[0]}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            total = text("rows.sum", title=rows.title, total=number(rows.total), size=len(rows.found))
            st.markdown(f"**{total}**", width="stretch")
            st.button(text("rows.close"), key=f"close-{charts[0]}", type="tertiary", on_click=pick, args=(view.rows,))
        known = theme_data.of_sentence(view.lang) if theme_data.there() else {}
        lines = "".join(
            marks.row(one, at, False, text, window=0, credit=rows.each, chips=known.get(one.sentence_id, []))
            for at, one in enumerate(rows.found, start=1)
        )
        with st.container(height=360 if len(rows.found) > 3 else "content", border=False):
            st.html(marks.style(state.colours()) + marks.region(lines, rows.title, view.rows))


def collect(view: View, text: Words) -> Rows:
    """Return the rows that `view.rows` names."""
    chart, *rest = view.rows.split(".")
    return _KINDS[chart](view, text, rest)


def _name(view: View, code: str) -> str:
    return str(data.names(view.lang)[code])


def _title(*parts: str) -> str:
    return " · ".join(parts)


def _rule(view: View, text: Words, rest: list[str]) -> Rows:
    rule, code = rest
    found = data.excerpts(view.doc, view.level, rule, code)
    return Rows(_title(_name(view, code), text(f"level.{view.level}"), text(f"rule.{rule}")), found)


def _level(view: View, text: Words, rest: list[str]) -> Rows:
    level, code = rest
    found = data.excerpts(view.doc, level, view.rule, code)
    return Rows(_title(_name(view, code), text(f"level.{level}"), text(f"rule.{view.rule}")), found)


def _kind(view: View, text: Words, rest: list[str]) -> Rows:
    kind, code = rest
    found = data.excerpts(view.doc, view.level, view.rule, code, kind)
    return Rows(_title(_name(view, code), text(f"part.{kind}"), text(f"rule.{view.rule}")), found)


def _city(view: View, text: Words, rest: list[str]) -> Rows:
    names = data.cities(view.doc, view.lang).set_index("adcode")["name"]
    name = str(names.get(rest[0], rest[0]))
    return Rows(_title(name, text("rows.city")), data.city_excerpts(view.doc, rest[0]))


def _theme(view: View, text: Words, rest: list[str]) -> Rows:
    theme, code = rest
    found = theme_data.excerpts(view.doc, view.level, code, theme)
    return Rows(_title(_name(view, code), theme_data.names(view.lang)[theme]), found, ONE)


def _family(view: View, text: Words, rest: list[str]) -> Rows:
    family, code = rest
    ids = theme_data.with_tools(view.doc, view.level, code, family)
    return Rows(_title(_name(view, code), theme_data.kinds(view.lang)[family]), data.plain(ids), ONE)


def _strength(view: View, text: Words, rest: list[str]) -> Rows:
    strength, theme = rest
    ids = theme_data.of_strength(view.doc, theme, int(strength))
    title = _title(theme_data.names(view.lang)[theme], f"{text('tasks.strength')} {text(f'strength.{strength}')}")
    return Rows(title, data.plain(ids), ONE)


def _course(view: View, text: Words, rest: list[str]) -> Rows:
    theme, article = rest
    source = data.source(view.doc).doc_id
    label = data.article_labels(source, view.lang).get(article, article)
    ids = theme_data.in_article(source, theme, article)
    return Rows(_title(theme_data.names(view.lang)[theme], label), data.plain(ids), ONE)


def _placed(view: View, text: Words, rest: list[str]) -> Rows:
    body = data.of_doc(data.tables().sentences, view.doc)
    ids = body.loc[body["kind"] == "body", "sentence_id"]
    mentions = data.of_doc(data.tables().mentions, view.doc)
    return Rows(text("rows.placed"), data.plain(ids[ids.isin(mentions["sentence_id"])]), ONE)


def _witness(view: View, text: Words, rest: list[str]) -> Rows:
    witness, code = rest
    which = text("witness.base" if witness == "base" else "witness.other")
    title = _title(_name(view, code), which, text(f"level.{view.level}"), text(f"rule.{view.rule}"))
    source = data.source(view.doc)
    if witness == "base":
        return Rows(title, data.excerpts(source.doc_id, view.level, view.rule, code))
    if witness not in {one.witness for one in source.witnesses if not one.base}:
        return Rows(title, [])
    tables = data.witness_tables(source.doc_id, witness)
    rows: pd.DataFrame = counted(tables.mentions, tables.mention_provinces, Choices(view.level, view.rule))
    return Rows(title, evidence.collect(tables, rows[rows["adcode"] == code]))


_KINDS: dict[str, Callable[[View, Words, list[str]], Rows]] = {
    "rule": _rule,
    "rules": _rule,
    "level": _level,
    "levels": _level,
    "kind": _kind,
    "city": _city,
    "profile": _theme,
    "small": _theme,
    "given": _theme,
    "family": _family,
    "strength": _strength,
    "course": _course,
    "placed": _placed,
    "witness": _witness,
}
