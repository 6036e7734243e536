"""Sites whose row asks for a head that a list leaves out, in a text of their province about their kind of thing."""

import re
from collections.abc import Iterator

from policy_atlas.places.hits import GUARDED, NO_HEAD, Hit, covering
from policy_atlas.places.rules.surroundings import Surroundings

BARE_SITE = "a site without its head in a text about its province and its kind"

_HEADLESS = (NO_HEAD, GUARDED)
_WATER = re.compile("水电|水库|水利|电站|灌区|枢纽|引水|机组|装机|供水|水源|蓄能|航电|库区|水网|流域")
_TOPICS = {
    "hydropower": _WATER,
    "irrigation": _WATER,
    "water-transfer": _WATER,
    "coal": re.compile("煤"),
    "oilgas": re.compile("[油气]田|油气|天然气|页岩气|管道|储气"),
    "zone": re.compile("园区|开发区|工业园|产业园|高新区|经开区"),
    "port": re.compile("口岸|通关|边境|边民|互市"),
    "landmark": re.compile("景区|旅游|景点|文旅|A级|遗址|保护区|湿地|公园"),
    "town": re.compile("古镇|名镇|古城|旅游|小镇"),
    "reserve": re.compile("保护区|湿地|森林公园|地质公园|国家公园"),
    "airport": re.compile("机场|民航|航线"),
    "station": re.compile("车站|货场|物流|铁路|换流站|变电站|千伏"),
    "energy-base": re.compile("风电|光伏|光热|新能源|基地|千瓦|电厂|煤电"),
}
_LEFT = frozenset("、，。；：,;:（(“和与及至-\n")
_RIGHT = frozenset("、，。；,;）)”和与及等至-\n")
_ITEM = frozenset("、和与及")
_WORKS = ("工程", "项目", "枢纽", "建设")
_NEAR = 60


def bare_sites(text: str, hits: list[Hit], around: Surroundings) -> Iterator[Hit]:
    """Yield each such site that stands between two edges of which one parts the items of a list."""
    settled: Hit | None = None
    for hit in hits:
        start, end, place, rule, name = hit
        if place is not None:
            settled = hit
            continue
        if rule not in _HEADLESS or name is None or not name.after or len(name.places) != 1:
            continue
        listed = settled is not None and settled.end == start
        site = name.places[0]
        topic = _TOPICS.get(site.category)
        before, behind = text[start - 1] if start else "\n", text[end] if end < len(text) else "\n"
        edged = before in _LEFT and ({before, behind} & _ITEM or text.startswith(_WORKS, end))
        if topic is None or not (behind in _RIGHT or text.startswith(_WORKS, end)) or not (edged or listed):
            continue
        if topic.search(text, max(0, start - _NEAR), end + _NEAR) is None or covering(hits, start, end):
            continue
        parent = settled.place if listed and settled is not None else None
        beside = parent is not None and not set(parent.provinces).isdisjoint(site.provinces)
        if beside or around.main_province(start, end) in site.provinces:
            yield Hit(start, end, site, BARE_SITE)
