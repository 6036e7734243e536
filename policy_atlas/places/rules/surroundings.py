"""What a text says of the province it is about where a name stands: the places around, or the home of its title."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from policy_atlas.cleaning import positions
from policy_atlas.keywords import occurrences
from policy_atlas.places.gazetteer import WEST, Place, unlisted_place
from policy_atlas.places.hits import Hit, covering, telling

AROUND = 150
TELLING = "PCAR"
Window = tuple[int, int]
_WESTERN = frozenset(WEST)
_SHARE, _HOME = 0.75, 3
_ALL_OF = 3


def merged(positions: Iterable[int], before: int, behind: int) -> list[Window]:
    """Return the stretches of a text around ordered positions, merged: a costly pattern need not read it all."""
    found: list[Window] = []
    for at in positions:
        start, end = max(0, at - before), at + behind
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


class Surroundings:
    """The settled hits of a text and the home of its document; answers which provinces speak for a span.

    All `keys` that rules look for are found in one pass over the text.
    """

    def __init__(
        self, text: str, hits: list[Hit], home: frozenset[str], keys: tuple[str, ...], home_city: str = ""
    ) -> None:
        self.text, self.hits, self.home_city = text, hits, home_city
        self.home = frozenset(code for code in home if code.endswith("0000"))
        self._telling = [
            hit.start for hit in hits if hit.place is not None and hit.place.kind in TELLING and telling(hit)
        ]
        self._at: dict[str, list[int]] = defaultdict(list)
        for index, at, _ in occurrences(text, keys):
            self._at[keys[index]].append(at)

    @cached_property
    def to(self) -> list[int]:
        """Return where 到 stands, which may join the ends of a road."""
        return list(positions(self.text, "到"))

    def positions(self, keys: tuple[str, ...]) -> list[int]:
        """Return where some keys stand, in order."""
        return sorted(at for key in keys for at in self._at.get(key, ()))

    def windows(self, keys: tuple[str, ...], *, before: int, behind: int) -> list[Window]:
        """Return the stretches around some keys that a province may speak for: with a home, or a telling place near."""
        found = merged(self.positions(keys), before, behind)
        return found if self.home else [window for window in found if self._told(*window)]

    def matches(
        self, pattern: re.Pattern[str], keys: tuple[str, ...], *, before: int, behind: int
    ) -> Iterator[re.Match[str]]:
        """Yield what matches a pattern in the stretches around some keys."""
        for first, last in self.windows(keys, before=before, behind=behind):
            yield from pattern.finditer(self.text, first, last)

    def _told(self, start: int, end: int) -> bool:
        telling = self._telling
        at = bisect_left(telling, start - AROUND)
        return at < len(telling) and telling[at] < end + AROUND

    def _near(self, start: int, end: int) -> Iterator[Place]:
        at = bisect_left(self.hits, start - AROUND, key=lambda hit: hit.start)
        while at < len(self.hits) and self.hits[at].start < end + AROUND:
            hit = self.hits[at]
            if hit.place is not None and telling(hit):
                yield hit.place
            at += 1

    def placed(self, spans: Iterable[Window]) -> Iterator[tuple[int, int, str]]:
        """Yield each span that no settled name reaches into, with the one western province that is spoken for."""
        for start, end in spans:
            code = "" if covering(self.hits, start, end, but_words=True) else self.main_province(start, end)
            if code:
                yield start, end, code

    def city(self, start: int, end: int, code: str) -> tuple[str, ...]:
        """Return the prefecture of a span in a province, () where it is open.

        It is that of the title, unless most places named around lie elsewhere; without one, that of all places around.
        """
        near = [place.cities for place in self._near(start, end) if place.kind == "C" and place.cities]
        if self.home_city:
            own = sum(self.home_city in cities for cities in near)
            found = {self.home_city} if 2 * own >= len(near) else set()
        else:
            found = set.intersection(*map(set, near)) if len(near) >= _ALL_OF else set()
        return tuple(found) if len(found) == 1 and min(found)[:2] == code[:2] else ()

    def site(self, start: int, end: int, code: str) -> Place:
        """Return the place that no table lists at a span, in a province and, where that is plain, its prefecture."""
        cities = self.city(start, end, code)
        return unlisted_place("site", (*cities, code)[0], self.text[start:end], (code,), cities)

    def provinces(self, start: int, end: int) -> frozenset[str]:
        """Return the provinces of the places and composites named around a span, with the home of the title."""
        places = [place for place in self._near(start, end) if place.kind in TELLING and len(place.provinces) < 3]
        return self.home.union(code for place in places for code in place.provinces)

    def main_province(self, start: int, end: int) -> str:
        """Return the one western province that three in four of the places around a span lie in or reach, else ''."""
        places = [place for place in self._near(start, end) if place.kind in TELLING]
        counts = Counter(code for place in places for code in place.provinces)
        counts.update(dict.fromkeys(self.home, _HOME))
        number = len(places) + (_HOME if self.home else 0)
        top = [code for code, count in counts.items() if count >= _SHARE * number]
        return top[0] if len(top) == 1 and top[0] in _WESTERN else ""
