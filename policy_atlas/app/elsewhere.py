"""What the page says of a document that names no place in the West: that it does not, and which it names."""

import streamlit as st

from policy_atlas.app import data, upload
from policy_atlas.app.view import View
from policy_atlas.app.words import Words
from policy_atlas.intake.joining import places_outside


def draw(view: View, text: Words) -> None:
    """Say so where the chosen document has no western mention at all."""
    tables = data.tables()
    if data.of_doc(tables.mentions, view.doc).empty:
        found = places_outside(data.of_doc(tables.rejected, view.doc))
        st.info(upload.plain(upload.elsewhere(found, text)))
