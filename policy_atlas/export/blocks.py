"""The pieces of a briefing as plain values: every format draws the same blocks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from policy_atlas.export.material import Selection


@dataclass(frozen=True, slots=True)
class Block:
    """What all pieces have: a title, the choices under it, a description for screen readers, the reader's note.

    `selection` says under which choices the piece was collected.
    """

    title: str
    subtitle: str
    alt: str
    note: str
    selection: Selection = field(default=Selection(), kw_only=True)


@dataclass(frozen=True, slots=True)
class MapBlock(Block):
    """The map: `areas` has adcode, name, value, text, fill, lon, lat, leader_lon, leader_lat, hover.

    `figure` makes the plotly figure of the page. `swatches` are (label, colour) of the legend;
    `top` is the end of the ramp, 0 where there is none; `china` says that the rest of China is shown.
    """

    areas: pd.DataFrame
    unit: str
    decimals: int
    top: float
    swatches: tuple[tuple[str, str], ...]
    selected: str
    figure: Callable[[], Any]
    findings: tuple[str, ...] = ()
    china: bool = False


@dataclass(frozen=True, slots=True)
class RankingBlock(Block):
    """The bars: `parts` by adcode (most first) and kind, `names` by adcode, `kinds` (kind, label, colour).

    `head` says what the rows are.
    """

    parts: pd.DataFrame
    names: pd.Series
    head: str
    kinds: tuple[tuple[str, str, str], ...]
    unit: str
    decimals: int
    figure: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class MatrixBlock(Block):
    """Provinces (index adcode) by theme: numbers, cell colours, names of rows, short and full names of columns.

    `head` says what the rows are.
    """

    table: pd.DataFrame
    fills: pd.DataFrame
    names: pd.Series
    head: str
    short: tuple[str, ...]
    full: tuple[str, ...]
    figure: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class TableBlock(Block):
    """A table ready to print: `frame` of text and numbers, `widths` as shares of the line, `decimals` by column.

    A column may have decimals for each row; without decimals of its own (None) a number is whole where it is whole.
    `figure` makes the chart of the page that shows the same numbers, where there is one; `figured` is what a
    picture of it says of its bars, if that is not what the table says of its columns.
    """

    frame: pd.DataFrame
    widths: tuple[float, ...]
    decimals: dict[str, int | tuple[int, ...] | None] = field(default_factory=dict)
    empty: str = ""
    figure: Callable[[], Any] | None = None
    figured: str = ""


class Quote(NamedTuple):
    """One sentence: its text with the spans of the counted names, where it stands, and what it adds."""

    text: str
    marks: tuple[tuple[int, int], ...]
    article: str
    citation: str
    credit: float
    sentence_id: str


@dataclass(frozen=True, slots=True)
class QuotesBlock(Block):
    """The sentences behind a number, and the sum in words; `more` sentences were left out."""

    quotes: tuple[Quote, ...]
    sum_line: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class FigureBlock(Block):
    """Any other chart of the page, with the same numbers as a table; `legend` is (label, colour)."""

    figure: Callable[[], Any]
    frame: pd.DataFrame
    legend: tuple[tuple[str, str], ...] = ()
