"""A name that heads an item of a list whose other items are headed by its like: 陇西黄芪、华亭独活、民勤甘草."""

from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import Hit
from policy_atlas.places.rules.discourse import EDGE, FULL

_WORD_GUARDS = (FULL, "strict")
_SEAM_GUARDS = ("seam", "other", EDGE)
_ITEM_AT_MOST = 9
_OPENS_ITEM = frozenset("、，。；：:“有及和括\n")
_HALTS = frozenset("、，。；：:;,“”（）\n")


def among_heads(text: str, hits: list[Hit], at: int) -> Place | None:
    """Return the reading whose province the heads of the items beside share.

    An ordinary word needs them on both sides; a name that is only in danger at its seams, on one.
    """
    name = hits[at].name
    if name is None or name.guard in _WORD_GUARDS:
        return None
    before, after = _head(text, hits, at, at - 1), _head(text, hits, at, at + 1)
    for place in name.places:
        if not place.western or place.level != "county":
            continue
        near = [other is not None and other.provinces == place.provinces for other in (before, after)]
        if all(near) or (any(near) and name.guard in _SEAM_GUARDS):
            return place
    return None


def _head(text: str, hits: list[Hit], at: int, other: int) -> Place | None:
    """Return the settled county or prefecture that heads the item next to the one that `at` heads."""
    if not 0 <= other < len(hits):
        return None
    first, second = (hits[other], hits[at]) if other < at else (hits[at], hits[other])
    place, gap = hits[other].place, text[first.end : second.start]
    if place is None or place.kind != "C" or not 1 < len(gap) <= _ITEM_AT_MOST or gap[-1] != "、":
        return None
    opened = first.start == 0 or text[first.start - 1] in _OPENS_ITEM
    return place if opened and not _HALTS.intersection(gap[:-1]) else None
