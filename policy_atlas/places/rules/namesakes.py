"""Western names that a place outside the West bears, or that a text means though its title is elsewhere."""

import re
from bisect import bisect_left

from policy_atlas.cleaning import positions
from policy_atlas.places.gazetteer import Place
from policy_atlas.places.hits import NAMESAKE, Hit, is_parent, telling
from policy_atlas.places.rules.discourse import NEAR

_HEADS = ("镇", "乡", "街道")
# Behind these characters no town ends: 乡村, 乡镇, 城镇化.
_NO_TOWN = frozenset(("", *"村镇化振级建民居和、，。；等与及的土企\n"))
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:镇|乡|街道)\Z")
_TOWN_REACH = 9
_RELIC_REACH = 24
_AGE = re.compile(
    r"(?:及[\u4e00-\u9fff]{2,3}|与[\u4e00-\u9fff]{2,5})?[|\s]*[^，。；：\n|]{0,14}[秦汉魏晋唐宋元明清夏金辽代国周代朝][|\s]*|[|\s]*"
)


def behind_outside_towns(text: str, hits: list[Hit]) -> list[Hit]:
    """Return hits without the names directly behind a town of a county outside the West, wherever they stand again.

    湖北省巴东县官渡口镇马鬃山村 is no port of Gansu, nor is 马鬃山村 further on.
    """
    starts = [at + len(head) for head in _HEADS for at in positions(text, head)]
    starts = [start for start in starts if text[start : start + 1] not in _NO_TOWN]
    borne = {place.place_id for start in starts if (place := _outside(text, hits, start)) is not None}
    if not borne:
        return hits
    return [
        hit._replace(place=None, rule=NAMESAKE)
        if hit.place is not None and hit.place.place_id in borne and not _below_own(hits, at)
        else hit
        for at, hit in enumerate(hits)
    ]


def _outside(text: str, hits: list[Hit], start: int) -> Place | None:
    """Return the western place whose name begins at a position, directly behind a town of a place elsewhere."""
    at = bisect_left(hits, start, key=lambda hit: hit.start)
    if not at or at == len(hits) or hits[at].start != start:
        return None
    place, before = hits[at].place, hits[at - 1]
    if place is None or not place.western or place.kind not in "CR":
        return None
    if before.place is None or before.place.western or before.place.kind not in "PCN":
        return None
    within = start - before.end <= _TOWN_REACH and _TOWN.fullmatch(text, before.end, start) is not None
    return place if within or before.end == start else None


def _below_own(hits: list[Hit], at: int) -> bool:
    """Say whether a hit follows directly on its own province, prefecture or county."""
    before, place = hits[at - 1] if at else None, hits[at].place
    if before is None or before.place is None or before.end != hits[at].start:
        return False
    return place is not None and is_parent(before.place, place)


def beside_own(hits: list[Hit], at: int) -> Place | None:
    """Return the county that a short name means in a text titled elsewhere: 四川省绵阳市 … 江油.

    The place named last, shortly before, lies in its province; the name is no ordinary word and has one reading.
    """
    name = hits[at].name
    if name is None or name.guard or len(name.places) != 1 or name.places[0].level != "county":
        return None
    place, start = name.places[0], hits[at].start
    for one in range(at - 1, -1, -1):
        before = hits[one]
        if start - before.end > NEAR:
            return None
        if before.place is not None and before.place.kind in "PC" and telling(before):
            return place if before.place.provinces == place.provinces else None
    return None


def county_behind(text: str, hits: list[Hit], end: int, province: str) -> Place | None:
    """Return the county that a list gives behind a relic and its age: 小川瓷窑遗址 宋至现代 平川区."""
    at = bisect_left(hits, end, key=lambda hit: hit.start)
    if at == len(hits) or hits[at].place is None or hits[at].start - end > _RELIC_REACH:
        return None
    place = hits[at].place
    below = place is not None and (place.level == "county" or place.category == "former")
    fits = below and place is not None and place.provinces == (province,)
    return place if fits and _AGE.fullmatch(text, end, hits[at].start) else None
