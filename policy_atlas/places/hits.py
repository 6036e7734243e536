"""Decisions on clean text: what was kept or rejected, and the names of the rules that decide."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from policy_atlas.places.gazetteer import Name, Place

NAME = "name"
PARENT = "after its parent"
ENUMERATION = "in an enumeration"
ZONE = "before the head of a zone"
HIGHER = "the higher of two levels"
BEFORE = "the province named before"
HOME = "the document's own province"
DISCOURSE = "named in full or by its prefecture in the document"
OPENED = "a full county name that opens a phrase"
PRODUCT = "before its own product"
SLOGAN = "between the two halves of a slogan"
TOWN = "a town after its county"
NAMED_TOWN = "a town of a place that the document names"
TOWN_ALONE = "a town of a county that the document does not name"
SITE = "a site named after its place"
OUTSIDE = "outside the West"
OPEN = "open"
GUARDED = "an ordinary word without suffix, parent or like beside it"
SEVERAL = "stands for several places"
STREET = "a street name"
NAMESAKE_VILLAGE = "a village that bears the name of a county"
NAMESAKE = "a namesake of a site elsewhere"
PART = "the west of a smaller place"
OWN_WEST = "a part of the document's own area"
NO_HEAD = "not followed by what its row asks for"
TRAP = "trap"
UNRESOLVED = (GUARDED, SEVERAL)

_SHORT = 2
_RANK = {"province": 0, "prefecture": 1, "county": 2}


class Hit(NamedTuple):
    """A decision on clean text: the place and the rule that kept it, or None and the reason."""

    start: int
    end: int
    place: Place | None
    rule: str
    name: Name | None = None


def is_parent(parent: Place, place: Place) -> bool:
    """Say whether `parent` is the province, the prefecture or (of a site) the county that `place` lies in."""
    if place.kind != "C" or parent.place_id == place.place_id:
        return False
    if parent.level == "province":
        return parent.place_id in place.provinces
    if parent.level == "prefecture":
        return place.level in ("county", "curated") and parent.place_id in place.cities
    return parent.level == "county" and place.level == "curated" and parent.cities == place.cities != ()


def lies_in(place: Place, province: Place) -> bool:
    """Say whether a river or region lies in, or reaches, a province: 广西西江."""
    return place.kind == "R" and province.level == "province" and province.place_id in place.provinces


def highest(places: Sequence[Place]) -> Place:
    """Return the place of the highest level, the lowest code among equals."""
    return min(places, key=lambda place: (_RANK.get(place.level, 9), place.place_id))


def telling(hit: Hit) -> bool:
    """Say whether a kept name tells where a text is."""
    return hit.place is not None and tells(hit.place, hit.end - hit.start)


def tells(place: Place, length: int) -> bool:
    """Say whether a name of that length tells where a text is; a county elsewhere in short is as often a word.

    新建 is a district of Nanchang, 振兴 one of Dandong, 平原 a county of Shandong.
    """
    return bool(place.western) or place.level != "county" or length > _SHORT


def covering(hits: list[Hit], start: int, end: int, *, but_words: bool = False) -> bool:
    """Say whether a kept name or a trap reaches into a span of the text.

    `but_words`: a county elsewhere in short, inside a longer span, is taken for a word: 龙井 in 龙井村.
    """
    at = max(bisect_right(hits, start, key=lambda hit: hit.start) - 1, 0)
    while at < len(hits) and hits[at].start < end:
        hit = hits[at]
        if hit.end > start and (hit.place is not None or hit.rule == TRAP):
            inside = start <= hit.start and hit.end <= end and hit.end - hit.start < end - start
            if not (but_words and inside and hit.rule != TRAP and not telling(hit)):
                return True
        at += 1
    return False
