"""The values of a table as people write them."""

import pandas as pd

from policy_atlas.export import fit
from policy_atlas.export.blocks import FigureBlock, RankingBlock, TableBlock
from policy_atlas.export.words import decimals, number


def cells(block: TableBlock) -> list[list[str]]:
    """Return the rows of a table as text, header first; numbers as people write them, a missing one as –."""
    columns = [str(column) for column in block.frame.columns]
    places = [block.decimals.get(column, _places(block.frame[column])) for column in columns]
    rows = [
        [cell_text(value, one[at] if isinstance(one, tuple) else one) for value, one in zip(row, places, strict=True)]
        for at, row in enumerate(block.frame.itertuples(index=False))
    ]
    return [columns, *rows]


def _places(values: pd.Series) -> int | None:
    """Return the decimals that the numbers of a column share; None where it holds text."""
    return decimals(values.dropna()) if values.dtype.kind in "fiu" else None


def ranking_rows(block: RankingBlock) -> list[list[str]]:
    """Return bars as a table, header first: name, each kind, the sum."""
    rows = [[block.head, *(label for _, label, _ in block.kinds), block.unit]]
    for code in block.parts.index:
        values = [float(block.parts.loc[code, kind]) for kind, _, _ in block.kinds]
        said = (number(value, block.decimals) for value in [*values, float(block.parts.loc[code].sum())])
        rows.append([str(block.names[code]), *said])
    return rows


def cell_text(value: object, places: int | None) -> str:
    """Return one value as people write it."""
    if pd.isna(value):  # type: ignore[call-overload]
        return "–"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(float(value), places)
    return str(value)


def numeric(block: TableBlock) -> list[bool]:
    """Say of each column whether it holds numbers."""
    return [bool(block.frame.dtypes.iloc[at].kind in "fiu") for at in range(len(block.frame.columns))]


def table_of(block: FigureBlock) -> TableBlock:
    """Return the numbers of a chart as a table of their own."""
    return TableBlock(block.title, block.subtitle, block.alt, "", block.frame, widths(block.frame))


def widths(frame: pd.DataFrame) -> tuple[float, ...]:
    """Return the share of the line for each column of a table, by its longest text."""
    longest = [
        max(
            [
                fit.width(str(column), 1),
                *(min(fit.width(cell_text(value, None), 1), 30) for value in frame.iloc[:200, at]),
            ]
        )
        for at, column in enumerate(frame.columns)
    ]
    room = [max(length, 4.0) for length in longest]
    return tuple(length / sum(room) for length in room)
