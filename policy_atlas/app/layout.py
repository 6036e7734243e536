"""Two blocks side by side where there is room, one below the other where there is not."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

WIDE = 976
GAP = 16


def pair(left: float = 0.57) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return two blocks; `left` is the first one's part of the width of a page at 1440 px.

    `st.columns` keeps columns side by side down to 640 px, where a map has no room left.
    """
    first = round((WIDE - GAP) * left)
    row = st.container(horizontal=True, gap="small")
    return row.container(width=first), row.container(width=WIDE - GAP - first)
