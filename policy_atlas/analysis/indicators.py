"""Province indicators: residents, GDP and land area, each with its year and source."""

from pathlib import Path

import pandas as pd

from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA
from policy_atlas.repairs import command

COLUMNS = ("adcode", "indicator", "value", "unit", "year", "source", "source_en")


def load_all(folder: Path = DATA) -> pd.DataFrame:
    """Return all indicators: adcode, indicator, value, unit, year, source, source_en."""
    path = folder / "indicators.csv"
    try:
        frame = pd.read_csv(path, dtype={"adcode": "str", "year": "Int64"})
    except FileNotFoundError:
        raise AtlasError(f"the table {str(path)!r} is missing: restore it with `{command(path)}`.") from None
    return frame.loc[:, list(COLUMNS)]


def load(indicator: str, folder: Path = DATA) -> pd.Series:
    """Return one indicator as a series indexed by adcode."""
    frame = load_all(folder)
    found = frame[frame["indicator"] == indicator]
    if found.empty:
        known = ", ".join(sorted(set(frame["indicator"])))
        raise AtlasError(f"unknown indicator {indicator!r}: choose one of {known}.")
    return found.set_index("adcode")["value"].astype("float64").rename(indicator)
