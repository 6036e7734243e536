"""The document's name and the facts that say what is covered."""

import streamlit as st

from policy_atlas.app import data
from policy_atlas.app.upload import plain
from policy_atlas.app.view import View
from policy_atlas.app.words import Words


def draw(view: View, text: Words) -> None:
    """Show title, issuer and date, and the coverage strip."""
    source = data.source(view.doc)
    title = text.either(source.title, source.title_en)
    st.title(plain(title), anchor=False)
    parts = [plain(text.either(source.issuer, source.issuer_en)), text.day(source.date) if source.date else ""]
    st.caption(" · ".join([part for part in parts if part] + [_coverage(view, text)]))


def _coverage(view: View, text: Words) -> str:
    tables = data.tables()
    rows = data.of_doc(tables.documents, view.doc)
    mentions = data.of_doc(tables.mentions, view.doc)
    body = data.of_doc(tables.sentences, view.doc)
    body = body[body["kind"] != "heading"]
    placed = body["sentence_id"].isin(mentions["sentence_id"]).mean() if len(body) else 0.0
    unresolved = data.of_doc(tables.rejected, view.doc)["reason"].isin(data.UNRESOLVED).sum()
    return text(
        "header.facts",
        articles=f"{rows['n_articles'].sum():,}",
        sentences=f"{rows['n_sentences'].sum():,}",
        chars=f"{rows['n_chars'].sum():,}",
        mentions=f"{len(mentions):,}",
        share=f"{placed:.0%}",
        unresolved=f"{unresolved:,}",
    )
