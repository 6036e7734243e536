"""The gazetteer: every name the atlas knows, with the places it may stand for."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from policy_atlas.csv_tables import columns, rows, split
from policy_atlas.errors import AtlasError
from policy_atlas.paths import DATA

WEST = (
    "500000",
    "510000",
    "520000",
    "530000",
    "540000",
    "610000",
    "620000",
    "630000",
    "640000",
    "650000",
    "150000",
    "450000",
)
SCOPES = {"P": "named", "C": "named", "A": "composite", "R": "region", "I": "region", "L": "basin", "W": "west"}
LEVELS = ("named", "composite", "region", "basin", "west")
CURATED = ("composites", "regions", "basins", "institutions", "former", "sites")
PLACE_COLUMNS = (
    "place_id",
    "kind",
    "category",
    "names",
    "name_en",
    "provinces",
    "cities",
    "before",
    "not_before",
    "after",
    "not_after",
    "note",
    "source",
)

_WEST = frozenset(WEST)


class _PlaceRow(NamedTuple):
    place_id: str
    kind: str
    name: str
    name_en: str
    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    category: str
    level: str


class Place(_PlaceRow):
    """A gazetteer entry; `provinces` are all members, in and outside the West."""

    @property
    def scope(self) -> str:
        """The scope that the kind belongs to, '' for a place outside the West."""
        return SCOPES.get(self.kind, "")

    @cached_property
    def western(self) -> tuple[str, ...]:
        """The members among the twelve western provinces."""
        return _western(self.provinces)


@lru_cache(maxsize=4096)
def _western(provinces: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in provinces if code in _WEST)


def scopes_to(level: str) -> tuple[str, ...]:
    """Return the scopes that a level takes in: levels are cumulative."""
    return LEVELS[: LEVELS.index(level) + 1]


def unlisted_place(category: str, owner: str, name: str, provinces: tuple[str, ...], cities: tuple[str, ...]) -> Place:
    """Return a 'town' or 'site' that no table lists, within the place or province with the id `owner`."""
    return Place(f"{category}:{owner}{name}", "C", name, "", provinces, cities, category, category)


def composed_place(surface: str, provinces: tuple[str, ...], cities: tuple[str, ...] = ()) -> Place:
    """Return the composite that no row lists of what a text writes: 川桂, 遂内."""
    return Place(f"composite:{surface}", "A", surface, "", provinces, cities, "composite", "composed")


class Name(NamedTuple):
    """One surface form in the automaton, with everything that decides about it.

    `block` is 'trap' or 'word' for a string that only consumes its characters; `guard` is the
    reason why a name needs its suffix, its parent or its like beside it ('strict': its prefecture).
    A `plain` name needs no look around; a `fenced` one only fears `not_before` and `not_after`.
    Where the row's conditions fail, the name is read as `otherwise`, if there is one.
    """

    text: str
    places: tuple[Place, ...]
    block: str = ""
    guard: str = ""
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    plain: bool = False
    fenced: bool = False
    otherwise: "Name | None" = None


class Clip(NamedTuple):
    """A one-character (or clipped) name of a province or city, as composites use it."""

    text: str
    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    solo: str


class Gazetteer(NamedTuple):
    """All names, the clips and the head nouns of composites."""

    names: tuple[Name, ...]
    places: dict[str, Place]
    clips: dict[str, Clip]
    heads: tuple[str, ...]


@lru_cache(maxsize=4)
def load(folder: Path = DATA) -> Gazetteer:
    """Return the gazetteer kept in `folder`; read once per process."""
    tables = folder / "gazetteer"
    divisions = list(_divisions(folder / "divisions.csv"))
    curated = list(_curated(tables))
    guards = {row[0]: row[1] for row in columns(tables / "guarded.csv", "name", "reason", folded=True)}
    contexts = {name: split(cell) for name, cell in columns(tables / "contexts.csv", "context", "strings", folded=True)}
    table = _division_names(divisions, guards)
    for cells, names, place in curated:
        conditions = tuple(_strings(cell, contexts) for cell in cells) if any(cells) else None
        for text in names:
            guard = guards.get(text, "") if place.kind == "C" else ""
            if conditions is None:
                table[text] = Name(text, (place,), guard=guard, plain=not guard)
            else:
                table[text] = _conditioned_name(text, place, guard, conditions, table.get(text))
    for text, cell in columns(tables / "traps.csv", "text", "not_after", folded=True):
        table.setdefault(text, Name(text, (), block="trap", not_after=split(cell)))
    for text, _ in columns(tables / "blockers.csv", "word", "note", folded=True):
        table.setdefault(text, Name(text, (), block="word"))
    places = {place.place_id: place for _, place in divisions} | {place.place_id: place for _, _, place in curated}
    heads = tuple(row["head"] for row in rows(tables / "heads.csv", folded=True))
    return Gazetteer(tuple(table.values()), places, _clips(tables / "clipped.csv"), heads)


def _division_names(divisions: list[tuple[tuple[str, ...], Place]], guards: dict[str, str]) -> dict[str, Name]:
    """Return the names of divisions; an ordinary word that names only counties outside the West is left out."""
    readings: dict[str, list[Place]] = defaultdict(list)
    for names, place in divisions:
        for text in names:
            readings[text].append(place)
    table = {}
    for text, found in readings.items():
        guard = guards.get(text, "")
        if guard and not any(place.western for place in found):
            if not any(place.level == "prefecture" for place in found):
                continue
            guard = ""
        table[text] = Name(text, tuple(found), guard=guard, plain=not guard and len(found) == 1)
    return table


def _conditioned_name(
    text: str, place: Place, guard: str, conditions: tuple[tuple[str, ...], ...], other: Name | None
) -> Name:
    before, not_before, after, not_after = conditions
    return Name(
        text,
        (place,),
        guard=guard,
        before=before,
        not_before=not_before,
        after=after,
        not_after=not_after,
        fenced=not (guard or before or after),
        otherwise=other,
    )


def _strings(cell: str, contexts: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the strings of a condition; an item like @rail stands for a row of contexts.csv."""
    if not cell:
        return ()
    if "@" not in cell:
        return split(cell)
    found: list[str] = []
    for item in split(cell):
        if item.startswith("@") and item not in contexts:
            raise AtlasError(
                f"unknown context {item!r}: add it to gazetteer/contexts.csv or correct the cell {cell!r}."
            )
        found.extend(contexts[item] if item.startswith("@") else (item,))
    return tuple(found)


def _curated(folder: Path) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Place]]:
    """Yield the conditions, the names and the place of each row of the curated tables."""
    columns_used = PLACE_COLUMNS[:-2]
    for file in CURATED:
        for place_id, kind, category, cell, name_en, provinces, cities, *conditions in columns(
            folder / f"{file}.csv", *columns_used, folded=True
        ):
            names = split(cell)
            name = names[0] if names else ""
            place = Place(place_id, kind, name, name_en, _codes(provinces), _codes(cities), category, "curated")
            yield tuple(conditions), names, place


def _divisions(path: Path) -> Iterator[tuple[tuple[str, ...], Place]]:
    """Yield the names and the place of each division."""
    used = ("place_id", "level", "name", "short_names", "name_en", "province_adcode", "prefecture_adcode")
    for code, level, name, short_names, name_en, province, prefecture in columns(path, *used, folded=True):
        kind = "P" if level == "province" else "C"
        cities = _codes(prefecture) if prefecture != province else ()
        names = (name, *(short for short in split(short_names) if short != name))
        yield names, Place(code, kind, name, name_en, _codes(province), cities, "division", level)


_codes = cache(split)
"""The codes of a cell; the many rows of one province or city share them."""


def _clips(path: Path) -> dict[str, Clip]:
    clips: dict[str, Clip] = {}
    for row in rows(path):
        if row["solo"] == "never":
            continue
        clip = Clip(row["clip"], split(row["provinces"]), split(row["cities"]), row["solo"])
        if row["clip"] not in clips or row["level"] == "province":
            clips[row["clip"]] = clip
    return clips
