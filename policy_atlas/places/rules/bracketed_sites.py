"""A site that no table lists, with the western place it lies in behind it in brackets: 普会寺（达茂旗）."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from policy_atlas.cleaning import SEPARATOR, positions
from policy_atlas.places.gazetteer import unlisted_place
from policy_atlas.places.hits import Hit, covering
from policy_atlas.places.rules.bound_sites import WORK_CHAR

BRACKETED_SITE = "a site that its county follows in brackets"

_HEAD = (
    "(?:[古故]城)?遗址|城址|墓群|古墓|石窟|岩画|造像|石刻|衙署|王府|古城|古镇|古寨|村落|[寺庙召塔桥]|水库|水电站|电站|煤矿|灌区|湿地"
    "|湿地公园|森林公园|地质公园|自然保护区|风景名胜区|瀑布|峡谷|工业园区?|产业园区?|村|社区"
)
_BEFORE = re.compile(rf"(?:(?<=[、，。；：|和及与\d\n{SEPARATOR}）])|^)({WORK_CHAR}{{2,8}}?(?:{_HEAD}))\Z")
_NO_SITE = re.compile("(?:行政|自然|示范|重点|中心|所有|每|各|等|全|其|中型|小型|大型)")
_ENDS = frozenset("址群墓窟画像刻署府城镇寨落寺庙召塔桥库站矿区地园布谷村")
_REACH = 14


def bracketed_sites(text: str, hits: list[Hit]) -> Iterator[Hit]:
    """Yield what stands before a bracket that holds the name of one western county or prefecture and nothing else."""
    for at in positions(text, "（"):
        if text[at - 1 : at] not in _ENDS:
            continue
        index = bisect_left(hits, at + 1, key=lambda hit: hit.start)
        if index == len(hits) or hits[index].start != at + 1 or text[hits[index].end : hits[index].end + 1] != "）":
            continue
        start, _, place, _, _ = hits[index]
        if place is None or place.kind != "C" or not place.western:
            continue
        match = _BEFORE.search(text, max(0, start - 1 - _REACH), start - 1)
        if match is None or _NO_SITE.match(match[1]) or covering(hits, *match.span(1)):
            continue
        yield Hit(
            *match.span(1),
            unlisted_place("site", place.place_id, match[1], place.provinces, place.cities),
            BRACKETED_SITE,
        )
