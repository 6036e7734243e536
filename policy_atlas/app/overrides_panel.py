"""A reader overrules the rules: a table of decisions, taken in, applied last, given back."""

import streamlit as st

from policy_atlas.app import data, session
from policy_atlas.app.upload import plain
from policy_atlas.app.words import Words
from policy_atlas.csv_tables import given_rows
from policy_atlas.errors import AtlasError
from policy_atlas.intake.limits import Limits
from policy_atlas.places.audit import OVERRIDE_COLUMNS, Override, parse_overrides, write_overrides
from policy_atlas.places.matching import matcher

MOST_BYTES = 1_000_000


def draw(text: Words) -> None:
    """Show the overrides in force, with ways to take a table in, to take it away and to drop it; none in a demo."""
    if Limits.from_environment().demo:
        return
    st.subheader(text("overrides.title"), anchor=False)
    st.write(text("overrides.text", columns=", ".join(OVERRIDE_COLUMNS)))
    given = st.file_uploader(text("overrides.upload"), type="csv", key="overrides-file")
    if given is not None and st.session_state.get("overrides-seen") != given.file_id:
        st.session_state["overrides-seen"] = given.file_id
        try:
            st.session_state[session.OVERRIDES] = read(given.getvalue(), given.name)
            st.rerun()
        except AtlasError as error:
            st.error(plain(str(error)))
    mine = session.overrides()
    with st.container(horizontal=True):
        st.download_button(
            text("overrides.download", number=len(mine)),
            write_overrides(mine).encode("utf-8-sig"),
            file_name="overrides.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.button(text("overrides.drop"), on_click=_drop, disabled=not mine, icon=":material/undo:")


def read(raw: bytes, name: str) -> list[Override]:
    """Return the overrides of an uploaded table; each must fit a loaded document and a known place."""
    if len(raw) > MOST_BYTES:
        raise AtlasError(f"{name!r} holds more than {MOST_BYTES:,} bytes: split it.")
    found = parse_overrides(given_rows(raw, name, OVERRIDE_COLUMNS), name, matcher().gazetteer.places)
    known = {source.doc_id for source in data.sources()}
    for line, one in enumerate(found, 2):
        if one.doc_id not in known:
            raise AtlasError(
                f"{name}, row {line}: unknown document {one.doc_id!r}: take one of {', '.join(sorted(known))}."
            )
        if one.end > len(data.raw_text(one.doc_id)):
            raise AtlasError(f"{name}, row {line}: {one.start} to {one.end} lies outside the document.")
    return found


def _drop() -> None:
    st.session_state.pop(session.OVERRIDES, None)
