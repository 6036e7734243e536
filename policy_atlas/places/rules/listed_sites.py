"""Sites that share one head in a list, each after its place, or counted: 泸州凤凰湖、达州柏林2个国家湿地公园."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from policy_atlas.places.gazetteer import unlisted_place
from policy_atlas.places.hits import TRAP, Hit, covering, telling
from policy_atlas.places.rules.bound_sites import WORK_CHAR
from policy_atlas.places.rules.surroundings import Surroundings

LISTED = "a site in a list whose last item bears the head, or the count"

_COUNT = r"(?:等)?(?:这)?(?:\d+|[一两二三四五六七八九十]+)(?:[座个条处段家]|大(?!型))"
_WATER = (
    r"(?:在线|在建|新建|拟建|调蓄|大型|中型|小型|大中型|小微型|重点|骨干|重大)*"
    r"(?:水库|水电站|电站|水利工程|水利枢纽|水源工程|灌区|泵站|隧道|气田|油田|煤矿|铁矿|机场|变电站|换流站)"
)
_PARK = (
    r"(?:国家级?|省级|自治区级|市级)?(?:重要湿地|湿地公园|自然保护区|森林公园|地质公园|沙漠公园|草原自然公园"
    r"|风景名胜区|水利风景区)"
)
_RESORT = (
    r"(?:国家级?|省级|自治区级|市级)?(?:(?:[45]A级)?(?:旅游)?景区|旅游度假区|历史文化名镇|[\u4e00-\u9fff]{0,6}小镇)"
)
# A point of a river where its water is measured: 洮河红旗、渭河葡萄园等断面.
_SECTION = re.compile(r"(?:等)?(?:\d+个)?(?:国控|国考|省控|省考|市控|考核|监测|控制|出境|入境|交接|水质)*断面")
_RIVERS = frozenset("河江水溪渠湖")
_CHAR = rf"(?:{WORK_CHAR}|[省市县区州盟旗])"
_NAME = re.compile(rf"{WORK_CHAR}{{2,5}}")
_COUNTED = re.compile(rf"{_COUNT}(?:{_WATER}|{_PARK}|{_RESORT})")
_HEADED = re.compile(rf"(?:流域)?{_PARK}|集中式(?:生活)?饮用水水源地")
_ITEMS = re.compile(rf"(?:{_CHAR}{{2,9}}[、和]){{1,15}}{_CHAR}{{2,9}}\Z")
_PARTS = re.compile("[、和]")
KEYS = (
    *("水库", "电站", "水利工程", "利枢纽", "水源工程", "灌区", "泵站", "隧道", "气田", "油田", "煤矿", "铁矿", "机场"),
    *(
        "变电站",
        "换流站",
        "水源地",
        "断面",
        "湿地",
        "保护区",
        "公园",
        "名胜区",
        "风景区",
        "景区",
        "度假区",
        "名镇",
        "小镇",
    ),
)
_ITEM = re.compile("[^、和]+")
_NO_NAME = re.compile(
    "(?:民用|通用|支线|国际|迁建)+(?:机场)?(?:[、和]|$)|(?:水库|(?:水)?电站|机场|灌区|枢纽|泵站|隧道|煤矿|景区|湿地)(?:[、和]|$)|工程|项目|地区|片区|城区|[一二三]期|[及等以]|.*(?:[东西南北中]部|建设|治理|[猴羚鹤豹虎象熊鹿鱼鲵鸟])"
)
_BEGINS = frozenset("，。；：、（“的了对在为是即和及与区县市州省\n")
_CUT = re.compile(
    r"^(?:.{0,8}(?:建成|建设|开工|推进|加快|实施|启动|完成|新增|续建|谋划|争取|为|是|即|包括|分别|抓好|做好|获批))"
)


def listed_sites(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield the items that follow their own place, and of a counted list those of the province around."""
    for first, last in around.windows(KEYS, before=24, behind=8):
        if text.find("断面", first, last) >= 0:
            for match in _SECTION.finditer(text, first, last):
                yield from _sections(text, hits, match.start(), around)
        if text.find("、", first, last) < 0 and text.find("和", first, last) < 0:
            continue
        for match in _HEADED.finditer(text, first, last):
            for start, end in _items(text, match.start()):
                yield from _after_its_place(text, hits, start, end)
        for match in _COUNTED.finditer(text, first, last):
            for start, end in _items(text, match.start()):
                yield from _after_its_place(text, hits, start, end)
                if _named(text, hits, start, end):
                    code = around.main_province(start, end)
                    if code:
                        yield Hit(start, end, around.site(start, end, code), LISTED)


def _sections(text: str, hits: list[Hit], stop: int, around: Surroundings) -> Iterator[Hit]:
    """Yield the points of rivers that a list before 断面 names, each behind its river or beside one that is."""
    items = [*_items(text, stop)] or [(max(text.rfind(mark, 0, stop) for mark in "，。；：、（") + 1, stop)]
    rivers = {hit.start: hit.end for hit in hits if hit.place is not None and text[hit.end - 1] in _RIVERS}
    starts = [rivers.get(start, start) for start, _ in items]
    if all(begin == start for begin, (start, _) in zip(starts, items, strict=True)):
        return
    for begin, (_, end) in zip(starts, items, strict=True):
        code = around.main_province(begin, end) if _point(text, hits, begin, end) else ""
        if code:
            yield Hit(begin, end, around.site(begin, end, code), LISTED)


def _items(text: str, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the items before a head; what a verb puts before the first is cut off."""
    if _PARTS.search(text, max(0, stop - 10), stop) is None:
        return
    run = _ITEMS.search(text, max(0, stop - 90), stop)
    if run is None:
        return
    for item in _ITEM.finditer(run[0]):
        cut = _CUT.match(item[0]) if item.start() == 0 else None
        start = run.start() + item.start() + (cut.end() if cut else 0)
        if item.start() == 0 and cut is None and start and text[start - 1] not in _BEGINS:
            continue
        yield start, run.start() + item.end()


def _after_its_place(text: str, hits: list[Hit], start: int, end: int) -> Iterator[Hit]:
    """Yield what stands in an item behind the western place that opens it."""
    at = bisect_left(hits, start, key=lambda hit: hit.start)
    while at < len(hits) and hits[at].end < end:
        place = hits[at].place
        if place is not None and place.kind == "C" and len(place.provinces) == 1 and place.western:
            begin = hits[at].end
            if _named(text, hits, begin, end):
                yield _site(text, begin, end, place.place_id, place.provinces, place.cities)
        at += 1


def _named(text: str, hits: list[Hit], start: int, end: int) -> bool:
    """Say whether a span is as long as a name, is no ordinary word, and holds nothing settled."""
    return (
        _NAME.fullmatch(text, start, end) is not None
        and not _NO_NAME.match(text, start, end)
        and not covering(hits, start, end)
    )


def _point(text: str, hits: list[Hit], start: int, end: int) -> bool:
    """Say whether a span may name a point of a river; a county elsewhere in short is taken for a word: 红旗."""
    told = [hit for hit in hits if telling(hit) or hit.rule == TRAP]
    return _NAME.fullmatch(text, start, end) is not None and not covering(told, start, end)


def _site(text: str, start: int, end: int, owner: str, provinces: tuple[str, ...], cities: tuple[str, ...]) -> Hit:
    return Hit(start, end, unlisted_place("site", owner, text[start:end], provinces, cities), LISTED)
