"""Evidence that a click opens comes into sight, where it opens above or below what the reader sees.

Only her own click moves the page, and no further than needed; a link or a choice in the sidebar leaves it where
it is. The focus stays on what was clicked.
"""

from typing import Any
from uuid import uuid4

import streamlit as st
from streamlit.components.v2 import component
from streamlit.delta_generator import DeltaGenerator

_CLICK = "click-that-opened"
# `seen` outlives the element, which is made anew with the evidence. What is still being drawn pushes the mark away,
# so the page moves once the mark stays where it is.
_SHOW = """
const seen = new Set();
export default ({data, parentElement}) => {
  if (!data || seen.has(data)) return;
  seen.add(data);
  const mark = parentElement.querySelector("span");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moved = ["wheel", "keydown", "pointerdown"];
  let before = null, tries = 0;
  const stop = () => {
    clearInterval(timer);
    moved.forEach((one) => removeEventListener(one, stop, true));
  };
  const timer = setInterval(() => {
    const at = mark.getBoundingClientRect().y;
    const calm = before !== null && Math.abs(at - before) < 2;
    before = at;
    if (!calm && ++tries < 20) return;
    stop();
    mark.scrollIntoView({block: "nearest", behavior: still ? "instant" : "smooth"});
  }, 80);
  moved.forEach((one) => addEventListener(one, stop, true));
  return stop;
}
"""
# What is to be seen with the mark: as much of the evidence below it, and what says whose it is above it.
_CSS = "span { display: block; height: 1px; scroll-margin: min(12rem, 25vh) 0 min(18rem, 50vh); }"


@st.cache_resource(show_spinner=False)
def _made() -> Any:
    return component("policy_atlas_opened", html="<span></span>", css=_CSS, js=_SHOW)


def click(place: str) -> None:
    """Remember that the reader has just opened the evidence of a place; for callbacks."""
    st.session_state[_CLICK] = (place, uuid4().hex)


def head(place: str) -> DeltaGenerator:
    """Return the block for the head of a place's evidence; it comes into sight after a click that opened it."""
    where, number = st.session_state.get(_CLICK, ("", ""))
    block = st.container(gap=None)
    with block:
        _made()(data=number if where == place else "", key=f"opened-{place}", height=1)
    return block
