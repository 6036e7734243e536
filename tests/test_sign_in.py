"""Sign-in is off unless switched on; switched on, nothing is shown before it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from policy_atlas.app import sign_in

SECRETS = {"auth": {"redirect_uri": "https://atlas.example.org/atlas/oauth2callback", "cookie_secret": "x"}}


def page() -> None:
    """Draw the sign-in alone, with words that say their key."""
    import streamlit as st

    from policy_atlas.app import sign_in
    from policy_atlas.app.words import Words

    class Keys(Words):
        def __call__(self, key: str, **values: object) -> str:
            return key

    st.text("shown" if sign_in.passed(Keys("en", {})) else "kept back")


def drawn(monkeypatch: pytest.MonkeyPatch, *, on: bool, package: bool = True, secrets: Any = None) -> AppTest:
    monkeypatch.setenv("POLICY_ATLAS_SIGN_IN", "on" if on else "off")
    monkeypatch.setattr(sign_in, "find_spec", lambda name: object() if package else None)
    at = AppTest.from_function(page)
    for key, value in (secrets or {}).items():
        at.secrets[key] = value
    at.run()
    assert not at.exception
    return at


def test_it_is_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICY_ATLAS_SIGN_IN", raising=False)
    at = AppTest.from_function(page).run()
    assert at.text[0].value == "shown"
    assert len(at.button) == 0


def test_without_package_or_secrets_nothing_is_shown_but_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for package, said in ((False, "signin.package"), (True, "signin.secrets")):
        at = drawn(monkeypatch, on=True, package=package)
        assert [one.value for one in at.error] == [said]
        assert at.text[0].value == "kept back"


def test_who_is_not_signed_in_sees_the_way_in_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    at = drawn(monkeypatch, on=True, secrets=SECRETS)
    assert [one.label for one in at.button] == ["signin.in"]
    assert at.text[0].value == "kept back"
