"""Links inside our own HTML: addresses that can be copied, and that turn the page without leaving the session.

A plain link would load the page anew, and a session's own documents would be gone. So a click puts the address
into the browser's history and tells the page of it as its back button does: one step on, one step back.
"""

from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.components.v2 import component

from policy_atlas.app.view import View

_FOLLOW = """
export default ({parentElement}) => {
  if (parentElement.follow) return;
  parentElement.follow = (event) => {
    const link = event.composedPath()[0].closest?.("a[data-go]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
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


def address(page: str, view: View) -> str:
    """Return the address of a page with a view, relative to any other page."""
    return f"{page}?{urlencode(view.query())}"


def anchor(page: str, view: View, label: str, more: str = "") -> str:
    """Return a link to a page with a view as HTML; `more` are further attributes, as they stand in the tag."""
    return f'<a data-go href="{escape(address(page, view))}"{more}>{escape(label)}</a>'


def follow() -> None:
    """Let the page follow its own links; drawn once on every page."""
    _made()(key="links", height=1)
