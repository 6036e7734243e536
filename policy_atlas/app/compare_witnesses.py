"""Two witnesses of one document on the Compare page: the counts of each, and the text difference by difference."""

from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas.analysis import comparison
from policy_atlas.analysis.counts import Choices
from policy_atlas.app import briefing, data, describe, drill, grid, header, layout, marks, session, state, task_list
from policy_atlas.app.grid import Cell, Column, Link
from policy_atlas.app.upload import plain
from policy_atlas.app.view import NO_KIND, VARIANT_KINDS, View
from policy_atlas.app.words import Words, decimals, number
from policy_atlas.records import records

SHORTEST = 60


@session.shared(64)
def counted(doc: str, witness: str, level: str, rule: str) -> pd.DataFrame:
    """Return what the base witness and another would each have given (comparison.witnesses)."""
    return comparison.witnesses(data.one_document(doc), data.witness_tables(doc, witness), Choices(level, rule))


def draw(view: View, text: Words) -> None:
    """Show what every other witness would have given, and where its text differs."""
    source = data.source(view.doc)
    for witness in source.witnesses:
        if witness.base:
            continue
        st.subheader(text("witness.title"), anchor=False)
        if said := header.which(view.doc, text):
            st.caption(said)
        base_holds = text.either(source.base.holds, source.base.holds_en)
        other_holds = text.either(witness.holds, witness.holds_en)
        st.write(text("witness.sub", base=plain(source.base.path.name), base_holds=base_holds))
        st.write(text("witness.sub.other", other=plain(witness.path.name), other_holds=other_holds))
        left, right = layout.pair(0.42)
        with left:
            _witness_counts(view, text, source.doc_id, witness.witness)
            drill.draw(view, text, "witness", "lost")
        with right:
            _variants(view, text, source.doc_id, witness.witness)


def _witness_counts(view: View, text: Words, doc: str, witness: str) -> None:
    frame = counted(doc, witness, view.level, view.rule).copy()
    frame["name"] = frame["adcode"].map(data.names(view.lang))
    sums = frame[["base", "other", "difference"]].sum()
    frame.loc[len(frame)] = {"adcode": "all", "name": text("rows.twelve"), **sums}
    st.caption(f"{describe.count_choices(view, text)} · {text('unit.count')}")
    columns = [Column(text("table.province"))]
    columns += [Column(text(f"witness.{one}"), number=True) for one in ("base", "other", "difference")]
    places = decimals(frame[["base", "other"]].to_numpy().ravel())
    rows: list[list[Cell]] = [
        [
            row.name,
            (number(row.base, places), f"witness.base.{row.adcode}"),
            (number(row.other, places), f"witness.{witness}.{row.adcode}"),
            (marks.signed(row.difference, places), f"lost.{witness}.{row.adcode}"),
        ]
        for row in records(frame)
    ]
    label = text("witness.title")
    drill.table(view, columns, rows, label=label, key=f"witness-{witness}")
    briefing.add_table(view, text, label, describe.count_choices(view, text), grid.frame(columns, rows))
    gap = float(sums["difference"])
    st.caption(text("witness.never.more" if gap > 0 else "witness.never", lost=number(abs(gap))))


def _variants(view: View, text: Words, doc: str, witness: str) -> None:
    variants = data.tables().variants
    mine = variants[(variants["doc_id"] == doc) & (variants["witness"] == witness)]
    kinds = [kind for kind in VARIANT_KINDS if (mine["kind"] == kind).any()]
    sizes = mine["kind"].value_counts()
    if mine.empty:
        st.caption(text("witness.same"))
        return
    chosen, key = _chosen(view, kinds), f"variant-kinds-{witness}"
    before = state.held(key)
    st.pills(
        text("witness.kinds"),
        kinds,
        selection_mode="multi",
        format_func=lambda kind: f"{text(f'variant.{kind}')} {sizes[kind]}",
        # The order of her clicks is the reader's own; the same kinds in another order are no other choice.
        key=state.follow(key, before if before is not None and set(before) == set(chosen) else chosen),
        on_change=_picked,
        args=(key, kinds),
    )
    shown = mine[mine["kind"].isin(chosen)]
    articles = records(data.of_doc(data.tables().articles, doc))
    columns = [
        Column(text("kwic.article"), lang="zh", width="4.5rem"),
        Column(text("audit.kind"), width="3.5rem"),
        Column(text("witness.base"), lang="zh"),
        Column(text("witness.other"), lang="zh"),
    ]
    rows: list[list[Cell]] = [
        [
            _article(articles, int(row.base_start)) or text("evidence.outside"),
            text(f"variant.{row.kind}"),
            Link(
                _short(row.base_text, text) or "–",
                task_list.place(doc, row.base_start, max(row.base_end, row.base_start + 1), view),
            ),
            _short(row.other_text, text) or "–",
        ]
        for row in records(shown)
    ]
    said = text.join([text(f"variant.{kind}") for kind in chosen])
    title = text("witness.alt", size=len(shown))
    briefing.table(view, text, columns, rows, title=title, key=f"variants-{witness}", subtitle=said, height=520)


def _chosen(view: View, kinds: list[str]) -> list[str]:
    """Return which of the kinds that there are is shown: those of the URL, else all but layout."""
    wanted = view.variants.split(".") if view.variants else [kind for kind in VARIANT_KINDS if kind != "layout"]
    return [kind for kind in kinds if kind in wanted]


def _picked(key: str, kinds: list[str]) -> None:
    """Put the kinds that are chosen into the URL, unless they are those that a fresh page shows."""
    held = [kind for kind in kinds if kind in (state.held(key) or ())]
    state.go(variants="" if held == _chosen(View(), kinds) else ".".join(held) or NO_KIND)


def _article(articles: list[Any], at: int) -> str:
    return next((str(one.label) for one in articles if one.start <= at < one.end), "")


_SHOWN = str.maketrans({"\n": "⏎", "\f": "⤓", " ": "␣", "\u3000": "␣", "\t": "⇥"})


def _short(value: str, text: Words) -> str:
    visible = value.translate(_SHOWN)
    return visible if len(visible) <= SHORTEST else text("witness.long", start=visible[:SHORTEST], size=len(visible))
