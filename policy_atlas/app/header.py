"""The document's name and the facts that say what is covered."""

import streamlit as st

from policy_atlas.app.words import Words
from policy_atlas.sources import Source
from policy_atlas.tables import Tables


def draw(tables: Tables, sources: list[Source], text: Words) -> None:
    """Show title, issuer, date and size of the document."""
    source, row = sources[0], tables.documents.iloc[0]
    st.title(text.either(source.title, source.title_en), anchor=False)
    st.caption(
        text(
            "header.facts",
            issuer=text.either(source.issuer, source.issuer_en),
            date=source.date,
            articles=f"{row.n_articles:,}",
            sentences=f"{row.n_sentences:,}",
            chars=f"{row.n_chars:,}",
            mentions=f"{len(tables.mentions):,}",
        )
    )
