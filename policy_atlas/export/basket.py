"""The briefing basket: what a reader collected, in order; pure values that a session can keep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from policy_atlas.errors import AtlasError
from policy_atlas.export.material import Selection
from policy_atlas.gazetteer import WEST

KINDS = ("map", "silence", "ranking", "matrix", "tasks", "figures", "profile", "quotes", "quote", "table", "figure")
OF_PROVINCE = ("figures", "profile")
MOST = 60


@dataclass(frozen=True, slots=True)
class Loose:
    """A chart (a plotly figure) or a table of the page that no kind of its own stands for."""

    title: str
    subtitle: str = ""
    alt: str = ""
    frame: pd.DataFrame | None = None
    figure: Any = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the basket, with the choices it was collected under and the reader's note.

    `key` is the sentence id of a quote; `loose` carries a chart or table of kind 'figure' or 'table'.
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
