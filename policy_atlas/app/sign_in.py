"""Sign-in before anything is shown: Streamlit's own OpenID Connect, off unless the deployment switches it on."""

from contextlib import suppress
from importlib.util import find_spec

import streamlit as st

from policy_atlas.app.words import Words
from policy_atlas.intake.limits import Limits


def passed(text: Words) -> bool:
    """Return whether the page may be drawn; draw the way in where it may not, the way out where somebody is in."""
    if not Limits.from_environment().sign_in:
        return True
    if missing := _missing():
        st.error(text(f"signin.{missing}"))
        return False
    if getattr(st.user, "is_logged_in", False):
        st.sidebar.button(text("signin.out"), on_click=st.logout, type="tertiary", icon=":material/logout:")
        return True
    st.title(text("app.title"), anchor=False)
    st.write(text("signin.why"))
    st.button(text("signin.in"), on_click=st.login, type="primary")
    return False


def _missing() -> str:
    """Return what sign-in lacks: the package Authlib, or the section [auth] of the secrets; empty if nothing."""
    if find_spec("authlib") is None:
        return "package"
    with suppress(FileNotFoundError, KeyError):
        if st.secrets["auth"]["redirect_uri"]:
            return ""
    return "secrets"
