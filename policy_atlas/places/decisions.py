"""Decides about the candidates of one clean text, each by one named rule (names: hits.py, meanings: data/README.md)."""

import re

from policy_atlas.cleaning import SEPARATOR, fold
from policy_atlas.places.gazetteer import WEST, Name, Place
from policy_atlas.places.hits import (
    NAME,
    NAMESAKE,
    NO_HEAD,
    OPEN,
    OWN_WEST,
    PART,
    STREET,
    TRAP,
    UNRESOLVED,
    Hit,
    is_parent,
    telling,
)
from policy_atlas.places.matching import Candidate, Matcher
from policy_atlas.places.rules.aliases import read_aliases
from policy_atlas.places.rules.borrowed import BORROWERS, DIVISION_ENDS, borrowed
from policy_atlas.places.rules.bound_sites import bound_sites
from policy_atlas.places.rules.far_heads import headed_otherwise
from policy_atlas.places.rules.lists import Lists
from policy_atlas.places.rules.namesakes import TOWN_ENDS, behind_outside_town, without_borne, without_namesakes
from policy_atlas.places.rules.repeats import repeats
from policy_atlas.places.rules.shared_tails import share_tails
from policy_atlas.places.rules.town_table import TownReader
from policy_atlas.places.rules.towns import COUNTY_OR_TOWN, home_towns, seats, towns_after, without_swallowed
from policy_atlas.places.rules.whole_west import whole_west

_WESTERN = frozenset(WEST)
NO_PARENT = "not preceded by what its row asks for"
_ITEM_LINKS = frozenset("、和与及等")
_ITEM_SPLIT = re.compile("[、和与及]")
_ITEM_LENGTH = 8
_WINDOW = re.compile(r"[^，。；：,;:\n]{1,60}")
_LISTED = frozenset("ANRC")
_LEVELS = ("county", "prefecture", "province")
_SHORT = 2
# What bears the name of a road or of two provinces within a city: 包茂大道.
_AVENUES = ("大道", "大街")


class Decision:
    """Decides left to right what stands alone, then what its neighbours must settle."""

    def __init__(self, text: str, engine: Matcher, home: frozenset[str] = frozenset()) -> None:
        self.text, self.engine, self.home = text, engine, home
        self.elsewhere = bool(home) and not home & _WESTERN
        self._hits: list[Hit] = []

    def hits(self) -> list[Hit]:
        """Return a decision about every candidate, in order and without overlap."""
        found, limit, text, here = self._hits, 0, self.text, not self.elsewhere
        names = self.engine.open_names
        for index, start, end in self.engine.automaton.find_matches_as_indexes(text):
            name = names[index]
            if name is None or end <= limit:
                continue
            if start < limit:
                inner = self.engine.opening_in(text, limit, end)
                limit = self._take(inner) if inner is not None else limit
                continue
            if here and (
                name.plain
                or (
                    name.fenced
                    and not text.startswith(name.not_after, end)
                    and not text.endswith(name.not_before, 0, start)
                )
            ):
                found.append(Hit(start, end, name.places[0], NAME, name))
            else:
                limit = self._take(Candidate(start, end, name))
        pending = [at for at, hit in enumerate(found) if hit.rule is OPEN]
        lists = Lists(self.text, found, self.engine, self.home)
        lists.settle(pending)
        share_tails(lists)
        read_aliases(lists)
        if any(found[at].rule in UNRESOLVED for at in pending):
            self._fall_back()
        self._look_around()
        return self._hits

    def _take(self, candidate: Candidate) -> int:
        """Put down a candidate, and where its row forbids it the name inside; return the end consumed."""
        hit = self._judge(candidate)
        if hit is not None:
            self._hits.append(hit)
            if hit.place is not None or hit.rule is OPEN or hit.rule == TRAP:
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
            if name.otherwise:
                return self._judge(Candidate(start, end, name.otherwise))
            if _may_be_settled(reason, name.places[0]):
                return Hit(start, end, None, OPEN, name)
            return Hit(start, end, None, reason, name)
        if name.guard or len(name.places) > 1 or (self.elsewhere and _needs_support(name)):
            return Hit(start, end, None, OPEN, name)
        return Hit(start, end, name.places[0], NAME, name)

    def _context(self, candidate: Candidate) -> str:
        """Return why the text beside a candidate forbids it, or ''."""
        start, end, name = candidate
        text = self.text
        if name.after and not (text.startswith(name.after, end) or self._headed_further_on(end, name)):
            return NO_HEAD
        if name.not_after and text.startswith(name.not_after, end):
            return "followed by what its row excludes"
        if name.before and not text.endswith(name.before, 0, start):
            return NO_PARENT
        if name.not_before and text.endswith(name.not_before, 0, start):
            return "preceded by what its row excludes"
        if self.elsewhere and name.places and name.places[0].kind == "W" and not whole_west(self.text, start, end):
            return OWN_WEST
        return ""

    def _headed_further_on(self, end: int, name: Name) -> bool:
        """Say whether the head that a row asks for stands behind its list, or parted from a composite by a word."""
        composite = bool(name.places) and name.places[0].kind == "A"
        return self._shared_head(end, name) or (composite and headed_otherwise(self.text, end, name.after, name.text))

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
        if following == "等":
            return min(found) <= _ITEM_LENGTH and self._after_its_like()
        items = _ITEM_SPLIT.split(ahead[: min(found)].split("等")[0])[1:]
        known = (self.engine.by_text.get(item[:size]) for item in items for size in (2, 3, 4))
        listed = any(other is not None and other.places and other.places[0].kind in _LISTED for other in known)
        return all(len(item) <= _ITEM_LENGTH for item in items) and (listed or self._after_its_like())

    def _after_its_like(self) -> bool:
        """Say whether the last name put down is one that such lists are made of."""
        last = self._hits[-1].name if self._hits else None
        return last is not None and bool(last.places) and last.places[0].kind in _LISTED

    def _fall_back(self) -> None:
        """Look inside each candidate that stayed unresolved for a name that stands alone."""
        found: list[Hit] = []
        limit = 0
        for at, hit in enumerate(self._hits):
            if hit.start < limit:
                continue
            found.append(hit)
            if hit.rule not in UNRESOLVED or hit.name is None:
                continue
            inner = self.engine.shorter(self.text, Candidate(hit.start, hit.end, hit.name))
            judged = self._judge(inner) if inner is not None else None
            following = self._hits[at + 1].end if at + 1 < len(self._hits) else len(self.text)
            if judged is not None and judged.place is not None and judged.end <= following:
                found.append(judged)
                limit = judged.end
        self._hits = found

    def _look_around(self) -> None:
        """Reject street names and the west of a smaller place; add towns named after their county."""
        listed = TownReader(self.text, self._hits, self.engine, self.home).read()
        if listed:
            self._hits = without_swallowed(self._hits, listed)
        self._hits = without_namesakes(self.text, self._hits, self.home)
        text, last, west, borne = self.text + SEPARATOR, -1, False, list[str]()
        towns = [*seats(self.text, self._hits), *home_towns(self.text, self._hits, self.engine, self.home)]
        for at, (start, end, place, _, _) in enumerate(self._hits):
            if place is None:
                continue
            kind = place.kind
            if last == start and kind in "RC" and self._elsewhere_than(at, place):
                self._hits[at] = self._hits[at]._replace(place=None, rule=NAMESAKE)
                continue
            if kind == "W":
                if last == start and not west:
                    self._hits[at] = self._hits[at]._replace(place=None, rule=PART)
            elif place.level == "town":
                towns.extend(towns_after(self.text, self._hits, at))
            elif kind == "A":
                if text.startswith(_AVENUES, end):
                    self._hits[at] = self._hits[at]._replace(place=None, rule=STREET)
            elif kind == "P" or kind == "C":
                if text[start - 1] in TOWN_ENDS and behind_outside_town(text, self._hits, at):
                    borne.append(place.place_id)
                if text[end] in BORROWERS and (other := borrowed(text, start, end, place)):
                    self._hits[at] = self._hits[at]._replace(place=None, rule=other)
                elif place.level == "county" or (place.level == "curated" and text[end - 1] in COUNTY_OR_TOWN):
                    towns.extend(towns_after(self.text, self._hits, at))
            last, west = end if telling(self._hits[at]) else -1, kind == "W"
        if borne:
            self._hits = without_borne(self._hits, borne)
        if towns:
            self._hits = without_swallowed(self._hits, towns)
        for rule in (repeats, bound_sites):
            found = list(rule(self.text, self._hits))
            self._hits = without_swallowed(self._hits, found) if found else self._hits

    def _elsewhere_than(self, at: int, place: Place) -> bool:
        """Say whether a name follows a place that it does not lie in, or whose own county bears it."""
        before = self._hits[at - 1]
        parent = before.place
        if parent is None or parent.level not in (*_LEVELS, "curated") or len(parent.provinces) != 1:
            return False
        if parent.level == "curated":
            return parent.kind == "C" and bool(parent.western) and _apart(parent, place)
        if place.level != "curated":
            others = self.engine.namesakes.get(self.text[self._hits[at].start : self._hits[at].end], ())
            return any(is_parent(parent, other) for other in others)
        if parent.level == "province":
            said = self._hits[at]
            long_name = said.end - said.start > _SHORT
            return long_name and not parent.western and parent.provinces[0] not in place.provinces
        said_in_full = bool(parent.western) or self.text[before.end - 1] in DIVISION_ENDS
        return said_in_full and parent.provinces[0] not in place.provinces


def _apart(parent: Place, place: Place) -> bool:
    """Say whether a site lies in another province than the site directly before it: 乌奴耳长寿湖."""
    return place.level == "curated" and len(place.provinces) == 1 and parent.provinces != place.provinces


def _may_be_settled(reason: str, place: Place) -> bool:
    """Say whether the list or the document may still settle a name that its row's own conditions do not."""
    return (reason == NO_HEAD and place.kind in "CAR") or (reason == NO_PARENT and place.category == "former")


def _needs_support(name: Name) -> bool:
    """In a document about a place outside the West a western county's short name is no evidence."""
    place = name.places[0]
    short = len(name.text) == 2 and name.text != fold(place.name)
    return short and place.level == "county" and bool(place.western)
