"""The sentences behind a province's number, and how the number adds up."""

from html import escape

import pandas as pd
import streamlit as st

from policy_atlas import counts, evidence
from policy_atlas.app import data
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.palette import PARTS

_STYLE = "".join(
    f"mark.kind-{kind}{{background:{colour}33;border-bottom:2px solid {colour};color:inherit;padding:0 2px}}"
    for kind, colour in PARTS.items()
)


def draw(
    view: View, text: Words, values: pd.Series, shown: pd.Series, rows: pd.DataFrame, names: dict[str, str]
) -> None:
    """Show the sum and the sentences of the chosen province."""
    if not view.province:
        st.info(text("evidence.none"))
        return
    name = names[view.province]
    mine = rows[rows["adcode"] == view.province]
    if mine.empty:
        st.info(text("evidence.zero", name=name))
        return
    _sum(view, text, name, float(values[view.province]), mine)
    _formula(view, text, values, shown)
    found = evidence.collect(data.tables(), mine)
    st.caption(text("evidence.count", sentences=len(found), rows=len(mine)))
    st.html(f"<style>{_STYLE}</style>" + "".join(_card(one, text) for one in found))


def _sum(view: View, text: Words, name: str, total: float, mine: pd.DataFrame) -> None:
    by_kind = mine.groupby("kind")["credit"].sum()
    parts = " + ".join(
        f"{number(by_kind[kind])} {text(f'part.{kind}')}" for kind in counts.PARTS if by_kind.get(kind, 0) > 0
    )
    st.markdown(f"**{text('evidence.sum', name=name, total=number(total), parts=parts)}**")


def _formula(view: View, text: Words, values: pd.Series, shown: pd.Series) -> None:
    if view.unit == "count":
        return
    base = {
        "share": values.sum(),
        "per_10k_chars": data.tables().documents["n_chars"].sum(),
        "per_million_residents": data.residents()[view.province],
    }[view.unit]
    formula = text(f"formula.{view.unit}", base=number(float(base)))
    value = shown[view.province] * (100 if view.unit == "share" else 1)
    line = text(
        "evidence.unit",
        value=f"{value:,.2f}",
        unit=text(f"unit.{view.unit}.axis"),
        total=number(float(values[view.province])),
        formula=formula,
    )
    st.caption(line)


def _card(excerpt: evidence.Excerpt, text: Words) -> str:
    where = f"{excerpt.article_label} {excerpt.heading}".strip() or excerpt.section_title or text("evidence.outside")
    chips = " ".join(
        f'<span style="font-size:.82em;opacity:.8">{escape(mark.surface)} · {text(f"part.{mark.kind}")} · '
        f"{number(mark.credit)}</span>"
        for mark in excerpt.marks
    )
    return (
        f'<article data-sentence="{escape(excerpt.sentence_id)}" data-credit="{excerpt.credit:.9f}" '
        'style="border-top:1px solid rgba(120,120,120,.3);padding:.7em 0">'
        f'<div style="font-weight:600">{escape(where)}</div>'
        f'<p lang="zh" style="line-height:1.8;margin:.3em 0">{evidence.marked_html(excerpt)}</p>{chips}</article>'
    )


def number(value: float) -> str:
    """Return a count as people write it: whole where it is whole, else two decimals."""
    return f"{value:,.0f}" if abs(value - round(value)) < 1e-6 else f"{value:,.2f}"
