"""Towns named without their head directly behind their county: 丹巴梭坡, 得荣瓦卡."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from policy_atlas.paths import DATA
from policy_atlas.places.gazetteer import Place, unlisted_place
from policy_atlas.places.hits import PARENT, UNRESOLVED, Hit, covering
from policy_atlas.places.rules.town_table import load_towns

BEHIND = "a town of the table without its head, directly behind its county"

_HEAD = re.compile("(?:民族乡|镇|乡|苏木|街道)$")
_SIZES = (4, 3, 2)
_EDGES = frozenset("、，。；：,;:（）()等和与及段至到这—-\n")
# What is grown, made or laid out there: 安宁八街食用玫瑰, 广南八宝米.
_GOODS = re.compile(
    "(?:有机|食用|小粒|高山|红心|生态|富硒)?(?:米|大米|香米|茶叶?|玫瑰|苹果|葡萄|核桃|花椒|辣椒|天麻|石斛|芒果|柑橘|蜜瓜|西瓜|枸杞|咖啡|蜂蜜"
    "|木耳|香菇|猪|牛|羊|鸡|鸭|火腿|豆腐|酒|醋|粉|面|片区|组团|园区|产业园|工业园|集镇|场镇|收费站|互通|段)"
)
_LIKE_WORDS = ("", "seam", "other", "homonym", "river")
# Towns that bear an ordinary word: behind a county it is the word that is read.
_WORD = re.compile(
    "人民|文化|工业|建设|中心|民族|计划|资源|结构|先进|合作|劳动|土地|铁路|交通|胜利|联合|民主|"
    "和平|机场|青年|航空|健康|纺织|平等|解放|公园|团结|更新|阳光|幸福|黄金|前进|港口|红军|公安|"
    "联盟|繁荣|城区|友谊|平安|龙头|公平|公正|航天|花园|安定|矿山|光明|新兴|先锋|铁矿|红旗|绿化|"
    "车站|城郊|温泉|水源|郊区|振兴|通达|火炬|森工|沿江|工业园|热水|关口|民生|工业区|草场|源头|矿区|"
    "果园|渡口|创业园|电厂|水田|灯塔|城中|城东|城西|城南|城北|新城|老城|古城|新区|开发|高山|大桥|"
    "水库|码头|旅游|生态|城关|农场|林场|石油|石化|煤矿|化工|教育|科技|卫生|体育"
)


def county_towns(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Yield each such town, and a doubtful county that its town makes plain."""
    named = _bare_names()
    for at, hit in enumerate(hits):
        if hit.place is not None and hit.place.level != "county":
            continue
        for county in _counties(hit):
            end = _end(text, hit.end, named.get(county.place_id, frozenset()))
            if not end or _western_inside(hits[at + 1 : at + 4], hit.end, end):
                continue
            name = text[hit.end : end]
            town = unlisted_place("town", county.place_id, name, county.provinces, county.cities)
            if hit.place is None:
                yield hit._replace(place=county, rule=PARENT)
            yield Hit(hit.end, end, town, BEHIND)
            break


def _counties(hit: Hit) -> list[Place]:
    """Return the western county of a settled name, or those of one that its seams or its namesakes put in doubt."""
    if hit.place is not None:
        readings: tuple[Place, ...] = (hit.place,)
    elif hit.rule in UNRESOLVED and hit.name is not None and hit.name.guard in _LIKE_WORDS:
        readings = hit.name.places
    else:
        return []
    return [place for place in readings if place.level == "county" and place.western]


def _western_inside(hits: list[Hit], start: int, end: int) -> bool:
    """Say whether a trap or a name of the West reaches into a span; one elsewhere does not: 理县通化."""
    return covering([hit for hit in hits if hit.place is None or hit.place.western], start, end)


def _end(text: str, start: int, names: frozenset[str]) -> int:
    """Return where a town of these names ends that starts at `start` and ends at an edge, 0 where there is none."""
    for size in _SIZES:
        name = text[start : start + size]
        after = start + size
        if name in names and (after >= len(text) or text[after] in _EDGES or _GOODS.match(text, after)):
            return start + len(name)
    return 0


@lru_cache(maxsize=4)
def _bare_names(folder: Path = DATA) -> dict[str, frozenset[str]]:
    """Return the towns of each county without their heads, but for those that are ordinary words."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, counties in load_towns(folder).counties.items():
        bare = _HEAD.sub("", name)
        if bare != name and len(bare) > 1 and not _WORD.fullmatch(bare):
            for code in counties:
                found[code].add(bare)
    return {code: frozenset(names) for code, names in found.items()}
