"""Towns and townships that no table lists: named after their county, or listed in their county's own document."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from policy_atlas.places.gazetteer import WEST, Place, unlisted_place
from policy_atlas.places.hits import TOWN, Hit, covering
from policy_atlas.places.matching import Matcher

_WESTERN = frozenset(WEST)
_NO_NAME = (
    "多个|几个|乡|镇|县|区|市|各|等|的|为|与|和|及|在|是|国家|城镇|重点|特色|中心|建制|所辖"
    "|下辖|部分|有关|农村|其他|其余|若干|相关"
)
_NO_VERB = "加|推|启|打|创|实|完|选|组|支|落|共|现|有|下|所|已|将|把|对|以|按|从|至|到|每|全|个|[一两二三几多十\\d]"
_CHAR = "[\u3400-\u4dbf\u4e00-\u9fff]"
_HEAD = (
    r"(?:(?:(?<![城返回下离还故家老他异侨水思入兴进本])|(?<=前进)|(?<=[新永复中]兴)|(?<=[清黑白]水))乡(?![村土亲愁镇贤情级民域风音企]|道(?!路))"
    r"|(?<![小古城集乡名重强村个大型范])镇(?![级域静定守痛])|苏木|街道(?!办?各))"
)
_END = r"(?=[、，。；：,.;:（）和及等的发为境村人政受举启开之至到沿东西南北全是\n]|$)"
_AFTER = re.compile(
    rf"(?!{_NO_NAME})(?:{_CHAR}{{1,7}}?(?:乡(?!村)|(?<![小古城集乡名重])镇|苏木|街道){_END}"
    rf"|{_CHAR}{{2,8}}?族乡(?!村)|{_CHAR}{{2,3}}镇(?={_CHAR}{{1,4}}村)|(?!{_NO_VERB}){_CHAR}{{2,3}}?{_HEAD})"
)
_ITEM = re.compile(rf"[、和及](?!{_NO_NAME}){_CHAR}{{1,5}}?{_HEAD}")
_LIST = re.compile(rf"(?!{_NO_NAME}){_CHAR}{{2,3}}?{_HEAD}(?=[、和](?!{_NO_NAME}){_CHAR}{{2,5}}?{_HEAD})")
_SEAT = re.compile(rf"人民政府驻({_CHAR}{{2,5}}?(?:镇|乡|街道|苏木))")
_SEAT_REACH = 8
_COUNTY_ENDS, _TOWN_ENDS = frozenset("县区旗市"), frozenset("镇乡")
COUNTY_OR_TOWN = _COUNTY_ENDS | _TOWN_ENDS


def towns_after(text: str, hits: list[Hit], at: int) -> Iterator[Hit]:
    """Yield the town that is named directly after a western county, and those listed behind it or behind a town."""
    _, end, place, _, _ = hits[at]
    if place is None or not place.western:
        return
    if at + 1 < len(hits) and hits[at + 1].start == end and (beside := hits[at + 1].place) and beside.level == "town":
        return
    last = text[end - 1]
    if last in _TOWN_ENDS:
        match = _ITEM.match(text, end)
    elif place.level == "county" or (last in _COUNTY_ENDS and place.level == "curated"):
        match = _AFTER.match(text, end)
    else:
        return
    inside = match.end() if match is not None and match.start() == end else 0
    following = at + 1
    while match is not None:
        while following < len(hits) and hits[following].start < match.end():
            other = hits[following]
            if other.end > inside and other.place is not None and other.place.western:
                return
            following += 1
        yield _town(text, match.start() + (text[match.start()] in "、和及"), match.end(), place)
        match = _ITEM.match(text, match.end())


def seats(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Yield the town in which a county's government sits: 沙湾市人民政府驻三道河子镇."""
    for match in _SEAT.finditer(text) if "人民政府驻" in text else ():
        at = bisect_left(hits, match.start(), key=lambda hit: hit.start) - 1
        county = hits[at].place if at >= 0 and match.start() - hits[at].end <= _SEAT_REACH else None
        if county is not None and county.level == "county" and county.western:
            yield _town(text, *match.span(1), county)


def without_swallowed(hits: list[Hit], towns: list[Hit]) -> list[Hit]:
    """Return hits and towns in order, each town once, without the candidates inside a town's name."""
    towns = list({town.start: town for town in reversed(towns)}.values())
    spans = sorted((town.start, town.end) for town in towns)
    kept: list[Hit] = []
    at = 0
    for hit in hits:
        while at < len(spans) and spans[at][1] <= hit.start:
            at += 1
        if at == len(spans) or hit.end <= spans[at][0]:
            kept.append(hit)
    return sorted([*kept, *towns], key=lambda hit: hit.start)


def home_towns(text: str, hits: list[Hit], engine: Matcher, home: frozenset[str]) -> list[Hit]:
    """Return the towns that a document about one western county lists without naming the county."""
    counties = [
        place
        for code in home
        if (place := engine.gazetteer.places.get(code)) is not None and place.level == "county" and place.western
    ]
    found: list[Hit] = []
    if len(counties) != 1 or counties[0].provinces[0] not in _WESTERN:
        return found
    for match in _LIST.finditer(text):
        start, end = match.span()
        while start >= 0:
            if not covering(hits, start, end) and not (found and start < found[-1].end):
                found.append(_town(text, start, end, counties[0]))
            item = _ITEM.match(text, end)
            if item is None:
                break
            start, end = item.start() + 1, item.end()
    return found


def _town(text: str, start: int, end: int, county: Place) -> Hit:
    name = text[start:end]
    return Hit(start, end, unlisted_place("town", "", name, county.provinces, county.cities), TOWN)
