"""What a text says of the province it is about where a name stands: the places around, or the home of its title."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from policy_atlas.gazetteer import WEST, Place
from policy_atlas.hits import Hit

AROUND = 150
_WESTERN = frozenset(WEST)
_SHARE, _HOME = 0.75, 3


def windows(text: str, keys: tuple[str, ...], *, before: int, behind: int) -> list[tuple[int, int]]:
    """Return the stretches of a text around some keys, merged, so that a costly pattern need not read all of it."""
    merged: list[tuple[int, int]] = []
    for at in sorted(at for _, at, _ in _automaton(keys).find_matches_as_indexes(text, overlapping=True)):
        start, end = max(0, at - before), at + behind
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


@lru_cache
def _automaton(keys: tuple[str, ...]) -> AhoCorasick:
    """Return the automaton that finds all keys in one pass; built once for the keys of each rule."""
    return AhoCorasick(list(keys), matchkind=MatchKind.Standard, implementation=Implementation.DFA)


class Surroundings:
    """The settled hits of a text and the home of its document; answers which provinces speak for a span."""

    def __init__(self, hits: Sequence[Hit], home: frozenset[str]) -> None:
        self.hits, self.home = hits, frozenset(code for code in home if code.endswith("0000"))

    def _near(self, start: int, end: int) -> Iterator[Place]:
        at = bisect_left(self.hits, start - AROUND, key=lambda hit: hit.start)
        while at < len(self.hits) and self.hits[at].start < end + AROUND:
            place = self.hits[at].place
            if place is not None:
                yield place
            at += 1

    def provinces(self, start: int, end: int) -> frozenset[str]:
        """Return the provinces of the places and composites named around a span, with the home of the title."""
        places = [place for place in self._near(start, end) if place.kind in "PCAR" and len(place.provinces) < 3]
        return self.home.union(code for place in places for code in place.provinces)

    def main_province(self, start: int, end: int) -> str:
        """Return the one western province that three in four of the places around a span lie in or reach, else ''."""
        places = [place for place in self._near(start, end) if place.kind in "PCAR"]
        counts = Counter(code for place in places for code in place.provinces)
        counts.update(dict.fromkeys(self.home, _HOME))
        number = len(places) + (_HOME if self.home else 0)
        top = [code for code, count in counts.items() if count >= _SHARE * number]
        return top[0] if len(top) == 1 and top[0] in _WESTERN else ""
