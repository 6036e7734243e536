"""What the reader's window is told and tells: the language of the page, and how wide it is to be drawn.

The page is first sent by what the browser says of itself, then by its width.
"""

from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from policy_atlas.app import state

NARROW = 640  # px; below it `st.columns` stands its columns below each other too
MIDDLE = 1200  # px; below it the sidebar leaves a chart less than 750
_TAGS = {"zh": "zh-CN", "en": "en"}
_LOOK = f"""
export default ({{data, parentElement, setTriggerValue}}) => {{
  document.documentElement.lang = data.lang;
  parentElement.shown = data.width;
  if (!parentElement.look) {{
    parentElement.look = () => {{
      const width = innerWidth < {NARROW} ? "narrow" : innerWidth < {MIDDLE} ? "middle" : "wide";
      if (width !== parentElement.shown) setTriggerValue("width", width);
    }};
    addEventListener("resize", parentElement.look);
  }}
  parentElement.look();
  return () => {{
    removeEventListener("resize", parentElement.look);
    parentElement.look = null;
  }};
}}
"""


@st.cache_resource(show_spinner=False)
def _made() -> Any:
    return component("policy_atlas_screen", html="<span hidden></span>", js=_LOOK)


def watch() -> None:
    """Say the language; draw the page anew where the window is narrower or wider than it was drawn for."""
    said = {"width": state.width(), "lang": _TAGS[state.text().lang]}
    _made()(data=said, key="screen", height=1, on_width_change=_changed)


def _changed() -> None:
    held = st.session_state.get("screen") or {}
    if held.get("width"):
        st.session_state[state.WIDTH] = held["width"]
