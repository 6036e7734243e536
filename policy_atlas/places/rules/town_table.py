"""Towns that the table knows: a name that many towns may share, settled by the places its document names."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from policy_atlas.cleaning import positions
from policy_atlas.csv_tables import rows
from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import WEST, Place, unlisted_place
from policy_atlas.places.hits import NAMED_TOWN, PARENT, TOWN, TOWN_ALONE, TRAP, Hit, is_parent, telling
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.discourse import NEAR, OPENERS

_HEADS = ("镇", "乡", "街道", "苏木", "场")
_LONGEST = 14
_CLEAR_LENGTH = 5
# Behind these a head belongs to the next word: 城镇|化, 乡|村, 街道|办各.
_NOT_AFTER = {"镇": "级域静定守痛压江", "乡": "村镇土亲愁贤情级道域风音企"}
_OPENED = OPENERS | frozenset("内中含括过由")
_COMPOUNDS = ("城镇", "乡镇", "集镇", "村镇", "古镇", "小镇", "重镇", "名镇", "市镇", "强镇", "城乡", "家乡", "水乡")
LEFT_OUT = ("镇", "乡", "苏木")  # heads that the name of a town may do without
# Names of towns that are words without their head: 中心（镇）, 新城（镇）.
WORD = re.compile(
    "(?:中心|大桥|水库|机场|城关|码头|车站|温泉|农场|林场|开发|石油|高山|集中|铁路|公路|高速|高铁|城区|新区|新城"
    "|[东南西北]城|城[东南西北]|经济|工业|朝阳|东风|红旗|解放|人民|和平|胜利|团结|建设|新华|前进|光明|友谊|中山|长江|黄河)$"
)
_TOGETHER, _ITEM_LENGTH = 2, 8
_VILLAGE_BEHIND = re.compile("[\u4e00-\u9fff]{1,3}(?:村|社区)")
_ITEM_LINK = re.compile("[、和及]")
_ITEM = "[\u4e00-\u9fff]{1,5}?(?:镇|乡|街道|苏木)"
_ITEM_BEFORE = re.compile(f"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[、和及]))({_ITEM})[、和及]$")
_ITEM_AFTER = re.compile(f"[、和及]{_ITEM}")


class Towns(NamedTuple):
    """The codes of the counties that have a town of a name, and the last three characters of the names."""

    counties: dict[str, tuple[str, ...]]
    tails: frozenset[str]


@lru_cache(maxsize=4)
def load_towns(folder: Path = DATA) -> Towns:
    """Return the towns of all counties of China; read once per process."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows(folder / "gazetteer" / "towns.csv", folded=True):
        county = (row["county"],)
        for name in row["names"].split("|"):
            found[name] = found[name] + county if name in found else county
    return Towns(found, frozenset(name[-3:] for name in found))


class _Support(NamedTuple):
    """The ids of the places a text names or its title is about, their provinces, and whether it is of one county."""

    places: frozenset[str]
    provinces: frozenset[str]
    local: bool


class TownReader:
    """Decides on the towns of the table that a text names, by the places beside them and elsewhere in it."""

    def __init__(self, text: str, hits: list[Hit], engine: Matcher, home: frozenset[str]) -> None:
        self.text, self.hits, self.engine, self.home = text, hits, engine, home
        self.towns = load_towns()
        self._known: _Support | None = None

    def read(self) -> list[Hit]:
        """Return a decision on each town, and on a doubtful county before one, in order."""
        found: list[Hit] = []
        at = limit = 0
        for end in _ends(self.text, self.towns.tails):
            start = _start(self.text, end, self.towns)
            if start == end or start < limit:
                continue
            while at < len(self.hits) and self.hits[at].end <= start:
                at += 1
            decided = self._after_county(at, start, end) or self._by_document(at, start, end)
            if decided:
                found += decided
                limit = end
        return found

    def _counties(self, start: int, end: int) -> list[Place]:
        return [self.engine.gazetteer.places[code] for code in self.towns.counties[self.text[start:end]]]

    def _after_county(self, at: int, start: int, end: int) -> list[Hit]:
        """Return the town of the county, prefecture or province directly before; a doubtful county is settled too."""
        before = self.hits[at - 1] if at and self.hits[at - 1].end == start else None
        if before is None or self._reaches_across(at, start, end):
            return []
        counties = self._counties(start, end)
        if before.place is not None:
            below = [one for one in counties if one.place_id == before.place.place_id or is_parent(before.place, one)]
            return [Hit(start, end, _town(self.text[start:end], below), TOWN)] if below else []
        readings = [one for one in before.name.places if one in counties] if before.name is not None else []
        if len(readings) != 1:
            return []
        town = Hit(start, end, _town(self.text[start:end], readings), TOWN)
        return [before._replace(place=readings[0], rule=PARENT), town]

    def _reaches_across(self, at: int, start: int, end: int) -> bool:
        """Say whether a kept name or a trap reaches across an edge of a span."""
        while at < len(self.hits) and self.hits[at].start < end:
            hit = self.hits[at]
            across = hit.start < start or hit.end > end
            if across and (hit.place is not None or hit.rule == TRAP) and not self._before_village(hit, end):
                return True
            at += 1
        return False

    def _before_village(self, hit: Hit, end: int) -> bool:
        """Say whether a name is only the seam of a town and its village: 凤仪镇 + 坪头村, not 镇坪."""
        return hit.start == end - 1 and hit.rule != TRAP and _VILLAGE_BEHIND.match(self.text, end) is not None

    def _by_document(self, at: int, start: int, end: int) -> list[Hit]:
        """Return the town that the places named in the document make plain; nothing where its characters decide."""
        before = self.hits[at - 1] if at and self.hits[at - 1].end == start and telling(self.hits[at - 1]) else None
        inner = self.hits[at] if at < len(self.hits) and self.hits[at].start < end else None
        if self._reaches_across(at, start, end) or (before and before.place and before.place.level == "county"):
            return []
        if inner is not None and (
            inner.rule == TRAP or (inner.place is not None and inner.end - inner.start == end - start)
        ):
            return []
        settled = before is not None and before.place is not None
        name, counties = self.text[start:end], self._counties(start, end)
        opened = settled or start == 0 or self.text[start - 1] in _OPENED or end - start >= _CLEAR_LENGTH
        if not opened and not any(one.place_id in self._support.places for one in counties):
            return []
        likely = self._likely(counties, county_only=name.endswith(_COMPOUNDS))
        if len({one.provinces for one in likely}) > 1:
            likely = self._nearest(likely, at, start)
        if not likely and len(counties) == 1 and self._clear(start, end, counties[0]):
            likely = counties
        likely = likely or self._together(start, end)
        if likely:
            return [Hit(start, end, _town(name, likely), NAMED_TOWN)]
        if inner is None or inner.place is None:
            return [Hit(start, end, None, TOWN_ALONE)] if any(one.western for one in counties) else []
        own = any(set(one.provinces) & set(inner.place.provinces) for one in counties)
        return [] if own or inner.start > start else [Hit(start, end, None, TOWN_ALONE)]

    def _clear(self, start: int, end: int, county: Place) -> bool:
        """Say whether the name of the only such town opens a phrase in a text that names no place outside the West.

        A long name needs neither, where a text names the West; a text that names other provinces means a namesake.
        """
        long_name = end - start >= _CLEAR_LENGTH
        opened = start == 0 or self.text[start - 1] in _OPENED
        if self._abroad:
            return long_name and not self._support.provinces.isdisjoint(WEST)
        told = (hit.place for hit in self.hits if hit.place is not None and hit.place.kind in "PC" and telling(hit))
        provinces = {code for place in told for code in place.provinces}
        far = bool(provinces) and provinces.isdisjoint(county.provinces)
        return long_name or (opened and not far and not self.text[start:end].endswith(_COMPOUNDS))

    @cached_property
    def _abroad(self) -> bool:
        """Say whether the text or its title names a place outside the West."""
        return bool(self.home and self.home.isdisjoint(WEST)) or any(
            telling(hit) and hit.place is not None and hit.place.kind in "PC" and not hit.place.western
            for hit in self.hits
        )

    def _together(self, start: int, end: int) -> list[Place]:
        """Return the one county that has all the towns, two at least, of the list that a town stands in."""
        if self.home.isdisjoint(WEST) and self.home:
            return []
        first, last = start, end
        while (match := _ITEM_BEFORE.search(self.text, max(0, first - _ITEM_LENGTH), first)) is not None:
            first = match.start(1)
        while (match := _ITEM_AFTER.match(self.text, last)) is not None:
            last = match.end()
        names = _ITEM_LINK.split(self.text[first:last])
        if len(names) < _TOGETHER and not self._support.provinces:
            names = [self.text[_start(self.text, one, self.towns) : one] for one in _ends(self.text, self.towns.tails)]
            names = [name for name in dict.fromkeys(names) if name]
        if len(names) < _TOGETHER:
            return []
        shared = set.intersection(*(set(self.towns.counties.get(name, ())) for name in names))
        return [self.engine.gazetteer.places[code] for code in shared] if len(shared) == 1 else []

    @property
    def _support(self) -> _Support:
        if self._known is None:
            named = [hit.place for hit in self.hits if hit.place is not None and hit.place.kind in "PC"]
            own = [place for code in self.home if (place := self.engine.gazetteer.places.get(code)) is not None]
            provinces = frozenset(place.provinces[0] for place in (*named, *own) if len(place.provinces) == 1)
            near = (code for place in own if place.level == "county" for code in place.cities)
            local = any(place.level == "county" for place in own)
            self._known = _Support(self.home.union(near, (place.place_id for place in named)), provinces, local)
        return self._known

    def _likely(self, counties: list[Place], *, county_only: bool) -> list[Place]:
        """Return the counties that the document names, else those of its prefectures, else of its provinces."""
        places, provinces, local = self._support
        found = [one for one in counties if one.place_id in places]
        if not found and not county_only:
            found = [one for one in counties if places.intersection(one.cities)]
            if not found and not local:
                found = [one for one in counties if provinces.intersection(one.provinces)]
        return found

    def _nearest(self, counties: list[Place], at: int, start: int) -> list[Place]:
        """Return those of several counties that lie in the province named last before, if shortly before."""
        for hit in reversed(self.hits[:at]):
            if start - hit.end > NEAR:
                break
            if hit.place is not None and hit.place.kind in "PC" and len(hit.place.provinces) == 1:
                near = [one for one in counties if one.provinces == hit.place.provinces]
                if near:
                    return near
        return []


def _ends(text: str, tails: frozenset[str]) -> Iterable[int]:
    """Return where a name of the table may end, in order."""
    found: list[int] = []
    for head in _HEADS:
        size, after = len(head), _NOT_AFTER.get(head, "")
        ends = (at + size for at in positions(text, head))
        found += [end for end in ends if text[end - 3 : end] in tails and _parted(text, end, after)]
    return sorted(found)


def _parted(text: str, end: int, after: str) -> bool:
    """Say whether a head ends a name here, and is not the first character of the next word: 镇江, but not 镇|江头村."""
    return text[end : end + 1] not in after or _VILLAGE_BEHIND.match(text, end) is not None


def _start(text: str, end: int, towns: Towns) -> int:
    """Return where the longest name of the table that ends at `end` begins, `end` where there is none."""
    for start in range(max(0, end - _LONGEST), end - 2):
        if text[start:end] in towns.counties:
            return start
    return end


def _town(name: str, counties: list[Place]) -> Place:
    """Return the town of a name; of several in one province only what they share is known."""
    first = counties[0]
    cities = first.cities or ((first.place_id,) if first.level == "prefecture" else ())
    shared = cities if all(one.cities == first.cities for one in counties) else ()
    where = first.place_id if len(counties) == 1 else first.provinces[0]
    return unlisted_place("town", where, name, first.provinces, shared)
