"""What the comparisons of documents share: their numbers, their names, and what a click on a dot chooses."""

import pandas as pd
import streamlit as st

from policy_atlas.analysis import documents_compared
from policy_atlas.analysis.counts import Choices
from policy_atlas.app import data, opened, session, state, theme_data
from policy_atlas.app.words import Words


@session.shared(64)
def provinces(level: str, rule: str) -> pd.DataFrame:
    """Return the counts of the provinces in every document."""
    return documents_compared.provinces(data.tables(), Choices(level, rule))


@session.shared()
def themes() -> pd.DataFrame:
    """Return the sentences of each theme in every document."""
    return documents_compared.themes(data.tables(), theme_data.AREAS)


def titles(text: Words) -> dict[str, str]:
    """Return the documents' titles by id, with the year where it is known."""
    found = {}
    for one in data.sources():
        title = text.either(one.title, one.title_en)
        found[one.doc_id] = text("beside.dated", title=title, date=text.day(one.date)) if one.date else title
    return found


def province_names(lang: str) -> dict[str, str]:
    """Return the names of the provinces by adcode."""
    return {str(code): str(name) for code, name in data.names(lang).items()}


def pick_dot(what: str, key: str) -> None:
    """Choose the province or theme whose dot was clicked; for callbacks."""
    points = st.session_state[key]["selection"]["points"]
    if points and points[0].get("customdata"):
        picked = points[0]["customdata"]
        pick(what, str(picked[0] if isinstance(picked, list) else picked))


def pick(what: str, key: str) -> None:
    """Choose a province or theme, whose sentences in both documents are then shown; for callbacks."""
    opened.click(f"beside-{what}")
    state.go(**{what: key})
