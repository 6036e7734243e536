"""Links inside our own HTML: addresses that can be copied, and that turn the page without leaving the session.

A plain link would load the page anew, and a session's own documents would be gone.
"""

from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.components.v2 import component

from policy_atlas.app import state
from policy_atlas.app.view import View

_FOLLOW = """
export default ({parentElement, setTriggerValue}) => {
  if (parentElement.follow) return;
  parentElement.follow = (event) => {
    const link = event.target.closest?.("a[data-go]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setTriggerValue("go", link.getAttribute("href"));
  };
  document.addEventListener("click", parentElement.follow);
  return () => {
    document.removeEventListener("click", parentElement.follow);
    parentElement.follow = null;
  };
}
"""


@st.cache_resource(show_spinner=False)
def _made() -> Any:
    return component("policy_atlas_links", html="<span hidden></span>", js=_FOLLOW)


def anchor(page: str, view: View, label: str, more: str = "") -> str:
    """Return a link to a page with a view as HTML; `more` are further attributes, as they stand in the tag."""
    return f'<a data-go href="{page}?{escape(urlencode(view.query()))}"{more}>{escape(label)}</a>'


def follow() -> None:
    """Let the page follow its own links; drawn once on every page."""
    _made()(key="links", height=1, on_go_change=_go)


def _go() -> None:
    """Turn to the page of the link that was clicked, as far as its address is a known one."""
    held = st.session_state.get("links") or {}
    page, _, query = str(held.get("go") or "").partition("?")
    if page in st.session_state["pages"]:
        state.visit(page, state.asked(dict(parse_qsl(query))))
