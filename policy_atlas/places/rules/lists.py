"""What stands beside a name settles it: its parent, its like in a list, the list's tail, its province."""

import re

from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import (
    DISCOURSE,
    ENUMERATION,
    GUARDED,
    OPEN,
    OPENED,
    PARENT,
    PRODUCT,
    SLOGAN,
    ZONE,
    Hit,
    highest,
    is_parent,
    lies_in,
)
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.discourse import EDGE, EDGES, FULL, ends_road, heads_count, held, named_in, opens_clearly
from policy_atlas.places.rules.entries import introduced
from policy_atlas.places.rules.homonyms import choose
from policy_atlas.places.rules.item_heads import among_heads
from policy_atlas.places.rules.namesakes import beside_own
from policy_atlas.places.rules.own_products import before_product
from policy_atlas.places.rules.slogans import in_slogan
from policy_atlas.places.rules.zones import heads_zone

NEVER, STRICT = "suffix", "strict"
_WORDS = ("word", FULL, STRICT)
_SHARED_NAMES = ("homonym", "river")
_LINKS = frozenset(("、", "和", "与", "及", "以及", "或", "至", "到", "-", "/", "·", ";", "；"))
_TWO = ("两县", "两市", "两区", "两地", "两州", "两旗")
_STRETCH = frozenset(("至", "到", "-"))
_COLONS = frozenset(("：", ":", "（", ":（", "|"))
_GAPS = _COLONS | {""}
_OPENS_LIST = EDGES | frozenset("经过由自从有括含")
_HEAD_AT_MOST = 40
_LIST_TAIL = re.compile(
    r"等?(?:\d+|[一二三四五六七八九十两]+)?个?(?:边境|贫困|民族|沿边|国家级?|重点|革命老区)*(?:县|市|区|旗|口岸|站)"
)


class Lists:
    """The neighbours of each hit in one text; resolves the open hits in place."""

    def __init__(self, text: str, hits: list[Hit], engine: Matcher, home: frozenset[str]) -> None:
        self.text, self.hits, self.engine, self.home = text, hits, engine, home
        self._named: set[str] | None = None
        self._colons = "：" in text or ":" in text or "|" in text

    def settle(self, pending: list[int]) -> None:
        """Resolve the open hits by their neighbours, forwards and backwards; what stays open, by the document.

        Neighbours are asked again only where a place was settled since.
        """
        news = self._ask(pending)
        if news:
            self._ask(pending[::-1])
        for at in pending:
            if self.hits[at].rule is OPEN:
                hit = self._by_neighbours(at) if news else self.hits[at]
                hit = self.hits[at] = self._by_document(at) if hit.rule is OPEN else hit
                news = news or hit.place is not None
                if self._named is not None and hit.place is not None:
                    self._named |= named_in([hit])

    def _ask(self, order: list[int]) -> bool:
        """Resolve the open hits by their neighbours, and say whether a place was settled."""
        news = False
        for at in order:
            if self.hits[at].rule is OPEN:
                hit = self.hits[at] = self._by_neighbours(at)
                news = news or hit.place is not None
        return news

    def _by_neighbours(self, at: int) -> Hit:
        """Resolve a hit by the places beside it, or leave it open."""
        hit = self.hits[at]
        assert hit.name is not None
        guard = hit.name.guard
        if guard == NEVER:
            return hit._replace(rule=GUARDED)
        place = self._below_parent(at) or self._above_child(at) or introduced(self.text, self.hits, at)
        if place is not None:
            return hit._replace(place=place, rule=PARENT)
        western = [place for place in hit.name.places if place.western]
        if guard and len(western) == len(hit.name.places) == 1 and ends_road(self.text, hit):
            return hit._replace(place=western[0], rule=OPENED)
        if (guard == EDGE and opens_clearly(self.text, hit)) or (guard == FULL and heads_count(self.text, hit)):
            return hit._replace(place=hit.name.places[0], rule=OPENED)
        place = self._like(at)
        if place is not None:
            return hit._replace(place=place, rule=ENUMERATION)
        for rule, found in ((PRODUCT, before_product(self.text, hit)), (SLOGAN, in_slogan(self.text, hit))):
            if found is not None:
                return hit._replace(place=found, rule=rule)
        if len(western) == 1 and guard not in (FULL, STRICT) and heads_zone(self.text, self.hits, at):
            return hit._replace(place=western[0], rule=ZONE)
        return hit

    def _by_document(self, at: int) -> Hit:
        """Resolve a hit that its neighbours left open by its list as a whole and by the document, or reject it."""
        hit = self.hits[at]
        assert hit.name is not None
        if hit.name.guard or len(hit.name.places) == 1:
            group = self._mutual(at)
            if group is not None:
                return hit._replace(place=group, rule=ENUMERATION)
            if self._named is None:
                self._named = named_in(self.hits)
            place = held(self.text, self.hits, at, self._named, self.home) or beside_own(self.hits, at)
            if place is not None:
                return hit._replace(place=place, rule=DISCOURSE)
            place = among_heads(self.text, self.hits, at)
            return hit._replace(place=place, rule=ENUMERATION) if place else hit._replace(rule=GUARDED)
        return choose(self.text, self.hits, at, self.home)

    def _below_parent(self, at: int) -> Place | None:
        """Return the reading whose province or prefecture stands directly before, or before a colon or bracket.

        The items of a list behind a colon share their parent: 乐山市：市中区、夹江县.
        """
        hit = self.hits[at]
        assert hit.name is not None
        first = at
        while self._colons and at - first < _HEAD_AT_MOST and self._linked(first - 1, first):
            first -= 1
        for one, gaps in ((at, _GAPS), (first, _COLONS)):
            parent = self.hits[one - 1] if one else None
            if parent is None or parent.place is None or self.text[parent.end : self.hits[one].start] not in gaps:
                continue
            below = [
                place for place in hit.name.places if is_parent(parent.place, place) or lies_in(place, parent.place)
            ]
            if below and not (hit.name.guard == STRICT and parent.place.level == "province"):
                return highest(below)
        return None

    def _above_child(self, at: int) -> Place | None:
        """Return the place that a county or site of its own stands directly behind: 海西 + 乌兰, 博州 + 赛里木湖."""
        hits, name = self.hits, self.hits[at].name
        child = hits[at + 1].name if at + 1 < len(hits) and hits[at + 1].start == hits[at].end else None
        if child is None or name is None:
            return None
        above = [one for one in name.places if one.western and any(is_parent(one, place) for place in child.places)]
        site = hits[at + 1].place
        if not above and site is not None and site.level == "curated" and name.guard not in _WORDS and self._opens(at):
            above = [one for one in name.places if one.western and one.provinces == site.provinces]
        return above[0] if len(above) == 1 else None

    def _opens(self, at: int) -> bool:
        start = self.hits[at].start
        return start == 0 or self.text[start - 1] in _OPENS_LIST

    def _like(self, at: int) -> Place | None:
        """Return the reading that a settled neighbour in the same list supports.

        An ordinary word must open its item; a name that is only in danger at its seams is held
        by one link. A neighbour of another province supports what fills its item on both sides.
        """
        hit = self.hits[at]
        assert hit.name is not None
        beside = self.beside(at)
        if not beside or (hit.name.guard in _WORDS and not self._opens(at)):
            return None
        if hit.name.guard in (FULL, STRICT) and not self._fills_item(hit):
            return None
        category, composite = hit.name.places[0].category.removesuffix("division"), hit.name.places[0].kind == "A"
        cities = {
            code
            for place in beside
            if place.kind == "C" or (composite and place.kind == "A") or (category and place.category == category)
            for code in place.provinces
        }
        same = [
            place
            for place in hit.name.places
            if cities.intersection(place.provinces if composite else place.provinces[:1])
        ]
        if same:
            return highest(same)
        if any(place.level == "province" for place in hit.name.places):
            return None
        if hit.name.guard in _SHARED_NAMES:
            return None
        western = [place for place in hit.name.places if place.western and (cities or place.level == "prefecture")]
        return western[0] if len(western) == 1 and self._fills_item(hit) else None

    def _fills_item(self, hit: Hit) -> bool:
        """Say whether a name fills a whole item of a list."""
        text, start, end = self.text, hit.start, hit.end
        return (start == 0 or text[start - 1] in EDGES) and (end == len(text) or text[end] in EDGES)

    def _linked(self, left: int, right: int) -> bool:
        """Say whether two neighbours are items of one list."""
        if left < 0 or right >= len(self.hits):
            return False
        first, second = self.hits[left], self.hits[right]
        if first.end == second.start:
            return self.text.startswith(_TWO, second.end)
        return first.end < second.start <= first.end + 3 and self.text[first.end : second.start] in _LINKS

    def beside(self, at: int) -> list[Place]:
        """Return the settled western neighbours of `at` in the same list."""
        found = []
        for left, right, other in ((at - 1, at, at - 1), (at, at + 1, at + 1)):
            if self._linked(left, right):
                place = self.hits[other].place
                if place is not None and place.western:
                    found.append(place)
        return found

    def run(self, at: int) -> range:
        """Return the positions of the hits that are one list with `at`."""
        first, last = at, at
        while self._linked(first - 1, first):
            first -= 1
        while self._linked(last, last + 1):
            last += 1
        return range(first, last + 1)

    def _mutual(self, at: int) -> Place | None:
        """Return the reading that the other open members of the list support.

        They do when three share a prefecture (two, where the name is no ordinary word), when
        the list ends in 等县, 等口岸 or the like, or when the list is a stretch from one to another.
        """
        hits, own = self.hits, self.hits[at].name
        run = self.run(at)
        if len(run) < 2 or own is None:
            return None
        names = [name for member in run if (name := hits[member].name) is not None and name.places]
        needed = 2 if own.guard in _WORDS else 1
        for place in own.places:
            home = place.cities or place.provinces
            others = sum(any((other.cities or other.provinces) == home for other in name.places) for name in names)
            if others > needed:
                return place
        western = [place for place in own.places if place.western]
        stretch = len(run) == 2 and self.text[hits[run[0]].end : hits[run[1]].start] in _STRETCH
        tail = _LIST_TAIL.match(self.text, hits[run[-1]].end)
        return western[0] if len(western) == 1 and (stretch or tail) else None
