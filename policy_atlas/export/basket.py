"""The briefing basket: what a reader collected, in order; pure values that a session can keep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from policy_atlas.errors import AtlasError
from policy_atlas.export import CHARTS
from policy_atlas.export.material import Selection
from policy_atlas.places.gazetteer import WEST

KINDS = (*CHARTS, "tasks", "figures", "quotes", "quote", "table", "chart")
OF_PROVINCE = ("figures", "profile", "prefectures")
SLOPES = ("rule", "level")
CHINA = "china"
MOST = 60


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """A table or chart of the page that no kind of its own stands for; it is the same when its words and cells are.

    `figure` makes the chart, whose numbers `frame` holds; `legend` is (label, colour).
    """

    title: str
    subtitle: str
    frame: pd.DataFrame
    figure: Callable[[], Any] | None = None
    legend: tuple[tuple[str, str], ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Loose):
            return NotImplemented
        return (self.title, self.subtitle) == (other.title, other.subtitle) and self.frame.equals(other.frame)

    def __hash__(self) -> int:
        return hash((self.title, self.subtitle))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the basket, with the choices it was collected under and the reader's note.

    `key` is the sentence id of a quote, what ranks move by ('rule' or 'level', then the other province) of slopes,
    CHINA for a map that shows the rest of China; `loose` carries what the kinds 'table' and 'chart' show.
    """

    kind: str
    selection: Selection
    key: str = ""
    note: str = ""
    loose: Loose | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise AtlasError(f"unknown kind of item {self.kind!r}: choose one of {', '.join(KINDS)}.")
        if self.kind in OF_PROVINCE and not self.selection.province:
            raise AtlasError(f"an item {self.kind!r} needs a province: choose one of {', '.join(WEST)}.")
        if self.kind == "slopes" and self.key.partition("-")[0] not in SLOPES:
            raise AtlasError(f"unknown slopes {self.key!r}: choose one of {', '.join(SLOPES)}.")
        if self.kind == "table" and self.loose is None:
            raise AtlasError("an item 'table' carries no table: remove it from the briefing.")
        if self.kind == "chart" and (self.loose is None or self.loose.figure is None):
            raise AtlasError("an item 'chart' carries no chart: remove it from the briefing.")


Basket = tuple[Item, ...]


def add(basket: Basket, item: Item) -> Basket:
    """Return the basket with `item` at its end; the same thing is not taken twice, and not more than MOST."""
    same = any(
        (one.kind, one.selection, one.key, one.loose) == (item.kind, item.selection, item.key, item.loose)
        for one in basket
    )
    if same:
        return basket
    if len(basket) >= MOST:
        raise AtlasError(f"the briefing holds {MOST} items, the most it can: remove one first.")
    return (*basket, item)


def remove(basket: Basket, at: int) -> Basket:
    """Return the basket without the item at a position."""
    return (*basket[:at], *basket[at + 1 :])


def move(basket: Basket, at: int, to: int) -> Basket:
    """Return the basket with the item at `at` moved to `to`; beyond the ends is the end."""
    rest = remove(basket, at)
    place = min(max(to, 0), len(rest))
    return (*rest[:place], basket[at], *rest[place:])


def noted(basket: Basket, at: int, note: str) -> Basket:
    """Return the basket with the note of one item changed."""
    return (*basket[:at], replace(basket[at], note=note), *basket[at + 1 :])


def default(selection: Selection, provinces: Sequence[str] = ()) -> Basket:
    """Return what a briefing holds when nothing was collected: map, ranking, matrix, tasks and quotations.

    Tasks and quotations are those of `provinces`; of the selection's province, or of all of them, without any.
    """
    items = [Item(kind, selection) for kind in ("map", "ranking", "matrix")]
    chosen = list(provinces) or ([selection.province] if selection.province else [])
    if not chosen:
        return (*items, Item("tasks", selection), Item("quotes", selection))
    if len(chosen) > 1:
        items.append(Item("tasks", selection.but(province="")))
    for province in chosen:
        items.extend(Item(kind, selection.but(province=province)) for kind in ("tasks", "quotes"))
    return tuple(items)
