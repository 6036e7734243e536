"""The sentences behind a province's number, and how the number adds up."""

from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas.analysis import counts, evidence
from policy_atlas.app import briefing, data, marks, opened, state, theme_data
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, decimals, number

PAGE = 12
CARD = 360  # px that a sentence in full takes at most


def draw(view: View, text: Words) -> None:
    """Show the sum, one sentence in full, and the list of all sentences of the chosen province."""
    name = str(data.names(view.lang)[view.province])
    totals, shown = data.values(view.doc, view.choices)
    rows = data.rows_of(view.doc, view.level, view.rule)
    mine = rows[rows["adcode"] == view.province]
    if mine.empty:
        st.info(text("evidence.zero", name=name))
        return
    _sum(view, text, name, float(totals[view.province]), mine)
    _formula(view, text, totals, shown)
    _shared(view, text, name, mine)
    kinds = [kind for kind in counts.PARTS if (mine["kind"] == kind).any()]
    _filter(view, text, kinds, mine)
    kind = view.kind if view.kind in kinds else ""
    found = data.excerpts(view.doc, view.level, view.rule, view.province, kind)
    at = min(int(view.number or "1"), len(found))
    _pager(text, at, len(found))
    _focus(found[at - 1], view, text)
    _list(found, at, view, text)


def _sum(view: View, text: Words, name: str, total: float, mine: pd.DataFrame) -> None:
    by_kind = mine.groupby("kind")["credit"].sum()
    places = decimals(by_kind)
    parts = " + ".join(
        f"{number(by_kind[kind], places)} {text(f'part.{kind}')}" for kind in counts.PARTS if by_kind.get(kind, 0) > 0
    )
    st.markdown(f"**{text('evidence.sum', name=name, total=number(total, places), parts=parts)}**")


def _formula(view: View, text: Words, totals: pd.Series, shown: pd.Series) -> None:
    if view.unit == "count":
        return
    base = {
        "share": totals.sum(),
        "per_10k_chars": data.n_chars(view.doc),
        "per_million_residents": data.residents()[view.province],
    }[view.unit]
    value = f"{shown[view.province]:,.{view.choices.decimals}f}"
    line = text(f"formula.{view.unit}", value=value, total=number(float(totals[view.province])), base=number(base))
    st.caption(line)


def _shared(view: View, text: Words, name: str, mine: pd.DataFrame) -> None:
    """Say how one article or sentence is shared among its mentions, where one of them holds several."""
    if view.rule in ("article", "sentence") and (mine["credit"] < 1).any():
        st.caption(text(f"evidence.shared.{view.rule}", name=name))


def _filter(view: View, text: Words, kinds: list[str], mine: pd.DataFrame) -> None:
    if len(kinds) < 2:
        return
    sizes = mine["kind"].value_counts()
    st.pills(
        text("evidence.kind"),
        kinds,
        format_func=lambda kind: text("evidence.kind.size", name=text(f"part.{kind}"), size=sizes[kind]),
        key=state.follow("kind", view.kind if view.kind in kinds else None),
        on_change=_filtered,
        label_visibility="collapsed",
    )


def _filtered() -> None:
    state.go(kind=state.held("kind") or "", number="")


def _pager(text: Words, at: int, size: int) -> None:
    with opened.head("province"), st.container(horizontal=True, vertical_alignment="center", gap="small"):
        back: dict[str, Any] = {"icon": ":material/chevron_left:", "disabled": at <= 1, "args": (at - 1,)}
        st.button(text("evidence.previous"), key="previous", on_click=_turn, type="tertiary", **back)
        st.markdown(text("evidence.at", at=at, size=size), width="content")
        on: dict[str, Any] = {
            "icon": ":material/chevron_right:",
            "icon_position": "right",
            "disabled": at >= size,
            "args": (at + 1,),
        }
        st.button(text("evidence.next"), key="next", on_click=_turn, type="tertiary", **on)


def _turn(at: int) -> None:
    state.go(number=str(at) if at > 1 else "")


def _focus(excerpt: evidence.Excerpt, view: View, text: Words) -> None:
    colours = state.colours()
    with st.container(border=True):
        card = marks.card(excerpt, text, colours, _themes(excerpt, view))
        st.html(marks.style(colours) + marks.region(card, marks.where(excerpt, text), most=CARD))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        target = view.shared().but(span=f"{excerpt.start}-{excerpt.end}", article=excerpt.article_number)
        state.link("document", text("evidence.read"), target, ":material/menu_book:")
        with st.popover(text("evidence.cite"), type="tertiary", icon=":material/format_quote:"):
            st.caption(text("evidence.cite.help"))
            st.code(cite(excerpt, text), language=None, wrap_lines=True)
        briefing.add_button(view, text, "quote", excerpt.sentence_id)


def _themes(excerpt: evidence.Excerpt, view: View) -> list[str]:
    return theme_data.of_sentence(view.lang).get(excerpt.sentence_id, []) if theme_data.there() else []


def cite(excerpt: evidence.Excerpt, text: Words) -> str:
    """Return a reference to one sentence, with its place in the raw file."""
    source = data.source(excerpt.doc_id)
    title = f"《{source.title}》"
    return text(
        "evidence.citation",
        issuer=text.either(source.issuer, source.issuer_en) or "–",
        title=f"{source.title_en} ({title})" if text.lang == "en" and source.title_en else title,
        date=text.day(source.date) if source.date else "–",
        where=marks.where(excerpt, text),
        quote=excerpt.text,
        file=source.file_name,
        start=excerpt.start,
        end=excerpt.end,
    )


def _list(found: list[evidence.Excerpt], at: int, view: View, text: Words) -> None:
    first = (at - 1) // PAGE * PAGE
    page = found[first : first + PAGE]
    credit = sum(one.credit for one in found)
    st.caption(
        text("evidence.count", first=first + 1, last=first + len(page), sentences=len(found), credit=number(credit))
    )
    rows = marks.rows(page, view, text, marks.Listing(first=first + 1, on=at, window=marks.WINDOW))
    with st.container(key="rows-evidence"), st.container(height=275, border=False):
        st.html(marks.region(rows, text("evidence.list")))
