"""The document's name and the facts that say what is covered."""

import streamlit as st

from policy_atlas.app import data, state
from policy_atlas.app.upload import plain
from policy_atlas.app.view import View
from policy_atlas.app.words import Words


def draw(view: View, text: Words) -> None:
    """Show title, issuer and date, and the coverage strip."""
    source = data.source(view.doc)
    title = text.either(source.title, source.title_en)
    st.title(plain(title), anchor=False)
    parts = [plain(text.either(source.issuer, source.issuer_en)), text.day(source.date) if source.date else ""]
    st.caption(" · ".join(part for part in parts if part))
    with st.container(horizontal=True, gap="small"):
        for name, value, page, more in _coverage(view):
            label, target = text(f"header.{name}", value=value), view.shared().but(**more)
            st.button(label, key=f"fact-{name}", type="tertiary", on_click=state.visit, args=(page, target))


def _coverage(view: View) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return what is covered: name, value, and the page and choices that show the rows behind it."""
    tables = data.tables()
    rows = data.of_doc(tables.documents, view.doc)
    mentions = data.of_doc(tables.mentions, view.doc)
    body = data.of_doc(tables.sentences, view.doc)
    body = body[body["kind"] == "body"]
    placed = body["sentence_id"].isin(mentions["sentence_id"]).mean() if len(body) else 0.0
    unresolved = data.of_doc(tables.rejected, view.doc)["reason"].isin(data.UNRESOLVED).sum()
    return [
        ("articles", f"{rows['n_articles'].sum():,}", "document", {}),
        ("sentences", f"{rows['n_sentences'].sum():,}", "document", {}),
        ("chars", f"{rows['n_chars'].sum():,}", "document", {}),
        ("mentions", f"{len(mentions):,}", "method", {"verdict": "kept"}),
        ("share", f"{placed:.0%}", "document", {"rows": "placed"}),
        ("unresolved", f"{unresolved:,}", "method", {"verdict": "unresolved"}),
    ]
