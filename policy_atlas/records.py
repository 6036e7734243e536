"""Rows of a frame one by one."""

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[Any]:
    """Return the rows as named tuples of the columns; their types are those of the table's contract."""
    return list(frame.itertuples(index=False))
