"""Compare: two provinces, ranks between counting choices, and two witnesses of the document."""

import pandas as pd
import streamlit as st

from policy_atlas import comparison, figures
from policy_atlas.app import compare_documents, data, describe, layout, state
from policy_atlas.app.picker import province_box
from policy_atlas.app.upload import plain
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, number
from policy_atlas.counts import RULES
from policy_atlas.gazetteer import LEVELS, WEST

SHORTEST = 60


def draw(view: View, text: Words) -> None:
    """Show documents beside each other, the pair, the slopes and the witnesses."""
    compare_documents.draw(view, text)
    pair = (view.province or WEST[1], view.other or WEST[0])
    with st.container(width=660):
        one, other = st.columns(2)
        with one:
            province_box(view.but(province=pair[0]), text, empty=False)
        with other:
            province_box(view.but(other=pair[1]), text, "other", empty=False)
    mentions, links = data.of_doc(data.tables().mentions, view.doc), data.tables().mention_provinces
    rules = comparison.by_rule(mentions, links, view.level)
    levels = comparison.by_level(mentions, links, view.rule)
    _pair(view, text, pair, rules, levels)
    left, right = layout.pair(0.5)
    with left:
        _slopes(view, text, pair, rules, "rule")
    with right:
        _slopes(view, text, pair, levels, "level")
    _witnesses(view, text)


def _pair(view: View, text: Words, pair: tuple[str, str], rules: pd.DataFrame, levels: pd.DataFrame) -> None:
    names = data.names(view.lang)
    one, other = (str(names[code]) for code in pair)
    rows = [(text(f"rule.{key}"), *rules.loc[list(pair), key]) for key in RULES]
    rows += [(text(f"level.{key}"), *levels.loc[list(pair), key]) for key in LEVELS]
    frame = pd.DataFrame(rows, columns=["choice", "one", "other"]).round(2)
    gap = frame["one"] - frame["other"]
    frame["ahead"] = [one if value > 1e-9 else other if value < -1e-9 else "=" for value in gap]
    st.subheader(text("compare.pair", one=one, other=other), anchor=False)
    st.caption(text("compare.pair.sub", level=text(f"level.{view.level}"), rule=text(f"rule.{view.rule}")))
    st.dataframe(
        frame,
        hide_index=True,
        height=36 * (len(frame) + 1),
        row_height=36,
        column_config={
            "choice": text("province.choice"),
            "one": st.column_config.NumberColumn(one, format="%g"),
            "other": st.column_config.NumberColumn(other, format="%g"),
            "ahead": text("compare.ahead"),
        },
        alt=text("compare.pair", one=one, other=other),
    )
    leads = set(frame["ahead"]) - {"="}
    key = "compare.same" if len(leads) == 1 and not (frame["ahead"] == "=").any() else "compare.moves"
    st.write(text(key, one=one, other=other, ahead=next(iter(leads), "")))


def _slopes(view: View, text: Words, pair: tuple[str, str], values: pd.DataFrame, by: str) -> None:
    names = data.names(view.lang)
    fixed = text(f"level.{view.level}") if by == "rule" else text(f"rule.{view.rule}")
    st.subheader(text(f"compare.slopes.{by}"), anchor=False)
    st.caption(text("compare.slopes.sub", fixed=fixed))
    paper = state.colours()
    columns = [text(f"{by}.{key}.short") for key in values.columns]
    found = comparison.reversals(values)
    line = text("compare.reversals", size=len(found), pairs=len(WEST) * (len(WEST) - 1) // 2)
    st.plotly_chart(
        figures.slopes(
            comparison.ranks(values), names, column_names=columns, highlighted=pair, colours=paper, rank_title=""
        ),
        theme=None,
        config=figures.CONFIG,
        key=f"slopes-{by}-{view.query()}-{paper.name}",
        alt=line,
    )
    st.write(line)
    with st.expander(text("compare.reversals.table")):
        st.dataframe(
            pd.DataFrame(
                {
                    "one": found["one"].map(names),
                    "other": found["other"].map(names),
                    "ahead": [text.join([text(f"{by}.{key}.short") for key in keys]) for keys in found["ahead"]],
                    "behind": [text.join([text(f"{by}.{key}.short") for key in keys]) for keys in found["behind"]],
                }
            ),
            hide_index=True,
            column_config={
                "one": text("compare.one"),
                "other": text("compare.other"),
                "ahead": text("compare.one_ahead"),
                "behind": text("compare.other_ahead"),
            },
        )


def _witnesses(view: View, text: Words) -> None:
    source = data.source(view.doc)
    for witness in source.witnesses:
        if witness.base:
            continue
        st.subheader(text("witness.title"), anchor=False)
        base_holds = text.either(source.base.holds, source.base.holds_en)
        other_holds = text.either(witness.holds, witness.holds_en)
        st.write(text("witness.sub", base=plain(source.base.path.name), base_holds=base_holds))
        st.write(text("witness.sub.other", other=plain(witness.path.name), other_holds=other_holds))
        left, right = layout.pair(0.42)
        with left:
            _witness_counts(view, text, source.doc_id, witness.witness)
        with right:
            _variants(text, source.doc_id, witness.witness)


def _witness_counts(view: View, text: Words, doc: str, witness: str) -> None:
    other = data.witness_tables(doc, witness)
    frame = comparison.witnesses(data.one_document(doc), other, view.choices)
    frame["name"] = frame["adcode"].map(data.names(view.lang))
    st.caption(f"{describe.count_choices(view, text)} · {text('unit.count')}")
    places = "%.2f" if view.rule == "fractional" else "%d"
    st.dataframe(
        frame[["name", "base", "other", "difference"]],
        hide_index=True,
        height=36 * 13,
        row_height=36,
        column_config={
            "name": text("table.province"),
            "base": st.column_config.NumberColumn(text("witness.base"), format=places),
            "other": st.column_config.NumberColumn(text("witness.other"), format=places),
            "difference": st.column_config.NumberColumn(text("witness.difference"), format=places),
        },
        alt=text("witness.title"),
    )
    gap = float(frame["difference"].sum())
    st.caption(text("witness.never.more" if gap > 0 else "witness.never", lost=number(abs(gap))))


def _variants(text: Words, doc: str, witness: str) -> None:
    variants = data.tables().variants
    mine = variants[(variants["doc_id"] == doc) & (variants["witness"] == witness)]
    kinds = [
        kind
        for kind in ("missing", "added", "omitted", "inserted", "replaced", "layout")
        if (mine["kind"] == kind).any()
    ]
    sizes = mine["kind"].value_counts()
    if mine.empty:
        st.caption(text("witness.same"))
        return
    chosen = st.pills(
        text("witness.kinds"),
        kinds,
        selection_mode="multi",
        default=[kind for kind in kinds if kind != "layout"],
        format_func=lambda kind: f"{text(f'variant.{kind}')} {sizes[kind]}",
        key=f"variant-kinds-{witness}",
    )
    shown = mine[mine["kind"].isin(list(chosen))]
    articles = data.of_doc(data.tables().articles, doc)
    frame = pd.DataFrame(
        {
            "article": [_article(articles, int(at)) for at in shown["base_start"]],
            "kind": [text(f"variant.{kind}") for kind in shown["kind"]],
            "base": [_short(value, text) for value in shown["base_text"]],
            "other": [_short(value, text) for value in shown["other_text"]],
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=36 * 13,
        row_height=36,
        column_config={
            "article": st.column_config.TextColumn(text("kwic.article"), width="small"),
            "kind": st.column_config.TextColumn(text("audit.kind"), width="small"),
            "base": text("witness.base"),
            "other": text("witness.other"),
        },
        alt=text("witness.alt", size=len(frame)),
    )


def _article(articles: pd.DataFrame, at: int) -> str:
    inside = articles.loc[(articles["start"] <= at) & (at < articles["end"]), "label"]
    return str(inside.iloc[0]) if len(inside) else ""


def _short(value: str, text: Words) -> str:
    visible = value.replace("\n", "⏎").replace("\f", "⤓")
    return visible if len(visible) <= SHORTEST else text("witness.long", start=visible[:SHORTEST], size=len(visible))
