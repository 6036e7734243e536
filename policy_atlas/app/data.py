"""Read-only tables, loaded once per server process and shared by all sessions."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from policy_atlas import indicators, labels, regions
from policy_atlas.sources import Source, load_sources
from policy_atlas.tables import Tables, build


@st.cache_resource(show_spinner=False)
def sources() -> list[Source]:
    """Return the registered documents."""
    return load_sources()


@st.cache_resource(show_spinner=False)
def tables() -> Tables:
    """Return all tables of the registered documents."""
    return build(sources())


@st.cache_resource(show_spinner=False)
def provinces() -> pd.DataFrame:
    """Return adcode, name, short, name_en, lon, lat of the twelve provinces."""
    return labels.provinces()


@st.cache_resource(show_spinner=False)
def outlines() -> dict[str, Any]:
    """Return the outlines of the twelve provinces as GeoJSON with only their adcode."""
    frame = regions.western(regions.load_provinces())[["adcode", "geometry"]]
    found: dict[str, Any] = json.loads(frame.to_json(drop_id=True))
    return found


@st.cache_resource(show_spinner=False)
def residents() -> pd.Series:
    """Return the residents of each province (2020 census)."""
    return indicators.load("residents")
