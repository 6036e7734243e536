"""Decides about the candidates of one clean text: each is kept or rejected by one named rule.

The rule names below stand in the audit beside every kept and rejected candidate; what they
mean is written in data/README.md.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from policy_atlas.cleaning import SEPARATOR, fold
from policy_atlas.gazetteer import WEST, Name, Place
from policy_atlas.matching import Candidate, Matcher

NAME = "name"
PARENT = "after its parent"
ENUMERATION = "in an enumeration"
HIGHER = "the higher of two levels"
BEFORE = "the province named before"
HOME = "the document's own province"
OPEN = "open"
STRICT = "strict"
GUARDED = "an ordinary word without suffix, parent or like beside it"
SEVERAL = "stands for several places"
STREET = "a street name"
PART = "the west of a smaller place"
OWN_WEST = "a part of the document's own area"

_WESTERN = frozenset(WEST)
_UNRESOLVED = (GUARDED, SEVERAL)
_LINKS = frozenset(("、", "和", "与", "及", "以及", "或", "至", "到", "-", "/", "·", "等", ";", "；"))
_STREET = re.compile(
    r"[东南西北中]?[一二三四五六七八九]?(?:路|大街|大道|街道|街|高架)(?![网径线段政桥况由费基面子局透])"
)
_STREET_START = frozenset("东南西北中一二三路大街高")
_OWN_AREA = re.compile(r"[市县区省境州域城镇乡村岛湾]$")
_EAST = ("东", "中", "东中", "我国", "全国", "国家", "支援", "支持", "帮扶")
_WEST_TAILS = ("地区", "省", "各省", "陆海", "大开发", "协作", "欠发达", "十二", "12", "贫困", "边疆", "计划", "志愿")
_RANK = {"province": 0, "prefecture": 1, "county": 2}
_NEAR = 80
_ITEM_LINKS = frozenset("、和与及等")
_ITEM_SPLIT = re.compile("[、和与及]")
_ITEM_LENGTH = 8
_WINDOW = re.compile(r"[^，。；：\n]{1,60}")
_LISTED = frozenset("ANRC")
_WORDS = ("word", "full", STRICT)
_ITEM_EDGES = frozenset("、和与及至到，。；：（）“”等-" + SEPARATOR)
_LIST_TAIL = re.compile(
    r"等?(?:\d+|[一二三四五六七八九十两]+)?个?(?:边境|贫困|民族|沿边|国家级?|重点|革命老区)*(?:县|市|区|旗|口岸)"
)


class Hit(NamedTuple):
    """A decision on clean text: the place and the rule that kept it, or None and the reason."""

    start: int
    end: int
    place: Place | None
    rule: str
    name: Name | None = None


class Decision:
    """Decides left to right what stands alone, then what its neighbours must settle."""

    def __init__(self, text: str, engine: Matcher, home: frozenset[str] = frozenset()) -> None:
        self.text, self.engine, self.home = text, engine, home
        self.elsewhere = bool(home) and not home & _WESTERN
        self._hits: list[Hit] = []

    def hits(self) -> list[Hit]:
        """Return a decision about every candidate, in order and without overlap."""
        found, limit, plain = self._hits, 0, not self.elsewhere
        for start, end, name in self.engine.candidates(self.text):
            if start < limit:
                continue
            if name.plain and plain:
                found.append(Hit(start, end, name.places[0], NAME, name))
            else:
                limit = self._take(Candidate(start, end, name))
        pending = [at for at, hit in enumerate(found) if hit.rule is OPEN]
        if pending:
            self._settle(pending)
        self._streets_and_parts()
        return self._hits

    def _take(self, candidate: Candidate) -> int:
        """Put down a candidate, and where its row forbids it the name inside; return the end consumed."""
        hit = self._judge(candidate)
        if hit is not None:
            self._hits.append(hit)
            if hit.place is not None or hit.rule is OPEN or hit.rule == "trap":
                return hit.end
        inner = self.engine.shorter(self.text, candidate)
        return self._take(inner) if inner is not None else candidate.end

    def _judge(self, candidate: Candidate) -> Hit | None:
        """Return what can be said without the neighbours; None for a blocked word that does not hold here."""
        start, end, name = candidate
        reason = self._context(candidate)
        if name.block:
            return None if reason else Hit(start, end, None, name.block, name)
        if reason:
            other = name.otherwise
            return self._judge(Candidate(start, end, other)) if other else Hit(start, end, None, reason, name)
        if name.guard or len(name.places) > 1 or (self.elsewhere and self._needs_support(name)):
            return Hit(start, end, None, OPEN, name)
        return Hit(start, end, name.places[0], NAME, name)

    def _context(self, candidate: Candidate) -> str:
        """Return why the text beside a candidate forbids it, or ''."""
        start, end, name = candidate
        text = self.text
        if name.after and not text.startswith(name.after, end) and not self._shared_head(end, name):
            return "not followed by what its row asks for"
        if name.not_after and text.startswith(name.not_after, end):
            return "followed by what its row excludes"
        if name.before and not text.endswith(name.before, 0, start):
            return "not preceded by what its row asks for"
        if name.not_before and text.endswith(name.not_before, 0, start):
            return "preceded by what its row excludes"
        if self.elsewhere and name.places and name.places[0].kind == "W" and not self._whole_west(start, end):
            return OWN_WEST
        return ""

    def _shared_head(self, end: int, name: Name) -> bool:
        """Say whether a list that goes on behind a name ends in a head its row asks for: 渝遂、渝泸等高速公路."""
        following = self.text[end : end + 1]
        if not name.places or following not in _ITEM_LINKS:
            return False
        window = _WINDOW.match(self.text, end)
        ahead = window[0] if window else ""
        found = [at for head in name.after if len(head) > 1 and (at := ahead.find(head, 1)) > 0]
        if not found:
            return False
        items = _ITEM_SPLIT.split(ahead[: min(found)].split("等")[0])[1:]
        if following == "等":
            return min(found) <= _ITEM_LENGTH and self._after_a_line()
        known = (self.engine.by_text.get(item[:size]) for item in items for size in (2, 3, 4))
        listed = any(other is not None and other.places and other.places[0].kind in _LISTED for other in known)
        return all(len(item) <= _ITEM_LENGTH for item in items) and (listed or self._after_a_line())

    def _after_a_line(self) -> bool:
        """Say whether the last name put down is a composite or a region, as in a list of railways."""
        last = self._hits[-1].name if self._hits else None
        return last is not None and bool(last.places) and last.places[0].kind in _LISTED

    def _whole_west(self, start: int, end: int) -> bool:
        """Say whether a document about another place means the West of China, not its own west."""
        if self.text.startswith("西部大开发", start) or self.text.endswith(_EAST, 0, start):
            return True
        own = _OWN_AREA.search(self.text, max(0, start - 4), start)
        whole = self.text.startswith(_WEST_TAILS, end) or self.text[start:end].endswith("地区")
        return whole and not own

    def _needs_support(self, name: Name) -> bool:
        """In a document about a place outside the West a western county's short name is no evidence."""
        place = name.places[0]
        short = len(name.text) == 2 and name.text != fold(place.name)
        return short and place.level == "county" and bool(place.western)

    def _settle(self, pending: list[int]) -> None:
        """Resolve the open candidates from what stands beside them, forwards, backwards, then finally."""
        hits = self._hits
        for final, order in ((False, pending), (False, pending[::-1]), (True, pending)):
            for at in order:
                if hits[at].rule is OPEN:
                    hits[at] = self._resolve(at, final=final)
        if any(hits[at].rule in _UNRESOLVED for at in pending):
            self._fall_back()

    def _fall_back(self) -> None:
        """Look inside each candidate that stayed unresolved for a name that stands alone."""
        found: list[Hit] = []
        limit = 0
        for at, hit in enumerate(self._hits):
            if hit.start < limit:
                continue
            found.append(hit)
            if hit.rule not in _UNRESOLVED or hit.name is None:
                continue
            inner = self.engine.shorter(self.text, Candidate(hit.start, hit.end, hit.name))
            judged = self._judge(inner) if inner is not None else None
            following = self._hits[at + 1].end if at + 1 < len(self._hits) else len(self.text)
            if judged is not None and judged.place is not None and judged.end <= following:
                found.append(judged)
                limit = judged.end
        self._hits = found

    def _resolve(self, at: int, *, final: bool) -> Hit:
        hit = self._hits[at]
        assert hit.name is not None
        readings = hit.name.places
        parent = self._hits[at - 1] if at and self._hits[at - 1].end == hit.start else None
        if parent is not None and parent.place is not None:
            below = [place for place in readings if is_parent(parent.place, place)]
            if below and not (hit.name.guard == STRICT and parent.place.level == "province"):
                return hit._replace(place=_highest(below), rule=PARENT)
        like = self._like(at)
        if like is not None:
            return hit._replace(place=like, rule=ENUMERATION)
        if not final:
            return hit
        if hit.name.guard or (self.elsewhere and self._needs_support(hit.name)):
            group = self._mutual(at)
            return hit._replace(place=group, rule=ENUMERATION) if group else hit._replace(rule=GUARDED)
        return self._choose(at, readings)

    def _like(self, at: int) -> Place | None:
        """Return the reading that a settled neighbour in the same list supports.

        An ordinary word must open its item; a name that is only in danger at its seams is held
        by one link. A neighbour of another province supports what fills its item on both sides.
        """
        hit = self._hits[at]
        assert hit.name is not None
        beside = self._beside(at)
        opened = hit.start == 0 or self.text[hit.start - 1] in _ITEM_EDGES
        if not beside or (hit.name.guard in _WORDS and not opened):
            return None
        if hit.name.guard in ("full", STRICT) and not self._fills_item(hit):
            return None
        cities = {code for place in beside if place.kind == "C" for code in place.provinces}
        same = [place for place in hit.name.places if place.provinces and place.provinces[0] in cities]
        if same:
            return _highest(same)
        western = [place for place in hit.name.places if place.western and (cities or place.level == "prefecture")]
        return western[0] if len(western) == 1 and self._fills_item(hit) else None

    def _fills_item(self, hit: Hit) -> bool:
        """Say whether a name fills a whole item of a list."""
        text, start, end = self.text, hit.start, hit.end
        return (start == 0 or text[start - 1] in _ITEM_EDGES) and (end == len(text) or text[end] in _ITEM_EDGES)

    def _choose(self, at: int, readings: tuple[Place, ...]) -> Hit:
        """Pick among several places of one name: the higher level, the last province named, the home."""
        hit = self._hits[at]
        if len({place.provinces for place in readings}) == 1:
            return hit._replace(place=_highest(readings), rule=HIGHER)
        top = [place for place in readings if place.level in ("province", "prefecture")]
        if len(top) == 1:
            return hit._replace(place=top[0], rule=HIGHER)
        for before in reversed(self._hits[:at]):
            if hit.start - before.end > _NEAR or SEPARATOR in self.text[before.end : hit.start]:
                break
            if before.place is not None and before.place.kind in "PC":
                near = [place for place in readings if place.provinces[0] == before.place.provinces[0]]
                if near:
                    return hit._replace(place=_highest(near), rule=BEFORE)
        own = [place for place in readings if place.provinces[0] in self.home]
        return hit._replace(place=_highest(own), rule=HOME) if own else hit._replace(rule=SEVERAL)

    def _linked(self, left: int, right: int) -> bool:
        """Say whether two neighbours are items of one enumeration."""
        if left < 0 or right >= len(self._hits):
            return False
        first, second = self._hits[left], self._hits[right]
        return first.end <= second.start <= first.end + 3 and self.text[first.end : second.start] in _LINKS

    def _beside(self, at: int) -> list[Place]:
        """Return the settled western neighbours of `at` in the same list."""
        found = []
        for left, right, other in ((at - 1, at, at - 1), (at, at + 1, at + 1)):
            if self._linked(left, right):
                place = self._hits[other].place
                if place is not None and place.western:
                    found.append(place)
        return found

    def _run(self, at: int) -> range:
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
        hits, own = self._hits, self._hits[at].name
        run = self._run(at)
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
        last = hits[run[-1]].end
        stretch = len(run) == 2 and self.text[hits[run[0]].end : hits[run[1]].start] in ("至", "-", "到")
        if len(western) == 1 and (stretch or _LIST_TAIL.match(self.text, last)):
            return western[0]
        return None

    def _streets_and_parts(self) -> None:
        """Reject street names (四川北路) and the west of a smaller place (四川西部)."""
        hits, text = self._hits, self.text
        for at, hit in enumerate(hits):
            place = hit.place
            if place is None:
                continue
            kind = place.kind
            if kind == "W":
                before = hits[at - 1] if at else None
                if before is not None and before.end == hit.start and before.place is not None:
                    hits[at] = hit._replace(place=None, rule=PART)
            elif text[hit.end : hit.end + 1] in _STREET_START and kind in "PC" and _STREET.match(text, hit.end):
                hits[at] = hit._replace(place=None, rule=STREET)


def is_parent(parent: Place, place: Place) -> bool:
    """Say whether `parent` is the province or the prefecture that `place` lies in."""
    if place.kind != "C" or parent.place_id == place.place_id:
        return False
    if parent.level == "province":
        return parent.place_id in place.provinces
    return parent.level == "prefecture" and place.level == "county" and parent.place_id in place.cities


def _highest(places: Sequence[Place]) -> Place:
    return min(places, key=lambda place: (_RANK.get(place.level, 9), place.place_id))


def covering(hits: list[Hit], start: int, end: int) -> bool:
    """Say whether a kept name or a trap reaches into a span of the text."""
    at = max(bisect_right(hits, start, key=lambda hit: hit.start) - 1, 0)
    while at < len(hits) and hits[at].start < end:
        hit = hits[at]
        if hit.end > start and (hit.place is not None or hit.rule == "trap"):
            return True
        at += 1
    return False
