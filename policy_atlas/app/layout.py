"""Blocks side by side where there is room, folds that are drawn when they are opened, and the printed page."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from policy_atlas.app import sorting, state
from policy_atlas.palette import LIGHT

# For paper only: nothing of the frame, all of the lists, and a page as wide as its charts were drawn.
PRINT = """
<style>@media print {
  @page { size: A4; margin: 12mm; }
  html, body, #root { height: auto !important; overflow: visible !important; background: #fff !important; }
  .stHorizontalBlock { display: flex !important; align-items: flex-start; }
  .stSidebar, .stAppHeader, .st-key-nav, .stButton, .stDownloadButton, .stExpander,
  .st-key-links, .st-key-screen, .st-key-say { display: none !important; }
  .stApp, .stMain, .stAppViewContainer {
    display: block !important; position: static !important; overflow: visible !important;
    height: auto !important; background: #fff !important;
  }
  .stMainBlockContainer {
    padding: 0 !important; margin: 0 !important; max-width: none !important;
    width: 990px !important; min-width: 990px !important; zoom: 0.7;
  }
  .stVerticalBlock, .stLayoutWrapper { height: auto !important; max-height: none !important;
    overflow: visible !important; }
  [class*="st-key-rows"] div { height: auto !important; max-height: none !important; overflow: visible !important;
    flex: none !important; }
  .stHtml [role="region"] { max-height: none !important; overflow: visible !important; }
  .stPlotlyChart, .stHtml .r { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}</style>
"""
# Paper is white: what stands light on a dark screen is turned, a chart with its colours.
PRINT_DARK = f"""
<style>@media print {{
  html, body, .stApp, .stApp > * {{ background: #fff !important; }}
  .stMain, .stMain * {{ color: {LIGHT.ink} !important; }}
  .stPlotlyChart, .stHtml span[style*="background"] {{ filter: invert(1) hue-rotate(180deg); }}
}}</style>
"""
WIDE = 976
PLOT = {"narrow": 220, "middle": 460, "wide": 840}  # px at the least between a chart's names and the edge of the page
GAP = 16
LONG, SIGHT = 15, {"narrow": 420, "middle": 560, "wide": 560}  # a list of more rows scrolls within so many px


def printed() -> str:
    """Return the style of the printed page, on white paper whatever the screen is."""
    return PRINT + (PRINT_DARK if state.colours().name == "dark" else "")


def height(rows: int) -> int:
    """Return the px that a list of so many rows may take before it scrolls; 0 where it stands in full."""
    return SIGHT[state.width()] if rows > LONG else 0


def folded(title: str, key: str, draw: Callable[[], None], table: str = "") -> None:
    """Show a fold whose content is drawn while it is open: a table that nobody looks at is neither made nor sent.

    `table` is the key of the table in it, where that is another than the fold's.
    """
    with st.expander(title, key=f"fold-{key}", on_change="rerun") as fold:
        if fold.open:
            draw()
        else:
            sorting.folded(table or key)


def pair(left: float = 0.57) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return two blocks; `left` is the first one's part of the width of a page at 1440 px.

    `st.columns` keeps columns side by side down to 640 px, where a map has no room left. A narrower window has
    them below each other, each as wide as the page.
    """
    if state.width() != "wide":
        return st.container(), st.container()
    first = round((WIDE - GAP) * left)
    row = st.container(horizontal=True, gap="small")
    return row.container(width=first), row.container(width=WIDE - GAP - first)
