"""The sidebar keeps step with clicks on charts: what the page says, the sidebar hears, and only it is drawn anew.

A click on a chart redraws the page's fragment and not the sidebar, which is a fragment of its
own. Two components without anything to see carry the choices from one to the other in the browser.
"""

from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from policy_atlas.app.view import View

_SAY = """
export default ({data, parentElement}) => {
  if (parentElement.said === data) return;
  parentElement.said = data;
  window.dispatchEvent(new CustomEvent("policy-atlas-choices", {detail: data}));
}
"""
_HEAR = """
export default ({data, parentElement, setTriggerValue}) => {
  parentElement.shown = data;
  if (parentElement.hear) return;
  parentElement.hear = ({detail}) => detail !== parentElement.shown && setTriggerValue("heard", detail);
  window.addEventListener("policy-atlas-choices", parentElement.hear);
  return () => {
    window.removeEventListener("policy-atlas-choices", parentElement.hear);
    parentElement.hear = null;
  };
}
"""


@st.cache_resource(show_spinner=False)
def _made(name: str, js: str) -> Any:
    return component(f"policy_atlas_{name}", html="<span hidden></span>", js=js)


def say(view: View) -> None:
    """Let the page say which province and theme it shows."""
    _made("say", _SAY)(data=f"{view.province} {view.theme}", key="say", height=1)


def hear(view: View) -> None:
    """Let the sidebar hear when the page shows other ones, and be drawn anew."""
    _made("hear", _HEAR)(data=f"{view.province} {view.theme}", key="hear", height=1, on_heard_change=_nothing)


def _nothing() -> None:
    """Do nothing: being drawn anew is all that is wanted, but a trigger needs a callback."""
