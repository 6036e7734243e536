"""The upload part of the page alone, for tests of sessions: what it holds is said in one line."""

import streamlit as st

from policy_atlas.app import upload
from policy_atlas.app.words import Words


class Keys(Words):
    """Words that say their key and values."""

    def __call__(self, key: str, **values: object) -> str:
        """Return key and values as text."""
        return " ".join([key, *(f"{name}={value}" for name, value in values.items())])


own = upload.draw(Keys("en", {}))
st.text(f"HELD {len(own)} {' '.join(one.received.title for one in own)}")
