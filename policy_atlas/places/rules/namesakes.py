"""Western names that a place outside the West bears, or that a text means though its title is elsewhere."""

import re
from bisect import bisect_left

from policy_atlas.places.gazetteer import WEST, Place
from policy_atlas.places.hits import NAMESAKE, Hit, is_parent, telling
from policy_atlas.places.rules.discourse import NEAR

TOWN_ENDS = frozenset("镇乡道")
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:镇|乡|街道)\Z")
_TOWN_REACH = 9
_VILLAGE = re.compile("村(?![级镇庄民集干超寨落改容貌规])")
_WORKS = ("水库", "水电站")
_RELIC_REACH = 24
_AGE = re.compile(
    r"(?:及[\u4e00-\u9fff]{2,3}|与[\u4e00-\u9fff]{2,5})?[|\s]*[^，。；：\n|]{0,14}[秦汉魏晋唐宋元明清夏金辽代国周代朝][|\s]*|[|\s]*"
)


def without_namesakes(text: str, hits: list[Hit], home: frozenset[str]) -> list[Hit]:
    """Return hits without the villages and reservoirs that bear a site's name in another province than the title's.

    The title is that of one county or prefecture, and the text names nothing else of that province: in 叙永 the
    village 盐井村 is no 盐井 of Tibet.
    """
    provinces = [code for code in home if code.endswith("0000")]
    if len(provinces) != 1 or len(home) == 1 or provinces[0] not in WEST:
        return hits
    doubtful = [at for at, hit in enumerate(hits) if _bears(text, hit, provinces[0])]
    if not doubtful:
        return hits
    named = {code for at, hit in enumerate(hits) if at not in doubtful and hit.place for code in hit.place.provinces}
    found = list(hits)
    for at in doubtful:
        place = hits[at].place
        if place is not None and named.isdisjoint(place.provinces):
            found[at] = hits[at]._replace(place=None, rule=NAMESAKE)
    return found


def _bears(text: str, hit: Hit, province: str) -> bool:
    """Say whether a site of another province lends its name to a village, or is a reservoir."""
    place = hit.place
    if place is None or place.level != "curated" or place.kind != "C" or len(place.provinces) != 1:
        return False
    if not place.western or place.provinces[0] == province:
        return False
    return _VILLAGE.match(text, hit.end) is not None or text.endswith(_WORKS, 0, hit.end)


def behind_outside_town(text: str, hits: list[Hit], at: int) -> bool:
    """Say whether a western name stands directly behind a town of a place elsewhere: 巴东县官渡口镇马鬃山村."""
    place, start, before = hits[at].place, hits[at].start, hits[at - 1]
    if not at or place is None or not place.western:
        return False
    if before.place is None or before.place.western or before.place.kind not in "PCN":
        return False
    within = start - before.end <= _TOWN_REACH and _TOWN.fullmatch(text, before.end, start) is not None
    return within or before.end == start


def without_borne(hits: list[Hit], borne: list[str]) -> list[Hit]:
    """Return hits without the places with some ids, unless their own province or prefecture stands before them."""
    return [
        hit._replace(place=None, rule=NAMESAKE)
        if hit.place is not None and hit.place.place_id in borne and not _below_own(hits, at)
        else hit
        for at, hit in enumerate(hits)
    ]


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
