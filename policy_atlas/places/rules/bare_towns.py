"""Towns of the table named without their head, as the ends of a road or in a list of power stations."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from policy_atlas.places.gazetteer import WEST, Place, unlisted_place
from policy_atlas.places.hits import Hit, covering
from policy_atlas.places.matching import Matcher
from policy_atlas.places.rules.surroundings import Surroundings
from policy_atlas.places.rules.town_table import LEFT_OUT, WORD, load_towns

BARE_TOWN = "a town of the table at the end of a road or in a list of power stations"
ROAD_END = "a county or site at the end of a road in a text about its province"

_NAME = "[\u3400-\u4dbf\u4e00-\u9fff]{2,4}"
_EDGE = "、，。；：（）和及段等\n"
_ROAD_AHEAD = 60
_ROAD = re.compile(
    rf"[^。；\n]{{0,{_ROAD_AHEAD}}}?(?:公路|高速|铁路|高铁|国道|省道|干线|支线|道路|地铁|轻轨|快速[通路]|大道|[一二三]级路|示范[片带]|产业[片带]|[金品游]线路)|[^，。；\n]{{2,14}}?段"
)
_BRACKET = re.compile(rf"（({_NAME})）(?=至|-|高速|公路|铁路|段)")
_LINKS = ("至", "-", "经")
_ROAD_KEYS = (
    "公路",
    "高速",
    "铁路",
    "高铁",
    "国道",
    "省道",
    "干线",
    "支线",
    "道路",
    "地铁",
    "轻轨",
    "快速",
    "大道",
    "级路",
    "段",
)
_BELT_KEYS = ("示范片", "示范带", "产业片", "产业带", "金线路", "品线路", "游线路")
_BESIDE_KEYS = ("集镇", "场镇", "片区", "互通", "立交", "收费站")
_BEGINS = frozenset(f"{_EDGE}线路速就自从由将把对的括含-—–“")
_VERBS = frozenset(
    (
        "完成",
        "建设",
        "开工",
        "加快",
        "推进",
        "新建",
        "实施",
        "推动",
        "建成",
        "确保",
        "力争",
        "争取",
        "启动",
        "贯通",
        "打通",
    )
)
_RIGHT = re.compile(
    rf"({_NAME}?)(?=[{_EDGE}至经到”-]|\(|公路|高速|铁路|高铁|国道|省道|地铁|轻轨|快速|\d|[一二三]级|改|扩|旅游|$)"
)
_POWER = re.compile(
    rf"(?:(?<=[，。；：设进快成产动展\n])|^)((?:{_NAME}、)+{_NAME})等?(?:一批|重点|特色|专业|\d+个)?(?:支撑|调节性|清洁|高效|先进|大型)*"
    r"(?:水电|抽水蓄能|煤电|火电|电厂|风电|光伏|电源|变电|输变电|煤矿|产业园区|工业园区|工业小区|产业集聚区|中心镇|重点镇|[1-9]\d{2,3}千伏)"
)
_COUNTED = re.compile(
    r"((?:[\u4e00-\u9fff]{2,10}、)+[\u4e00-\u9fff]{2,10}?)等?(?:\d+|[两三四五六七八九十]+)个?(?:乡镇|镇乡|乡|镇)(?![村土亲愁])"
)
_VOLTAGE = re.compile(
    rf"(?:(?<=[、，。；：和及\n])|^)({_NAME})(?=[1-9]\d{{2,3}}千伏)"
    rf"|(?<=千伏)({_NAME}?)(?=[东南西北]?(?:变电站|输变电|开关站|主变))"
)
_POWER_KEYS = (
    *("水电", "蓄能", "煤电", "火电", "电厂", "风电", "光伏", "电源", "变电", "煤矿", "千伏"),
    *(
        "等产业园",
        "等重点产业园",
        "等特色产业园",
        "等工业园",
        "等重点工业园",
        "等工业小区",
        "等产业集聚区",
        "等中心镇",
        "等重点镇",
    ),
)
_COUNT_ENDS, _NUMERALS = ("乡", "镇"), tuple("0123456789二三四五六七八九十个")
_LIST_REACH = 20
_ITEM, _PART = re.compile(_NAME), re.compile("[^、和与及]+")
Settled = dict[int, Place | None]
KEYS = (*_LINKS, *_ROAD_KEYS, *_BELT_KEYS, *_BESIDE_KEYS, *_POWER_KEYS, *_COUNT_ENDS)


def bare_towns(text: str, hits: list[Hit], engine: Matcher, around: Surroundings) -> Iterator[Hit]:
    """Yield each such town of the main province around, else of the province at the other end of its road."""
    settled = [hit for hit in hits if hit.place is not None]
    begins, stops = {hit.start: hit.place for hit in settled}, {hit.end: hit.place for hit in settled}
    ends = [*_road_ends(text, stops, around)]
    beside = [
        span
        for at in around.positions(_BESIDE_KEYS)
        if not text.startswith("域", at + 2)
        for span in _before(text, at, stops)
    ]
    for start, end, heads in (
        *((*span, (*LEFT_OUT, "街道")) for span in ends),
        *((*span, LEFT_OUT) for span in beside),
        *((*span, LEFT_OUT) for span in _list_items(text, stops, around)),
    ):
        if WORD.match(text[start:end]) or covering(hits, start, end):
            continue
        province = around.main_province(start, end) or _other_end(text, start, end, begins, stops)
        province = province or _listed_behind(settled, start)
        counties = _counties(text[start:end], engine, province, heads)
        if counties:
            yield Hit(start, end, _town(text[start:end], counties), BARE_TOWN)
    for start, end in ends:
        place = _doubtful_place(text[start:end], engine)
        if place is None or covering(hits, start, end):
            continue
        province = around.main_province(start, end) or _other_end(text, start, end, begins, stops)
        if province in place.provinces:
            yield Hit(start, end, place, ROAD_END)


def _listed_behind(settled: list[Hit], start: int) -> str:
    """Return the western province of the county that stands last before a list of towns, if shortly before."""
    at = bisect_left(settled, start, key=lambda hit: hit.start) - 1
    place = settled[at].place if at >= 0 and start - settled[at].end <= _LIST_REACH else None
    return place.provinces[0] if place is not None and place.level == "county" and place.western else ""


def _other_end(text: str, start: int, end: int, begins: Settled, stops: Settled) -> str:
    """Return the western province of the place at the other end of a road, '' where none or several are known.

    The places are given by where they begin and by where they stop.
    """
    before = stops.get(start - 1) if start and text[start - 1] in _LINKS else None
    behind = begins.get(end + 1) if text[end : end + 1] in _LINKS else None
    found = {place.provinces for place in (before, behind) if place is not None and place.kind in "PC"}
    codes = found.pop() if len(found) == 1 else ()
    return codes[0] if len(codes) == 1 and codes[0] in WEST else ""


def _road_ends(text: str, stops: Settled, around: Surroundings) -> Iterator[tuple[int, int]]:
    """Yield the spans on both sides of 至, 经 or a dash where a road is named shortly behind, and in its brackets."""
    for bracket in _BRACKET.finditer(text):
        yield bracket.span(1)
    roads = around.positions((*_ROAD_KEYS, *_BELT_KEYS))
    if not roads:
        return
    for at in (*around.positions(_LINKS), *around.to):
        road = bisect_left(roads, at)
        if road < len(roads) and roads[road] - at <= _ROAD_AHEAD and _ROAD.match(text, at):
            yield from _before(text, at, stops)
            for begin in (at + 1, *(one for one in range(at + 3, at + 8) if one in stops)):
                right = _RIGHT.match(text, begin)
                if right is not None:
                    yield right.span(1)


def _before(text: str, at: int, stops: Settled) -> Iterator[tuple[int, int]]:
    """Yield the spans that end at a position and begin at an edge, a verb or the end of a settled place."""
    for start in range(at - 2, max(at - 5, -1), -1):
        opens = start == 0 or start in stops or text[start - 1] in _BEGINS or text[start - 2 : start] in _VERBS
        if opens and _ITEM.fullmatch(text, start, at):
            yield start, at


def _list_items(text: str, stops: Settled, around: Surroundings) -> Iterator[tuple[int, int]]:
    for match in around.matches(_VOLTAGE, ("千伏",), before=12, behind=16):
        yield match.span(match.lastindex or 0)
    lists = [*around.matches(_POWER, _POWER_KEYS, before=60, behind=12)]
    ends = (at for at in around.positions(_COUNT_ENDS) if text[at - 1 : at] in _NUMERALS)
    counts = (_COUNTED.search(text, max(0, at - 70), at + 3) for at in ends)
    lists += [match for match in counts if match is not None]
    for match in lists:
        for item in _PART.finditer(text, *match.span(1)):
            start, end = item.span()
            end -= text[end - 1] == "等"
            first = start == match.start(1)
            begins = range(max(start, end - 4), end - 1)
            yield from ((begin, end) for begin in begins if first or begin == start or begin in stops)


def _doubtful_place(name: str, engine: Matcher) -> Place | None:
    """Return the one western county or site whose short name needs support, if that is what a name is."""
    known = engine.by_text.get(name)
    places = [place for place in known.places if place.western] if known is not None and not known.block else []
    doubtful = known is not None and bool(known.guard or known.after)
    return places[0] if doubtful and len(places) == 1 and places[0].level in ("county", "curated") else None


def _counties(name: str, engine: Matcher, province: str, heads: tuple[str, ...]) -> list[Place]:
    """Return the counties of a province that have a town of a name, whatever its head."""
    towns = load_towns().counties
    codes = dict.fromkeys(code for head in heads for code in towns.get(name + head, ()))
    return [place for code in codes if (place := engine.gazetteer.places[code]).provinces[0] == province]


def _town(name: str, counties: list[Place]) -> Place:
    first = counties[0]
    cities = first.cities if all(one.cities == first.cities for one in counties) else ()
    return unlisted_place("town", first.provinces[0], name, first.provinces, cities)
